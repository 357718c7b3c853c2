package warc

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

var about = Package{Title: "Tel Marun", Software: "a test", Created: captured, MainPage: "http://marun.example/0"}

func packaged(t testing.TB, bodies ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewPackageWriter(&out, about)
	if err != nil {
		t.Fatal(err)
	}
	for i, body := range bodies {
		address := fmt.Sprintf("http://marun.example/%d", i)
		if err := w.Write(header(Request, address, Field{MediaField, "application/http;msgtype=request"}), bytes.NewReader([]byte("GET / HTTP/1.1\r\n\r\n"))); err != nil {
			t.Fatal(err)
		}
		if err := w.Write(header(Response, address, httpMedia), bytes.NewReader(answer(body))); err != nil {
			t.Fatal(err)
		}
		w.Page(Page{ID: fmt.Sprint(i), URL: address, At: captured, Title: "Report " + fmt.Sprint(i)})
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(t testing.TB, file []byte) *Opened {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if !IsPackage(z) {
		t.Fatal("is not taken for a WACZ")
	}
	o, err := OpenPackage(z)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAPackageIsReadAsItWasWritten(t *testing.T) {
	o := opened(t, packaged(t, "one", "two"))
	if wrong := o.Verify(); wrong != nil {
		t.Errorf("wrong: %q", wrong)
	}
	if o.About != about || len(o.Pages) != 2 || o.Titled("http://marun.example/1", captured) != "Report 1" {
		t.Errorf("%+v, pages %+v", o.About, o.Pages)
	}
	if got := o.Archives(); !slices.Equal(got, []string{"archive/data.warc.gz"}) {
		t.Fatalf("archives %q", got)
	}
	f, err := o.Open("archive/data.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	file, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	index, err := o.whole(indexPath, mostPages)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(index)), "\n")
	if len(lines) != 2 {
		t.Fatalf("index %q", lines)
	}
	for i, want := range []string{"one", "two"} {
		l, err := ParseLine(lines[i])
		if err != nil {
			t.Fatal(err)
		}
		if l.String() != lines[i] || l.Status != 200 || l.MediaType != "text/html" {
			t.Errorf("%q reads as %+v", lines[i], l)
		}
		if got := told(t, file[l.Offset:l.Offset+l.Length]); len(got) != 1 || got[0] != "response at 0: "+want {
			t.Errorf("at the place of the index: %q", got)
		}
	}
}

func TestAnAlteredPackageIsFound(t *testing.T) {
	whole := packaged(t, "one")
	rewritten := func(change func(name string, body []byte) []byte, more ...string) []byte {
		z, _ := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, f := range z.File {
			r, _ := f.Open()
			body, _ := io.ReadAll(r)
			if body = change(f.Name, body); body != nil {
				p, _ := w.Create(f.Name)
				p.Write(body)
			}
		}
		for _, name := range more {
			w.Create(name)
		}
		w.Close()
		return out.Bytes()
	}
	same := func(_ string, b []byte) []byte { return b }
	at := func(path, old, new string) func(string, []byte) []byte {
		return func(name string, b []byte) []byte {
			if name == path {
				return bytes.Replace(b, []byte(old), []byte(new), 1)
			}
			return b
		}
	}
	for _, test := range []struct {
		name string
		file []byte
		want string
	}{
		{"a title", rewritten(at(pagesPath, "Report 0", "Report 9")), pagesPath + " is not what"},
		{"the index", rewritten(at(indexPath, `"200"`, `"404"`)), indexPath + " is not what"},
		{"the description of the whole", rewritten(at(packagePath, "Tel Marun", "Tel Harun")), packagePath + " is not what"},
		{"a file too many", rewritten(same, "archive/other.warc.gz"), "archive/other.warc.gz is not named"},
		{"a file too few", rewritten(func(name string, b []byte) []byte {
			if name == pagesPath {
				return nil
			}
			return b
		}), pagesPath + " is not in the WACZ"},
	} {
		t.Run(test.name, func(t *testing.T) {
			wrong := opened(t, test.file).Verify()
			if len(wrong) != 1 || !strings.HasPrefix(wrong[0], test.want) {
				t.Errorf("%q, want %q", wrong, test.want)
			}
		})
	}
}

func FuzzParseLine(f *testing.F) {
	f.Add(Line{Key: "example,marun)/", At: captured, URL: "http://marun.example/", Filename: "a.warc.gz", Offset: 1, Length: 2}.String())
	f.Add(`a 20240305101112 {"offset":3,"length":"4"}`)
	f.Fuzz(func(t *testing.T, s string) {
		l, err := ParseLine(s)
		if err != nil {
			return
		}
		again, err := ParseLine(l.String())
		if err != nil || again.String() != l.String() {
			t.Errorf("%q reads as %+v, which reads back as %+v, %v", s, l, again, err)
		}
	})
}
