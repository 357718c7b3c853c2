package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type acceptCommand struct {
	deciding
	Incident string `arg:"" help:"The code of the incident."`
	Claim    string `arg:"" name:"reading#n" help:"The claim, by its reading and its number there."`
}

// Run takes a claim of a reading that the project does not go by into an incident.
func (c *acceptCommand) Run(ctx context.Context, w *world) error {
	reading, number, _ := strings.Cut(c.Claim, "#")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return cairn.Invalid{Field: c.Claim, Reason: "want READING#NUMBER, as the page of the document has them"}
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Accept(ctx, c.Incident, reading, n, c.Why)
	})
}
