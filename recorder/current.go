package recorder

import (
	"context"
	"sync"
)

// A Current is the recorder of a project as the project now is: a change of it, of
// its places or of the belligerents, by whichever program, is what the next that
// asks reads by. It is for several goroutines.
type Current struct {
	mutex sync.Mutex
	r     *Recorder
	read  int // the act that r was read by
}

// Current returns what keeps r current.
func (r *Recorder) Current() *Current { return &Current{r: r, read: -1} }

// Recorder returns the recorder as of now. It works on the same record as the one
// that it began with, which alone is to be closed.
func (c *Current) Recorder(ctx context.Context) (*Recorder, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	act, err := c.r.view.ReadBy(ctx, c.r.project.Name)
	if err != nil || act == c.read {
		return c.r, err
	}
	p, err := c.r.view.Project(ctx, c.r.project.Name)
	if err != nil {
		return c.r, err
	}
	fresh := *c.r
	if err := fresh.use(ctx, p); err != nil {
		return c.r, err
	}
	c.r, c.read = &fresh, act
	return c.r, nil
}
