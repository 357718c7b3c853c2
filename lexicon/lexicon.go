// Package lexicon looks words up. Its tables are files, one folder a language:
// number words, quantifiers, harm words, victim nouns, cues, hedges, weapons,
// buildings, parties. It decides nothing.
//
// A table is tab-separated text, one row a sense: words, kind, value. Several
// spellings of one sense are parted by "|"; the forms of a verb by "," (base,
// third person, past, participle, gerund). Lines that begin with # are notes.
// Rows of the kind spelling, in spelling.tsv, say how the language writes numbers
// and joins words, and what its endings say, see [Spelling]. Rows of the kind area
// name first-level areas, see [Area]; a fourth cell, which harm.tsv has, is an
// example that a test of package extract reads.
// A recorder who writes no Go can add a row.
package lexicon

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"
)

//go:embed en es ar uk ru
var tables embed.FS

// A Kind is a class of words.
type Kind uint8

// A Form is the form of a verb, as a set: past and participle are often one.
type Form uint8

// The forms of a verb.
const (
	Base Form = 1 << iota
	Third
	Past
	Participle
	Gerund
)

// A Sense is one meaning of words: its kind, its value as the table has it, and
// the form where it is a verb.
type Sense struct {
	Kind  Kind
	Form  Form
	Value string
	N     int // the number of a number word, month or weekday
}

// A Node is a place in the tree of phrases: the senses of the words up to here
// and the words that can follow. The nil Node is no word of the lexicon.
type Node struct {
	Senses []Sense
	kinds  [2]uint64 // a bit for each kind of Senses
	next   map[string]*Node
}

// Known reports whether the words up to here have a sense themselves.
func (n *Node) Known() bool { return n != nil && len(n.Senses) > 0 }

// ForFigures reports whether n has senses of the figure reader's kinds alone,
// those after [Reach].
func (n *Node) ForFigures() bool {
	return n != nil && n.kinds[0] == 0 && n.kinds[1] != 0 && n.kinds[1]&^figureMask == 0
}

// InFigures reports whether n has a sense of the figure reader's kinds.
func (n *Node) InFigures() bool { return n != nil && n.kinds[1]&figureMask != 0 }

// Has reports whether n has a sense of kind k.
func (n *Node) Has(k Kind) bool { return n != nil && n.kinds[k>>6]&(1<<(k&63)) != 0 }

// HasAny reports whether n has a sense of one of the kinds in mask, which holds
// those up to [Reach].
func (n *Node) HasAny(mask uint64) bool { return n != nil && n.kinds[0]&mask != 0 }

// Sense returns the first sense of kind k, and whether there is one.
func (n *Node) Sense(k Kind) (Sense, bool) {
	if n.Has(k) {
		for _, s := range n.Senses {
			if s.Kind == k {
				return s, true
			}
		}
	}
	return Sense{}, false
}

// Next returns the Node after one more word, or nil. The words are looked up by
// their folded form, see [Fold].
func (n *Node) Next(word []byte) *Node {
	if n == nil || n.next == nil {
		return nil
	}
	return n.next[string(word)]
}

// More reports whether longer phrases begin with the words of n.
func (n *Node) More() bool { return n != nil && n.next != nil }

// A Language is the tables of one language.
type Language struct {
	Tag   string
	Root  *Node
	Views *Node // the verbs of views.tsv, apart: they give no claim to anybody
	Spelling
	Areas []Area // what the language calls first-level areas
	roles map[string]Role
}

// An Area is a name of a first-level area in a language, in its first case, and
// the identifier of the area among the built-in places.
type Area struct{ Name, ID string }

// Tags are the languages that have tables.
var Tags = []string{"en", "es", "ar", "uk", "ru"}

var languages = sync.OnceValue(func() map[string]*Language {
	all := map[string]*Language{}
	for _, tag := range Tags {
		l, err := load(tag)
		if err != nil {
			panic(err) // the tables are part of the program, and a test loads them
		}
		all[tag] = l
	}
	return all
})

// In returns the tables of a language, by the first part of its BCP 47 tag, and
// whether there are any.
func In(tag string) (*Language, bool) {
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	l, ok := languages()[primary]
	return l, ok
}

// Version names the tables: a hash over all of them, so that a reading made
// with other words is another reading.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	hash := sha256.New()
	var names []string
	_ = fs.WalkDir(tables, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	sort.Strings(names)
	for _, name := range names {
		data, _ := tables.ReadFile(name)
		fmt.Fprintf(hash, "%s %d\n", name, len(data))
		hash.Write(data)
	}
	return "lexicon-" + hex.EncodeToString(hash.Sum(nil)[:6])
})

func load(tag string) (*Language, error) {
	l := &Language{Tag: tag, Root: &Node{}, Views: &Node{}, roles: map[string]Role{}}
	files, err := fs.Glob(tables, tag+"/*.tsv")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		data, err := tables.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := l.add(name, string(data)); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *Language) add(name, data string) error {
	line := 0
	for row := range strings.Lines(data) {
		line++
		row = strings.TrimRight(row, "\r\n")
		if row == "" || row[0] == '#' {
			continue
		}
		cells, root := strings.Split(row, "\t"), l.Root
		if len(cells) == 3 && cells[1] == "spelling" {
			if err := l.Spelling.add(cells[0], cells[2]); err != nil {
				return fmt.Errorf("%s:%d: %w", name, line, err)
			}
			continue
		}
		if len(cells) == 3 && cells[1] == "area" {
			for words := range strings.SplitSeq(cells[0], "|") {
				l.Areas = append(l.Areas, Area{words, cells[2]})
			}
			continue
		}
		if len(cells) == 3 && cells[1] == "role" {
			if err := l.addRole(cells[0], cells[2]); err != nil {
				return fmt.Errorf("%s:%d: %w", name, line, err)
			}
			continue
		}
		if strings.HasSuffix(name, "/views.tsv") {
			root = l.Views
		}
		if err := root.addRow(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	return nil
}

func (n *Node) addRow(cells []string) error {
	if len(cells) < 2 {
		return fmt.Errorf("want words, kind and value, not %q", strings.Join(cells, " "))
	}
	name, form, _ := strings.Cut(cells[1], ".")
	kind, ok := kinds[name]
	if !ok {
		return fmt.Errorf("no kind %q", name)
	}
	sense := Sense{Kind: kind}
	if len(cells) > 2 {
		sense.Value = cells[2]
		_, _ = fmt.Sscanf(cells[2], "%d", &sense.N)
	}
	if form != "verb" {
		sense.Form = formsByName[form]
		for words := range strings.SplitSeq(cells[0], "|") {
			n.put(words, sense)
		}
		return nil
	}
	forms := strings.Split(cells[0], ",")
	if len(forms) != 5 {
		return fmt.Errorf("a verb has five forms, not %d", len(forms))
	}
	for i, words := range forms {
		sense.Form = 1 << i
		n.put(words, sense)
	}
	return nil
}

// formsByName is the forms that a row of a language without five of them names
// itself: "transitive.past".
var formsByName = map[string]Form{"base": Base, "third": Third, "past": Past, "participle": Participle, "gerund": Gerund}

// put adds a sense; a hyphen in a phrase is a word of its own or none, since
// texts write "air-strike", "air strike" and "airstrike".
func (n *Node) put(phrase string, sense Sense) {
	at := n
	for word := range strings.FieldsSeq(strings.ReplaceAll(phrase, "-", " ")) {
		key := Fold(word)
		if at.next == nil {
			at.next = map[string]*Node{}
		}
		if at.next[key] == nil {
			at.next[key] = &Node{}
		}
		at = at.next[key]
	}
	for i, s := range at.Senses {
		if s.Kind == sense.Kind && s.Value == sense.Value && (s.Form == 0) == (sense.Form == 0) {
			at.Senses[i].Form |= sense.Form
			return
		}
	}
	at.Senses = append(at.Senses, sense)
	at.kinds[sense.Kind>>6] |= 1 << (sense.Kind & 63)
}
