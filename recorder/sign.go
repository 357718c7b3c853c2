package recorder

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// Sign signs the newest assessment of an incident: a judgement of who, when and
// why, with the reports joined by cairn that the signature answers for, and the
// assessment again with the signature. What was signed is never
// moved; whatever is found later stands beside it. An assessment that is signed
// already is cairn.Invalid.
func (r *Recorder) Sign(ctx context.Context, code, why string) (cairn.Assessment, error) {
	var signed cairn.Assessment
	if err := r.writable(); err != nil {
		return signed, err
	}
	act := r.act("sign", code, why)
	_, err := r.store.Write(ctx, act, func(tx *store.Tx) (err error) {
		signed, err = r.sign(ctx, tx, code, why)
		tx.About(signed.Incident, "")
		return err
	})
	if err != nil {
		return signed, fmt.Errorf("sign %s: %w", code, hinted(err))
	}
	return signed, nil
}

func (r *Recorder) sign(ctx context.Context, tx *store.Tx, code, why string) (cairn.Assessment, error) {
	incident, err := tx.Incident(ctx, r.project.Name, code)
	if err != nil {
		return cairn.Assessment{}, err
	}
	a, err := tx.Assessment(ctx, r.project.Name, incident.Code)
	if err != nil {
		return a, err
	}
	if a.Signed != nil {
		return a, cairn.Invalid{Field: incident.Code, Reason: fmt.Sprintf("was signed by %s on %s, and nothing has changed since", a.Signed.Who, cairn.DayOf(a.Signed.At))}
	}
	answersFor, err := json.Marshal(Joined(incident))
	if err != nil {
		return a, err
	}
	at := tx.Act().At
	a.Signed = &cairn.Signature{Who: r.settings.Who, At: at, Why: why}
	if a, err = tx.PutAssessment(ctx, r.project.Name, a); err != nil {
		return a, err
	}
	return a, tx.PutJudgement(ctx, cairn.Judgement{
		ID:      fmt.Sprintf("sign-%s-%s-%d", r.project.Name, a.Incident, a.Revision),
		Project: r.project.Name, Decision: cairn.Sign, Incident: a.Incident, Revision: a.Revision,
		Field: "joined", Value: string(answersFor), Who: r.settings.Who, At: at, Why: why,
	})
}

// Adopt signs, as one act, the newest assessment of every incident that was taken
// over from another recorder and that nobody signed so far: a person has checked
// the batch and answers for it. It returns how many those are.
func (r *Recorder) Adopt(ctx context.Context, recorder, why string) (int, error) {
	if err := r.writable(); err != nil {
		return 0, err
	}
	signed := 0
	_, err := r.store.Write(ctx, r.act("sign", "the incidents of "+recorder, why), func(tx *store.Tx) error {
		all, err := tx.Incidents(ctx, store.Filter{Project: r.project.Name, Unsigned: true})
		if err != nil {
			return err
		}
		for _, i := range all {
			if i.Incident.Elsewhere == nil || i.Incident.Elsewhere.Recorder != recorder || i.Assessment == nil {
				continue
			}
			if _, err := r.sign(ctx, tx, i.Incident.Code, why); err != nil {
				return err
			}
			signed++
		}
		if signed == 0 {
			return cairn.Invalid{Field: recorder, Reason: "has no incident here that nobody signed"}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("adopt: %w", hinted(err))
	}
	return signed, nil
}
