// Package confine runs programs that read files which may be hostile: pictures,
// films, scanned pages. A program that such a file takes over is left with little:
// so much time, memory and disk, no variable of the environment, and, where the
// system lets it be taken away without being its administrator, no network and no
// sight of other processes. It imports nothing of cairn.
package confine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Bounds are what a program may spend. Zero is no bound.
type Bounds struct {
	Time    time.Duration // by the clock, and of the processor
	Memory  int64         // bytes of address space
	Written int64         // bytes of one file
}

// A Room is where programs are run. The zero Room bounds time alone; [Find] knows
// better ones.
type Room struct {
	shell string // that sets bounds; "" where there is none
	apart bool   // without a network, and without a sight of other processes
}

// Find finds the closest room that the system has.
func Find(ctx context.Context) Room {
	var r Room
	if path, err := exec.LookPath("sh"); err == nil {
		r.shell = path
		if _, err := r.Run(ctx, Bounds{Time: 10 * time.Second, Memory: 1 << 30}, "", "true"); err != nil {
			return Room{}
		}
	}
	within := r
	within.apart = true
	if _, err := within.Run(ctx, Bounds{Time: 10 * time.Second}, "", "true"); canApart && err == nil {
		return within
	}
	return r
}

// String says how close the room is.
func (r Room) String() string {
	switch {
	case r.apart && r.shell != "":
		return "no network, bounds of time, memory and disk"
	case r.shell != "":
		return "bounds of time, memory and disk"
	}
	return "a bound of time"
}

// bounded sets bounds and becomes the program. What sh does not know is left out:
// the bound of time holds in any case.
const bounded = `ulimit -c 0; [ "$1" = 0 ] || ulimit -t "$1" || :; [ "$2" = 0 ] || ulimit -v "$2" || :; [ "$3" = 0 ] || ulimit -f "$3" || :; shift 3; exec "$@"`

// Run runs a program in a folder with some more variables, and returns what it
// wrote to its output. What it wrote beside that stands in the error.
func (r Room) Run(ctx context.Context, b Bounds, folder, path string, args ...string) ([]byte, error) {
	if b.Time > 0 {
		limited, stop := context.WithTimeout(ctx, b.Time)
		defer stop()
		ctx = limited
	}
	whole := append([]string{path}, args...)
	if r.shell != "" {
		seconds := (b.Time + time.Second - 1) / time.Second
		whole = append([]string{r.shell, "-c", bounded, "sh", fmt.Sprint(int64(seconds)), fmt.Sprint(b.Memory / 1024), fmt.Sprint(b.Written / 512)}, whole...)
	}
	c := exec.CommandContext(ctx, whole[0], whole[1:]...)
	c.Dir, c.Env, c.WaitDelay = folder, []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin"}, time.Second
	if r.apart {
		setApart(c)
	}
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err == nil {
		return out, nil
	}
	if ctx.Err() != nil {
		err = errors.Join(err, ctx.Err())
	}
	why := strings.TrimSpace(said.String())
	return out, fmt.Errorf("%s: %w: %s", filepath.Base(path), err, why[:min(len(why), 200)])
}
