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
)

// codingsView is the documents that are coded blind: one's own, and for reviewers
// all of them.
type codingsView struct {
	Mine   []cairn.Coding `json:"mine"`
	All    []twiceCoded   `json:"all,omitempty"` // by document; for reviewers
	Assign form           `json:"-"`
	Rules  bool           `json:"-"`
}

// twiceCoded is a document with those who code it.
type twiceCoded struct {
	Document string         `json:"document"`
	Codings  []cairn.Coding `json:"codings"`
	Ready    bool           `json:"ready"` // all have handed in
	Decided  string         `json:"decided,omitempty"`
}

func (codingsView) title() string { return "Blind coding" }

func (s *site) codingsPage(r *http.Request) (view, error) {
	ctx, who := r.Context(), visitorOf(r)
	v := codingsView{Mine: []cairn.Coding{}, Rules: who.Role.AtLeast(cairn.Reviewer)}
	var err error
	if v.Mine, err = s.view.Codings(ctx, s.settings.Project, "", who.Name); err != nil || !v.Rules {
		return v, err
	}
	all, err := s.view.Codings(ctx, s.settings.Project, "", "")
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if k := len(v.All) - 1; k < 0 || v.All[k].Document != c.Document {
			v.All = append(v.All, twiceCoded{Document: c.Document, Ready: true})
		}
		t := &v.All[len(v.All)-1]
		t.Ready = t.Ready && c.State != cairn.Assigned
		if c.State == cairn.Adjudicated {
			t.Decided = c.Coder
			continue
		}
		for k := range c.Claims {
			c.Claims[k] = cairn.Claim{} // how many, and not what
		}
		t.Codings = append(t.Codings, c)
	}
	people, err := s.view.Accounts(ctx)
	var coders []choice
	for _, a := range people {
		if a.RoleIn(s.settings.Project).AtLeast(cairn.Researcher) {
			coders = append(coders, choice{Value: a.Name, Words: a.Name})
		}
	}
	v.Assign = s.filled(r, form{Name: "assign", Action: "/coding", Submit: "Give them to code", Fields: []field{
		{Name: "documents", Label: "Documents", Kind: longText, Hint: "Their identifiers, with commas or spaces between."},
		{Name: "coders", Label: "Coders, at least two", Kind: severalOf, Options: coders},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."}}})
	return v, err
}

// assignCoding gives documents to coders.
func (s *site) assignCoding(_ http.ResponseWriter, r *http.Request) (string, error) {
	documents := strings.FieldsFunc(r.PostForm.Get("documents"), func(c rune) bool { return c == ',' || c == ';' || c <= ' ' })
	return "/coding", s.as(r).AssignCoding(r.Context(), documents, r.PostForm["coders"], given(r.PostForm, "why"))
}

// blindView is a document to be coded: its text, plain, and what this coder read in
// it so far.
type blindView struct {
	Document   cairn.Document `json:"document"`
	Paragraphs []string       `json:"-"`
	Coding     cairn.Coding   `json:"coding"`
	Add        form           `json:"-"`
}

func (v blindView) title() string {
	return "Coding of " + plain(cmp.Or(v.Document.Title, v.Document.ID))
}

func (s *site) blindPage(r *http.Request) (view, error) {
	id := r.PathValue("id")
	coding, err := s.view.Coding(r.Context(), s.settings.Project, id, visitorOf(r).Name)
	if err != nil {
		return nil, err
	}
	d, err := s.view.Document(r.Context(), id)
	if err != nil {
		return nil, err
	}
	v := blindView{Coding: coding}
	for _, p := range strings.Split(d.Text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			v.Paragraphs = append(v.Paragraphs, p)
		}
	}
	fields := []field{{Name: "words", Label: "Words of the text", Kind: oneLine, Hint: "Select them in the text, or type them as they stand there."}, {Name: "start", Kind: unseen}}
	for _, f := range editFields(recorder.ClaimEdit{Harm: string(cairn.Killed), Class: string(cairn.UnknownStatus)}) {
		if f.Name == "figure" {
			f.Hint = "Empty to read it from the words."
		}
		if f.Name != "why" {
			fields = append(fields, f)
		}
	}
	v.Add = s.filled(r, form{Name: "add", Action: address("coding", id, "add"), Submit: "Add this claim", Fields: fields})
	d.Text, d.Map, d.Cells = "", nil, nil
	v.Document = d
	return v, nil
}

// code adds a claim to one's own coding.
func (s *site) code(_ http.ResponseWriter, r *http.Request) (string, error) {
	id := r.PathValue("id")
	if _, err := s.view.Coding(r.Context(), s.settings.Project, id, visitorOf(r).Name); err != nil {
		return "", err
	}
	d, err := s.view.Document(r.Context(), id)
	if err != nil {
		return "", err
	}
	c, err := s.claimSent(r, d)
	if err != nil {
		return "", err
	}
	return address("coding", id), s.as(r).Code(r.Context(), id, c)
}

// claimSent reads a claim of a form, over words of a text.
func (s *site) claimSent(r *http.Request, d cairn.Document) (cairn.Claim, error) {
	form := r.PostForm
	span, err := spanOf(d.Text, given(form, "words"), form.Get("start"))
	if err != nil {
		return cairn.Claim{}, err
	}
	c, err := s.desk(r.Context()).ClaimAt(d, span, cairn.Harm(form.Get("harm")))
	if err != nil {
		return c, err
	}
	e := recorder.EditOf(c)
	figure := e.Figure
	if e = editOf(form, e); e.Figure == "" {
		e.Figure = figure
	}
	c, faults := s.desk(r.Context()).Edited(r.Context(), c, e)
	if len(faults) > 0 {
		return c, wrong(faults)
	}
	return c, nil
}

// uncode takes a claim back.
func (s *site) uncode(_ http.ResponseWriter, r *http.Request) (string, error) {
	id := r.PathValue("id")
	n, err := strconv.Atoi(r.PostForm.Get("n"))
	if err != nil {
		return "", at("n", "The claim has no number.")
	}
	return address("coding", id), s.as(r).Uncode(r.Context(), id, n)
}

// handIn hands one's own coding in.
func (s *site) handIn(_ http.ResponseWriter, r *http.Request) (string, error) {
	return "/coding", s.as(r).HandIn(r.Context(), r.PathValue("id"))
}

// compareView is what coders read in a document, side by side.
type compareView struct {
	Document string         `json:"document"`
	Coders   []string       `json:"coders"` // in the order of the columns; cairn last
	Rows     []compareRow   `json:"rows"`
	Decided  *cairn.Coding  `json:"decided,omitempty"`
	Form     form           `json:"-"`
	Own      bool           `json:"-"` // whoever looks coded it, and does not decide
	Codings  []cairn.Coding `json:"-"`
}

// A compareRow is one claim as each coder read it.
type compareRow struct {
	Words  string        `json:"words"`
	Cells  []compareCell `json:"cells"`
	Differ []string      `json:"differ,omitempty"`
}

// A compareCell is a claim as one coder read it; Claim is nil where that one read
// none.
type compareCell struct {
	Coder string              `json:"coder"`
	Claim *cairn.Claim        `json:"claim"`
	Edit  *recorder.ClaimEdit `json:"-"`
	Key   string              `json:"-"` // by which it is chosen; empty for cairn's
}

// Differs reports whether the coders read a field otherwise.
func (r compareRow) Differs(field string) bool { return slices.Contains(r.Differ, field) }

func (v compareView) title() string { return "Compare codings of " + plain(v.Document) }

func (s *site) comparePage(r *http.Request) (view, error) {
	ctx, id, who := r.Context(), r.PathValue("id"), visitorOf(r).Name
	all, err := s.view.Codings(ctx, s.settings.Project, id, "")
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, cairn.ErrNotFound
	}
	v := compareView{Document: id}
	read := map[string][]cairn.Claim{}
	for k, c := range all {
		switch c.State {
		case cairn.Assigned:
			return nil, moved{"/coding"} // nobody sees any of it yet
		case cairn.Adjudicated:
			v.Decided = &all[k]
		default:
			v.Coders, read[c.Coder] = append(v.Coders, c.Coder), c.Claims
			v.Own = v.Own || c.Coder == who
		}
	}
	reading, err := s.view.CurrentReading(ctx, s.settings.Project, id)
	if err := unlessNotFound(err); err != nil {
		return nil, err
	}
	read[recorder.AsCairn] = reading.Claims
	v.Coders = append(v.Coders, recorder.AsCairn)
	d, err := s.view.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, same := range recorder.Compare(read) {
		v.Rows = append(v.Rows, rowOfSame(d, v.Coders, same))
	}
	v.Form = s.decideForm(r, v)
	return v, nil
}

func rowOfSame(d cairn.Document, coders []string, same recorder.Same) compareRow {
	row := compareRow{Differ: same.Differ}
	for _, coder := range coders {
		cell := compareCell{Coder: coder}
		if c, ok := same.Claims[coder]; ok {
			e := recorder.EditOf(c)
			cell.Claim, cell.Edit = &c, &e
			if coder != recorder.AsCairn {
				cell.Key = coder + " " + strconv.Itoa(c.N)
			}
			row.Words = cmp.Or(row.Words, quoteOf(d.Text, c).Figure, c.Span.Of(d.Text))
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// decideForm is the form in which a third says which claims hold.
func (s *site) decideForm(r *http.Request, v compareView) form {
	var claims []choice
	for i, row := range v.Rows {
		for _, cell := range row.Cells {
			if cell.Key != "" {
				claims = append(claims, choice{Value: cell.Key, Words: strconv.Itoa(i+1) + ": " + cell.Coder + ", " + accountWords(cell.Claim.Harm, cell.Claim.Victims.Class) + " " + figure(cell.Claim.Range)})
			}
		}
	}
	return s.filled(r, form{Name: "decide", Action: address("coding", v.Document, "decide"), Submit: "These hold", Fields: []field{
		{Name: "chosen", Label: "Claims that hold", Kind: severalOf, Options: claims},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."}}})
}

// decide records which claims of coders hold.
func (s *site) decide(_ http.ResponseWriter, r *http.Request) (string, error) {
	var chosen []recorder.Choice
	for _, key := range r.PostForm["chosen"] {
		coder, number, _ := strings.Cut(key, " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			return "", at("chosen", "Tick claims of the page.")
		}
		chosen = append(chosen, recorder.Choice{Coder: coder, N: n})
	}
	return address("coding", r.PathValue("id"), "compare"), s.as(r).Adjudicate(r.Context(), r.PathValue("id"), chosen, given(r.PostForm, "why"))
}

// blinded leads whoever still has to code a document away from what others read in
// it.
func (s *site) blinded(r *http.Request, document string) error {
	who := visitorOf(r).Name
	if s.settings.Desk == nil || who == "" {
		return nil
	}
	blind, err := recorder.Blind(r.Context(), s.view, s.settings.Project, strings.TrimSuffix(document, ".json"), who)
	if err == nil && blind {
		return moved{address("coding", strings.TrimSuffix(document, ".json"))}
	}
	return err
}

// toCode returns the documents that whoever asks still has to code, and may until
// then not see through others' eyes.
func (s *site) toCode(ctx context.Context) (map[string]bool, error) {
	who, _ := ctx.Value(visitorKey).(visitor)
	hidden := map[string]bool{}
	if who.Name == "" {
		return hidden, nil
	}
	mine, err := s.view.Codings(ctx, s.settings.Project, "", who.Name)
	for _, c := range mine {
		hidden[c.Document] = c.State == cairn.Assigned
	}
	return hidden, err
}
