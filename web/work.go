package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// workView is one incident to be worked on: whose it is, what was said and decided
// about it, and the forms of every judgement.
type workView struct {
	Incident   cairn.Incident     `json:"incident"`
	Assessment *cairn.Assessment  `json:"assessment"`
	Review     cairn.Review       `json:"review"`
	Signed     bool               `json:"signed"`
	Changed    bool               `json:"changed"` // the evidence, since it was signed
	Unlooked   []recorder.Joining `json:"unlooked"`
	Documents  []repeat           `json:"documents"`
	Comments   []cairn.Comment    `json:"comments"`
	Fields     []fieldHistory     `json:"fields"`
	Decisions  []decided          `json:"judgements"`
	Likely     []likely           `json:"may_be_one_with"`
	References []cairn.Reference  `json:"references,omitempty"`
	Victims    []personLine       `json:"victims,omitempty"`
	News       []cairn.Act        `json:"-"` // since the form was made that could not be taken
	Sign       form               `json:"-"`
	Stage      form               `json:"-"`
	Say        form               `json:"-"`
	Judge      []form             `json:"-"`
	Tell       []form             `json:"-"`
	Tag        form               `json:"-"`
	Told       []told             `json:"-"`
	Citable    []citable          `json:"-"`
	Two        bool               `json:"-"`
	Figures    []string           `json:"figures"`
}

// fieldHistory is what one field of an assessment was, the newest first.
type fieldHistory struct {
	Field string       `json:"field"`
	Were  []fieldValue `json:"values"`
}

// fieldValue is what a field was made by an act.
type fieldValue struct {
	Value string    `json:"value"`
	Act   cairn.Act `json:"act"`
}

func (v workView) title() string { return "Work on " + v.Incident.Code }

func (s *site) workPage(r *http.Request) (view, error) {
	ctx := r.Context()
	found, err := s.view.Assessed(ctx, s.settings.Project, r.PathValue("code"))
	if err != nil {
		return nil, err
	}
	i := found.Incident
	if i.Code != r.PathValue("code") {
		return nil, moved{address("incidents", i.Code, "work")}
	}
	v := workView{Incident: i, Assessment: found.Assessment, Changed: found.Changed, Two: s.settings.Two, Documents: []repeat{}}
	if v.Assessment != nil {
		v.Signed, v.Figures = v.Assessment.Signed != nil, figuresOf(*v.Assessment)
	}
	if v.Review, err = s.view.Review(ctx, s.settings.Project, i.Code); err != nil {
		return nil, err
	}
	if v.Unlooked, err = s.settings.Desk.Unlooked(ctx, s.view, i); err != nil {
		return nil, err
	}
	if err := s.beside(r, &v); err != nil {
		return nil, err
	}
	if err := s.toldBeside(r, &v); err != nil {
		return nil, err
	}
	seen, err := s.view.LastAct(ctx)
	if err != nil {
		return nil, err
	}
	return v, s.workForms(r, &v, seen)
}

// beside reads what stands beside an incident for whoever works on it.
func (s *site) beside(r *http.Request, v *workView) (err error) {
	ctx, code := r.Context(), v.Incident.Code
	for _, c := range v.Incident.Claims {
		if slices.ContainsFunc(v.Documents, func(d repeat) bool { return d.ID == c.Document }) {
			continue
		}
		d, err := s.view.Document(ctx, c.Document)
		if err != nil {
			return err
		}
		v.Documents = append(v.Documents, repeat{d.ID, cmp.Or(d.Title, d.Source)})
	}
	if v.Comments, err = s.view.Comments(ctx, s.settings.Project, code); err != nil {
		return err
	}
	if v.Fields, err = s.fieldHistory(ctx, code); err != nil {
		return err
	}
	all, err := s.view.JudgementsOf(ctx, s.settings.Project, code)
	stands := recorder.Standing(all)
	for _, j := range slices.Backward(all) {
		if j.Decision != cairn.Undo {
			v.Decisions = append(v.Decisions, decided{j, !stands(j)})
		}
	}
	if err == nil {
		v.References, err = references(v.Decisions)
	}
	if err == nil {
		v.Likely, err = s.likely(ctx, v.Incident)
	}
	if err == nil {
		v.Victims, err = s.victimLines(r, code)
	}
	if sent, ok := ctx.Value(attemptKey).(attempted); ok && err == nil {
		if seen, bad := strconv.Atoi(sent.values.Get("seen")); bad == nil {
			v.News, err = recorder.Since(ctx, s.view, s.settings.Project, code, seen)
		}
	}
	return err
}

// fieldHistory returns what each field of the assessments of an incident was made,
// by whom and when.
func (s *site) fieldHistory(ctx context.Context, code string) ([]fieldHistory, error) {
	revisions, err := s.view.AssessmentHistory(ctx, s.settings.Project, code)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(revisions, func(a, b store.AssessmentRevision) int {
		return cmp.Compare(a.Assessment.Revision, b.Assessment.Revision)
	})
	were := map[string][]fieldValue{}
	var order []string
	for _, one := range revisions {
		act, err := s.view.Act(ctx, one.Made)
		if err != nil {
			return nil, err
		}
		now := fieldsOf(one.Assessment)
		for field := range were {
			if _, ok := now[field]; !ok {
				now[field] = "–"
			}
		}
		for _, field := range sortedNames(now) {
			had := were[field]
			if len(had) > 0 && had[0].Value == now[field] {
				continue
			}
			if len(had) == 0 {
				order = append(order, field)
			}
			were[field] = append([]fieldValue{{now[field], act}}, had...)
		}
	}
	var all []fieldHistory
	for _, field := range order {
		all = append(all, fieldHistory{field, were[field]})
	}
	return all, nil
}

// fieldsOf writes the fields of an assessment by their names.
func fieldsOf(a cairn.Assessment) map[string]string {
	all := map[string]string{"grading": grade(a.Grade), "strike status": strike(a.Strike)}
	for _, t := range a.Tallies {
		all[tallyWords(t.Harm, t.Class)] = figure(t.Range)
	}
	for _, n := range a.Narratives {
		all["text in "+languageName(n.Language)] = n.Text
	}
	if len(a.Tags) > 0 {
		all["tags"] = strings.Join(a.Tags, ", ")
	}
	if a.Signed != nil {
		all["signed by"] = a.Signed.Who
	}
	return all
}

func (s *site) workForms(r *http.Request, v *workView, seen int) error {
	code := v.Incident.Code
	mark := field{Name: "seen", Kind: unseen, Value: strconv.Itoa(seen)}
	people, err := s.view.Accounts(r.Context())
	if err != nil {
		return err
	}
	who := []choice{{"", "nobody", v.Review.Assignee == ""}}
	for _, a := range people {
		if a.RoleIn(s.settings.Project).AtLeast(cairn.Researcher) {
			who = append(who, choice{a.Name, a.Name, a.Name == v.Review.Assignee})
		}
	}
	v.Stage = s.filled(r, form{Name: "stage", Action: address("incidents", code, "assign"), Submit: "Assign", Fields: []field{
		{Name: "assignee", Label: "Whose it is", Kind: oneOfThese, Options: who}}})
	v.Say = s.filled(r, form{Name: "comment", Action: address("incidents", code, "comment"), Submit: "Say it", Fields: []field{
		{Name: "text", Label: "Comment", Kind: longText, Hint: "@name mentions somebody."}}})
	if v.Assessment != nil {
		var joined []choice
		for _, j := range v.Unlooked {
			joined = append(joined, choice{Value: j.Document, Words: j.Document + ": " + strings.Join(j.Reasons, "; ")})
		}
		fields := []field{{Name: "revision", Kind: unseen, Value: strconv.Itoa(v.Assessment.Revision)}, mark}
		if len(joined) > 0 {
			fields = append(fields, field{Name: "looked", Label: "Joined without a person: tick each that you looked at", Kind: severalOf, Options: joined})
		}
		fields = append(fields, field{Name: "why", Label: "Why you stand behind it", Kind: oneLine})
		v.Sign = s.filled(r, form{Name: "sign", Action: address("incidents", code, "sign"), Submit: "Sign", Fields: fields})
	}
	v.Judge = s.judgeForms(r, v, mark)
	return nil
}

// judgeForms is the forms of the judgements on an incident.
func (s *site) judgeForms(r *http.Request, v *workView, mark field) []form {
	code := v.Incident.Code
	why := field{Name: "why", Label: "Why", Kind: oneLine}
	others := field{Name: "others", Label: "Codes of incidents, with commas between", Kind: oneLine}
	if len(v.Likely) > 0 {
		others.Value = v.Likely[0].Code
	}
	documents := []choice{}
	for _, d := range v.Documents {
		documents = append(documents, choice{Value: d.ID, Words: strings.TrimSpace(d.ID + " " + d.Title)})
	}
	results := choicesOf(cairn.PositionResults, positionWords)
	values := []choice{}
	for _, name := range overridable {
		values = append(values, choice{Value: name, Words: strings.ReplaceAll(name, "_", " ")})
	}
	forms := []form{
		{Name: "merge", Submit: "Merge them into " + code, Fields: []field{mark, others, why}},
		{Name: "apart", Submit: "They are not the same", Fields: []field{mark, others, why}},
		{Name: "split", Submit: "Take them out", Fields: []field{mark, {Name: "documents", Label: "Documents to take out", Kind: severalOf, Options: documents},
			{Name: "to", Label: "To which incident", Kind: oneLine, Hint: "Empty for a new one."}, why}},
		{Name: "relate", Submit: "Relate them", Fields: []field{mark, {Name: "as", Label: "What they have to do with one another", Kind: oneOfThese, Options: choicesOf(cairn.Relations, relation)}, others, why}},
		{Name: "override", Submit: "Set it", Fields: []field{mark, {Name: "field", Label: "What", Kind: oneOfThese, Options: values},
			{Name: "value", Label: "Value", Kind: oneLine, Hint: "A grading, a strike status, or a range such as 3–5."}, why}},
		{Name: "position", Submit: "Record the position", Fields: []field{mark, {Name: "party", Label: "Party", Kind: oneLine}, {Name: "result", Label: "What it says", Kind: oneOfThese, Options: results},
			{Name: "on", Label: "On which day", Kind: oneLine, Hint: "2031-05-04"}, {Name: "link", Label: "Where it says so", Kind: oneLine}, {Name: "statement", Label: "In its words", Kind: longText}, why}},
		referenceForm(mark, why),
	}
	for i := range forms {
		forms[i].Action = address("incidents", code, "judge")
		forms[i] = s.filled(r, forms[i])
	}
	return forms
}

// overridable is what can be set over what is computed.
var overridable = []string{"grading", "strike_status", "killed", "injured", "children_killed", "women_killed", "men_killed", "children_injured", "combatants_killed"}

// judge takes the judgement of a form on an incident.
func (s *site) judge(_ http.ResponseWriter, r *http.Request) (string, error) {
	code, form := r.PathValue("code"), r.PostForm
	if err := s.fresh(r, code); err != nil {
		return "", err
	}
	as, ctx, why := s.as(r), r.Context(), given(form, "why")
	others := several(form, "others")
	name := form.Get("form")
	if len(others) == 0 && (name == "merge" || name == "apart" || name == "relate") {
		return "", at("others", "Name at least one other incident.")
	}
	var err error
	switch name {
	case "merge":
		_, err = as.Merge(ctx, code, others, why)
	case "apart":
		_, err = as.NotSame(ctx, code, others, why)
	case "relate":
		_, err = as.Relate(ctx, cairn.Related{As: cairn.Relation(form.Get("as")), Incidents: append([]string{code}, others...)}, why)
	case "split":
		var parts []cairn.ClaimRef
		for _, id := range form["documents"] {
			parts = append(parts, cairn.ClaimRef{Document: id})
		}
		if len(parts) == 0 {
			return "", at("documents", "Tick what to take out.")
		}
		_, err = as.Split(ctx, code, parts, given(form, "to"), why)
	case "override":
		_, err = as.Override(ctx, code, form.Get("field"), given(form, "value"), why)
	case "position":
		err = s.position(r, code)
	case "refer":
		err = s.refer(r, code)
	default:
		return "", at("form", "There is no such judgement.")
	}
	return address("incidents", code, "work"), placedAt(name, err)
}

// placedAt names the field of a form that a fault of the record is about.
func placedAt(name string, err error) error {
	faults, ours := faultsOf(err)
	if err == nil || !ours {
		return asMissing(name, err)
	}
	place := map[string]string{"merge": "others", "apart": "others", "relate": "others", "split": "to", "override": "value"}[name]
	for k := range faults {
		if place != "" && faults[k].Field != "why" && faults[k].Field != "documents" {
			faults[k].Reason, faults[k].Field = strings.TrimSpace(faults[k].Field+" "+faults[k].Reason), place
		}
	}
	return wrong(faults)
}

// asMissing says at its field that an incident is not there which a form names.
func asMissing(name string, err error) error {
	if err != nil && strings.Contains(err.Error(), cairn.ErrNotFound.Error()) {
		switch name {
		case "merge", "apart", "relate":
			return at("others", "There is no such incident: "+err.Error())
		case "split":
			return at("to", "There is no such incident: "+err.Error())
		}
	}
	return err
}

func (s *site) position(r *http.Request, code string) error {
	form := r.PostForm
	p := cairn.Position{Party: given(form, "party"), Result: cairn.PositionResult(form.Get("result")), Link: given(form, "link"), Statement: given(form, "statement")}
	var faults correction
	if p.Party == "" {
		faults.fault("party", "Say whose position it is.")
	}
	p.On = faults.date(form, "on")
	if p.Link != "" && webAddress(p.Link) == "" {
		faults.fault("link", "Write the address of a page, beginning with https://.")
	}
	if len(faults) > 0 {
		return wrong(faults)
	}
	_, err := s.as(r).TakePosition(r.Context(), code, p, given(form, "why"))
	return err
}

// assign says whose the work on an incident is.
func (s *site) assign(_ http.ResponseWriter, r *http.Request) (string, error) {
	code, to := r.PathValue("code"), r.PostForm.Get("assignee")
	if to != "" {
		if a, err := s.view.Account(r.Context(), to); err != nil || !a.RoleIn(s.settings.Project).AtLeast(cairn.Researcher) {
			return "", at("assignee", "Nobody of this name works on the project.")
		}
	}
	return address("incidents", code, "work"), s.as(r).Assign(r.Context(), code, to)
}

// put puts an incident before a reviewer, or gives it back.
func (s *site) put(_ http.ResponseWriter, r *http.Request) (string, error) {
	code := r.PathValue("code")
	if r.PostForm.Get("back") != "" {
		return address("incidents", code, "work"), s.as(r).SendBack(r.Context(), code)
	}
	return address("incidents", code, "work"), s.as(r).Submit(r.Context(), code)
}

// sign signs an incident as it was shown.
func (s *site) sign(_ http.ResponseWriter, r *http.Request) (string, error) {
	code := r.PathValue("code")
	revision, err := strconv.Atoi(r.PostForm.Get("revision"))
	if err != nil {
		return "", at("revision", "Say which assessment was shown.")
	}
	_, err = s.as(r).SignSeen(r.Context(), code, recorder.Signing{Revision: revision, Looked: r.PostForm["looked"], Two: s.settings.Two, Why: given(r.PostForm, "why")})
	return address("incidents", code, "work"), err
}

// comment says something about an incident.
func (s *site) comment(_ http.ResponseWriter, r *http.Request) (string, error) {
	code := r.PathValue("code")
	return address("incidents", code, "work"), s.as(r).Say(r.Context(), code, r.PostForm.Get("text"))
}
