package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type personsConsent struct {
	writing
	Show      string `required:"" enum:"name,initials,age_sex,counted" help:"How much may be seen: ${enum}."`
	Authority string `required:"" placeholder:"TEXT" help:"Who says so, and by what right: the person, next of kin, a court."`
	Why       string `required:"" placeholder:"TEXT" help:"Why, for the history."`
	Person    string `arg:"" help:"A person, or an entry as list/key."`
}

// Run records how much of a person may be seen.
func (c *personsConsent) Run(ctx context.Context, w *world) error {
	return c.show(ctx, w, c.Person, cairn.Showing{Display: cairn.Display(c.Show), Authority: c.Authority}, c.Why)
}

type personsSuppress struct {
	writing
	Authority string `required:"" placeholder:"TEXT" help:"Who says so, and by what right."`
	Why       string `required:"" placeholder:"TEXT" help:"Why, for the history."`
	Person    string `arg:"" help:"A person, or an entry as list/key."`
}

// Run takes a person out of everything that is public.
func (c *personsSuppress) Run(ctx context.Context, w *world) error {
	return c.show(ctx, w, c.Person, cairn.Showing{Suppressed: true, Authority: c.Authority}, c.Why)
}

func (c *writing) show(ctx context.Context, w *world, who string, s cairn.Showing, why string) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := r.ShowPerson(ctx, who, s, why)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: %s %s\n", j.ID, cmp.Or(string(s.Display), "suppressed"), j.Incident)
	}
	return err
}

type personsRequests struct {
	record
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run prints what people ask about persons.
func (c *personsRequests) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := r.Requests(ctx)
	if err != nil {
		return err
	}
	people, err := r.People(ctx)
	if err != nil {
		return err
	}
	for _, q := range all {
		if c.JSON {
			if err := json.NewEncoder(w.stdout).Encode(q); err != nil {
				return err
			}
			continue
		}
		who := "nobody named"
		if person, err := r.PersonOf(ctx, people, q.Key); err == nil {
			who = person.ID
		}
		check := "who asks is not checked"
		if q.Check != nil {
			check = string(q.Check.Outcome) + " (" + q.Check.How + ")"
		}
		fmt.Fprintf(w.stdout, "%s %s: %s about %s by %s, %s, %s\n", q.ID, cairn.DayOf(q.At), q.Kind, who, cmp.Or(q.Relation, "somebody"), check, cmp.Or(string(q.Decision), "waiting"))
	}
	return nil
}

type personsAnswer struct {
	writing
	Check   string `enum:",proved,not_proved,not_needed" default:"" placeholder:"OUTCOME" help:"Record what finding out who asks came to: proved, not_proved, not_needed."`
	How     string `placeholder:"TEXT" help:"How it was found out, or why it need not be."`
	Grant   bool   `xor:"decision" help:"Do what is asked."`
	Refuse  bool   `xor:"decision" help:"Do not."`
	Person  string `placeholder:"PERSON" help:"Whom it is about, where the letter does not say."`
	Answer  string `placeholder:"TEXT" help:"What was written back."`
	Why     string `placeholder:"TEXT" help:"Why, for the history."`
	Request string `arg:"" help:"The request."`
}

// Run records a check or a decision, or both.
func (c *personsAnswer) Run(ctx context.Context, w *world) error {
	if c.Check == "" && !c.Grant && !c.Refuse {
		return cairn.Invalid{Field: c.Request, Reason: "say --check, --grant or --refuse"}
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	q, err := c.decide(ctx, r)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: %s\n", q.ID, cmp.Or(string(q.Decision), "waiting"))
	}
	return err
}

func (c *personsAnswer) decide(ctx context.Context, r *recorder.Recorder) (q cairn.Request, err error) {
	if c.Check != "" {
		if q, err = r.CheckRequest(ctx, c.Request, cairn.CheckOutcome(c.Check), c.How); err != nil {
			return q, err
		}
	}
	switch {
	case c.Grant:
		return r.GrantRequest(ctx, c.Request, c.Person, c.Why, c.Answer)
	case c.Refuse:
		return r.RefuseRequest(ctx, c.Request, c.Why, c.Answer)
	}
	return q, nil
}
