package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// Merge takes incidents into another: their claims are its claims from now on,
// those that are yet to come included, and their codes answer with it. It
// returns the judgement, by whose identifier it can be undone.
func (r *Recorder) Merge(ctx context.Context, into string, others []string, why string) (cairn.Judgement, error) {
	return r.judge(ctx, into, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		root, err := tx.Incident(ctx, r.project.Name, into)
		if err != nil {
			return nil, err
		}
		j := cairn.Judgement{Decision: cairn.Merge, Incident: root.Code}
		for _, code := range others {
			other, err := tx.Incident(ctx, r.project.Name, code)
			if err != nil {
				return nil, err
			}
			if other.Code == root.Code {
				return nil, cairn.Invalid{Field: code, Reason: "is " + root.Code + " already"}
			}
			j.Others = append(j.Others, other.Code)
		}
		return []cairn.Judgement{j}, nil
	})
}

// NotSame keeps incidents apart: they are proposed as one no more.
func (r *Recorder) NotSame(ctx context.Context, code string, others []string, why string) (cairn.Judgement, error) {
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		for _, c := range append([]string{code}, others...) {
			if _, err := tx.Incident(ctx, r.project.Name, c); err != nil {
				return nil, err
			}
		}
		return []cairn.Judgement{{Decision: cairn.NotSame, Incident: code, Others: others}}, nil
	})
}

// Split takes claims out of an incident, to another or, where to is empty, to a
// new one whose code is that of the incident with the next free letter. A part
// without a number is everything that its document says of the incident; what is
// a part of a claim goes with it.
func (r *Recorder) Split(ctx context.Context, from string, parts []cairn.ClaimRef, to, why string) (cairn.Judgement, error) {
	return r.judge(ctx, from, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, from)
		if err != nil {
			return nil, err
		}
		target := to
		if target == "" {
			if target, err = r.nextLetter(ctx, tx, i.Code); err != nil {
				return nil, err
			}
		} else if found, err := tx.Incident(ctx, r.project.Name, to); err != nil {
			return nil, err
		} else if target = found.Code; target == i.Code {
			return nil, cairn.Invalid{Field: to, Reason: "is the incident that is split"}
		}
		return r.splits(ctx, tx, i, parts, target)
	})
}

// splits returns a judgement for each claim that is taken out of an incident.
func (r *Recorder) splits(ctx context.Context, tx *store.Tx, i cairn.Incident, parts []cairn.ClaimRef, target string) ([]cairn.Judgement, error) {
	testimonies, err := tx.Testimonies(ctx, r.project.Name, i.Code)
	if err != nil {
		return nil, err
	}
	var all []cairn.Judgement
	for _, p := range parts {
		before := len(all)
		for _, t := range testimonies {
			if t.Ref.Document != p.Document || p.N != 0 && t.Ref.N != p.N && t.Claim.SubsetOf != p.N {
				continue
			}
			span := t.Claim.Span
			all = append(all, cairn.Judgement{Decision: cairn.Split, Incident: i.Code, Others: []string{target}, Document: p.Document, Harm: t.Claim.Harm, Span: &span})
		}
		if len(all) == before {
			return nil, cairn.Invalid{Field: p.Document, Reason: "says nothing of " + i.Code + " that could be taken out"}
		}
	}
	if len(all) == len(testimonies) {
		return nil, cairn.Invalid{Field: i.Code, Reason: "would be left without a claim; to make it part of another, merge it"}
	}
	for k := range all {
		d, err := tx.Document(ctx, all[k].Document)
		if err != nil {
			return nil, err
		}
		all[k].Words = all[k].Span.Of(d.Text)
	}
	return all, nil
}

// nextLetter returns the code of an incident with the next letter that no
// incident ever had.
func (r *Recorder) nextLetter(ctx context.Context, tx *store.Tx, code string) (string, error) {
	stem := strings.TrimRight(code, "abcdefghijklmnopqrstuvwxyz")
	if stem == "" {
		stem = code
	}
	for n := 0; ; n++ {
		letters := string(rune('a' + n%26))
		if n >= 26 {
			letters = string(rune('a'+n/26-1)) + letters
		}
		history, err := tx.IncidentHistory(ctx, r.project.Name, stem+letters)
		if err != nil || len(history) == 0 {
			return stem + letters, err
		}
	}
}

// Override sets a value of an incident's assessment over what is computed, with
// the reason: "grading", "strike_status", or a figure by its key, such as
// "killed" or "children_injured", as a range. The computed value stays beside
// it, and goes on being computed.
func (r *Recorder) Override(ctx context.Context, code, field, value, why string) (cairn.Judgement, error) {
	encoded, err := overridden(field, value)
	if err != nil {
		return cairn.Judgement{}, err
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		return []cairn.Judgement{{Decision: cairn.Override, Incident: i.Code, Field: field, Value: encoded}}, err
	})
}

// overridden returns a value as a judgement keeps it.
func overridden(field, value string) (string, error) {
	var v any
	switch field {
	case "grading":
		if !slices.Contains(cairn.Grades, cairn.Grade(value)) {
			return "", cairn.Invalid{Field: field, Reason: "want confirmed, fair, weak, contested or discounted, not " + strconv.Quote(value)}
		}
		v = value
	case "strike_status":
		if !slices.Contains([]cairn.StrikeStatus{cairn.Declared, cairn.Likely, cairn.ContestedStrike, cairn.SingleSource}, cairn.StrikeStatus(value)) {
			return "", cairn.Invalid{Field: field, Reason: "want declared, likely, contested or single_source, not " + strconv.Quote(value)}
		}
		v = value
	default:
		if _, ok := cairn.TallyOf(field); !ok {
			return "", cairn.Invalid{Field: field, Reason: "cannot be overridden: want grading, strike_status, or a figure such as killed or children_injured"}
		}
		figure, err := cairn.ParseRange(value)
		if err != nil {
			return "", fmt.Errorf("%s: %w", field, err)
		}
		v = figure
	}
	text, err := json.Marshal(v)
	return string(text), err
}

// Undo takes a judgement back, with all that was decided in the same act: what
// stands is then as if it had never been taken. A signature is not undone.
func (r *Recorder) Undo(ctx context.Context, id, why string) (cairn.Judgement, error) {
	return r.judge(ctx, id, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		decided, err := tx.Judgements(ctx, r.project.Name)
		if err != nil {
			return nil, err
		}
		shared, err := tx.Judgements(ctx, "")
		if err != nil {
			return nil, err
		}
		decided = append(decided, shared...)
		active := judge.Active(decided)
		var all []cairn.Judgement
		for _, j := range decided {
			if j.ID != id && !strings.HasPrefix(j.ID, id+".") {
				continue
			}
			if j.Decision == cairn.Sign {
				return nil, cairn.Invalid{Field: id, Reason: "is a signature, which nothing takes back; a later assessment stands beside it"}
			}
			if j.Decision != cairn.Undo && !slices.ContainsFunc(active, func(a cairn.Judgement) bool { return a.ID == j.ID }) {
				return nil, cairn.Invalid{Field: id, Reason: "is undone already"}
			}
			all = append(all, cairn.Judgement{Decision: cairn.Undo, Kind: j.Kind, Incident: j.Incident, Others: j.Others, Document: j.Document, Undoes: j.ID})
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("judgement %s: %w", id, cairn.ErrNotFound)
		}
		return all, nil
	})
}

// judge records judgements as one act, and what they make of the incidents that
// they are about.
func (r *Recorder) judge(ctx context.Context, on, why string, decide func(*store.Tx) ([]cairn.Judgement, error)) (cairn.Judgement, error) {
	if err := r.writable(); err != nil {
		return cairn.Judgement{}, err
	}
	var decided []cairn.Judgement
	said := why
	if on == onPersons {
		said = "" // it may name somebody, and acts are seen by others
	}
	_, err := r.store.Write(ctx, r.act("judge", on, said), func(tx *store.Tx) (err error) {
		if decided, err = decide(tx); err != nil {
			return err
		}
		if decided[0].Kind == cairn.OfPersons {
			tx.About(onPersons, string(decided[0].Decision))
		} else {
			tx.About(decided[0].Incident, cmp.Or(why, string(decided[0].Decision)))
		}
		for k := range decided {
			j := &decided[k]
			j.ID, j.Who, j.At, j.Why = judgementID(tx.Act().Number, k), r.settings.Who, tx.Act().At, why
			if j.Kind == cairn.OfIncidents || j.Kind == cairn.OfPersons || j.Kind == cairn.OfEstimates {
				j.Project = r.project.Name
			}
			if err := tx.PutJudgement(ctx, *j); err != nil {
				return err
			}
			if err := r.reopened(ctx, tx, *j); err != nil {
				return err
			}
		}
		if publicOnly(decided[0]) || decided[0].Decision == cairn.Undo || decided[0].Kind == cairn.OfPersons {
			if err := r.withhold(ctx, tx); err != nil {
				return err
			}
		}
		if err := r.applied(ctx, tx, decided); err != nil || r.rehearse == nil {
			return err
		}
		return r.rehearse(tx)
	})
	if err != nil {
		return cairn.Judgement{}, hinted(err)
	}
	return decided[0], nil
}

// judgementID names the k-th judgement of an act.
func judgementID(act, k int) string {
	if k == 0 {
		return fmt.Sprintf("j%d", act)
	}
	return fmt.Sprintf("j%d.%d", act, k)
}

// compareTaken orders the identifiers of judgements as they were taken; those of
// signatures, which move nothing, come last.
func compareTaken(a, b string) int {
	number := func(id string) (act, k int) {
		if _, err := fmt.Sscanf(id, "j%d.%d", &act, &k); err != nil && act == 0 {
			return 1 << 62, 0
		}
		return act, k
	}
	actA, kA := number(a)
	actB, kB := number(b)
	return cmp.Or(cmp.Compare(actA, actB), cmp.Compare(kA, kB), cmp.Compare(a, b))
}

// applied makes the incidents that judgements are about anew, and assesses them.
func (r *Recorder) applied(ctx context.Context, tx *store.Tx, decided []cairn.Judgement) error {
	d := newDesk(r)
	d.begin(tx)
	done, persons := map[string]bool{}, false
	for _, j := range decided {
		if publicOnly(j) || j.Kind == cairn.OfIncidents && j.Incident == "" {
			continue
		}
		switch j.Kind {
		case cairn.OfSources:
			if err := r.judgedSources(ctx, tx, j); err != nil {
				return err
			}
			continue
		case cairn.OfDocuments:
			if err := r.judgedDocuments(ctx, tx, j); err != nil {
				return err
			}
			continue
		case cairn.OfEstimates:
			continue // what stands of it is made anew each time that it is asked for
		case cairn.OfPersons:
			if !persons {
				persons = true
				if err := r.settlePersons(ctx, tx, d); err != nil {
					return err
				}
			}
			continue
		}
		if done[j.Incident] {
			continue
		}
		shown, err := r.compose(ctx, tx, d, j.Incident)
		if err != nil {
			return err
		}
		for _, code := range shown {
			if done[code] {
				continue
			}
			done[code] = true
			if _, err := r.settle(ctx, tx, d, code); err != nil && !errors.Is(err, cairn.ErrNotFound) {
				return err
			}
		}
	}
	return nil
}

// Judgements returns what persons decided in the project, in the order in which
// they did, each with whether it still stands.
func (r *Recorder) Judgements(ctx context.Context) (all []cairn.Judgement, stands func(cairn.Judgement) bool, err error) {
	all, err = r.View().Judgements(ctx, r.project.Name)
	if err == nil {
		var shared []cairn.Judgement
		shared, err = r.View().Judgements(ctx, "")
		all = append(all, shared...)
		slices.SortFunc(all, func(a, b cairn.Judgement) int { return cmp.Or(a.At.Compare(b.At), compareTaken(a.ID, b.ID)) })
	}
	return all, Standing(all), err
}

// Standing tells which of judgements still stand, and were not undone.
func Standing(all []cairn.Judgement) func(cairn.Judgement) bool {
	active := map[string]bool{}
	for _, j := range judge.Active(all) {
		active[j.ID] = true
	}
	return func(j cairn.Judgement) bool { return active[j.ID] }
}
