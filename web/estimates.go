package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/recorder"
)

// estimatesView is the estimates of a project. None is added to any count.
type estimatesView struct {
	Estimates []estimateLine `json:"estimates"`
	Make      *form          `json:"-"` // nil where the project has no lists
}

// estimateLine is one of several estimates: how far it has come, and every method's
// answer about everybody.
type estimateLine struct {
	ID      string              `json:"id"`
	Title   string              `json:"title"`
	State   cairn.EstimateState `json:"state"`
	About   []string            `json:"about"`
	Signed  int                 `json:"signatures"`
	Day     cairn.Date          `json:"kept"`
	Runs    int                 `json:"runs"`
	Answers []estimate.Row      `json:"answers"`
}

func (estimatesView) title() string { return "Estimates" }

func (s *site) estimatesPage(r *http.Request) (view, error) {
	all, err := recorder.EstimatesIn(r.Context(), s.view, s.settings.Project)
	if err != nil {
		return nil, err
	}
	v := estimatesView{Estimates: []estimateLine{}}
	for _, e := range all {
		sheet, err := estimate.SheetOf(e)
		if err != nil {
			return nil, err
		}
		v.Estimates = append(v.Estimates, estimateLine{ID: e.ID, Title: e.Title, State: e.State(), About: estimate.SubjectOf(e.About), Signed: len(e.Signatures),
			Day: cairn.DayOf(e.At), Runs: len(e.Runs), Answers: sheet.Rows})
	}
	lists, err := s.view.Lists(r.Context(), s.settings.Project)
	if err == nil && len(lists) > 0 {
		v.Make = new(s.makeForm(r))
	}
	return v, err
}

// linkageDraws is how often who is who is drawn for an estimate, where it is.
const linkageDraws = 20

// makeForm is the form by which an estimate is made of the lists of the record.
func (s *site) makeForm(r *http.Request) form {
	var strata []choice
	for _, name := range []string{"place", "month", "year", "sex", "age"} {
		strata = append(strata, choice{Value: name, Words: name})
	}
	return s.filled(r, form{Name: "make", Action: "/estimates", Submit: "Estimate from the lists", Fields: []field{
		{Name: "title", Label: "What is estimated, in words", Kind: oneLine, Hint: "It becomes the title."},
		{Name: "class", Label: "Whose deaths", Kind: oneOfThese, Options: choicesOf(cairn.Classes, class, string(cairn.Civilian))},
		{Name: "direct", Label: "Died of what", Kind: oneOfThese, Options: []choice{{Value: "", Words: "choose"}, {Value: "direct", Words: "of violence itself"}, {Value: "indirect", Words: "of what violence led to"}, {Value: "both", Words: "of either"}}},
		{Name: "place", Label: "Where", Kind: oneLine}, {Name: "from", Label: "From", Kind: oneLine, Hint: "2031, 2031-05 or 2031-05-03"}, {Name: "to", Label: "Until", Kind: oneLine},
		{Name: "whom", Label: "Whom the lists could have held, and who is left out", Kind: longText},
		{Name: "by", Label: "Apart by", Kind: severalOf, Options: strata},
		{Name: "linkages", Label: "Who is who", Kind: oneOfThese, Options: []choice{{Value: "drawn", Words: "drawn many times, so that the doubt is in the interval"}, {Value: "last", Words: "as it was last linked"}}}}})
}

// makeEstimate starts an estimate of the lists as long work.
func (s *site) makeEstimate(_ http.ResponseWriter, r *http.Request) (string, error) {
	f := r.PostForm
	var faults correction
	about := cairn.EstimateSubject{Harm: cairn.Killed, Class: cairn.Class(f.Get("class")), Direct: f.Get("direct"), Named: true, Place: given(f, "place"), Words: given(f, "whom")}
	if given(f, "title") == "" {
		faults.fault("title", "Say in words what is estimated.")
	}
	if !slices.Contains(cairn.Classes, about.Class) {
		faults.fault("class", "Say whose deaths.")
	}
	if !slices.Contains([]string{"direct", "indirect", "both"}, about.Direct) {
		faults.fault("direct", "Say whether by violence itself.")
	}
	about.When.From, about.When.To = faults.date(f, "from"), faults.date(f, "to")
	if len(faults) > 0 {
		return "", wrong(faults)
	}
	order := cairn.JobOrder{Title: given(f, "title"), About: &about, By: f["by"]}
	if f.Get("linkages") != "last" {
		order.Draws = linkageDraws
	}
	job, err := s.settings.Jobs.Add(r.Context(), cairn.Job{Who: visitorOf(r).Name, Kind: cairn.EstimateJob, Order: order})
	return "/jobs#" + job.ID, err
}

// estimateView is one estimate, with the forms by which it is put forward, signed
// and withdrawn.
type estimateView struct {
	Estimate cairn.Estimate      `json:"estimate"`
	State    cairn.EstimateState `json:"state"`
	Digest   string              `json:"digest"`
	Sheet    estimate.Sheet      `json:"sheet"`
	About    []string            `json:"about"`
	Cite     string              `json:"cite"`
	Signers  int                 `json:"-"`
	Propose  []form              `json:"-"` // of each run whose answers can be put forward
	Sign     form                `json:"-"`
	Withdraw form                `json:"-"`
	Signed   bool                `json:"-"` // by who asks
}

func (v estimateView) title() string { return v.Estimate.Title }

// Overlap is the picture of which lists share whom.
func (v estimateView) Overlap() template.HTML {
	return v.Sheet.Overlaps.Picture("How many people stand on which lists; the table beside it says the same")
}

// Beside is the picture of every answer on one scale.
func (v estimateView) Beside() template.HTML {
	return v.Sheet.Picture("Every method's estimate of everybody on one scale of people; the dashed line is those documented", "not estimable")
}

// Posterior is the picture of a method's posterior.
func (v estimateView) Posterior(method string) template.HTML {
	return v.Sheet.Posterior(method, "Posterior of the population by "+method+", with median and ends of the interval")
}

// Moved is the picture of how far a method's estimate moves.
func (v estimateView) Moved(g estimate.Group) template.HTML {
	return estimate.Intervals("How far the estimate of "+g.Method+" moves", g.Bars, v.Sheet.Overlaps.Observed)
}

func (s *site) estimatePage(r *http.Request) (view, error) {
	id := strings.TrimSuffix(r.PathValue("id"), ".json")
	e, err := recorder.EstimateOf(r.Context(), s.view, s.settings.Project, id)
	if err != nil {
		return nil, err
	}
	v := estimateView{Estimate: e, State: e.State(), About: estimate.SubjectOf(e.About), Cite: estimate.Cite(e), Signers: cairn.Signers}
	if v.Sheet, err = estimate.SheetOf(e); err != nil {
		return nil, err
	}
	if v.Digest, err = estimate.Digest(e); err != nil {
		return nil, err
	}
	for _, signed := range e.Signatures {
		v.Signed = v.Signed || signed.Who == visitorOf(r).Name
	}
	s.estimateForms(r, &v)
	return v, nil
}

func (s *site) estimateForms(r *http.Request, v *estimateView) {
	e := v.Estimate
	for _, run := range e.Runs {
		c := cairn.EstimateChoice{Run: run.Number, Methods: nil, Why: "-"}
		var methods []choice
		for _, a := range run.Whole() {
			if a.Estimate != nil {
				c.Methods = append(c.Methods, a.Method)
				methods = append(methods, choice{Value: a.Method, Words: a.Method + ": " + a.Estimate.String()})
			}
		}
		if estimate.Proposable(e, c) != nil {
			continue
		}
		v.Propose = append(v.Propose, s.filled(r, form{Name: fmt.Sprintf("propose-%d", run.Number), Action: address("estimates", e.ID, "propose"), Submit: "Put forward", Fields: []field{
			{Name: "run", Kind: unseen, Value: strconv.Itoa(run.Number)},
			{Name: "methods", Label: fmt.Sprintf("Answers of run %d to put forward; the others stand beside them", run.Number), Kind: severalOf, Options: methods},
			{Name: "why", Label: "Why these", Kind: longText, Hint: "It is published with them, and names nobody."}}}))
	}
	v.Sign = s.filled(r, form{Name: "sign", Action: address("estimates", e.ID, "sign"), Submit: "Sign", Fields: []field{
		{Name: "digest", Kind: unseen, Value: v.Digest}, {Name: "why", Label: "Why you stand behind it", Kind: oneLine}}})
	v.Withdraw = s.filled(r, form{Name: "withdraw", Action: address("estimates", e.ID, "withdraw"), Submit: "Withdraw it", Fields: []field{
		{Name: "why", Label: "Why it stands no more", Kind: longText, Hint: "Where it was published, the public is told this."}}})
}

// proposeEstimate puts answers of a run forward.
func (s *site) proposeEstimate(_ http.ResponseWriter, r *http.Request) (string, error) {
	run, err := strconv.Atoi(r.PostForm.Get("run"))
	if err != nil {
		return "", at("run", "Say which run.")
	}
	id := r.PathValue("id")
	_, err = s.as(r).ProposeEstimate(r.Context(), id, cairn.EstimateChoice{Run: run, Methods: r.PostForm["methods"], Why: given(r.PostForm, "why")})
	return address("estimates", id), err
}

// signEstimate signs an estimate as it was shown.
func (s *site) signEstimate(_ http.ResponseWriter, r *http.Request) (string, error) {
	id, digest := r.PathValue("id"), r.PostForm.Get("digest")
	if digest == "" {
		return "", at("why", "Say what was shown: load the page again.")
	}
	_, err := s.as(r).SignEstimate(r.Context(), id, digest, given(r.PostForm, "why"))
	return address("estimates", id), moveFault(err, "sign", "why")
}

// withdrawEstimate says that an estimate stands no more.
func (s *site) withdrawEstimate(_ http.ResponseWriter, r *http.Request) (string, error) {
	id := r.PathValue("id")
	_, err := s.as(r).WithdrawEstimate(r.Context(), id, given(r.PostForm, "why"))
	return address("estimates", id), err
}

// moveFault puts the fault of one field at another.
func moveFault(err error, from, to string) error {
	faults, ours := faultsOf(err)
	if err == nil || !ours {
		return err
	}
	for k := range faults {
		if faults[k].Field == from {
			faults[k].Field = to
		}
	}
	return wrong(faults)
}

// estimateFile answers with a file of an estimate: its histories, the draws of a
// run, or its report.
func (s *site) estimateFile(w http.ResponseWriter, r *http.Request) {
	e, err := recorder.EstimateOf(r.Context(), s.view, s.settings.Project, r.PathValue("id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	name := r.PathValue("name")
	var content bytes.Buffer
	medium, err := s.estimateBytes(r, e, name, &content)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", medium)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s"`, e.ID, name))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set("Cache-Control", "no-store")
	w.Write(content.Bytes())
}

// estimateBytes writes a file of an estimate, and returns its medium.
func (s *site) estimateBytes(r *http.Request, e cairn.Estimate, name string, out *bytes.Buffer) (medium string, err error) {
	switch name {
	case "histories.csv":
		out.WriteString(e.Histories)
		return "text/csv; charset=utf-8", nil
	case "report.html":
		return "text/html; charset=utf-8", estimate.Report(out, e)
	}
	number, isDraws := strings.CutPrefix(strings.TrimSuffix(name, path.Ext(name)), "draws-")
	run, wrong := strconv.Atoi(number)
	if !isDraws || wrong != nil {
		return "", cairn.ErrNotFound
	}
	text, err := s.view.EstimateDraws(r.Context(), s.settings.Project, e.ID, run)
	if err != nil {
		return "", err
	}
	switch path.Ext(name) {
	case ".csv":
		out.WriteString(text)
		return "text/csv; charset=utf-8", nil
	case ".parquet":
		d, err := estimate.ReadDraws(strings.NewReader(text))
		return "application/vnd.apache.parquet", errors.Join(err, d.Parquet(out))
	}
	return "", cairn.ErrNotFound
}

// estimateState is how far an estimate has come, in words.
func estimateState(s cairn.EstimateState) string {
	return map[cairn.EstimateState]string{cairn.EstimateKept: "kept, nothing put forward", cairn.EstimateProposed: "put forward, to be signed by two people",
		cairn.EstimateSigned: "signed by two people", cairn.EstimateWithdrawn: "withdrawn"}[s]
}

// decimals writes a measure of how chains agree.
func decimals(v *float64) string {
	if v == nil {
		return "–"
	}
	return strconv.FormatFloat(*v, 'f', 3, 64)
}

// wholes writes a number of people, or of draws, to the nearest whole.
func wholes(v *float64) string {
	if v == nil {
		return "–"
	}
	return cairn.Grouped(*v)
}

// percents writes a share, which may be a pointer to one that is not known.
func percents(v any) string {
	share, is := v.(float64)
	if p, pointer := v.(*float64); pointer && p != nil {
		share, is = *p, true
	}
	if !is {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}
