package main

import (
	"fmt"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// showFrom is how many are done before progress is shown, and plainEvery how
// many between two plain lines where there is no terminal.
const (
	showFrom   = 20
	plainEvery = 1000
)

// A progress says how far a long command is: a moving line on a terminal, a
// plain line now and then elsewhere. Of few things it says nothing.
type progress struct {
	w     *world
	what  string
	begun time.Time
	bars  *mpb.Progress
	bar   *mpb.Bar
	told  int
}

func newProgress(w *world, what string) *progress {
	return &progress{w: w, what: what, begun: w.now()}
}

// at says that n are done.
func (p *progress) at(n int) {
	switch {
	case n <= showFrom:
	case !p.w.terminal:
		if n/plainEvery > p.told {
			p.told = n / plainEvery
			fmt.Fprintf(p.w.stderr, "%d %s after %s\n", n, p.what, p.w.now().Sub(p.begun).Round(time.Second))
		}
	case p.bar == nil:
		p.bars = mpb.New(mpb.WithOutput(p.w.stderr), mpb.WithRefreshRate(200*time.Millisecond))
		p.bar = p.bars.New(0, mpb.SpinnerStyle(), mpb.PrependDecorators(decor.CurrentNoUnit("%d "+p.what)), mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO), decor.AverageSpeed(0, " %.0f/s")), mpb.BarRemoveOnComplete())
		p.bar.SetCurrent(int64(n))
	default:
		p.bar.SetCurrent(int64(n))
	}
}

// say writes a fault above the moving line.
func (p *progress) say(w *world, err error) {
	if p.bars != nil {
		fmt.Fprintf(p.bars, "cairn: %v\n", err)
		return
	}
	w.say(err)
}

// end takes the moving line away.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.SetTotal(-1, true)
		p.bars.Wait()
	}
}
