package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// What sources contradict each other on, what parties say of themselves, and what
// does not fit stand on the page, each in words.
func TestIncidentShowsWhatDoesNotAgree(t *testing.T) {
	page := get(t, pages(t), "/incidents/Z1").Body.String()
	for _, want := range []string{"What does not agree", "Civilians killed", "children killed: 8 at least", "Northern Army</b></bdi> itself: holds it not credible", "concedes combatants killed", "We struck fighters.", "https://army.example/statement"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestAnIncidentUnrollsToTheWordsOfItsClaims(t *testing.T) {
	h := pages(t)
	n := page(t, h, "/incidents/Z1", http.StatusOK)
	equal(t, "the ranges", all(t, n, ".tally h3 .big"), []string{"3–7", "2", "12–24", "unknown"})
	equal(t, "floors of the killed", all(t, n, ".tally:first-of-type .ends section:first-child blockquote"),
		[]string{"Zumra, 5 May – An air strike hit the Mill quarter of Zumra on Sunday, killing at least three civilians and injuring a dozen, a nurse at the town's hospital said."})
	equal(t, "their figures", all(t, n, ".tally:first-of-type mark.figure"), []string{"at least three", "seven", "سبعة"})
	links := attributes(n, ".tally:first-of-type figcaption a", "href")
	equal(t, "where the words are", links, []string{"/documents/vale-1#claim-1", "/documents/vale-1#claim-3", "/documents/shabaka-1#claim-1"})
	for _, link := range links {
		path, anchor, _ := strings.Cut(link, "#")
		if found := attributes(page(t, h, path, http.StatusOK), ".paper mark#"+anchor, "id"); len(found) != 1 {
			t.Errorf("%s has no words at #%s", path, anchor)
		}
	}
}

func TestAnIncidentAndItsTwinHaveTheSameNumbers(t *testing.T) {
	h := pages(t)
	for code := range map[string]bool{"Z1": true, "Z2": true, "Z3": true} {
		n := page(t, h, "/incidents/"+code, http.StatusOK)
		var twin struct {
			Incident   cairn.Incident
			Assessment cairn.Assessment
			Stage      string
			Tallies    []struct {
				Harm           cairn.Harm
				Class          cairn.Class
				Range          cairn.Range
				Floor, Ceiling []struct{ Address string }
			}
			Origins []struct {
				Claims []struct{ Range cairn.Range }
			}
		}
		twinAt(t, h, "/incidents/"+code+".json", &twin)
		var ranges, claims, links []string
		for _, one := range twin.Tallies {
			ranges = append(ranges, figure(one.Range)+" "+tallyWords(one.Harm, one.Class))
			ends := append(one.Floor, one.Ceiling...)
			if one.Range.Min == one.Range.Max && slices.Equal(one.Floor, one.Ceiling) {
				ends = one.Floor // quoted once
			}
			for _, a := range ends {
				links = append(links, a.Address)
			}
			assessed, ok := twin.Assessment.Tally(one.Harm, one.Class)
			if !ok || assessed.Range != one.Range {
				t.Errorf("%s: %s is %v in the assessment", code, tallyWords(one.Harm, one.Class), assessed.Range)
			}
		}
		for _, o := range twin.Origins {
			for _, c := range o.Claims {
				claims = append(claims, figure(c.Range))
			}
		}
		var shown []string
		words := all(t, n, ".tally h3 .of")
		for i, big := range all(t, n, ".tally h3 .big") {
			heading, _, _ := strings.Cut(words[i], " with people")
			shown = append(shown, big+" "+heading)
		}
		equal(t, code+" ranges", shown, ranges)
		equal(t, code+" claims", all(t, n, ".account .range"), claims)
		equal(t, code+" addresses", attributes(n, ".tally figcaption a", "href"), links)
	}
}

func TestAnIncidentSaysHowFarItCanBeTrusted(t *testing.T) {
	h := pages(t)
	first := page(t, h, "/incidents/Z1", http.StatusOK)
	for selector, want := range map[string]string{
		".notice.proposed p":             "Proposed, not signed. No person has taken responsibility for these figures.",
		".facts section:nth-child(3) li": "two independent origins name a death toll",
		".facts .notice":                 "The accounts do not agree on who did it.",
	} {
		if got := one(t, first, selector); got != want {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	equal(t, "origins", all(t, first, ".origin h3"), []string{"2 documents repeat one original", "One document"})
	equal(t, "who names the party", all(t, first, ".party li"), []string{"denies it, or is said not to be responsible, by Vale News", "accused, by شبكة الوادي"})

	second := page(t, h, "/incidents/Z2", http.StatusOK)
	if text := wordsOf(second); !strings.Contains(text, "Place unknown") || !strings.Contains(text, "which is not nobody") {
		t.Error("an incident without place and figure does not say that they are unknown")
	}
	if found := all(t, second, ".tally .big"); found[0] != "unknown" {
		t.Errorf("a toll that nobody gave is shown as %q", found)
	}

	third := page(t, h, "/incidents/Z3", http.StatusOK)
	notice := one(t, third, ".notice.proposed")
	for _, want := range []string{"Proposed, not signed.", "They differ from the signed ones.", "Signed by Bea on 6 May 2031", "31 or more", "read both accounts"} {
		if !strings.Contains(notice, want) {
			t.Errorf("the changed incident does not say %q: %s", want, notice)
		}
	}
	history := all(t, third, "#history ~ .acts li")
	if len(history) != 3 || !strings.Contains(history[0], "Ada: redo a newer lexicon") || !strings.Contains(history[1], "Ada: sign") {
		t.Errorf("history is %q", history)
	}
}

func TestAFormerCodeLeadsToTheIncident(t *testing.T) {
	h := pages(t)
	for from, to := range map[string]string{"/incidents/ZX9": "/incidents/Z1", "/incidents/ZX9.json": "/incidents/Z1.json"} {
		if w := get(t, h, from); w.Code != http.StatusFound || w.Header().Get("Location") != to {
			t.Errorf("%s: status %d to %q, want %q", from, w.Code, w.Header().Get("Location"), to)
		}
	}
}
