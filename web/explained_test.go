package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
	"github.com/cairn-recorder/cairn/policy"
)

// explainable are claims in which every rule, and every value that a reason words, is met.
func explainable() []cairn.Claim {
	said := func(words string) cairn.Phrase { return cairn.Phrase{Words: words} }
	harm := cairn.Ground{For: "harm", Phrase: said("Qharm Qwords")}
	var all []cairn.Claim
	for _, id := range explain.Rules() {
		c := cairn.Claim{Harm: cairn.Killed, Rules: []string{"killed.active", id}, Grounds: []cairn.Ground{harm}, Policy: "qpolicy"}
		if !strings.HasPrefix(id, "figure.") {
			c.Rules = []string{id}
		}
		all = append(all, c)
	}
	all = append(all, cairn.Claim{Harm: cairn.Injured, Rules: []string{"injured.struck.passive.pronoun", "figure.exact", "casualties.unsplit"}, SubsetOf: 2}, cairn.Claim{})
	for _, op := range []cairn.Op{cairn.OpExact, cairn.OpAtLeast, cairn.OpAtMost, cairn.OpMoreThan, cairn.OpLessThan, cairn.OpBetween, cairn.OpAbout, cairn.OpPlural, cairn.OpVague, cairn.OpZero, cairn.OpUnknown} {
		for _, words := range []string{"", "Qfigure Qwords"} {
			f := cairn.Figure{Phrase: said(words), Op: op, Low: cairn.N(7), High: cairn.N(9)}
			for _, r := range []cairn.Range{{}, cairn.Between(7, 9), cairn.AtLeast(7), {Max: cairn.N(9)}} {
				all = append(all, cairn.Claim{Harm: cairn.Missing, Figure: f, Range: r, Policy: "qpolicy", Rules: []string{"killed.active", "figure.exact", "Qdozens"}})
			}
		}
	}
	for _, class := range append(slices.Clone(cairn.Classes), cairn.UnknownStatus) {
		all = append(all, cairn.Claim{Victims: cairn.Victims{Phrase: said("Qvictims Qwords"), Class: class, Sex: "female", Names: []string{"Qname"}}})
	}
	for _, s := range []cairn.Scope{cairn.Alleged, cairn.ScopePossible, cairn.ScopeDenied, cairn.Conditional, cairn.Cumulative, cairn.Historical, cairn.Background, cairn.Subset, cairn.Addition} {
		all = append(all, cairn.Claim{Scope: []cairn.Scope{s}, Grounds: []cairn.Ground{{For: string(s), Phrase: said("Qscope Qwords")}}})
	}
	for _, strength := range []cairn.Strength{cairn.Stated, cairn.Accused, cairn.Admitted, cairn.Denied, cairn.Possible} {
		all = append(all, cairn.Claim{By: []cairn.Attacker{{Phrase: said("Qby Qwords"), Name: "Qparty", Strength: strength}, {Name: "Qparty", Strength: strength}}})
	}
	for _, reason := range []string{"reckoned from 2031-05-04, the day of publication", "a capital, 7 inhabitants; the report is about Qland; near other places of the report",
		"the place that the report is mainly about, since the words around name none", "its verb says that it may be so", "its day lies 7 days before a report of fresh harm"} {
		lat := 1.0
		all = append(all, cairn.Claim{Where: &cairn.Where{Phrase: said("Qplace"), Name: "Qplace", Country: "QQ", Lat: &lat, Accuracy: cairn.Town, ID: "q:1", Reason: reason,
			Alternatives: []cairn.Alternative{{ID: "q:2", Name: "Qother", Reason: reason}}}, When: &cairn.When{Phrase: said("Qwhen Qwords"), Period: cairn.Period{From: "2031", To: "2032"}},
			Grounds: []cairn.Ground{{For: "when", Phrase: said("Qwhen"), Reason: reason}, {For: "where", Reason: reason}}, Means: &cairn.Means{Phrase: said("Qmeans"), Class: cairn.Airstrike}})
	}
	for _, stance := range []cairn.Stance{"", cairn.Asserts, cairn.Denies, cairn.Doubts} {
		for _, words := range []string{"", "Qsays Qwords"} {
			all = append(all, cairn.Claim{Says: []cairn.Saying{{Phrase: said(words), Name: "Qsource", Stance: stance}, {Phrase: said("Qsays Qwords"), Cue: "Qcue Qwords", Stance: stance}, {Phrase: said("Qsays Qwords"), Name: "Qsource", Cue: "Qcue", Stance: stance}}})
		}
	}
	return all
}

var isolates = strings.NewReplacer(opens, "", closes, "", explain.Data, "")

// Whatever explains how a claim was read has words in every language: a rule, or a
// word of a value, that has none in one fails here.
func TestWhyAClaimWasReadSoHasWordsInEveryLanguage(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	var reasons []string
	for _, c := range explainable() {
		for _, r := range explain.Claim(cairn.Document{}, c, policy.Policy{}).Reasons {
			if !slices.Contains(reasons, r.Marked) {
				reasons = append(reasons, r.Marked)
			}
		}
	}
	if len(reasons) < 150 {
		t.Fatalf("only %d reasons are tried", len(reasons))
	}
	isolated := regexp.MustCompile(opens + "[^" + opens + closes + "]*" + closes)
	for tag, of := range tongues {
		for _, why := range reasons {
			said, ok := of.explained(why)
			if rest := isolated.ReplaceAllString(said, ""); !ok || tag != "es" && latin(strings.ReplaceAll(rest, "cairn", "")) {
				t.Errorf("%s says %q for %q", tag, said, why)
			}
		}
	}
	c := cairn.Claim{Harm: cairn.Killed, Rules: []string{"killed.passive"}, Grounds: []cairn.Ground{{For: "harm", Phrase: cairn.Phrase{Words: "were killed"}}}}
	got := tongues["es"].reason(explain.Claim(cairn.Document{}, c, policy.Policy{}).Reasons[0].Marked)
	if want := "muertos: “were killed” se dice en pasiva de quienes van delante, su sujeto (regla killed.passive)"; isolates.Replace(got) != want {
		t.Errorf("a reason in Spanish is %q, want %q", got, want)
	}
}
