package recorder

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/scan/scantest"
)

// TestAScanIsReadAsAMachineReadIt brings in a PDF of pictures and a photo of a
// street, and has both read.
func TestAScanIsReadAsAMachineReadIt(t *testing.T) {
	tools := scantest.Tools(t)
	r := local(t)
	pdf := scantest.PDF(t, scantest.Picture(t, "en", "Seven people were killed in an airstrike on Orvane on 3 May 2031, the mayor said."))
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if sum, err := r.Import(ctx, []string{path}, cairn.Given{Source: "Tarn Wire", Published: "2031-05-04", Language: "en"}, Progress{}); err != nil || sum.Claims != 0 || sum.Problems != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	photo := scantest.Picture(t, "en")
	if _, err := r.Take(ctx, collect.Item{Receipt: cairn.Receipt{From: "street.png", How: "zip", At: noon, Who: "Ana", Outcome: cairn.Fetched, Media: "image/png", Size: int64(len(photo))}, Bytes: photo, Original: true}); err != nil {
		t.Fatal(err)
	}
	view := scantest.Picture(t, "en", "The screenshot of a page has its text already.")
	if _, err := r.Take(ctx, collect.Item{Receipt: cairn.Receipt{From: "urn:view:https://marun.example/", How: "capture", At: noon, Who: "Ana", Outcome: cairn.Fetched, Media: "image/png", Size: int64(len(view))}, Bytes: view, Original: true}); err != nil {
		t.Fatal(err)
	}
	todo, err := r.ToScan(ctx, nil)
	if err != nil || len(todo) != 2 {
		t.Fatalf("%d to scan, %v", len(todo), err)
	}
	total := Summary{}
	for _, p := range todo {
		sum, err := r.Scan(ctx, p, tools, nil)
		if err != nil {
			t.Fatal(err)
		}
		total.add(sum)
	}
	if total.Taken != 1 || total.Originals != 1 || total.Claims != 1 || total.Incidents != 1 {
		t.Errorf("%+v", total)
	}
	if todo, err = r.ToScan(ctx, nil); err != nil || len(todo) != 0 {
		t.Errorf("still %d to scan, %v", len(todo), err)
	}
	testimonies, err := r.View().Testimonies(ctx, "tarn", "T1")
	if err != nil || len(testimonies) != 1 {
		t.Fatalf("%d testimonies, %v", len(testimonies), err)
	}
	d, err := r.View().Document(ctx, testimonies[0].Ref.Document)
	if err != nil || d.Machine == nil || d.Machine.Of != cairn.RefOf(pdf) || d.Medium != "scan" || d.Source != "Tarn Wire" || d.Machine.Confidence < 60 {
		t.Fatalf("%+v, %v", d, err)
	}
	if c := testimonies[0].Claim; c.Machine < 1 || c.Machine > 100 {
		t.Errorf("the claim does not say that a machine read it: %+v", c)
	}
	if page, ok := d.Page(testimonies[0].Claim.Span.Start); !ok || page != 1 {
		t.Errorf("page %d, %t", page, ok)
	}
	if c, faults := checked(dossierOf(t, r, "T1", dossier.Court), ""); len(faults) > 0 || c.Originals != 2 {
		t.Errorf("its dossier holds %d originals, want what was read and the pictures; %v", c.Originals, faults)
	}
	if c, faults := checked(dossierOf(t, r, "T1", dossier.Public), ""); len(faults) > 0 || c.Originals != 0 || len(c.Contents.Withheld) != 2 {
		t.Errorf("its dossier for the public: %d originals, %+v, %v", c.Originals, c.Contents.Withheld, faults)
	}
	if made, err := r.MadeOf(ctx, cairn.RefOf(pdf)); err != nil || len(made) != 1 || made[0].Document != d.ID {
		t.Errorf("made of the pictures: %v, %v", made, err)
	}
	redone, err := r.Redo(ctx, true, Progress{})
	if err != nil || redone.Reread != 0 {
		t.Errorf("read again: %+v, %v", redone, err)
	}
	if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("%s", f) }); err != nil {
		t.Error(err)
	}
}

func documentOf(t *testing.T, r *Recorder, ref cairn.Ref) string {
	t.Helper()
	d, err := r.View().DocumentByRef(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}
