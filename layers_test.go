package cairn_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// layers is the import graph, as a test: each package and what it may import of
// ours. A verb imports no other verb and no place; only recorder knows several.
// Do not add to a line to make a build pass: move the code.
const layers = `
cairn           :
archive         : cairn
archive/archivetest :
unpack          : cairn warc
capture         : warc
capture/capturetest : capture
follow          : cairn
collect         : cairn capture unpack warc
lexicon         :
warc            :
confine         :
lexicon/build   : lexicon
policy          : cairn
read            : cairn
extract         : cairn lexicon policy
explain         : cairn policy
survey          : cairn lexicon
survey/surveytest :
muster          : cairn
second          : cairn policy
scan            : cairn confine
media           : cairn confine
scan/scantest   : scan
link            : cairn lexicon
assess          : cairn policy
transcribe      : cairn lexicon
judge           : cairn
identify        : cairn lexicon stat/linkage stat/linkage/names stat/linkage/table
total           : cairn policy
estimate        : cairn stat/capture
publish         : cairn
narrate         : cairn
site            : cairn total estimate
site/build      :
ledger          : cairn
stamp           :
stamp/stamptest : stamp
dossier         : cairn ledger stamp
desk            : cairn
store           : cairn ledger
store/storetest : store
recorder        : cairn archive store ledger stamp dossier warc unpack collect follow lexicon policy read survey muster second scan media extract explain link assess total transcribe judge publish identify narrate stat/agreement estimate
web             : cairn desk store recorder explain stat/agreement estimate
viewer          : cairn
web/build       :
demo            : cairn
tools/lint      :
stat/linkage/names :
stat/linkage    : stat/linkage/names
stat/linkage/table : stat/linkage stat/linkage/names
stat/capture    :
stat/agreement  :
cmd/cairn       : cairn stat/agreement archive collect desk store ledger stamp scan media recorder dossier web viewer site publish demo estimate stat/linkage stat/linkage/table identify
`

const module = "github.com/cairn-recorder/cairn"

func TestLayers(t *testing.T) {
	allowed := map[string]map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(layers)) {
		name, imports, _ := strings.Cut(line, ":")
		allowed[strings.TrimSpace(name)] = map[string]bool{}
		for _, i := range strings.Fields(imports) {
			allowed[strings.TrimSpace(name)][i] = true
		}
	}
	for _, file := range goFiles(t) {
		name := filepath.ToSlash(filepath.Dir(file))
		if name == "." {
			name = "cairn"
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if allowed[name] == nil {
			t.Errorf("%s: package %s stands in no layer; add a line to layers with its reason in CONTRIBUTING.md", file, name)
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			ours, ok := strings.CutPrefix(path, module)
			if !ok {
				if name == "cairn" && strings.Contains(strings.Split(path, "/")[0], ".") {
					t.Errorf("%s: the nouns import only the standard library, not %s", file, path)
				}
				continue
			}
			ours = strings.TrimPrefix(ours, "/")
			if ours == "" {
				ours = "cairn"
			}
			if !allowed[name][ours] {
				t.Errorf("%s: %s may not import %s", file, name, ours)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	var over, all int
	for _, file := range goFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines, most := strings.Count(string(data), "\n"), 600
		if strings.HasSuffix(file, "_test.go") {
			most = 800
		} else {
			all++
			if lines > 250 {
				over++
			}
		}
		if lines > most {
			t.Errorf("%s has %d lines; none may pass %d: which noun or step wants its own file?", file, lines, most)
		}
		if strings.Contains(string(data), "\nfunc init()") {
			t.Errorf("%s: no init functions", file)
		}
	}
	if over*4 > all {
		t.Errorf("%d of %d files pass 250 lines; three quarters must not", over, all)
	}
}

func TestNamesSaySomething(t *testing.T) {
	for _, file := range goFiles(t) {
		for part := range strings.SplitSeq(filepath.ToSlash(strings.TrimSuffix(file, ".go")), "/") {
			for _, empty := range []string{"utils", "util", "helpers", "helper", "common", "manager", "service", "misc", "types", "impl"} {
				if part == empty || strings.HasSuffix(part, "_"+empty) {
					t.Errorf("%s: %q says nothing of what lives there", file, empty)
				}
			}
		}
	}
}

func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(files)
	return files
}
