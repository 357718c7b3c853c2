package recorder

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/warc"
)

const captured = "2031-05-04T10:11:12Z"

// crawl is a web archive of a small site, as another tool made it.
func crawl(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := warc.NewWriter(&out, true)
	for _, r := range []struct{ address, media, body string }{
		{"https://marun.example/", "text/html", `<html><title>Orvane</title><link rel="stylesheet" href="/s.css"><img src="a.png"><p>Seven people were killed in an airstrike on Orvane on 3 May 2031.</p></html>`},
		{"https://marun.example/selm", "text/html", `<html><title>Selm</title><p>Two civilians were killed when a shell hit Selm Bridge on 11 May 2031.</p></html>`},
		{"https://marun.example/s.css", "text/css", `body { background: url(b.png) }`},
		{"https://marun.example/a.png", "image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRa"},
		{"https://marun.example/b.png", "image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRb"},
		{"https://marun.example/nobody-needs.png", "image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRc"},
	} {
		h := warc.Header{{Name: warc.TypeField, Value: warc.Response}, {Name: warc.TargetField, Value: r.address}, {Name: warc.DateField, Value: captured}, {Name: warc.MediaField, Value: "application/http;msgtype=response"}}
		if _, err := w.WriteBytes(h, []byte("HTTP/1.1 200 OK\r\nContent-Type: "+r.media+"\r\n\r\n"+r.body)); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func TestAWebArchiveIsBroughtIn(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		content := crawl(t)
		path := file(t, "crawl.warc.gz", string(content))
		sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{Fault: func(err error) { t.Errorf("fault: %v", err) }})
		if err != nil || sum.Taken != 2 || sum.Originals != 4 || sum.Problems != 0 || sum.Incidents != 2 {
			t.Fatalf("%+v, %v", sum, err)
		}
		kept, err := r.Originals().Get(cairn.RefOf(content))
		if err != nil || !bytes.Equal(kept, content) {
			t.Errorf("the container: %d bytes, %v", len(kept), err)
		}
		ref := documentAt(t, r, "https://marun.example/selm").Ref
		receipts, err := r.View().Receipts(ctx, ref)
		if err != nil || len(receipts) != 1 {
			t.Fatalf("%d receipts, %v", len(receipts), err)
		}
		w := receipts[0].Within
		if w == nil || w.Ref != cairn.RefOf(content) || w.At.Format("2006-01-02T15:04:05Z") != captured || !receipts[0].At.Equal(noon) || receipts[0].How != "warc" || receipts[0].Status != 200 {
			t.Errorf("%+v, within %+v", receipts[0], w)
		}
		again, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{})
		if err != nil || again.Taken != 0 || again.Again != 6 {
			t.Errorf("again: %+v, %v", again, err)
		}
	})
}

func documentAt(t testing.TB, r *Recorder, address string) cairn.Document {
	t.Helper()
	var found cairn.Document
	q := &shelf{view: r.View(), project: r.Project(), all: true}
	if err := q.eachDocument(ctx, func(d store.Shelved) error {
		if d.Document.URL == address {
			found = d.Document
		}
		return nil
	}); err != nil || found.ID == "" {
		t.Fatalf("no document at %s, %v", address, err)
	}
	return found
}

// packedPages reads a WACZ back: the addresses of its records by type, and of
// its pages.
func packedPages(t testing.TB, path string) (records, pages []string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	o, err := warc.OpenPackage(&z.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if wrong := o.Verify(); wrong != nil {
		t.Errorf("wrong: %q", wrong)
	}
	for _, p := range o.Pages {
		pages = append(pages, p.URL+" "+p.Title)
	}
	f, err := o.Open(o.Archives()[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reader := warc.NewReader(f)
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			slices.Sort(records)
			slices.Sort(pages)
			return records, pages
		}
		if err != nil {
			t.Fatal(err)
		}
		check, err := record.Check()
		if err != nil || check.Block != warc.Holds || check.Payload == warc.Differs {
			t.Errorf("%s of %s: %+v, %v", record.Type(), record.Target(), check, err)
		}
		if kind := record.Type(); kind == warc.Response || kind == warc.Resource {
			records = append(records, kind+" "+record.Target())
		}
	}
}

func TestASelectionIsExportedAsAWebArchive(t *testing.T) {
	r := local(t)
	if _, err := r.Import(ctx, []string{file(t, "crawl.warc.gz", string(crawl(t)))}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	letter := "Four people were injured in Selm Bridge on 20 May 2031."
	if _, err := r.Import(ctx, []string{file(t, "letter.txt", letter)}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	all := filepath.Join(t.TempDir(), "all.wacz")
	name, err := r.ExportWACZ(ctx, Query{Project: "tarn"}, all)
	if err != nil || name != all {
		t.Fatalf("%s, %v", name, err)
	}
	records, pages := packedPages(t, all)
	if want := []string{"resource urn:cairn:" + string(cairn.RefOf([]byte(letter))), "response https://marun.example/", "response https://marun.example/a.png",
		"response https://marun.example/b.png", "response https://marun.example/s.css", "response https://marun.example/selm"}; !slices.Equal(records, want) {
		t.Errorf("records\n%s\nwant\n%s", strings.Join(records, "\n"), strings.Join(want, "\n"))
	}
	if want := []string{"https://marun.example/ Orvane", "https://marun.example/selm Selm"}; !slices.Equal(pages, want) {
		t.Errorf("pages %q, want %q", pages, want)
	}
	dir := t.TempDir()
	if name, err = r.ExportWACZ(ctx, Query{Project: "tarn", Place: "Orvane"}, dir); err != nil || name != filepath.Join(dir, "cairn.wacz") {
		t.Fatalf("%s, %v", name, err)
	}
	if records, pages = packedPages(t, name); len(records) != 4 || len(pages) != 1 {
		t.Errorf("of one place: records %q, pages %q", records, pages)
	}
	one, _ := os.ReadFile(all)
	if _, err := r.ExportWACZ(ctx, Query{Project: "tarn"}, all); err != nil {
		t.Fatal(err)
	}
	if other, _ := os.ReadFile(all); !bytes.Equal(one, other) {
		t.Error("the same record makes other bytes")
	}
	elsewhere := local(t)
	sum, err := elsewhere.Import(ctx, []string{all}, cairn.Given{}, Progress{Fault: func(err error) { t.Errorf("fault: %v", err) }})
	if err != nil || sum.Taken != 2 {
		t.Errorf("brought in elsewhere: %+v, %v", sum, err)
	}
}

func TestAWebArchiveLeavesOutASourceThatAskedNotToBeNamed(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	if err := r.PutSource(ctx, cairn.Source{ID: "herald", Name: "Orvane Herald", Anonymous: true}, "asked not to be named"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "all.wacz")
	if _, err := r.ExportWACZ(ctx, Query{Project: "tarn"}, path); err != nil {
		t.Fatal(err)
	}
	if records, _ := packedPages(t, path); len(records) != 2 {
		t.Errorf("of two documents of each source it holds %q", records)
	}
}

// Who wrote a post, and where a photo was taken, stand in no document.
func TestPersonsStandApart(t *testing.T) {
	r := local(t)
	chat := "13/05/2031, 10:11 - Rami A.: Two people were injured in Selm Bridge on 11 May 2031.\n13/05/2031, 10:12 - Sana K.: They are alive.\n"
	sum, err := r.Import(ctx, []string{file(t, "chat.txt", chat)}, cairn.Given{Source: "Selm neighbours"}, Progress{})
	if err != nil || sum.Taken != 2 {
		t.Fatalf("%+v, %v", sum, err)
	}
	private := 0
	q := &shelf{view: r.View(), project: r.Project(), all: true}
	err = q.eachDocument(ctx, func(d store.Shelved) error {
		whole, err := r.View().Document(ctx, d.Document.ID)
		if err != nil {
			return err
		}
		line, err := json.Marshal(whole)
		if strings.Contains(string(line), "Rami") || strings.Contains(string(line), "Sana") {
			t.Errorf("%s names who wrote it: %s", whole.ID, line)
		}
		kept, getErr := r.Originals().Get(whole.Ref)
		if strings.Contains(string(kept), "Rami") || strings.Contains(string(kept), "Sana") {
			t.Errorf("the bytes of %s name who wrote it", whole.ID)
		}
		receipts, receiptsErr := r.View().Receipts(ctx, whole.Ref)
		for _, receipt := range receipts {
			if receipt.Private["author"] != "" {
				private++
			}
		}
		return errors.Join(err, getErr, receiptsErr)
	})
	if err != nil || private != 2 {
		t.Errorf("%d authors, %v", private, err)
	}
}

func TestRowsOfLinks(t *testing.T) {
	r := local(t)
	var faults []string
	table := "Where,Said,When\nhttps://social.example/1,Six people were killed in Orvane.,2031-05-05\nnowhere,,\nhttps://social.example/2,Two were hurt in Orvane.,01/02/2031\n"
	sum, err := r.ImportLinks(ctx, []string{file(t, "links.csv", table)}, cairn.Given{Source: "Orvane page"}, Links{Columns: map[string]string{"url": "Where", "text": "Said", "published": "When"}},
		Progress{Fault: func(err error) { faults = append(faults, err.Error()) }})
	if err != nil || sum.Taken != 1 || sum.Problems != 2 || sum.Originals != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if len(faults) != 2 || !strings.Contains(faults[0], "links.csv:3: url:") || !strings.Contains(faults[1], "links.csv:4: published:") {
		t.Errorf("%q", faults)
	}
	d := documentAt(t, r, "https://social.example/1")
	if d.Source != "Orvane page" || fmt.Sprint(d.Published) != "2031-05-05" {
		t.Errorf("%+v", d)
	}
}
