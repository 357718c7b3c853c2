package link

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

const fire = `Two brothers died when their house on Lantern Lane in Selm burned down after a shell hit the roof, the mayor said.

Petar and Jano Vesk, aged 9 and 12, had been asleep in the attic. Their mother was at the night shift of the cannery.`

const fireAgain = `The mayor of Selm has opened a fund for the cannery worker who lost both sons, Petar and Jano Vesk, to a shell.

The attic of the house on Lantern Lane where the brothers slept burned within minutes, firemen recalled.`

func placings(docs []cairn.Document, claims [][]cairn.Claim) string {
	var all []string
	for _, p := range Documents(docs, claims) {
		all = append(all, p.Document+" "+strings.Join(p.Incidents, "+")+" "+p.Origin)
	}
	return strings.Join(all, ", ")
}

func TestDocuments(t *testing.T) {
	bakery := report(t, "a", "2031-05-04: killed 7 at=Old_Mill on=2031-05-03 means=rocket").Claims
	house := report(t, "f", "2031-05-04: killed 2 at=Selm on=2031-05-02 named=Petar_Vesk").Claims
	both := report(t, "m", "2031-05-04: killed 7 at=Old_Mill on=2031-05-03\nkilled 2 at=Selm on=2031-05-02").Claims
	for _, test := range []struct {
		name   string
		docs   []cairn.Document
		claims [][]cairn.Claim
		want   string
	}{
		{"none", nil, nil, ""},
		{"copies share origin and incident", []cairn.Document{document("a", original), document("b", rewritten)}, nil, "a i1 o1, b i1 o1"},
		{"two reports share the incident alone", []cairn.Document{document("a", original), document("c", another)}, [][]cairn.Claim{bakery, bakery}, "a i1 o1, c i1 o2"},
		{"two incidents", []cairn.Document{document("a", original), document("f", fire), document("g", fireAgain)}, [][]cairn.Claim{bakery, house, house}, "a i1 o1, f i2 o2, g i2 o3"},
		{"one document on two incidents", []cairn.Document{document("m", another), document("a", original), document("f", fire)}, [][]cairn.Claim{both, bakery, house}, "m i1+i2 o1, a i1 o2, f i2 o3"},
		{"documents without claims", []cairn.Document{document("a", ""), document("b", "")}, nil, "a i1 o1, b i2 o2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := placings(test.docs, test.claims); got != test.want {
				t.Errorf("placings are %q, want %q", got, test.want)
			}
		})
	}
}

func TestDocumentsAnswersTheSameEachTime(t *testing.T) {
	docs, claims := invented(200)
	first := Documents(docs, claims)
	for range 3 {
		if again := Documents(docs, claims); !slices.EqualFunc(first, again, func(a, b Placing) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Fatal("the same documents were placed otherwise")
		}
	}
}

// invented makes n reports of n/3 strikes, from word lists.
func invented(n int) ([]cairn.Document, [][]cairn.Claim) {
	streets := []string{"Lantern", "Cooper", "Weaver", "Chandler", "Tanner", "Fuller", "Sexton", "Glover", "Mercer", "Draper"}
	names := []string{"Vesk", "Dovan", "Tal", "Orrin", "Maleth", "Kuro", "Sandel", "Brann", "Ister", "Povic", "Quell"}
	docs, claims := make([]cairn.Document, n), make([][]cairn.Claim, n)
	for i := range docs {
		k := i / 3
		name, street := names[k%11]+names[k%7], streets[k%10]
		docs[i] = cairn.Document{ID: fmt.Sprint("d", i), Published: cairn.Date(fmt.Sprintf("2031-%02d-%02d", 1+k%12, 1+k%28)),
			Text: fmt.Sprintf("Shell number %d hit %s %s in quarter %d%s. Report %d tells that %s %s died with %d others near the %s.", k, street, []string{"Lane", "Row", "Street"}[i%3], k, name, i, name, names[k%5], 1+k%9, []string{"mill", "well", "market"}[i%3])}
	}
	return docs, claims
}

func BenchmarkDocuments3000(b *testing.B) {
	docs, claims := invented(3000)
	for b.Loop() {
		Documents(docs, claims)
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(original, another)
	f.Add("", "قُتل سبعة أشخاص في غارة على مخبز")
	f.Add("a\xff b", strings.Repeat("word ", 50))
	f.Fuzz(func(t *testing.T, a, b string) {
		docs := []cairn.Document{document("a", a), document("b", b), document("c", a)}
		got := Documents(docs, nil)
		if len(got) != 3 || got[0].Incidents[0] != "i1" || got[0].Origin != "o1" {
			t.Errorf("placings are %v", got)
		}
		if len(wordsOf(a)) > 0 && len(printOf(docs[0], wordsOf(a)).pairs) > 0 && got[0].Origin != got[2].Origin {
			t.Errorf("the same text twice has two origins: %v", got)
		}
	})
}
