package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
)

// An EstimateReader reads what releases say of estimates that two people signed. A
// [Reader] that is one too has pages of them.
type EstimateReader interface {
	Estimates(ctx context.Context, number int) ([]cairn.PublishedEstimate, error)
	EstimateDraws(ctx context.Context, number int, id string) (string, error)
}

// estimates reads those of a release; none where the reader knows of none.
func (s *Site) estimates(ctx context.Context, release cairn.Release) ([]cairn.PublishedEstimate, error) {
	reader, ok := s.reader.(EstimateReader)
	if !ok || len(release.Estimates) == 0 {
		return nil, nil
	}
	return reader.Estimates(ctx, release.Number)
}

func (x *index) estimateNames() []string {
	var names []string
	for _, e := range x.estimates {
		names = append(names, slugOf(e.ID)+".html")
	}
	return names
}

// estimateNamed returns the estimate whose page has a name.
func (x *index) estimateNamed(name string) (cairn.PublishedEstimate, error) {
	for _, e := range x.estimates {
		if slugOf(e.ID) == name {
			return e, nil
		}
	}
	return cairn.PublishedEstimate{}, fmt.Errorf("estimate %s: %w", name, cairn.ErrNotFound)
}

// estimatesView is the estimates of a release.
type estimatesView struct{ Estimates []estimateView }

func (estimatesView) title(t *tongue) string { return t.say("nav.estimates") }

func readEstimates(v *visit) (view, error) {
	var all estimatesView
	for _, e := range v.index.estimates {
		shown, err := v.estimate(e)
		if err != nil {
			return nil, err
		}
		all.Estimates = append(all.Estimates, shown)
	}
	return all, nil
}

// estimateView is one estimate: the three numbers by every method, and all runs.
type estimateView struct {
	cairn.PublishedEstimate
	Sheet estimate.Sheet
	Slug  string
	Cite  citation
	words *tongue
}

func (e estimateView) title(*tongue) string { return e.Title }

func readEstimate(v *visit) (view, error) {
	e, err := v.index.estimateNamed(v.name())
	if err != nil {
		return nil, err
	}
	return v.estimate(e)
}

func (v *visit) estimate(p cairn.PublishedEstimate) (estimateView, error) {
	e := estimateView{PublishedEstimate: p, Slug: slugOf(p.ID), words: v.words, Cite: v.cite(p.Title, v.words.Tag+"/estimates/"+slugOf(p.ID)+".html")}
	var err error
	e.Sheet, err = estimate.SheetOf(cairn.Estimate{ID: p.ID, Histories: p.Histories, Columns: p.Columns, Lists: p.Lists, Runs: p.Runs, Choice: &p.Choice})
	return e, err
}

// About says which deaths it is about, one matter each.
func (e estimateView) About() []string {
	t, a := e.words, e.PublishedEstimate.About
	harm := a.Harm
	if harm == "" {
		harm = cairn.Killed
	}
	all := []string{t.of(harm, a.Class), t.say("estimate.direct." + a.Direct)}
	if a.Named {
		all = append(all, t.say("estimate.named"))
	} else {
		all = append(all, t.say("estimate.listed"))
	}
	if a.Place != "" {
		all = append(all, a.Place)
	}
	if a.When.From.Known() || a.When.To.Known() {
		all = append(all, t.period(a.When))
	}
	if a.Words != "" {
		all = append(all, a.Words)
	}
	return all
}

// Overlap is the picture of which lists share whom.
func (e estimateView) Overlap() template.HTML {
	return e.Sheet.Overlaps.Picture(e.words.say("estimate.picture.overlap"))
}

// Beside is the picture of every answer on one scale.
func (e estimateView) Beside() template.HTML {
	return e.Sheet.Picture(e.words.say("estimate.picture.answers"), e.words.say("estimate.refused"))
}

// Posterior is the picture of a method's posterior.
func (e estimateView) Posterior(method string) template.HTML {
	return e.Sheet.Posterior(method, e.words.say("estimate.picture.posterior")+" ("+method+")")
}

// Moved is the picture of how far a method's estimate moves.
func (e estimateView) Moved(g estimate.Group) template.HTML {
	return estimate.Intervals(e.words.say("estimate.picture.moved")+" ("+g.Method+")", g.Bars, e.Sheet.Overlaps.Observed)
}

// interval writes an estimated number of people with its ends.
func (t *tongue) interval(i *cairn.Interval) string {
	whole := func(v float64) string { return t.number(int(v + 0.5)) }
	switch {
	case i == nil:
		return t.say("estimate.refused")
	case i.Low == nil:
		return whole(i.Center())
	case i.High == nil:
		return t.say("estimate.open", "mid", whole(i.Center()), "low", whole(*i.Low))
	}
	return t.say("estimate.between", "mid", whole(i.Center()), "low", whole(*i.Low), "high", whole(*i.High))
}

// estimateFiles are the files of an estimate, by what follows its name.
var estimateFiles = map[string]string{".json": "application/json; charset=utf-8", "-histories.csv": "text/csv; charset=utf-8", "-draws.csv": "text/csv; charset=utf-8",
	"-draws.parquet": "application/vnd.apache.parquet"}

// estimatePaths are the addresses of the files of every estimate.
func (x *index) estimatePaths() []string {
	var paths []string
	for _, e := range x.estimates {
		paths = append(paths, "estimates/"+slugOf(e.ID)+".json", "estimates/"+slugOf(e.ID)+"-histories.csv")
		if hasDraws(e) {
			paths = append(paths, "estimates/"+slugOf(e.ID)+"-draws.csv", "estimates/"+slugOf(e.ID)+"-draws.parquet")
		}
	}
	return paths
}

// hasDraws reports whether the run that is put forward has draws of posteriors.
func hasDraws(e cairn.PublishedEstimate) bool {
	return e.Withdrawn == "" && e.Choice.Run > 0 && e.Choice.Run <= len(e.Runs) && e.Runs[e.Choice.Run-1].Draws
}

// Drawn reports whether there are draws to take away.
func (e estimateView) Drawn() bool { return hasDraws(e.PublishedEstimate) }

// estimateFile answers with a file of an estimate.
func (s *Site) estimateFile(w http.ResponseWriter, req *http.Request) {
	x, err := s.index(req.Context())
	if err != nil {
		s.fail(w, req, err)
		return
	}
	name := req.PathValue("name")
	for _, suffix := range []string{"-histories.csv", "-draws.csv", "-draws.parquet", ".json"} {
		slug, found := strings.CutSuffix(name, suffix)
		if !found {
			continue
		}
		e, err := x.estimateNamed(slug)
		if err == nil && strings.HasPrefix(suffix, "-draws") && !hasDraws(e) {
			err = cairn.ErrNotFound
		}
		var content bytes.Buffer
		if err == nil {
			err = s.writeEstimate(req.Context(), x, e, suffix, &content)
		}
		if err != nil {
			s.fail(w, req, err)
			return
		}
		w.Header().Set("Content-Type", estimateFiles[suffix])
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Write(content.Bytes())
		return
	}
	s.fail(w, req, cairn.ErrNotFound)
}

func (s *Site) writeEstimate(ctx context.Context, x *index, e cairn.PublishedEstimate, suffix string, out *bytes.Buffer) error {
	switch suffix {
	case ".json":
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(e)
	case "-histories.csv":
		out.WriteString(e.Histories)
		return nil
	}
	text, err := s.reader.(EstimateReader).EstimateDraws(ctx, x.release.Number, e.ID)
	if err != nil || path.Ext(suffix) == ".csv" {
		out.WriteString(text)
		return err
	}
	d, err := estimate.ReadDraws(strings.NewReader(text))
	return errors.Join(err, d.Parquet(out))
}

// deref is a number, or 0 where a pointer leads to none.
func deref(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case *float64:
		if v != nil {
			return *v
		}
	}
	return 0
}
