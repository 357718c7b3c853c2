package dossier

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// sample is the material of a dossier of one document, with a row that is
// withheld, and the key that signs it.
func sample(t testing.TB) (Material, ledger.Key) {
	t.Helper()
	key, err := ledger.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	original := []byte("Seven people were killed in Orvane, said the mayor.")
	ref := cairn.RefOf(original)
	salts := ledger.NewSalts(ledger.Seed(bytes.Repeat([]byte{9}, 32)))
	shown := ledger.Row{Mark: ledger.Mark{Kind: ledger.Made, Table: "documents", Key: "wire/1"},
		Columns: []ledger.Column{{Name: "id", Value: "wire"}, {Name: "lat", Value: 40.5}, {Name: "made", Value: int64(1)}, {Name: "ref", Value: string(ref)}}}
	hidden := ledger.Row{Mark: ledger.Mark{Kind: ledger.Made, Table: "acts", Key: "1"}, Columns: []ledger.Column{{Name: "who", Value: "Ana"}}}
	seed, _ := salts.Seed()
	leaf := ledger.Leaf{Act: 1, Seeded: seed.Sealed()}
	for _, row := range []ledger.Row{hidden, shown} {
		leaf.Lines = append(leaf.Lines, ledger.Line{Mark: row.Mark, Hash: row.Hash(salts.Of(row.Mark))})
	}
	var tree ledger.Tree
	tree.Append(leaf.Head().Hash())
	tree.Append(ledger.Head{Act: 2}.Hash())
	path, err := tlog.ProveRecord(2, 0, tree)
	if err != nil {
		t.Fatal(err)
	}
	prove := leaf.Prover()
	var proofs []ledger.RowProof
	for i := range leaf.Lines {
		proof, err := prove(i)
		if err != nil {
			t.Fatal(err)
		}
		proofs = append(proofs, proof)
	}
	checkpoint, err := key.Checkpoint(2, tree.Root(), nil)
	if err != nil {
		t.Fatal(err)
	}
	head := leaf.Head()
	return Material{
		Contents: Contents{ID: "wire", For: Court, Project: "tarn", Acts: 2, Documents: []Document{{Document: cairn.Document{ID: "wire", Ref: ref, Text: string(original), Language: "en"}}}},
		Rows: []Row{
			{Act: 1, Kind: ledger.Made, Table: "acts", Hash: ledger.Text(leaf.Lines[0].Hash[:]), Why: "says who works on the record", Proof: proofs[0]},
			{Act: 1, Kind: ledger.Made, Table: "documents", Key: "wire/1", Columns: CellsOf(shown.Columns), Salt: ledger.Text(salts.Of(shown.Mark)), Proof: proofs[1]},
		},
		Acts:       []Act{{Act: 1, Seed: head.Seeded, Rows: head.Rows, Root: head.Root, Path: path}},
		Checkpoint: checkpoint,
		Files:      []File{Fixed(Bytes(strings.TrimPrefix(string(ref), "sha256-")), original)},
	}, key
}

func written(t testing.TB, m Material, key ledger.Key) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, m, key); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func faultsOf(file []byte) (Checked, []string) {
	var faults []string
	c := Check(bytes.NewReader(file), int64(len(file)), Known{}, func(f ledger.Finding) {
		faults = append(faults, strings.Join([]string{f.Kind, f.Of, f.ID, f.Reason}, " "))
	})
	return c, faults
}

// TestEveryBit changes the bits of a dossier, one at a time: every seventh, and with
// CAIRN_SOAK=1 every one. Each is found, and a fault names the file that it stands
// in.
func TestEveryBit(t *testing.T) {
	m, key := sample(t)
	file := written(t, m, key)
	c, faults := faultsOf(file)
	if len(faults) > 0 || c.Rows != 1 || c.Withheld != 1 || c.Originals != 1 {
		t.Fatalf("%+v, %v", c, faults)
	}
	places := placesOf(t, file)
	step := 7
	if os.Getenv("CAIRN_SOAK") == "1" {
		step = 1
	}
	for bit := 0; bit < 8*len(file); bit += step {
		spoilt := bytes.Clone(file)
		spoilt[bit/8] ^= 1 << (bit % 8)
		_, faults := faultsOf(spoilt)
		if len(faults) == 0 {
			t.Fatalf("bit %d of byte %d, in %s, was changed, and nothing is said of it", bit%8, bit/8, placeAt(places, bit/8))
		}
		place := placeAt(places, bit/8)
		if place != "" && !strings.Contains(strings.Join(faults, "\n"), place) {
			t.Errorf("byte %d, in %s, is not named by %v", bit/8, place, faults)
		}
	}
	for end := range file {
		if _, faults := faultsOf(file[:end]); len(faults) == 0 {
			t.Errorf("cut off at %d, and nothing is said of it", end)
		}
	}
}

type place struct {
	name       string
	start, end int
}

// placesOf returns where the contents of each file lie.
func placesOf(t *testing.T, file []byte) []place {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var places []place
	for _, f := range z.File {
		start, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, place{f.Name, int(start), int(start) + int(f.CompressedSize64)})
	}
	return places
}

func placeAt(places []place, at int) string {
	for _, p := range places {
		if at >= p.start && at < p.end {
			return p.name
		}
	}
	return ""
}

// TestForgeries are dossiers that hold together as ZIP files and say something
// else than what was recorded.
func TestForgeries(t *testing.T) {
	other, err := ledger.NewKey(bytes.NewReader(bytes.Repeat([]byte{8}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		forge func(*Material)
		want  string
	}{
		{"a row says something else", func(m *Material) { m.Rows[1].Columns[0][2] = "cable" }, "it is not what the act wrote"},
		{"a row is of another kind", func(m *Material) { m.Rows[1].Kind = ledger.Cut }, "it is not what the act wrote"},
		{"a row is of another act", func(m *Material) { m.Rows[1].Act = 2 }, "nothing proves the act"},
		{"another salt", func(m *Material) { m.Rows[1].Salt = m.Rows[0].Hash }, "it is not what the act wrote"},
		{"a salt that is none", func(m *Material) { m.Rows[1].Salt = "x" }, "want a hash"},
		{"a sort of value that is none", func(m *Material) { m.Rows[1].Columns[0][1] = "x" }, "no sort of value"},
		{"another hash for what is withheld", func(m *Material) { m.Rows[0].Hash = m.Rows[1].Salt }, "it is not what the act wrote"},
		{"a row of another place", func(m *Material) { m.Rows[1].Proof.Index = 0 }, "it is not what the act wrote"},
		{"an act with more rows", func(m *Material) { m.Acts[0].Rows++ }, "it is not in the log that was signed"},
		{"an act past the log", func(m *Material) { m.Acts[0].Act = 3 }, "the log that was signed has no such act"},
		{"a path that is cut short", func(m *Material) { m.Acts[0].Path = nil }, "it is not in the log that was signed"},
		{"another original", func(m *Material) { m.Files[0] = Fixed(m.Files[0].Name, []byte("nine people")) }, "the bytes now hash to"},
		{"an original that no row names", func(m *Material) {
			more := []byte("nine people")
			m.Files = append(m.Files, Fixed(Bytes(strings.TrimPrefix(string(cairn.RefOf(more)), "sha256-")), more))
		}, "no row that is proved names these bytes"},
		{"no checkpoint", func(m *Material) { m.Checkpoint = nil }, "log/checkpoint"},
		{"the checkpoint of another log", func(m *Material) { m.Checkpoint, _ = other.Checkpoint(2, ledger.Hash{}, nil) }, "the signature does not hold"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, key := sample(t)
			test.forge(&m)
			if _, faults := faultsOf(written(t, m, key)); !strings.Contains(strings.Join(faults, "\n"), test.want) {
				t.Errorf("%v, want %q", faults, test.want)
			}
		})
	}
}

// TestFilesMovedAbout takes the files of a dossier and makes another ZIP of them.
func TestFilesMovedAbout(t *testing.T) {
	m, key := sample(t)
	file := written(t, m, key)
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	names, contents := []string{}, map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if contents[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
	}
	again := func(names []string, of map[string]string) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, name := range names {
			if err := put(w, name, contents[or(of[name], name)]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	if !bytes.Equal(again(names, nil), file) {
		t.Fatal("the same files make another dossier")
	}
	for i, name := range names {
		if _, faults := faultsOf(again(slices.Delete(slices.Clone(names), i, i+1), nil)); !strings.Contains(strings.Join(faults, "\n"), "missing file "+name) {
			t.Errorf("without %s: %v", name, faults)
		}
		next := names[(i+1)%len(names)]
		_, faults := faultsOf(again(names, map[string]string{name: next, next: name}))
		if all := strings.Join(faults, "\n"); !strings.Contains(all, name) || !strings.Contains(all, next) {
			t.Errorf("%s and %s swapped: %v", name, next, faults)
		}
	}
	contents["more.txt"] = []byte("more")
	if _, faults := faultsOf(again(append(slices.Clone(names), "more.txt"), nil)); !strings.Contains(fmt.Sprint(faults), "unknown file more.txt") {
		t.Errorf("with a file more: %v", faults)
	}
	if _, faults := faultsOf(again(append(slices.Clone(names), names[0]), nil)); len(faults) == 0 {
		t.Error("one file stands there twice, and nothing is said of it")
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func TestThePageNeedsNothingElse(t *testing.T) {
	m, _ := sample(t)
	m.Contents.Documents[0].Title, m.Contents.Documents[0].Text = "<script>alert(1)</script>", "قُتل سبعة <b>مدنيين</b>"
	text, err := page(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"<script", "src=", "@import", "href=", "<b>"} {
		if bytes.Contains(text, []byte(never)) {
			t.Errorf("the page holds %q", never)
		}
	}
	for _, want := range []string{"قُتل سبعة", `dir="auto"`, "@media print", "says who works on the record"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the page does not hold %q", want)
		}
	}
}

// FuzzCheck wants that no file brings a check down, and that none but the one
// that was written is without a fault.
func FuzzCheck(f *testing.F) {
	m, key := sample(f)
	file := written(f, m, key)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, other []byte) {
		if _, faults := faultsOf(other); len(faults) == 0 && !bytes.Equal(other, file) {
			t.Error("another file has no fault")
		}
	})
}
