package site

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestAnIncidentSaysWhereItIsReferencedIn(t *testing.T) {
	r := record(t)
	code, other := codeOf(t, r, "herald"), codeOf(t, r, "selm")
	page := "/en/incidents/" + slugOf(code) + ".html"
	if before := body(t, pages(t, r, Settings{}), page); !strings.Contains(before, "Referenced in") || strings.Contains(before, "Court of Tarn") {
		t.Fatal("it has no reference, or that of the court already")
	}
	judged, err := r.Refer(ctx, code, cairn.Reference{Kind: cairn.ByCourt, Title: "Judgment 12 of 2033, the raid that killed Tamsin Orrelby", By: "Court of Tarn", On: "2033-02-01", Where: "paragraph 41", Link: "https://court.example/12"}, "reason that stays inside")
	must(t, err)
	_, err = r.Narrate(ctx, other, "en", "A shell hit the bridge eight days after "+code+" [[selm#1]].", "reason that stays inside")
	must(t, err)
	sign(t, r, "selm")
	_, err = r.Publish(ctx, "")
	must(t, err)
	s := pages(t, r, Settings{})
	after := body(t, s, page)
	for _, want := range []string{"Referenced in", "<b>Court</b>, <bdi>Court of Tarn</bdi>:", `<a href="https://court.example/12"`, "the raid that killed", "paragraph 41", "1 February 2033", `The text of <a href="../../en/incidents/` + slugOf(other) + `.html">`} {
		if !strings.Contains(after, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(after, "review is open") {
		t.Error("a reference opens a review")
	}
	for _, tag := range languages {
		if said := body(t, s, "/"+tag+"/incidents/"+slugOf(code)+".html"); strings.Contains(said, ">referenced") || strings.Contains(said, "<b>court</b>") {
			t.Errorf("%s has no words for it", tag)
		}
	}
	everyAnswer(t, s, func(path, answer string) {
		for _, secret := range []string{"Orrelby", "reason that stays inside"} {
			if strings.Contains(answer, secret) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
	})
	if strings.Contains(body(t, s, "/r/1"+page), "Court of Tarn") {
		t.Error("the release before has it")
	}
	_, err = r.Suppress(ctx, cairn.ClaimRef{Document: other}, "somebody is in danger")
	must(t, err)
	if page := body(t, pages(t, r, Settings{}), page); strings.Contains(page, "The text of <a") {
		t.Error("an incident that was suppressed is named still")
	}
	_, err = r.Undo(ctx, judged.ID, "it was another raid")
	must(t, err)
	_, err = r.Publish(ctx, "")
	must(t, err)
	if page := body(t, pages(t, r, Settings{}), page); strings.Contains(page, "Court of Tarn") {
		t.Error("a reference that was taken back is shown")
	}
}
