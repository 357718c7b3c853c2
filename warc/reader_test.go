package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

var captured = time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC)

const report = "<html><title>A strike at Tel Marun</title><p>Seven people were killed in Tel Marun on Monday.</p></html>"

func header(kind, target string, more ...Field) Header {
	return append(Header{{TypeField, kind}, {TargetField, target}, {DateField, captured.Format(time.RFC3339)}}, more...)
}

var httpMedia = Field{MediaField, "application/http;msgtype=response"}

func answer(body string, fields ...string) []byte {
	return []byte("HTTP/1.1 200 OK\r\n" + strings.Join(append(fields, "Content-Type: text/html"), "\r\n") + "\r\n\r\n" + body)
}

// written writes responses that hold bodies, and returns the file with the
// offsets of its records.
func written(t testing.TB, packed bool, bodies ...string) ([]byte, []int64) {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, packed)
	var offsets []int64
	for i, body := range bodies {
		placed, err := w.WriteBytes(header(Response, fmt.Sprintf("http://marun.example/%d", i), httpMedia), answer(body))
		if err != nil {
			t.Fatal(err)
		}
		offsets = append(offsets, placed.Offset)
	}
	return out.Bytes(), offsets
}

// told reads a file and says in words what it holds: a body, or a fault, each
// with its offset.
func told(t testing.TB, file []byte) []string {
	t.Helper()
	var said []string
	r := NewReader(bytes.NewReader(file))
	for {
		record, err := r.Next()
		var fault Fault
		switch {
		case errors.Is(err, io.EOF):
			return said
		case errors.As(err, &fault):
			said = append(said, "fault "+fault.Error())
			continue
		case err != nil:
			t.Fatal(err)
		}
		said = append(said, fmt.Sprintf("%s at %d: %s", record.Type(), record.Offset, bodyOf(t, record)))
		if len(said) > 1000 {
			t.Fatal("no end")
		}
	}
}

func bodyOf(t testing.TB, r *Record) string {
	t.Helper()
	m, err := r.Message()
	if err != nil {
		return "no message: " + err.Error()
	}
	body, err := m.Decoded()
	if err != nil {
		return "not decoded: " + err.Error()
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return fmt.Sprintf("%s, and then %v", text, err)
	}
	return string(text)
}

func pack(parts ...string) string {
	var out bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&out)
		io.WriteString(z, p)
		z.Close()
	}
	return out.String()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for _, packed := range []bool{false, true} {
		file, at := written(t, packed, "one", "", "three")
		want := []string{fmt.Sprintf("response at %d: one", at[0]), fmt.Sprintf("response at %d: ", at[1]), fmt.Sprintf("response at %d: three", at[2])}
		if got := told(t, file); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("packed %t: %q, want %q", packed, got, want)
		}
		if !Is(file[:min(300, len(file))]) {
			t.Errorf("packed %t: is not taken for a WARC file", packed)
		}
	}
}

func TestTheSameRecordsMakeTheSameBytes(t *testing.T) {
	one, _ := written(t, true, "one", "two")
	other, _ := written(t, true, "one", "two")
	if !bytes.Equal(one, other) {
		t.Error("two writings differ")
	}
}

func TestAFaultIsNamedByItsOffsetAndTheRestIsRead(t *testing.T) {
	plain, at := written(t, false, "one", "two", "three")
	packed, gz := written(t, true, "one", "two", "three")
	flip := func(file []byte, i int64) string {
		b := bytes.Clone(file)
		b[i] ^= 0x40
		return string(b)
	}
	two := fmt.Sprintf("response at %d: two", at[1])
	for _, test := range []struct {
		name, file string
		want       []string // the beginning of each
	}{
		{"nothing", "", nil},
		{"blank lines alone", "\r\n\r\n", nil},
		{"no archive at all", "Seven people were killed.\n", []string{"fault at byte 0: no record begins here"}},
		{"something ahead of the first record", "noise\r\n" + string(plain), []string{"fault at byte 0: no record", "response at 7: one", fmt.Sprintf("response at %d: two", at[1]+7), fmt.Sprintf("response at %d: three", at[2]+7)}},
		{"a length that is none", strings.Replace(string(plain), "Content-Length: ", "Content-Length: x", 1), []string{"fault at byte 0: the record does not say how long", fmt.Sprintf("response at %d: two", at[1]+1), fmt.Sprintf("response at %d: three", at[2]+1)}},
		{"a length below nothing", strings.Replace(string(plain), "Content-Length: ", "Content-Length: -", 1), []string{"fault at byte 0: the record does not say how long", fmt.Sprintf("response at %d: two", at[1]+1), fmt.Sprintf("response at %d: three", at[2]+1)}},
		{"cut short in a block", string(plain[:at[2]-6]), []string{"response at 0: one", two[:len(two)-2], fmt.Sprintf("fault at byte %d: the record is cut short", at[1])}},
		{"cut short in a header", string(plain[:at[2]+40]), []string{"response at 0: one", two, fmt.Sprintf("fault at byte %d: the file is cut short", at[2])}},
		{"packed, with bytes between two members", string(packed[:gz[1]]) + "noise" + string(packed[gz[1]:]), []string{"response at 0: one", fmt.Sprintf("fault at byte %d: what stands between", gz[1]), fmt.Sprintf("response at %d: two", gz[1]+5), fmt.Sprintf("response at %d: three", gz[2]+5)}},
		{"packed, with bytes at its end", string(packed) + "noise", []string{"response at 0: one", fmt.Sprintf("response at %d: two", gz[1]), fmt.Sprintf("response at %d: three", gz[2]), fmt.Sprintf("fault at byte %d: what stands behind", len(packed))}},
		{"packed, a header of gzip that is none", flip(packed, gz[1]+2), []string{"response at 0: one", fmt.Sprintf("fault at byte %d:", gz[1]), fmt.Sprintf("response at %d: three", gz[2])}},
		{"packed, a sum that differs", flip(packed, gz[2]-6), []string{"response at 0: one", fmt.Sprintf("response at %d: two", gz[1]), fmt.Sprintf("fault at byte %d: cannot be unpacked", gz[1]), fmt.Sprintf("response at %d: three", gz[2])}},
		{"packed, cut short", string(packed[:gz[2]+30]), []string{"response at 0: one", fmt.Sprintf("response at %d: two", gz[1]), fmt.Sprintf("fault at byte %d: the file is cut short", gz[2])}},
		{"packed as one member", pack(string(plain)), []string{"response at 0: one", "response at 0: two", "response at 0: three"}},
		{"lines that end without a carriage return", strings.ReplaceAll("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\n\nfour\r\n\r\n", "\r\n", "\n"), []string{"response at 0: four"}},
		{"no blank lines behind a record", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\n\nfourWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\n\nfive", []string{"response at 0: four", "response at 74: five"}},
		{"a message without a head", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n", []string{"response at 0: no message: at byte 0: the HTTP message begins with no status"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := told(t, []byte(test.file))
			if len(got) != len(test.want) {
				t.Fatalf("%q, want %q", got, test.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], test.want[i]) {
					t.Errorf("%q, want %q", got[i], test.want[i])
				}
			}
		})
	}
}

func TestCodingsAreUndone(t *testing.T) {
	for _, test := range []struct{ name, body, fields string }{
		{"plain", report, ""},
		{"chunked", fmt.Sprintf("2\r\n<h\r\n%x\r\n%s\r\n0\r\n\r\n", len(report)-2, report[2:]), "Transfer-Encoding: chunked"},
		{"said to be chunked, and no longer so", report, "Transfer-Encoding: chunked"},
		{"gzip", pack(report), "Content-Encoding: gzip"},
		{"said to be gzip, and no longer so", report, "Content-Encoding: gzip"},
		{"gzip in chunks", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(pack(report)), pack(report)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"},
		{"gzip twice", pack(pack(report)), "Content-Encoding: gzip, gzip"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			block := answer(test.body)
			if test.fields != "" {
				block = answer(test.body, test.fields)
			}
			if _, err := NewWriter(&out, true).WriteBytes(header(Response, "http://marun.example/", httpMedia), block); err != nil {
				t.Fatal(err)
			}
			if got := told(t, out.Bytes()); len(got) != 1 || got[0] != "response at 0: "+report {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestDigestsAreChecked(t *testing.T) {
	const block = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n"
	sum := func(algorithm, text string) string {
		d := newDigest(algorithm + ":")
		d.Write([]byte(text))
		return fmt.Sprintf("%s:%x", algorithm, d.hash.Sum(nil))
	}
	for _, test := range []struct {
		name, block, payload string
		want                 Check
	}{
		{"none stated", "", "", Check{}},
		{"both hold", sum("sha1", block), sum("sha1", "4\r\nfour\r\n0\r\n\r\n"), Check{Holds, Holds}},
		{"the payload without its chunks", sum("md5", block), sum("sha256", "four"), Check{Holds, Holds}},
		{"another algorithm", sum("sha512", block), sum("sha384", "four"), Check{Holds, Holds}},
		{"the block differs", sum("sha256", "another"), "", Check{Block: Differs}},
		{"the payload differs", "", sum("sha1", "five"), Check{Payload: Differs}},
		{"an algorithm that nobody knows", "tiger:abc", "tiger:abc", Check{Unchecked, Unchecked}},
		{"base 32, as most tools write it", "", "SHA-1:" + base32Of("four"), Check{Payload: Holds}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n", len(block))
			if test.block != "" {
				h += "WARC-Block-Digest: " + test.block + "\r\n"
			}
			if test.payload != "" {
				h += "WARC-Payload-Digest: " + test.payload + "\r\n"
			}
			record, err := NewReader(strings.NewReader(h + "\r\n" + block + "\r\n\r\n")).Next()
			if err != nil {
				t.Fatal(err)
			}
			if got, err := record.Check(); err != nil || got != test.want {
				t.Errorf("%+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

// A record of 2 GiB is read in the memory of a small one.
func TestALongRecordIsNeverInMemory(t *testing.T) {
	const size = 2 << 30
	head := fmt.Sprintf("WARC/1.1\r\nWARC-Type: resource\r\nWARC-Block-Digest: md5:00\r\nContent-Length: %d\r\n\r\n", size)
	r := NewReader(io.MultiReader(strings.NewReader(head), io.LimitReader(endless{}, size), strings.NewReader("\r\n\r\nWARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n")))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	record, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if check, err := record.Check(); err != nil || check.Block != Differs {
		t.Errorf("%+v, %v", check, err)
	}
	next, err := r.Next()
	if err != nil || next.Type() != Metadata {
		t.Fatalf("%+v, %v", next, err)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 4<<20 {
		t.Errorf("%d bytes of memory were asked for", grown)
	}
}

func base32Of(text string) string {
	sum := sha1.Sum([]byte(text))
	return base32.StdEncoding.EncodeToString(sum[:])
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestAddressesAreKeyed(t *testing.T) {
	for address, want := range map[string]string{
		"http://www.Marun.example/":             "example,marun)/",
		"https://marun.example":                 "example,marun)/",
		"https://www2.news.example/a/B?z=1&a=2": "example,news)/a/b?a=2&z=1",
		"http://marun.example:8080/x":           "example,marun:8080)/x",
		"http://marun.example:80/x":             "example,marun)/x",
		"https://marun.example/تقرير":           "example,marun)/%d8%aa%d9%82%d8%b1%d9%8a%d8%b1",
		"urn:text:https://marun.example/":       "urn:text:https://marun.example/",
	} {
		if got := SURT(address); !strings.EqualFold(got, want) {
			t.Errorf("SURT(%s) = %s, want %s", address, got, want)
		}
	}
}

func FuzzReader(f *testing.F) {
	plain, _ := written(f, false, "one", "two")
	packed, _ := written(f, true, "one", "two")
	f.Add(plain)
	f.Add(packed)
	f.Add([]byte("WARC/1.0\r\nContent-Length: 3\r\n\r\nabc"))
	f.Add([]byte(pack("WARC/1.0\r\nContent-Length: 3\r\n\r\nabc") + "noise"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := NewReader(bytes.NewReader(file))
		last := int64(0)
		for n := 0; ; n++ {
			record, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			var fault Fault
			at := int64(0)
			switch {
			case errors.As(err, &fault):
				at = fault.Offset
			case err != nil:
				t.Fatalf("an error that is no fault: %v", err)
			default:
				at = record.Offset
				record.Check() // of which any error may come, and no panic
			}
			if at < last || at > int64(len(file)) || n > 2*len(file)+2 {
				t.Fatalf("offset %d behind %d of %d", at, last, len(file))
			}
			last = at
		}
	})
}
