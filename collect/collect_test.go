package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cairn-recorder/cairn"
)

func noon() time.Time { return time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC) }

func collect(options Options, targets ...string) (items []Item, faults []error) {
	options.Now, options.Who = noon, "R. Corder"
	for item, err := range All(context.Background(), options, targets...) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		items = append(items, item)
	}
	return items, faults
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOutcomeOfAFile(t *testing.T) {
	for _, test := range []struct {
		name, bytes string
		want        cairn.Outcome
	}{
		{"a report", "Seven people were killed in Al-Zahra.", cairn.Fetched},
		{"a report in Arabic", "قتل سبعة أشخاص في الزهراء", cairn.Fetched},
		{"a page", "<!doctype html><p>Seven people were killed.", cairn.Fetched},
		{"a PDF", "%PDF-1.4\n", cairn.Fetched},
		{"nothing", "", cairn.Empty},
		{"white space", " \n\t\n", cairn.Empty},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", cairn.NotText},
		{"a program", "\x7fELF\x02\x01\x01\x00\x00\x00\x00", cairn.NotText},
		{"a plain zip", "PK\x03\x04\x0a\x00\x00\x00\x00\x00", cairn.NotText},
		{"more than the bound", strings.Repeat("many killed ", 100), cairn.TooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "report"), test.bytes)
			items, faults := collect(Options{MaxBytes: 1000}, path)
			if len(faults) != 0 || len(items) != 1 {
				t.Fatalf("%d items, %v", len(items), faults)
			}
			r := items[0].Receipt
			if r.Outcome != test.want {
				t.Errorf("outcome %s (%s), want %s", r.Outcome, r.Note, test.want)
			}
			if r.Outcome != cairn.Fetched && r.Note == "" {
				t.Error("no word of why it is no success")
			}
			if test.want == cairn.TooLarge {
				if len(items[0].Bytes) != 0 || r.Size != int64(len(test.bytes)) {
					t.Errorf("kept %d bytes, says size %d", len(items[0].Bytes), r.Size)
				}
			} else if string(items[0].Bytes) != test.bytes {
				t.Errorf("bytes %q", items[0].Bytes)
			}
			if r.From != path || r.How != "file" || r.Who != "R. Corder" || !r.At.Equal(noon()) {
				t.Errorf("receipt %+v", r)
			}
		})
	}
}

func TestAFolderIsWalkedInOrderAndWhatIsPassedOverIsSaid(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.txt", "a/2.txt", "a/1.txt", ".hidden", ".git/config", "~$report.docx", "report.txt~",
		"__MACOSX/x", "Thumbs.db"} {
		write(t, filepath.Join(dir, name), "text of "+name)
	}
	if err := os.Symlink("/", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	var skipped []string
	items, faults := collect(Options{Skipped: func(path, why string) {
		skipped = append(skipped, strings.TrimPrefix(path, dir+"/")+": "+why)
	}}, dir)
	var got []string
	for _, item := range items {
		got = append(got, strings.TrimPrefix(item.Receipt.From, dir+"/"))
	}
	if fmt.Sprint(got) != "[a/1.txt a/2.txt b.txt]" || len(faults) != 0 {
		t.Errorf("brought in %v, %v", got, faults)
	}
	if len(skipped) != 7 || !strings.Contains(fmt.Sprint(skipped), "loop: a link") {
		t.Errorf("passed over %q", skipped)
	}
}

func TestWhatCannotBeHadIsNamedAndTheRestGoesOn(t *testing.T) {
	dir := t.TempDir()
	good := write(t, filepath.Join(dir, "good.txt"), "two were killed")
	items, faults := collect(Options{}, filepath.Join(dir, "absent.txt"), "ftp://example.org/a", good)
	if len(items) != 1 || len(faults) != 2 {
		t.Fatalf("%d items, faults %v", len(items), faults)
	}
	if !errors.Is(faults[0], fs.ErrNotExist) || !strings.Contains(faults[0].Error(), "absent.txt") {
		t.Errorf("fault %v", faults[0])
	}
	var invalid cairn.Invalid
	if !errors.As(faults[1], &invalid) || invalid.Field != "address" {
		t.Errorf("fault %v", faults[1])
	}
}

func TestLinesOfDocuments(t *testing.T) {
	text := "\n{\"id\":\"d1\",\"text\":\"one\"}\r\n\n" +
		"{\"id\":\"d2\"}\n" +
		"[1]\n" +
		"{\"id\":7,\"text\":\"x\"}\n" +
		"not json\n" +
		"{\"id\":\"big\",\"text\":\"" + strings.Repeat("x", 3000) + "\"}\n" +
		"{\"id\":\"d3\",\"text\":\"odd \xff bytes\"}"
	path := write(t, filepath.Join(t.TempDir(), "reports.jsonl"), text)
	items, faults := collect(Options{MaxBytes: 2000}, path)
	if len(items) != 2 || items[0].Line != 2 || items[1].Line != 9 {
		t.Fatalf("items %+v", items)
	}
	if got := items[0]; string(got.Bytes) != `{"id":"d1","text":"one"}` || got.Receipt.From != path+"#2" ||
		got.Receipt.Ref != cairn.RefOf(got.Bytes) || got.Receipt.Outcome != cairn.Fetched {
		t.Errorf("first line %+v", got)
	}
	want := []string{":4: text: is missing", ":5: line: want a JSON object, not array", ":6: id: want a string, not number",
		":7: line: no JSON object", ":8: line: over the bound of 2000 bytes"}
	if len(faults) != len(want) {
		t.Fatalf("faults %q", faults)
	}
	for i, fault := range faults {
		var invalid cairn.Invalid
		if !strings.HasPrefix(fault.Error(), path+want[i]) || !errors.As(fault, &invalid) {
			t.Errorf("fault %q, want %q", fault, want[i])
		}
	}
}

func TestWhatLooksLikeLinesAndIsNone(t *testing.T) {
	for name, text := range map[string]string{
		"a JSON object of another kind": `{"title":"x","body":"y"}` + "\n" + `{"id":"a","text":"b"}`,
		"an object over several lines":  "{\n \"id\": \"a\",\n \"text\": \"b\"\n}",
		"a brace and then prose":        "{ as the poet says }\nseven were killed",
		"blank lines and a report":      "\n\n  \nSeven were killed.\n",
		"blank lines":                   "\n\n\n",
	} {
		path := write(t, filepath.Join(t.TempDir(), "x"), text)
		items, faults := collect(Options{}, path)
		if len(items) != 1 || len(faults) != 0 || items[0].Line != 0 || string(items[0].Bytes) != text {
			t.Errorf("%s: %d items %q, %v", name, len(items), items[0].Bytes, faults)
		}
	}
}

// endless is a stream of documents that never ends and never fits in memory.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	e.n++
	return copy(p, fmt.Sprintf("{\"id\":\"d%d\",\"text\":\"x\"}\n", e.n)), nil
}

func TestLinesAreStreamed(t *testing.T) {
	n := 0
	for item, err := range All(context.Background(), Options{Now: noon, Stdin: &endless{}, MaxBytes: 1000}, "-", "never reached") {
		if n++; n == 5000 {
			if err != nil || item.Receipt.From != "-#5000" || item.Receipt.How != "stdin" {
				t.Errorf("line 5000: %+v, %v", item, err)
			}
			break
		}
	}
	if n != 5000 {
		t.Errorf("%d lines", n)
	}
}

func TestStandardInput(t *testing.T) {
	given := cairn.Given{Published: "2024-03-05", Source: "Example News"}
	items, _ := collect(Options{Stdin: strings.NewReader("Two were killed."), Given: given}, "-")
	if len(items) != 1 || string(items[0].Bytes) != "Two were killed." || items[0].Receipt.Given != given {
		t.Errorf("items %+v", items)
	}
	items, _ = collect(Options{Stdin: io.LimitReader(zeros{}, 1<<40), MaxBytes: 1 << 16}, "-")
	if len(items) != 1 || items[0].Receipt.Outcome != cairn.TooLarge {
		t.Errorf("endless input: %+v", items)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestALargeFileIsNotReadIntoMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(2 << 30); err != nil { // a hole, not 2 GB of disk
		t.Fatal(err)
	}
	f.Close()
	grown := testing.AllocsPerRun(1, func() {
		items, _ := collect(Options{}, path)
		if len(items) != 1 || items[0].Receipt.Outcome != cairn.TooLarge || items[0].Receipt.Size != 2<<30 {
			t.Errorf("items %+v", items)
		}
	})
	if grown > 1000 {
		t.Errorf("%v allocations for a file that is not to be read", grown)
	}
}

func TestItEndsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for _, err := range All(ctx, Options{Now: noon, Stdin: &endless{}}, "-") {
		if n++; n == 10 {
			cancel()
		}
		if err != nil {
			if n != 11 || !errors.Is(err, context.Canceled) {
				t.Errorf("after %d lines: %v", n, err)
			}
		}
	}
	if n != 11 {
		t.Errorf("%d yields, want ten lines and the end", n)
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"c\"}\n", "\n\n{", "\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"b\"}", "{}\n", " \n \n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		items, faults := collect(Options{Stdin: strings.NewReader(s), MaxBytes: 256}, "-")
		if len(items)+len(faults) == 0 {
			t.Error("neither an item nor an error")
		}
		for _, item := range items {
			if item.Line == 0 && len(item.Bytes) > 0 && string(item.Bytes) != s {
				t.Errorf("bytes %q are not those that came", item.Bytes)
			}
			if !strings.Contains(s, string(item.Bytes)) {
				t.Errorf("line %q does not stand in what came", item.Bytes)
			}
		}
	})
}

func ExampleAll() {
	options := Options{Now: noon, Who: "R. Corder", Stdin: strings.NewReader("Seven people were killed.")}
	for item, err := range All(context.Background(), options, "-", "absent.txt") {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(item.Receipt.Outcome, item.Receipt.Size, "bytes from", item.Receipt.From)
	}
	// Output:
	// fetched 25 bytes from -
	// collect stat absent.txt: no such file or directory
}

func TestASavedPageThatAsksForAPasswordIsALoginWall(t *testing.T) {
	page := `<html><body><h1>Sign in</h1><form><input type="password"></form></body></html>`
	files := fstest.MapFS{"notice.html": {Data: []byte(page)}, "report.txt": {Data: []byte("Three people were killed.")}}
	got := map[string]cairn.Outcome{}
	for item, err := range All(t.Context(), Options{Now: time.Now, Files: files}, ".") {
		if err != nil {
			t.Fatal(err)
		}
		got[item.Receipt.From] = item.Receipt.Outcome
	}
	if got["notice.html"] != cairn.LoginWall || got["report.txt"] != cairn.Fetched {
		t.Errorf("the outcomes are %v", got)
	}
}
