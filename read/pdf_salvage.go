package read

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
)

const (
	mostObjects = 400_000
	pdfHead     = "%PDF-1.7\n"
)

// A salvaged PDF is one whose objects were found where they are and not where
// its tables say: tables may be broken, may lead in circles, and may claim sizes
// that no memory holds. Its objects are all plain, and its only table is new.
type salvaged struct {
	file      []byte
	encrypted bool
}

var (
	pdfObject  = regexp.MustCompile(`(\d{1,7})[ \t\r\n]+(\d{1,5})[ \t\r\n]+$`)
	pdfRoot    = regexp.MustCompile(`/Root\s+(\d{1,7}\s+\d{1,5})\s+R`)
	pdfAbout   = regexp.MustCompile(`/Info\s+(\d{1,7}\s+\d{1,5})\s+R`)
	pdfLocked  = regexp.MustCompile(`/Encrypt\s*(?:\d{1,7}\s+\d{1,5}\s+R|<<)`)
	pdfCatalog = regexp.MustCompile(`/Type\s*/Catalog\b`)
	pdfCount   = regexp.MustCompile(`/N\s+(\d{1,7})\b`)
	pdfFirst   = regexp.MustCompile(`/First\s+(\d{1,9})\b`)

	errNoObjects = errors.New("it holds no objects of a PDF")
	errNoRoot    = errors.New("it does not say where its pages are")
)

// A found object is where it begins in the new file and its generation.
type found struct {
	at         int
	generation int
}

// salvage returns content as a PDF that is safe to take apart.
func salvage(content []byte) (salvaged, error) {
	if pdfLocked.Match(content) {
		return salvaged{encrypted: true}, nil
	}
	s := salvaging{content: content, file: append([]byte(pdfHead), content...), objects: map[int]found{}, left: mostInflated / 4}
	s.file = append(s.file, '\n')
	s.find()
	if len(s.objects) == 0 {
		return salvaged{}, errNoObjects
	}
	root := s.reference(pdfRoot)
	if root == "" {
		root = s.catalog
	}
	if root == "" {
		return salvaged{}, errNoRoot
	}
	s.table(root, s.reference(pdfAbout))
	return salvaged{file: s.file}, nil
}

type salvaging struct {
	content, file []byte
	objects       map[int]found
	catalog       string // reference to an object that calls itself the catalog
	left          int    // bytes that streams of objects may still unpack to
}

// find finds the objects, the later of two of one number, and unpacks those that
// are packed in streams.
func (s *salvaging) find() {
	at := 0
	for len(s.objects) < mostObjects {
		i := bytes.Index(s.content[at:], []byte("obj"))
		if i < 0 {
			return
		}
		i += at
		at = i + 3
		m := pdfObject.FindSubmatch(s.content[max(0, i-24):i])
		if m == nil {
			continue
		}
		number, generation := atoi(m[1]), atoi(m[2])
		if number == 0 || number >= mostObjects*2 {
			continue
		}
		s.objects[number] = found{len(pdfHead) + i - len(m[0]), generation}
		at = s.object(at, number, generation)
	}
}

// object looks into the object behind offset at and returns where it ends, as
// far as that is plain.
func (s *salvaging) object(at, number, generation int) int {
	head := s.content[at:min(len(s.content), at+4096)]
	end := bytes.Index(head, []byte("endobj"))
	stream := bytes.Index(head, []byte("stream"))
	if end < 0 && stream < 0 {
		return at
	}
	if stream < 0 || end >= 0 && end < stream {
		if pdfCatalog.Match(head[:end]) {
			s.catalog = fmt.Sprintf("%d %d", number, generation)
		}
		return at + end
	}
	about := head[:stream]
	body := at + stream + len("stream")
	if bytes.HasPrefix(s.content[body:], []byte("\r")) {
		body++
	}
	if bytes.HasPrefix(s.content[body:], []byte("\n")) {
		body++
	}
	size := bytes.Index(s.content[body:], []byte("endstream"))
	if size < 0 {
		size = len(s.content) - body
	}
	if bytes.Contains(about, []byte("/ObjStm")) {
		s.unpack(about, s.content[body:body+size])
	}
	return body + size
}

// unpack adds the objects of a stream of objects to the end of the file.
func (s *salvaging) unpack(about, packed []byte) {
	count, first := pdfCount.FindSubmatch(about), pdfFirst.FindSubmatch(about)
	if count == nil || first == nil {
		return
	}
	unpacked := packed
	if bytes.Contains(about, []byte("FlateDecode")) {
		unpacked = s.inflate(packed)
	}
	s.left -= len(unpacked)
	body := atoi(first[1])
	if body > len(unpacked) {
		return
	}
	numbers := bytes.Fields(unpacked[:body])
	for i := 0; i+1 < len(numbers) && i/2 < atoi(count[1]) && len(s.objects) < mostObjects; i += 2 {
		number, start, end := atoi(numbers[i]), body+atoi(numbers[i+1]), len(unpacked)
		if i+3 < len(numbers) {
			end = body + atoi(numbers[i+3])
		}
		if number <= 0 || number >= mostObjects*2 || start > end || end > len(unpacked) {
			continue
		}
		s.objects[number] = found{at: len(s.file)}
		s.file = fmt.Appendf(s.file, "%d 0 obj\n%s\nendobj\n", number, unpacked[start:end])
		if pdfCatalog.Match(unpacked[start:end]) {
			s.catalog = fmt.Sprintf("%d 0", number)
		}
	}
}

// inflate returns what is packed, as far as it goes and may.
func (s *salvaging) inflate(packed []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	unpacked, _ := io.ReadAll(io.LimitReader(r, int64(max(0, s.left)))) // a stream that breaks off has its beginning
	return unpacked
}

// reference returns the last reference of its kind to an object that was found.
func (s *salvaging) reference(kind *regexp.Regexp) string {
	matches := kind.FindAllSubmatch(s.content, -1)
	for _, m := range slices.Backward(matches) {
		parts := bytes.Fields(m[1])
		if f, ok := s.objects[atoi(parts[0])]; ok && f.generation == atoi(parts[1]) {
			return string(parts[0]) + " " + string(parts[1])
		}
	}
	return ""
}

// table writes the table of all objects, in runs of numbers that follow one
// another, and the trailer.
func (s *salvaging) table(root, about string) {
	numbers := make([]int, 0, len(s.objects))
	for n := range s.objects {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	start := len(s.file)
	s.file = append(s.file, "xref\n0 1\n0000000000 65535 f \n"...)
	for i := 0; i < len(numbers); {
		end := i + 1
		for end < len(numbers) && numbers[end] == numbers[end-1]+1 {
			end++
		}
		s.file = fmt.Appendf(s.file, "%d %d\n", numbers[i], end-i)
		for _, n := range numbers[i:end] {
			s.file = fmt.Appendf(s.file, "%010d %05d n \n", s.objects[n].at, s.objects[n].generation)
		}
		i = end
	}
	s.file = fmt.Appendf(s.file, "trailer\n<</Size %d/Root %s R", numbers[len(numbers)-1]+1, root)
	if about != "" {
		s.file = fmt.Appendf(s.file, "/Info %s R", about)
	}
	s.file = fmt.Appendf(s.file, ">>\nstartxref\n%d\n%%%%EOF\n", start)
}

func atoi(digits []byte) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return 0
	}
	return n
}
