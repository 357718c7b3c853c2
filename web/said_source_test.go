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

	"github.com/cairn-recorder/cairn"
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

// termsOf are the words for each term of the root package, by the type of its
// constants.
var termsOf = map[string][]func(string) string{
	"Grade": {func(s string) string { return grade(cairn.Grade(s)) }}, "StrikeStatus": {func(s string) string { return strike(cairn.StrikeStatus(s)) }},
	"MeansClass": {func(s string) string { return means(cairn.MeansClass(s)) }}, "Strength": {func(s string) string { return strength(cairn.Strength(s)) }},
	"Stance": {func(s string) string { return stance(cairn.Stance(s)) }}, "Scope": {func(s string) string { return scope(cairn.Scope(s)) }},
	"Op": {func(s string) string { return op(cairn.Op(s)) }}, "ProblemKind": {func(s string) string { return problem(cairn.ProblemKind(s)) }},
	"Outcome": {func(s string) string { return outcome(cairn.Outcome(s)) }}, "Decision": {func(s string) string { return decision(cairn.Decision(s)) }},
	"JobKind": {func(s string) string { return jobKind(cairn.JobKind(s)) }}, "JobState": {func(s string) string { return jobState(cairn.JobState(s)) }},
	"CodingState": {func(s string) string { return codingState(cairn.CodingState(s)) }}, "EstimateState": {func(s string) string { return estimateState(cairn.EstimateState(s)) }},
	"LetterKind": {func(s string) string { return letterKind(cairn.LetterKind(s)) }}, "CheckOutcome": {func(s string) string { return checkOutcome(cairn.CheckOutcome(s)) }},
	"RequestDecision": {func(s string) string { return requestDecision(cairn.RequestDecision(s)) }},
	"Accuracy":        {func(s string) string { return knownTo(cairn.Accuracy(s)) }, func(s string) string { return accuracy(cairn.Accuracy(s)) }},
	"PositionResult":  {func(s string) string { return positionWords(cairn.PositionResult(s)) }}, "Relation": {func(s string) string { return relation(cairn.Relation(s)) }},
	"ReferenceKind":    {func(s string) string { return referenceWords(cairn.ReferenceKind(s)) }},
	"CircumstanceKind": {func(s string) string { return circumstance(cairn.CircumstanceKind(s)) }}, "DeskRole": {func(s string) string { return deskRole(cairn.DeskRole(s)) }},
	"ReviewState": {func(s string) string { return reviewState(cairn.ReviewState(s)) }}, "SecondOutcome": {func(s string) string { return second(cairn.SecondOutcome(s)) }},
	"Display": {func(s string) string { return displayWords(cairn.Display(s)) }}, "Harm": {func(s string) string { return harm(cairn.Harm(s)) }}, "Class": {func(s string) string { return class(cairn.Class(s)) }},
}

// wordsOfTerms returns what the desk calls every term, and every harm of every class.
func wordsOfTerms(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	found := map[string]bool{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
				if kind, ok := spec.Type.(*ast.Ident); ok {
					for _, words := range termsOf[kind.Name] {
						value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
						if err != nil {
							t.Fatal(err)
						}
						found[kind.Name] = true
						all = append(all, words(value))
					}
				}
			}
			return true
		})
	}
	for kind := range termsOf {
		if !found[kind] {
			t.Errorf("no constant is a %s", kind)
		}
	}
	for _, h := range cairn.Harms {
		for _, c := range cairn.Classes {
			all = append(all, ofWhom(h, c), tallyWords(h, c), accountWords(h, c), tallyWords(h, c)+" 3–5", accountWords(h, c)+" 1,300 or more", ofWhom(h, c)+" unknown")
		}
	}
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
	said = append(said, wordsOfTerms(t)...)
	for tag, of := range tongues {
		read := masked(t, of)
		for _, s := range said {
			if in, _ := read.say(s); latin(in) {
				t.Errorf("%s has no words for %q", tag, s)
			}
		}
	}
}
