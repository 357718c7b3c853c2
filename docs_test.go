package cairn_test

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// golden makes the sessions of the documents say what the commands now answer.
var golden = flag.Bool("golden", false, "write what the commands of the documents answer into them")

func TestEveryNounIsInTheGlossary(t *testing.T) {
	glossary := document(t, "docs/glossary.md")
	for _, file := range parsed(t, ".") {
		for _, d := range file.Decls {
			for _, name := range typesOf(d) {
				if ast.IsExported(name) && !strings.Contains(glossary, "\n**"+name+".** ") {
					t.Errorf("docs/glossary.md: **%s.** is missing: what it is in two sentences, and what it is not", name)
				}
			}
		}
	}
}

func typesOf(d ast.Decl) []string {
	var names []string
	if g, ok := d.(*ast.GenDecl); ok {
		for _, s := range g.Specs {
			if s, ok := s.(*ast.TypeSpec); ok {
				names = append(names, s.Name.Name)
			}
		}
	}
	return names
}

var (
	tableLine  = regexp.MustCompile(`^CREATE TABLE (\w+)`)
	columnLine = regexp.MustCompile(`^\t"?(\w+)"? (?:KEYTEXT|TEXT|BIGINT|BOOLEAN|DOUBLE PRECISION)\b`)
	alterLine  = regexp.MustCompile(`^ALTER TABLE (\w+) ADD (?:COLUMN )?"?(\w+)"?`)
)

func TestEveryColumnIsInTheFormats(t *testing.T) {
	formats := document(t, "docs/formats.md")
	files, err := filepath.Glob("store/migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	columns := 0
	for _, file := range files {
		table := ""
		for line := range strings.Lines(document(t, file)) {
			column := ""
			if m := tableLine.FindStringSubmatch(line); m != nil {
				table = m[1]
			} else if m := columnLine.FindStringSubmatch(line); m != nil {
				column = m[1]
			} else if m := alterLine.FindStringSubmatch(line); m != nil {
				table, column = m[1], m[2]
			}
			if column == "" {
				continue
			}
			columns++
			if !strings.Contains(section(formats, "`"+table+"`"), "`"+column+"`") {
				t.Errorf("docs/formats.md: the section of `%s` does not say what `%s` is", table, column)
			}
		}
	}
	if columns < 100 {
		t.Errorf("only %d columns were found in the migrations; has their form changed?", columns)
	}
}

// TestTheWordingsOfTheMethodAreThoseOfThePolicies holds the table of words and
// bounds to the policy files.
func TestTheWordingsOfTheMethodAreThoseOfThePolicies(t *testing.T) {
	method := document(t, "docs/method.md")
	var all []policy.Policy
	for _, name := range []string{"airwars", "acled", "aoav", "iso"} {
		p, err := policy.Named(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	for _, words := range slices.Sorted(maps.Keys(all[0].Wordings)) {
		row := "| " + words + " |"
		for _, p := range all {
			w, cell := p.Wordings[words], "—"
			if r := (cairn.Range{Min: w.Min, Max: w.Max}); r.Known() {
				cell = r.String()
			}
			if w.Basis == policy.Analogy {
				cell += " *"
			}
			row += " " + cell + " |"
		}
		if !strings.Contains(method, "\n"+row+"\n") {
			t.Errorf("docs/method.md: the row %q is missing", row)
		}
	}
}

func TestEveryRouteIsInTheGuideForOperators(t *testing.T) {
	guide := document(t, "docs/operate.md")
	file, err := parser.ParseFile(token.NewFileSet(), "web/web.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	routes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		route, _ := strconv.Unquote(lit.Value)
		route = strings.TrimPrefix(strings.TrimPrefix(route, "GET "), "POST ")
		if !strings.HasPrefix(route, "/") {
			return true
		}
		routes++
		if route = strings.TrimSuffix(route, "{$}"); !strings.Contains(guide, "`"+route+"`") {
			t.Errorf("docs/operate.md: the route `%s` of web/web.go is missing", route)
		}
		return true
	})
	if routes < 8 {
		t.Errorf("only %d routes were found in web/web.go; has its form changed?", routes)
	}
}

// TestEveryCommandAndFlagIsInTheGuideForOperators reads the structs of
// cmd/cairn: a command has a section, which names its own flags; flags that
// several commands share are named once.
func TestEveryCommandAndFlagIsInTheGuideForOperators(t *testing.T) {
	guide := document(t, "docs/operate.md")
	structs := structsOf(t, "cmd/cairn")
	commands := structs["commands"]
	if commands == nil {
		t.Fatal("cmd/cairn has no struct of commands")
	}
	own := map[string]bool{}
	for _, f := range commands.Fields.List {
		if len(f.Names) == 0 || !tagOf(f, "cmd") {
			continue
		}
		heading := "`cairn " + kebab(f.Names[0].Name) + "`"
		text := section(guide, heading)
		if text == "" {
			t.Errorf("docs/operate.md: a section headed %s is missing", heading)
		}
		kind := f.Type.(*ast.Ident).Name
		own[kind] = true
		for _, flag := range flagsOf(structs[kind]) {
			if !strings.Contains(text, "`"+flag) {
				t.Errorf("docs/operate.md: the section %s does not name `%s`", heading, flag)
			}
		}
	}
	for name, s := range structs {
		if own[name] {
			continue
		}
		for _, flag := range flagsOf(s) {
			if !strings.Contains(guide, "`"+flag) {
				t.Errorf("docs/operate.md: `%s`, of several commands, is missing", flag)
			}
		}
	}
}

func structsOf(t *testing.T, dir string) map[string]*ast.StructType {
	t.Helper()
	found := map[string]*ast.StructType{}
	for _, file := range parsed(t, dir) {
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				if fields, ok := s.Type.(*ast.StructType); ok {
					found[s.Name.Name] = fields
				}
			}
			return true
		})
	}
	return found
}

// flagsOf returns the flags that a struct has by its own fields.
func flagsOf(s *ast.StructType) []string {
	var flags []string
	if s == nil {
		return nil
	}
	for _, f := range s.Fields.List {
		if len(f.Names) == 0 || !tagOf(f, "help") || tagOf(f, "cmd") || tagOf(f, "arg") {
			continue
		}
		name := kebab(f.Names[0].Name)
		if named, ok := tag(f).Lookup("name"); ok {
			name = named
		}
		flags = append(flags, "--"+name)
	}
	return flags
}

func tag(f *ast.Field) reflect.StructTag {
	if f.Tag == nil {
		return ""
	}
	text, _ := strconv.Unquote(f.Tag.Value)
	return reflect.StructTag(text)
}

func tagOf(f *ast.Field, key string) bool {
	_, ok := tag(f).Lookup(key)
	return ok
}

// kebab writes MaxBytes as max-bytes.
func kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// TestEveryDependencyHasItsReason takes a module for direct when some file of
// ours imports it.
func TestEveryDependencyHasItsReason(t *testing.T) {
	contributing := document(t, "CONTRIBUTING.md")
	direct := map[string]bool{}
	for _, mod := range []string{"go.mod", "tools/go.mod"} {
		required := requiredBy(document(t, mod))
		for _, file := range goFiles(t) {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range f.Imports {
				if m := moduleOf(strings.Trim(i.Path.Value, `"`), required); m != "" {
					direct[m] = true
				}
			}
		}
	}
	var npm struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(document(t, "package.json")), &npm); err != nil {
		t.Fatal(err)
	}
	for name := range npm.Dependencies {
		direct[name] = true
	}
	for name := range npm.DevDependencies {
		direct[name] = true
	}
	for _, m := range regexp.MustCompile(`go run (\S+)@v`).FindAllStringSubmatch(document(t, "Makefile"), -1) {
		direct[m[1]] = true
	}
	if len(direct) < 10 {
		t.Errorf("only %d direct dependencies were found", len(direct))
	}
	for _, name := range slices.Sorted(maps.Keys(direct)) {
		if !strings.Contains(contributing, "`"+name+"`") {
			t.Errorf("CONTRIBUTING.md: `%s` has no line that says what it is for", name)
		}
	}
}

func requiredBy(mod string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^(?:\t|require )(\S+\.\S+/\S+|\S+\.\S+) v\S+`).FindAllStringSubmatch(mod, -1) {
		all = append(all, m[1])
	}
	return all
}

// moduleOf returns the longest of modules that holds a package.
func moduleOf(path string, modules []string) string {
	best := ""
	for _, m := range modules {
		if (path == m || strings.HasPrefix(path, m+"/")) && len(m) > len(best) {
			best = m
		}
	}
	return best
}

func TestEveryExportedNameHasAComment(t *testing.T) {
	for _, dir := range folders(t) {
		for name, file := range parsed(t, dir) {
			for _, d := range file.Decls {
				for _, missing := range uncommented(d) {
					t.Errorf("%s: %s is exported and has no comment", name, missing)
				}
			}
		}
	}
}

// uncommented returns the exported names that a declaration leaves without a
// comment; that of a group holds for each of its names.
func uncommented(d ast.Decl) []string {
	var names []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
						names = append(names, n.Name)
					}
				}
			}
		}
	}
	return names
}

func TestNothingIsPutOffWithoutAnIssue(t *testing.T) {
	putOff := regexp.MustCompile(`\b(?:TO` + `DO|FIX` + `ME|XX` + `X)\b(?:\(#\d+\)|:? #\d+)?`)
	for _, file := range ourFiles(t) {
		for _, m := range putOff.FindAllString(document(t, file), -1) {
			if !strings.Contains(m, "#") {
				t.Errorf("%s: %q names no issue", file, m)
			}
		}
	}
}

func TestEveryLinkOfTheDocumentsLeadsSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)
	for _, file := range ourFiles(t) {
		if !strings.HasSuffix(file, ".md") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(document(t, file), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", file, m[1])
			}
		}
	}
}

// TestSessionsOfTheDocumentsAreTrue runs every block that is marked console: a
// line that begins with "$ " is a command, what follows is its answer, in which
// "…" stands for anything. The blocks of one document share a folder, in which
// demo is that of the checkout.
func TestSessionsOfTheDocumentsAreTrue(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("the sessions are those of a shell of Unix, which is not here")
	}
	if _, err := os.Stat("lexicon/dist/places.bin"); err != nil {
		t.Skip("the places are not built, without which some answers are others: make build")
	}
	tools := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(tools, "cairn"), "./cmd/cairn").CombinedOutput(); err != nil {
		t.Fatalf("build cairn: %v\n%s", err, out)
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"README.md", "CONTRIBUTING.md", "docs/walk.md", "docs/method.md", "docs/formats.md", "docs/operate.md"} {
		t.Run(file, func(t *testing.T) {
			s := session{shell: shell, dir: t.TempDir(), env: append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"), "LC_ALL=C.UTF-8")}
			if err := os.Symlink(filepath.Join(root, "demo"), filepath.Join(s.dir, "demo")); err != nil {
				t.Fatal(err)
			}
			text := document(t, file)
			if now := s.play(t, file, text); *golden && now != text {
				if err := os.WriteFile(file, []byte(now), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

var (
	readingID = regexp.MustCompile(`\br[0-9a-f]{12}\b`)
	endSpaces = regexp.MustCompile(`(?m) +$`)
)

type session struct {
	shell, dir string
	env        []string
}

// play runs the blocks of a document and returns it with what they now answer.
func (s session) play(t *testing.T, file, text string) string {
	t.Helper()
	var now strings.Builder
	var command string
	var answer []string
	within := false
	settle := func() {
		if command == "" {
			return
		}
		got := s.run(command)
		if want := strings.Join(answer, ""); matches(want, got) {
			now.WriteString(want)
		} else if now.WriteString(got); !*golden {
			t.Errorf("%s: $ %s\nanswers\n%s\nwhere the document has\n%s", file, command, got, want)
		}
		command, answer = "", nil
	}
	for line := range strings.Lines(text) {
		switch fence := strings.HasPrefix(line, "```"); {
		case !within:
			within = strings.TrimSpace(line) == "```console"
		case fence:
			settle()
			within = false
		case strings.HasPrefix(line, "$ "):
			settle()
			command = strings.TrimSpace(line[2:])
		case command == "":
		default:
			answer = append(answer, line)
			continue
		}
		now.WriteString(line)
	}
	return now.String()
}

func (s session) run(command string) string {
	c := exec.Command(s.shell, "-c", command)
	c.Dir, c.Env = s.dir, s.env
	out, _ := c.CombinedOutput()                          // a status other than 0 is shown by what is said
	text := readingID.ReplaceAllString(string(out), "r…") // it changes with each word of the lexicon
	text = endSpaces.ReplaceAllString(text, "")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// matches reports whether an answer is the one that a document has.
func matches(want, got string) bool {
	parts := strings.Split(strings.TrimRight(want, "\n"), "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	form := regexp.MustCompile(`^(?s)` + strings.Join(parts, `.*`) + `$`)
	return form.MatchString(strings.TrimRight(got, "\n"))
}

// section returns what stands under a heading, up to the next heading of its
// own or a higher level; "" where there is no such heading.
func section(text, heading string) string {
	var b strings.Builder
	level := 0
	for line := range strings.Lines(text) {
		marks := len(line) - len(strings.TrimLeft(line, "#"))
		if marks > 0 && strings.HasPrefix(line[marks:], " ") {
			if level > 0 && marks <= level {
				break
			}
			if level == 0 && strings.TrimSpace(line[marks:]) == heading {
				level = marks
			}
		}
		if level > 0 {
			b.WriteString(line)
		}
	}
	return b.String()
}

func document(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// parsed returns the files of a package, its tests left out, by their names.
func parsed(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = f
	}
	return files
}

func folders(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, file := range goFiles(t) {
		if dir := filepath.Dir(file); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// ourFiles returns the text files of the project that people write.
func ourFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != "." && (name == "node_modules" || name == "dist" || name == "bin" || name == "cairn-data" || name == "testdata" || name == ".git" || name == ".cache") {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(path) {
		case ".go", ".md", ".sql", ".html", ".css", ".js", ".tsv", ".json":
			files = append(files, path)
		case "":
			if name == "Makefile" || strings.HasPrefix(path, ".ci") || strings.HasPrefix(path, "tools") {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
