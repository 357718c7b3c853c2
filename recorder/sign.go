package recorder

import (
	"context"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// Sign signs the newest assessment of an incident: a judgement of who, when and
// why, and the assessment again with the signature. What was signed is never
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
	at := tx.Act().At
	a.Signed = &cairn.Signature{Who: r.settings.Who, At: at, Why: why}
	if a, err = tx.PutAssessment(ctx, r.project.Name, a); err != nil {
		return a, err
	}
	return a, tx.PutJudgement(ctx, cairn.Judgement{
		ID:      fmt.Sprintf("sign-%s-%s-%d", r.project.Name, a.Incident, a.Revision),
		Project: r.project.Name, Decision: cairn.Sign, Incident: a.Incident, Revision: a.Revision,
		Who: r.settings.Who, At: at, Why: why,
	})
}
