package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// saidBy are the functions whose strings are read by people, and spokenFields the
// fields of forms and faults that are.
var (
	saidBy       = map[string]bool{"worded": true, "at": true}
	spokenFields = map[string]bool{"Label": true, "Hint": true, "Submit": true, "Reason": true, "Words": true, "Title": true, "Heading": true}
)

// wordsOfSource returns what the Go files of the desk say to people.
func wordsOfSource(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	keep := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && strings.TrimSpace(s) != "" && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "web.go" { // what New refuses is for who runs it
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && saidBy[f.Name] && len(n.Args) == 2 {
					if f.Name == "at" {
						keep(n.Args[1])
					} else if words, ok := n.Args[0].(*ast.CompositeLit); ok {
						for _, e := range words.Elts {
							keep(e.(*ast.KeyValueExpr).Value)
						}
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && spokenFields[key.Name] {
					keep(n.Value)
				}
			}
			return true
		})
	}
	for _, f := range faults {
		all = append(all, f.heading, f.words)
	}
	slices.Sort(all)
	return all
}

// What forms, faults and terms say has words in every language, whether a page of the
// tests shows it or not.
func TestWhatTheSourceSaysHasWordsInEveryLanguage(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	said := wordsOfSource(t)
	if len(said) < 300 {
		t.Fatalf("only %d words were found in the source", len(said))
	}
	for tag, of := range tongues {
		read := masked(t, of)
		for _, s := range said {
			if in, _ := read.say(s); latin(in) {
				t.Errorf("%s has no words for %q", tag, s)
			}
		}
	}
}
