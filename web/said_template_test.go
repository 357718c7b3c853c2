package web

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	syntax "text/template/parse"
)

// A sample writes what a template says without anything to show: of each choice one
// branch, a number for what is put in.
type sample struct {
	strings.Builder
	chance *rand.Rand
	trees  map[string]*syntax.Tree
}

func (s *sample) walk(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.ListNode:
		if n != nil {
			for _, one := range n.Nodes {
				s.walk(one)
			}
		}
	case *syntax.TextNode:
		s.Write(n.Text)
	case *syntax.IfNode:
		s.branch(&n.BranchNode)
	case *syntax.WithNode:
		s.branch(&n.BranchNode)
	case *syntax.RangeNode:
		s.branch(&n.BranchNode)
	case *syntax.TemplateNode:
		if tree := s.trees[n.Name]; tree != nil && n.Name != "field" && n.Name != "form" {
			s.walk(tree.Root)
		}
	case *syntax.ActionNode:
		s.action(n.Pipe)
	}
}

func (s *sample) branch(n *syntax.BranchNode) {
	if n.ElseList == nil && s.chance.IntN(4) > 0 || s.chance.IntN(2) > 0 {
		s.walk(n.List)
	} else {
		s.walk(n.ElseList)
	}
}

// action writes a number, and with it the noun that it counts.
func (s *sample) action(p *syntax.PipeNode) {
	if len(p.Decl) > 0 {
		return
	}
	words := p.Cmds[0].Args
	if name, ok := words[0].(*syntax.IdentifierNode); !ok || name.Ident != "plural" {
		s.WriteString("7")
		return
	}
	for k, number := range []string{"1 ", "7 "} {
		if noun, ok := words[k+2].(*syntax.StringNode); ok && s.chance.IntN(2) == k {
			s.WriteString(number + noun.Text)
			return
		}
	}
	s.WriteString("7 " + words[3].(*syntax.StringNode).Text)
}

// Whatever a template can say has words in every language: of each template several
// hundred ways through its choices are taken.
func TestWhatTemplatesSayHasWordsInEveryLanguage(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := parseTemplates(assets{})
	if err != nil {
		t.Fatal(err)
	}
	saidBy := map[string]string{} // which page says it
	for _, page := range slices.Sorted(maps.Keys(pages)) {
		trees := map[string]*syntax.Tree{}
		for _, one := range pages[page].Templates() {
			trees[one.Name()] = one.Tree
		}
		chance := rand.New(rand.NewPCG(1, 2))
		var samples []string
		for range 200 {
			s := &sample{chance: chance, trees: trees}
			s.walk(trees["layout.html"].Root)
			samples = append(samples, s.String())
		}
		for _, words := range spokenOn(samples) {
			saidBy[words] = page
		}
	}
	for tag, of := range tongues {
		for _, words := range untold(t, slices.Sorted(maps.Keys(saidBy)), of, "CSV", "Parquet") {
			t.Errorf("%s of the page %q has no words for %q", tag, saidBy[words], words)
		}
	}
}
