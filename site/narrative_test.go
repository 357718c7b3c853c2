package site

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestATextUnrollsToItsSentences(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	code := codeOf(t, r, "herald")
	slug := slugOf(code)
	english := body(t, s, "/en/incidents/"+slug+".html")
	for _, want := range []string{"What happened", "A raid hit Orvane", `<summary aria-label="Sentence 1">1</summary>`, `<summary aria-label="Sentence 2">2</summary>`, "<summary>Arabic</summary>", "market day"} {
		if !strings.Contains(english, want) {
			t.Errorf("the English page does not have %q", want)
		}
	}
	arabic := body(t, s, "/ar/incidents/"+slug+".html")
	told, _, _ := strings.Cut(arabic[strings.Index(arabic, `id="told"`):], "</section>")
	if first := strings.Index(told, "غارة على أورفان"); first < 0 || first > strings.Index(told, "A raid hit Orvane") || !strings.Contains(told, `lang="ar" dir="rtl"`) {
		t.Errorf("the Arabic page does not tell it in Arabic first:\n%s", told)
	}
	if spanish := body(t, s, "/es/incidents/"+slug+".html"); !strings.Contains(spanish, "<summary>inglés</summary>") || !strings.Contains(spanish, "Qué ocurrió") {
		t.Error("a page in a language without a text does not say in which language it is")
	}
	var twin cairn.Published
	if err := json.Unmarshal([]byte(body(t, s, "/incidents/"+slug+".json")), &twin); err != nil || len(twin.Narratives) != 2 || len(twin.Narratives[0].Parts) < 4 {
		t.Fatalf("the twin has %+v, %v", twin.Narratives, err)
	}
	for _, p := range twin.Narratives[0].Parts {
		if p.Excerpt != "" && !strings.Contains(english, `id="q-`+p.Excerpt+`"`) {
			t.Errorf("the excerpt %s of the text stands nowhere", p.Excerpt)
		}
	}
	if _, err := r.Suppress(ctx, cairn.ClaimRef{Document: "herald", N: 1}, "asked to"); err != nil {
		t.Fatal(err)
	}
	if now := body(t, s, "/en/incidents/"+slug+".html"); !strings.Contains(now, "[Withheld]") || strings.Contains(now, "counted <mark>nine") {
		t.Error("a sentence that is suppressed still stands behind the text")
	}
}
