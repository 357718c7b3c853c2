package assess

import (
	"strconv"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// reports reads claims in a short notation, one a line:
//
//	A: killed at_least 15 women by=air_force says=hospital named=Ana_Ro,Bo_Li scope=possible
//
// A is the document; documents are published in the order of their letters.
// The figure is a number, a range 3–5, an op with a number, or a wording such
// as plural, dozens, many, large_number. "of=2" makes it a part of the second
// claim of its document, "with=2" puts it into one clause with that claim.
func reports(t testing.TB, p policy.Policy, notes string) []cairn.Testimony {
	t.Helper()
	var out []cairn.Testimony
	count := map[string]int{}
	for line := range strings.Lines(notes) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		document, rest, ok := strings.Cut(line, ": ")
		if !ok {
			t.Fatalf("no document in %q", line)
		}
		count[document]++
		n := count[document]
		out = append(out, cairn.Testimony{
			Ref:      cairn.ClaimRef{Document: document, N: n},
			Claim:    claim(t, p, rest, n),
			Document: cairn.Document{ID: document, Published: cairn.Date("2031-05-" + strconv.Itoa(10+int(document[0]-'A')))},
		})
	}
	return out
}

var classes = map[string]cairn.Class{
	"civilians": cairn.Civilian, "children": cairn.Child, "women": cairn.Woman, "men": cairn.Man,
	"combatants": cairn.Combatant, "journalists": cairn.Journalist, "medics": cairn.Medic,
}

func claim(t testing.TB, p policy.Policy, note string, n int) cairn.Claim {
	t.Helper()
	words := strings.Fields(note)
	c := cairn.Claim{N: n, Harm: cairn.Harm(words[0]), Policy: p.ID()}
	c.Span = cairn.Span{Start: 100 * n, End: 100*n + 40}
	figure := cairn.Span{Start: 100 * n, End: 100*n + 5}
	for _, w := range words[1:] {
		key, value, attribute := strings.Cut(w, "=")
		switch {
		case attribute:
			mark(t, &c, key, value)
		case w == "placed":
			c.Where = &cairn.Where{Name: "Nar Haven", Accuracy: cairn.Town}
		case w == "timed":
			c.When = &cairn.When{Period: cairn.Period{From: "2031-05-09", To: "2031-05-09"}}
		case classes[w] != "":
			c.Victims.Class = classes[w]
		default:
			read(t, &c, w)
		}
	}
	c.Figure.Span = &figure
	wording := strings.ReplaceAll(c.Figure.Words, "_", " ")
	var rule string
	c.Range, rule = p.Range(c.Harm, c.Figure, wording)
	c.Rules = append(c.Rules, rule)
	return c
}

// read takes one word of a figure.
func read(t testing.TB, c *cairn.Claim, word string) {
	t.Helper()
	if r, err := cairn.ParseRange(word); err == nil && word[0] >= '0' && word[0] <= '9' {
		switch c.Figure.Op {
		case cairn.OpAtLeast, cairn.OpMoreThan:
			c.Figure.Low = r.Min
		case cairn.OpAtMost, cairn.OpLessThan:
			c.Figure.High = r.Min
		default:
			c.Figure.Op, c.Figure.Low, c.Figure.High = cairn.OpExact, r.Min, r.Max
			if r.Min != r.Max {
				c.Figure.Op = cairn.OpBetween
			}
		}
		return
	}
	switch op := cairn.Op(word); op {
	case cairn.OpAtLeast, cairn.OpAtMost, cairn.OpMoreThan, cairn.OpLessThan, cairn.OpPlural, cairn.OpUnknown, cairn.OpZero:
		c.Figure.Op = op
	case "families":
		c.Figure.Unit = cairn.Families
	default:
		c.Figure.Op, c.Figure.Words = cairn.OpVague, word
	}
}

func mark(t testing.TB, c *cairn.Claim, key, value string) {
	t.Helper()
	number := func() int {
		n, err := strconv.Atoi(value)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	name := func(s string) string { return strings.ReplaceAll(s, "_", " ") }
	switch key {
	case "by":
		for _, b := range strings.Split(value, ",") {
			who, strength, _ := strings.Cut(b, ":")
			if strength == "" {
				strength = string(cairn.Stated)
			}
			c.By = append(c.By, cairn.Attacker{Name: name(who), Strength: cairn.Strength(strength)})
		}
	case "says":
		who, stance, _ := strings.Cut(value, ":")
		c.Says = append(c.Says, cairn.Saying{Name: name(who), Stance: cairn.Stance(stance)})
	case "named":
		for _, n := range strings.Split(value, ",") {
			c.Victims.Names = append(c.Victims.Names, name(n))
		}
	case "names": // a list of so many invented persons
		for i := range number() {
			c.Victims.Names = append(c.Victims.Names, invented(i))
		}
	case "scope":
		c.Scope = append(c.Scope, cairn.Scope(value))
	case "age":
		r := cairn.Exactly(number())
		c.Victims.Age = &r
	case "sex":
		c.Victims.Sex = value
	case "of":
		c.SubsetOf = number()
	case "with":
		c.Span.Start = 100*number() + 10
	case "words":
		c.Victims.Words = name(value)
	default:
		t.Fatalf("no such mark: %s", key)
	}
}

// invented returns a name that no other number has.
func invented(i int) string {
	letters := func(i int) string { return "tor" + string(rune('a'+i/26)) + string(rune('a'+i%26)) }
	return letters(i) + " vel" + letters(i)
}
