package recorder

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// CheckFixity makes every check of [Verify] of the record that settings name, and
// keeps in it when that was and what was found. Each fault is handed to report.
// Where the record is so damaged that it does not take the check in, the check is
// answered all the same, with that fault among the others.
func CheckFixity(ctx context.Context, settings Settings, report func(Fault)) (cairn.FixityCheck, error) {
	settings, err := settings.filled()
	if err != nil {
		return cairn.FixityCheck{}, err
	}
	begun := settings.Now()
	check := cairn.FixityCheck{At: begun.UTC().Truncate(time.Second), Who: settings.Who}
	tell := func(f Fault) {
		if check.Faults++; len(check.Told) < mostTold {
			check.Told = append(check.Told, f.String())
		}
		report(f)
	}
	verified, err := Verify(ctx, settings, nil, tell)
	if err != nil {
		return check, err
	}
	check.Items, check.Tombstones, check.Seconds = verified.Items, verified.Tombstones, settings.Now().Sub(begun).Seconds()
	kept, err := keepFixity(ctx, settings, check)
	if err != nil && ctx.Err() == nil {
		tell(Fault{"damaged", "record", databaseFile, fmt.Sprintf("it does not take in that it was checked: %v", err)})
		return check, nil
	}
	return kept, err
}

func keepFixity(ctx context.Context, settings Settings, check cairn.FixityCheck) (cairn.FixityCheck, error) {
	r, err := Open(ctx, settings)
	if err != nil {
		return check, err
	}
	_, err = r.store.Write(ctx, r.act("verify", "", ""), func(tx *store.Tx) (err error) {
		check, err = tx.PutFixityCheck(ctx, check)
		return err
	})
	return check, errors.Join(hinted(err), r.Close())
}

// WatchFixity checks the record at once, where its last check lies longer back than
// every, and from then on by that clock, until ctx ends. Each check is handed to
// told. A fault of the world, such as a disk that is away, is handed to it as a
// check that found that.
func WatchFixity(ctx context.Context, settings Settings, every time.Duration, told func(cairn.FixityCheck)) error {
	settings, err := settings.filled()
	if err != nil {
		return err
	}
	for wait := untilDue(ctx, settings, every); ; wait = every {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		check, err := CheckFixity(ctx, settings, func(Fault) {})
		if err != nil {
			check.Faults, check.Told = check.Faults+1, append(check.Told, err.Error())
		}
		if ctx.Err() == nil {
			told(check)
		}
	}
}

// untilDue is how long it is until the next check. A record that does not say is
// due now, and the check says what is wrong with it.
func untilDue(ctx context.Context, settings Settings, every time.Duration) time.Duration {
	v, err := store.OpenView(ctx, settings.Database)
	if err != nil {
		return 0
	}
	defer v.Close()
	last, err := v.FixityChecks(ctx, 1)
	if err != nil || len(last) == 0 {
		return 0
	}
	return max(0, every-settings.Now().Sub(last[0].At))
}
