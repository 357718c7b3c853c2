package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/cairn-recorder/cairn"
)

// TestAPairIsLabelledWithOneKey looks at a pair, at what speaks for it, and labels
// it with the keyboard alone.
func TestAPairIsLabelledWithOneKey(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.lists()
	r := w.tab(t)
	r.in("ana")
	r.visit("/persons")
	r.picture("desk-persons.png")
	r.visit("/persons/pairs")
	if open := ask[bool](r, `document.querySelector("main details").open`); open {
		t.Error("what the lists speak for it is shown before anybody has looked")
	}
	before, err := w.record.Labels(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r.click("main details summary")
	if bars := ask[int](r, `document.querySelectorAll("svg.fall .for, svg.fall .against").length`); bars < 2 {
		t.Errorf("the waterfall has %d bars", bars)
	}
	r.picture("desk-pairs.png")
	first := ask[string](r, `document.querySelector("[name=b]").value`)
	ask[chromedp.Void](r, `document.activeElement.blur()`)
	r.press("a")
	r.until(`document.readyState === "complete" && (document.querySelector("[name=b]")?.value ?? "") !== "` + first + `"`)
	after, err := w.record.Labels(ctx)
	if err != nil || len(after) != len(before)+1 {
		t.Errorf("%d labels after %d, %v", len(after), len(before), err)
	}
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}
