package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// secondKey is the variable of the environment that holds the key of a second
// reader. There is no flag for it, since flags stand in histories and lists of
// processes.
const secondKey = "CAIRN_SECOND_KEY"

// asking is the flags that say which second reader is asked; none unless an
// address is given.
type asking struct {
	Second         string        `placeholder:"URL" env:"CAIRN_SECOND" help:"Have a second reader read too: the address of a server that speaks the protocol of OpenAI, on this machine. Off unless given; its key, if any, in CAIRN_SECOND_KEY."`
	Model          string        `placeholder:"NAME" env:"CAIRN_SECOND_MODEL" help:"The model of the second reader."`
	SecondAnywhere bool          `help:"Let documents go to a second reader on another machine."`
	SecondTimeout  time.Duration `default:"2m" help:"The most time for one try of the second reader (${default})."`
}

// of returns the second reader that is asked, beside what step reads with; nil
// where none is.
func (a asking) of(step recorder.Step) (*recorder.SecondReader, error) {
	if a.Second == "" {
		return nil, nil
	}
	return step.SecondReader(recorder.SecondSettings{Address: a.Second, Model: a.Model, Key: os.Getenv(secondKey), Anywhere: a.SecondAnywhere, Timeout: a.SecondTimeout})
}

// reader returns the second reader that is asked, beside what the project reads
// with; nil where none is.
func (a asking) reader(ctx context.Context, r *recorder.Recorder) (*recorder.SecondReader, error) {
	if a.Second == "" {
		return nil, nil
	}
	step, err := r.Step(ctx)
	if err != nil {
		return nil, err
	}
	return a.of(step)
}

type secondCommand struct {
	writing
	asking
	JSON bool `name:"json" help:"Print the counts as JSON Lines."`
}

// Run has the second reader read what it has not read yet, and prints what became
// of asking second readers.
func (c *secondCommand) Run(ctx context.Context, w *world) error {
	open := c.record.read
	if c.Second != "" {
		open = func(ctx context.Context, w *world) (*recorder.Recorder, error) { return c.write(ctx, w) }
	}
	r, err := open(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	second, err := c.reader(ctx, r)
	if err != nil {
		return err
	}
	if second != nil {
		if _, err := ask(ctx, w, r, second, 0); err != nil {
			return err
		}
	}
	counts, err := r.SecondCounts(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		for _, one := range counts {
			if err := encoder.Encode(one); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, one := range counts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d kept\t%d dropped\n", one.Extractor, one.Outcome, many(one.Documents, "document"), tries(one.Tries), one.Kept, one.Dropped)
	}
	return table.Flush()
}

func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return fmt.Sprintf("%d tries", n)
}

// ask has a second reader read the documents first recorded after an act, with a
// moving line, and says what it could not be asked.
func ask(ctx context.Context, w *world, r *recorder.Recorder, second *recorder.SecondReader, after int) (map[cairn.SecondOutcome]int, error) {
	bar := newProgress(w, "documents read by the second reader")
	defer bar.end()
	done := 0
	return r.ReadSecond(ctx, second, after, func(s cairn.SecondReading) {
		done++
		bar.at(done)
		if !s.Outcome.Settled() {
			bar.say(w, fmt.Errorf("second reader, %s: %s", s.Document, s.Reason))
		}
	})
}
