package web

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

func TestAChangeOfTheProjectReachesARunningDesk(t *testing.T) {
	folder := t.TempDir()
	where := filepath.Join(folder, "cairn.db")
	w := workshopAt(t, where, nil)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	place := func() answered {
		c := testimonyOf(t, w, "T1", "herald")
		return ana.post("/code/herald/correct", formOf(c, "T1", url.Values{"place": {"Upper Fell"}, "seen": {""}}))
	}
	if got := place(); got.status != http.StatusUnprocessableEntity {
		t.Fatalf("a place that there is not: %d", got.status)
	}
	other, err := recorder.Open(ctx, recorder.Settings{Database: where, Data: folder, Archive: filepath.Join(folder, "archive"), Project: "tarn", Who: "command", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	p := other.Project()
	p.Places = append(p.Places, cairn.Place{ID: "project:fell", Name: "Upper Fell", Country: "XA", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 40.2, Lon: 50.2}})
	if err := other.PutProject(ctx, p, "a village"); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if got := place(); got.status != http.StatusSeeOther {
		t.Errorf("once another program brought the place in: %d", got.status)
	}
	if c := testimonyOf(t, w, "T1", "herald"); c.Claim.Where == nil || c.Claim.Where.ID != "project:fell" {
		t.Errorf("the claim is now at %+v", c.Claim.Where)
	}
}

func TestAFaultInOneDocumentDoesNotHoldTheOthersUp(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	got := ana.post("/inbox", url.Values{"do": {"accept"}, "document": {"wire", "none", "selm"}})
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "none: ") {
		t.Errorf("three at once, of which one cannot be: %d", got.status)
	}
	if left := waitingIn(t, ana); left != "shabaka herald" {
		t.Errorf("waiting are %q, want shabaka and herald", left)
	}
}
