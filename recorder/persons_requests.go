package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/store"
)

// takeRequest records what a letter asks about one person. The same letter again
// asks nothing new; one about no person is no request, unless it says that
// somebody is alive.
func (r *Recorder) takeRequest(ctx context.Context, document string, letter cairn.Letter) error {
	if letter.Person == "" && letter.Kind != cairn.IsAlive {
		return nil
	}
	_, err := r.store.Write(ctx, r.act("request", onPersons, string(letter.Kind)), func(tx *store.Tx) error {
		all, err := tx.Requests(ctx, r.project.Name)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(q cairn.Request) bool { return q.Document == document }) {
			return errDry
		}
		return tx.PutRequest(ctx, cairn.Request{ID: fmt.Sprintf("r%d", len(all)+1), Project: r.project.Name, Kind: letter.Kind, Key: letter.Person, About: letter.About,
			Relation: letter.Relation, Document: document, At: tx.Act().At})
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return hinted(err)
}

// Requests returns what people ask about persons of the record, what waits first.
func (r *Recorder) Requests(ctx context.Context) ([]cairn.Request, error) {
	return r.view.Requests(ctx, r.project.Name)
}

// PersonOf returns the person whom the public pages name by a key;
// cairn.ErrNotFound for a key of nobody.
func (r *Recorder) PersonOf(ctx context.Context, p People, key string) (identify.Person, error) {
	secret, err := r.view.Secret(ctx, r.project.Name)
	if err != nil {
		return identify.Person{}, err
	}
	for _, person := range p.Persons {
		for _, e := range person.Entries {
			if secret != "" && key != "" && publish.PersonKey(secret, e.Ref()) == key {
				return person, nil
			}
		}
	}
	return identify.Person{}, fmt.Errorf("person %s: %w", key, cairn.ErrNotFound)
}

// Letter returns the letter that a request came in, with how the reader is
// reached, from the bytes in the archive.
func (r *Recorder) Letter(ctx context.Context, q cairn.Request) (cairn.Letter, error) {
	var letter cairn.Letter
	d, err := r.view.Document(ctx, q.Document)
	if err != nil {
		return letter, err
	}
	bytes, err := r.archive.Get(d.Ref)
	if err != nil {
		return letter, err
	}
	return letter, json.Unmarshal(bytes, &letter)
}

// CheckRequest records how it was found out who asks.
func (r *Recorder) CheckRequest(ctx context.Context, id string, outcome cairn.CheckOutcome, how string) (cairn.Request, error) {
	switch {
	case !slices.Contains([]cairn.CheckOutcome{cairn.Proved, cairn.NotProved, cairn.NotNeeded}, outcome):
		return cairn.Request{}, cairn.Invalid{Field: "outcome", Reason: fmt.Sprintf("want proved, not_proved or not_needed, not %q", outcome)}
	case how == "":
		return cairn.Request{}, cairn.Invalid{Field: "how", Reason: "say how it was found out, or why it need not be"}
	}
	return r.requested(ctx, id, func(tx *store.Tx, q *cairn.Request) error {
		if q.Decision != "" {
			return cairn.Invalid{Field: id, Reason: "was " + string(q.Decision) + " already"}
		}
		q.Check = &cairn.IdentityCheck{Outcome: outcome, How: how, Who: r.settings.Who, At: tx.Act().At}
		return nil
	})
}

// RefuseRequest records that a request is refused, with why and what was answered.
func (r *Recorder) RefuseRequest(ctx context.Context, id, why, answer string) (cairn.Request, error) {
	if why == "" {
		return cairn.Request{}, cairn.Invalid{Field: "why", Reason: "say why it is refused"}
	}
	return r.requested(ctx, id, func(tx *store.Tx, q *cairn.Request) error { return r.decideRequest(tx, q, cairn.Refused, why, answer) })
}

// GrantRequest does what a request asks: takes the person out of everything that
// is public, or records that they are alive. What is wrong is put right elsewhere,
// as any correction is, and granted to say that it was. It wants to know who asks
// first.
func (r *Recorder) GrantRequest(ctx context.Context, id, who, why, answer string) (cairn.Request, error) {
	if why == "" {
		return cairn.Request{}, cairn.Invalid{Field: "why", Reason: "say why it is granted"}
	}
	q, err := r.view.Request(ctx, r.project.Name, id)
	if err != nil {
		return q, err
	}
	if q.Check == nil || q.Check.Outcome == cairn.NotProved {
		return q, cairn.Invalid{Field: id, Reason: "is granted once it is known who asks, or why that need not be known"}
	}
	if q.Kind == cairn.SomethingWrong {
		return r.requested(ctx, id, func(tx *store.Tx, q *cairn.Request) error { return r.decideRequest(tx, q, cairn.Granted, why, answer) })
	}
	j, err := r.asked(ctx, q, who, why)
	if err != nil {
		return q, err
	}
	_, err = r.judge(ctx, onPersons, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		if q, err = tx.Request(ctx, r.project.Name, id); err != nil {
			return nil, err
		}
		if err := r.decideRequest(tx, &q, cairn.Granted, why, answer); err != nil {
			return nil, err
		}
		q.Judgement = judgementID(tx.Act().Number, 0)
		return []cairn.Judgement{j}, tx.PutRequest(ctx, q)
	})
	return q, err
}

// asked is the judgement that a request asks for. The person is the one whom it
// names by a key, or who, where it names none.
func (r *Recorder) asked(ctx context.Context, q cairn.Request, who, why string) (cairn.Judgement, error) {
	p, err := r.People(ctx)
	if err != nil {
		return cairn.Judgement{}, err
	}
	if q.Key != "" && who == "" {
		person, err := r.PersonOf(ctx, p, q.Key)
		if err != nil {
			return cairn.Judgement{}, err
		}
		who = person.ID
	}
	if who == "" {
		return cairn.Judgement{}, cairn.Invalid{Field: "person", Reason: "the letter names nobody: say whom it is about"}
	}
	if q.Kind == cairn.IsAlive {
		name, err := p.name(who)
		return cairn.Judgement{Decision: cairn.Alive, Kind: cairn.OfPersons, Incident: name}, err
	}
	return r.showing(ctx, who, cairn.Showing{Suppressed: true, Authority: fmt.Sprintf("request %s, %s; %s", q.ID, q.Relation, q.Check.Outcome)}, why)
}

func (r *Recorder) decideRequest(tx *store.Tx, q *cairn.Request, decision cairn.RequestDecision, why, answer string) error {
	if q.Decision != "" {
		return cairn.Invalid{Field: q.ID, Reason: fmt.Sprintf("was %s by %s already", q.Decision, q.Who)}
	}
	q.Decision, q.Why, q.Answer, q.Who, q.Decided = decision, why, answer, r.settings.Who, tx.Act().At
	return nil
}

// requested changes a request, as one act.
func (r *Recorder) requested(ctx context.Context, id string, change func(*store.Tx, *cairn.Request) error) (cairn.Request, error) {
	if err := r.writable(); err != nil {
		return cairn.Request{}, err
	}
	var q cairn.Request
	_, err := r.store.Write(ctx, r.act("request", id, ""), func(tx *store.Tx) (err error) {
		if q, err = tx.Request(ctx, r.project.Name, id); err != nil {
			return err
		}
		if err := change(tx, &q); err != nil {
			return err
		}
		return tx.PutRequest(ctx, q)
	})
	return q, hinted(err)
}
