package recorder

import (
	"context"
	"fmt"
)

// progress checks that what acts count up of each project is what the record has. A
// record with another fault has counts of its own.
func (v *verifier) progress(ctx context.Context) error {
	if v.faults > 0 {
		return nil
	}
	at, end, err := v.view.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer end()
	projects, err := at.Projects(ctx)
	if err != nil {
		return err
	}
	for _, p := range projects {
		counted, err := at.Backlog(ctx, p.Name)
		if err != nil {
			return err
		}
		anew, err := at.BacklogAnew(ctx, p.Name)
		if err != nil {
			return err
		}
		v.checked.Items++
		if !alike(counted, anew) {
			v.report(Fault{"altered", "progress", p.Name, fmt.Sprintf("the table progress does not count what is recorded: %+v, and the record has %+v", counted, anew)})
		}
	}
	return nil
}
