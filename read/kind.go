package read

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// The media of documents.
const (
	mediumText     = "text"
	mediumPage     = "html"
	mediumPDF      = "pdf"
	mediumDOCX     = "docx"
	mediumMail     = "eml"
	mediumContract = "contract"
	mediumTable    = "table"
	mediumScan     = "scan"
)

// packedKind tells apart what is not plain bytes of text: PDF, DOCX, the media
// type of what is not read, and "" for text of any kind.
func packedKind(content []byte) string {
	head := content[:min(len(content), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return mediumPDF
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		if isDOCX(content) {
			return mediumDOCX
		}
		return mimetype.Detect(content).String()
	case bytes.HasPrefix(content, []byte("\xFF\xFE")), bytes.HasPrefix(content, []byte("\xFE\xFF")):
		return ""
	case strings.HasPrefix(string(head), `{\rtf`):
		return "text/rtf"
	}
	if !looksBinary(head) {
		return ""
	}
	return mimetype.Detect(content).String()
}

// looksBinary reports whether head has more control bytes than stray ones.
func looksBinary(head []byte) bool {
	control := 0
	for _, b := range head {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1B {
			control++
		}
	}
	return control*20 > len(head)
}

func isDOCX(content []byte) bool {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return bytes.Contains(content, []byte("word/document.xml"))
	}
	for _, f := range archive.File {
		if f.Name == "word/document.xml" {
			return true
		}
	}
	return false
}

var (
	pageStart = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|title|meta|table|script)\b`)
	pageTag   = regexp.MustCompile(`(?i)<(?:html|body|article)\b[^>]*>`)
)

// isPage reports whether text is HTML.
func isPage(text []byte) bool {
	head := text[:min(len(text), 4096)]
	if bytes.IndexByte(head, '<') < 0 {
		return false
	}
	return pageStart.Match(head) || pageTag.Match(head)
}

var mailHeader = regexp.MustCompile(`(?i)^(from|to|cc|subject|date|received|message-id|mime-version|return-path|content-type|reply-to|delivered-to|x-[a-z-]+|dkim-signature|content-transfer-encoding|sender|references|in-reply-to|list-[a-z-]+|authentication-results|user-agent):`)

// isMail reports whether text begins with the headers of an e-mail: nothing but
// header lines up to a blank one, among them three of those that every mail has.
func isMail(text []byte) bool {
	known := 0
	for line := range bytes.Lines(text[:min(len(text), 32<<10)]) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if known == 0 {
				return false
			}
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || bytes.ContainsAny(name, " \t") {
			return false
		}
		if mailHeader.Match(line) {
			known++
		}
	}
	return known >= 3
}

// separator returns the character between the cells of text where it is a
// table, 0 where it is none: several lines of as many cells each, none of them
// prose.
func separator(text []byte) rune {
	sample := text
	if len(sample) > 16<<10 {
		sample = sample[:16<<10]
		sample = sample[:bytes.LastIndexByte(sample, '\n')+1]
	}
	for _, comma := range "\t;,|" {
		if bytes.ContainsRune(sample, comma) && isTable(sample, comma) {
			return comma
		}
	}
	return 0
}

func isTable(sample []byte, comma rune) bool {
	if comma == ',' && bytes.Count(sample, []byte(", ")) > bytes.Count(sample, []byte(","))/3 {
		return false
	}
	r := csv.NewReader(bytes.NewReader(sample))
	r.Comma = comma
	rows, err := r.ReadAll() // which holds every row to as many cells as the first
	if err != nil && len(rows) < 20 || len(rows) < 2 || len(rows[0]) < 2 {
		return false
	}
	for _, header := range rows[0] {
		if len(header) > 80 {
			return false
		}
	}
	return len(rows) > 2 || len(rows[0]) > 2
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
