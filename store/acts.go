package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A Tx is an act on its way. It reads what has been recorded, its own writes
// included, and puts nouns; everything is kept when the function that was given
// to [Store.Write] returns nil, and nothing otherwise. It is for one goroutine,
// and of no use after that function has returned. Within it, read through the
// Tx: the Store still shows what stood before.
//
// To put a noun that stands already, unchanged, writes nothing.
type Tx struct {
	View
	act     cairn.Act
	log     *covering // nil where what is written is of no act of its own
	broken  error
	touched map[touched]bool // the incidents that the act changes; true until totals count them anew
	more    map[counter]int  // by how much more progress counts
}

// Write records one act. It numbers act (one more than the last, without gaps,
// also with several writers at once), runs do, records act and commits. When do
// returns an error, or anything else goes wrong, nothing is written. The act
// that is returned has its number, and its time in UTC to the millisecond.
//
// act needs At, Who and What; its Number is ignored. Writers wait for one
// another, so that do should read no network and ask nobody; a writer that
// waits too long gets [cairn.ErrBusy]. Write does not nest.
func (s *Store) Write(ctx context.Context, act cairn.Act, do func(*Tx) error) (cairn.Act, error) {
	if act.At.IsZero() || act.Who == "" || act.What == "" {
		return cairn.Act{}, cairn.Invalid{Field: "act", Reason: "an act says when, who and what"}
	}
	t, err := s.begin(ctx)
	if err != nil {
		return cairn.Act{}, fmt.Errorf("write: %w", s.explain(err))
	}
	defer t.end()
	tx := &Tx{View: View{run: t.run, explain: s.explain}, act: act, log: newCovering(s.tables)}
	last, err := tx.LastAct(ctx)
	if err != nil {
		return cairn.Act{}, fmt.Errorf("write: %w", err)
	}
	tx.act.Number, tx.act.At = last+1, act.At.UTC().Truncate(time.Millisecond)
	if err := do(tx); err != nil {
		return cairn.Act{}, err
	}
	if err := tx.Recount(ctx); err != nil {
		return cairn.Act{}, fmt.Errorf("write: %w", err)
	}
	if err := tx.progress(ctx); err != nil {
		return cairn.Act{}, fmt.Errorf("write: %w", err)
	}
	if err := tx.record(ctx); err != nil {
		return cairn.Act{}, fmt.Errorf("write: %w", err)
	}
	if err := t.commit(); err != nil {
		return cairn.Act{}, fmt.Errorf("write: %w", s.explain(err))
	}
	if n := tx.act.Number; s.grown != nil && n&(n-1) == 0 {
		s.grown(ctx)
	}
	return tx.act, nil
}

// Act returns the act under way, with its number.
func (tx *Tx) Act() cairn.Act { return tx.act }

// About says what the act under way is on, and why, where that is only known
// once it runs, as the code of a new incident is. An empty why leaves the one
// that Write was given.
func (tx *Tx) About(on, why string) {
	tx.act.On = on
	if why != "" {
		tx.act.Why = why
	}
}

var actTable = table{"acts", `number, at, who, what, "on", why`}

// record puts the act itself, last, with its leaf of the log, unless a write of
// it failed: the failed statement may have undone what came before it.
func (tx *Tx) record(ctx context.Context) error {
	a := tx.act
	row := []any{a.Number, moment(a.At), a.Who, a.What, a.On, a.Why}
	if err := tx.put(ctx, `INSERT INTO acts (`+actTable.columns+`) VALUES ($1, $2, $3, $4, $5, $6)`, row...); err != nil {
		return err
	}
	if err := tx.log.made(actTable, row); err != nil {
		return err
	}
	return tx.enter(ctx, tx.log.leaf(a.Number), tx.log.salts)
}

// exec runs a statement that ends rows, as the log then says. After one that
// failed every other fails the same way.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	if tx.broken == nil && tx.log != nil {
		tx.broken = tx.change(ctx, query, args)
		return tx.broken
	}
	return tx.put(ctx, query, args...)
}

// put runs a statement of which the log takes no note by itself.
func (tx *Tx) put(ctx context.Context, query string, args ...any) error {
	if tx.broken != nil {
		return tx.broken
	}
	if _, err := tx.run.ExecContext(ctx, query, storable(args)...); err != nil {
		tx.broken = tx.explain(err)
	}
	return tx.broken
}

// insert puts rows into t, made by the act under way.
func (tx *Tx) insert(ctx context.Context, t table, rows ...[]any) error {
	for len(rows) > 0 {
		n := min(len(rows), most)
		var args []any
		for _, row := range rows[:n] {
			args = append(append(args, row...), tx.act.Number)
		}
		if err := tx.put(ctx, t.insertion(n), args...); err != nil {
			return err
		}
		if tx.log != nil {
			if err := tx.log.made(t, args); err != nil {
				return err
			}
		}
		rows = rows[n:]
	}
	return nil
}

// LastAct returns the number of the last act, 0 where nothing was recorded yet.
// What a View shows changes with it and with nothing else.
func (v View) LastAct(ctx context.Context) (int, error) {
	last, err := first(ctx, v, `SELECT coalesce(max(number), 0) FROM acts`, nil, value[int])
	if err != nil {
		return 0, fmt.Errorf("acts: %w", err)
	}
	return last, nil
}

const actColumns = `SELECT number, at, who, what, "on", why FROM acts `

// Act returns the act of a number.
func (v View) Act(ctx context.Context, number int) (cairn.Act, error) {
	a, err := first(ctx, v, actColumns+`WHERE number = $1`, []any{number}, scanAct)
	if err != nil {
		return a, fmt.Errorf("act %d: %w", number, err)
	}
	return a, nil
}

// Acts returns the acts numbered above after, in their order; at most limit of
// them unless it is 0.
func (v View) Acts(ctx context.Context, after, limit int) ([]cairn.Act, error) {
	acts, err := all(ctx, v, actColumns+`WHERE number > $1 ORDER BY number LIMIT $2`, []any{after, upTo(limit)}, scanAct)
	if err != nil {
		return nil, fmt.Errorf("acts: %w", err)
	}
	return acts, nil
}

// ActsBy returns how many acts somebody did since a time.
func (v View) ActsBy(ctx context.Context, who string, since time.Time) (int, error) {
	n, err := first(ctx, v, `SELECT count(*) FROM acts WHERE at >= $1 AND who = $2`, []any{moment(since), who}, value[int])
	return n, wrap("acts of "+who, err)
}

func scanAct(rows *sql.Rows) (cairn.Act, error) {
	var a cairn.Act
	var at string
	if err := rows.Scan(&a.Number, &at, &a.Who, &a.What, &a.On, &a.Why); err != nil {
		return a, err
	}
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return a, fmt.Errorf("act %d: %w: %w", a.Number, cairn.ErrDamaged, err)
	}
	a.At = when
	return a, nil
}

// upTo returns limit for LIMIT, where 0 is no limit.
func upTo(limit int) int64 {
	if limit <= 0 {
		return math.MaxInt64
	}
	return int64(limit)
}

// A Moment is a point of what was recorded: after an act, or at a time. The
// zero Moment is now. Before the first act nothing stands.
type Moment struct {
	Act int       // after this act; 0 leaves it to At
	At  time.Time // after the last act that was no later; zero is now
}

// now is the act of the zero Moment, later than every other.
const now = math.MaxInt32

// ActAt returns the number of the last act of m, 0 where there was none yet.
func (v View) ActAt(ctx context.Context, m Moment) (int, error) {
	act, err := v.at(ctx, m)
	if err == nil && act == now {
		return v.LastAct(ctx)
	}
	return act, wrap("acts", err)
}

// at returns the number of the last act of m.
func (v View) at(ctx context.Context, m Moment) (int, error) {
	if m.Act > 0 {
		return m.Act, nil
	}
	if m.At.IsZero() {
		return now, nil
	}
	return first(ctx, v, `SELECT coalesce(max(number), 0) FROM acts WHERE at <= $1`, []any{moment(m.At)}, value[int])
}

// standing adds the condition that the row of alias stood after an act.
func (c *conditions) standing(alias string, act int) {
	c.where = append(c.where, c.stood(alias, act))
}

func (c *conditions) stood(alias string, act int) string {
	if act == now {
		return alias + ".replaced IS NULL"
	}
	return c.bind("("+alias+".made <= ? AND ("+alias+".replaced IS NULL OR "+alias+".replaced > ?))", act, act)
}
