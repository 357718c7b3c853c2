package recorder

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/muster"
	"github.com/cairn-recorder/cairn/store"
)

// A Mustered says what an import of belligerents did. Again are those that stood
// in the register already, alike.
type Mustered struct {
	New          int `json:"new"`
	Changed      int `json:"changed"`
	Again        int `json:"again"`
	Faults       int `json:"faults"`
	Belligerents int `json:"belligerents"` // of the register, now
}

// ImportBelligerents takes the belligerents of files into the register, each in
// the place of the one of its identifier, and reads with them from then on. What
// is at fault is told to fault; the rest goes in, as one act.
func (r *Recorder) ImportBelligerents(ctx context.Context, files []string, fault func(error)) (Mustered, error) {
	var done Mustered
	if err := r.writable(); err != nil {
		return done, err
	}
	tell := func(err error) { done.Faults++; fault(err) }
	read, err := r.muster(files, tell)
	if err != nil {
		return done, err
	}
	register, err := r.view.Belligerents(ctx)
	if err != nil {
		return done, err
	}
	stands := map[string]cairn.Belligerent{}
	for _, b := range register {
		stands[b.ID] = b
	}
	fresh := done.merge(stands, read, register, tell)
	done.Belligerents = len(stands)
	if len(fresh) == 0 {
		return done, nil
	}
	_, err = r.store.Write(ctx, r.act("belligerents", "", fmt.Sprintf("%d new, %d changed", done.New, done.Changed)), func(tx *store.Tx) error {
		for _, b := range fresh {
			if err := tx.PutBelligerent(ctx, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return done, hinted(err)
	}
	return done, r.use(ctx, r.project)
}

// merge puts those that were read in the place of those that stand, and returns
// the ones that this changes. A membership of nobody known is told and left out.
func (m *Mustered) merge(stands map[string]cairn.Belligerent, read, register []cairn.Belligerent, tell func(error)) []cairn.Belligerent {
	var fresh []cairn.Belligerent
	for _, b := range read {
		b.Of = slices.DeleteFunc(b.Of, func(m cairn.Membership) bool {
			unknown := !knownAs(m.Coalition, read) && !knownAs(m.Coalition, register)
			if unknown {
				tell(cairn.Invalid{Field: b.ID, Reason: "no belligerent is called " + m.Coalition + ", of which it is said to be a member; the rest of it goes in"})
			}
			return unknown
		})
		former, had := stands[b.ID]
		switch {
		case !had:
			m.New++
		case alike(former, b):
			m.Again++
			continue
		default:
			m.Changed++
		}
		stands[b.ID] = b
		fresh = append(fresh, b)
	}
	return fresh
}

// muster reads files. Where none can be read, the error is that of the last.
func (r *Recorder) muster(files []string, fault func(error)) ([]cairn.Belligerent, error) {
	var all []cairn.Belligerent
	var last error
	some := false
	for _, name := range files {
		content, err := r.bytesOf(name)
		var read []cairn.Belligerent
		var faults []cairn.Invalid
		if err == nil {
			read, faults, err = muster.Belligerents(name, content)
		}
		if err != nil {
			last = err
			fault(err)
			continue
		}
		some = true
		for _, f := range faults {
			fault(f)
		}
		all = append(all, read...)
	}
	if !some {
		return nil, last
	}
	return all, nil
}

// knownAs reports whether some of all has a name or identifier.
func knownAs(name string, all []cairn.Belligerent) bool {
	return slices.ContainsFunc(all, func(b cairn.Belligerent) bool {
		then, _ := b.On(cairn.Period{})
		return strings.EqualFold(name, b.ID) || strings.EqualFold(name, b.Name) || slices.ContainsFunc(then.Aliases, func(a string) bool { return strings.EqualFold(a, name) })
	})
}

// Belligerents returns the parties that the project reads by: its own, and those
// of the register that it has none of the same identifier for.
func (r *Recorder) Belligerents(ctx context.Context) ([]cairn.Belligerent, error) {
	all := slices.Clone(r.project.Parties)
	register, err := r.view.Belligerents(ctx)
	for _, b := range register {
		if !slices.ContainsFunc(r.project.Parties, func(own cairn.Belligerent) bool { return own.ID == b.ID }) {
			all = append(all, b)
		}
	}
	return all, err
}
