package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// TakeOut takes what a document says out of the record: its text in every
// revision, its translations, and the words of its claims and of the judgements
// about them. What is left says that it was taken out; the figures stay. Each row that loses something
// gets a tombstone, and the salt of its hash goes with its content, so that the
// log holds and nobody can guess from it what was there. It is the one change that
// is made in place.
func (tx *Tx) TakeOut(ctx context.Context, document, authority, why string) error {
	c := cutting{tx, authority, why}
	if err := tx.countDocument(ctx, document, -1); err != nil {
		return wrap("take out document "+document, err)
	}
	for _, of := range []struct {
		table, where string
		stub         func(body string) (map[string]any, error)
	}{
		{"documents", `id = $1`, documentStub},
		{"claims", `document = $1`, claimStub},
		{"judgements", `document = $1`, judgementStub},
		{"translations", `document = $1`, translationStub},
		{"victims", `EXISTS (SELECT 1 FROM incident_claims l WHERE l.document = $1 AND l.project = victims.project AND l.code = victims.code)`, victimStub},
	} {
		if err := c.rows(ctx, of.table, of.where, document, of.stub); err != nil {
			return wrap("take out document "+document, err)
		}
	}
	if err := tx.countDocument(ctx, document, 1); err != nil {
		return wrap("take out document "+document, err)
	}
	return wrap("take out document "+document, tx.index(ctx, "document_index", "", document, nil))
}

// countDocument counts a document once more, or less, under the problem that it
// has.
func (tx *Tx) countDocument(ctx context.Context, document string, more int) error {
	problem, err := first(ctx, tx.View, `SELECT problem FROM documents WHERE id = $1 AND replaced IS NULL`, []any{document}, value[string])
	tx.counts("", ofDocuments+problem, more)
	return err
}

func documentStub(body string) (map[string]any, error) {
	var d cairn.Document
	if err := read([]byte(body), &d); err != nil {
		return nil, err
	}
	text, err := written(cairn.Document{ID: d.ID, Ref: d.Ref, Medium: d.Medium, Published: d.Published, Language: d.Language,
		Problem: &cairn.Problem{Kind: cairn.TakenOut, Reason: "taken out under a tombstone"}})
	return map[string]any{"body": text, "text": "", "layout": "", "words": "", "source": "", "problem": string(cairn.TakenOut)}, err
}

func claimStub(body string) (map[string]any, error) {
	var c cairn.Claim
	if err := read([]byte(body), &c); err != nil {
		return nil, err
	}
	c.Figure.Phrase, c.Victims.Phrase, c.Victims.Names = cairn.Phrase{}, cairn.Phrase{}, nil
	if c.Where != nil {
		c.Where.Phrase = cairn.Phrase{}
	}
	if c.When != nil {
		c.When.Phrase = cairn.Phrase{}
	}
	if c.Means != nil {
		c.Means.Phrase = cairn.Phrase{}
	}
	for i := range c.By {
		c.By[i].Phrase = cairn.Phrase{}
	}
	c.Says, c.Grounds = nil, nil
	text, err := written(c)
	return map[string]any{"body": text}, err
}

func judgementStub(body string) (map[string]any, error) {
	var j cairn.Judgement
	if err := read([]byte(body), &j); err != nil {
		return nil, err
	}
	j.Words = ""
	text, err := written(j)
	return map[string]any{"body": text}, err
}

func translationStub(body string) (map[string]any, error) {
	var t cairn.Translation
	if err := read([]byte(body), &t); err != nil {
		return nil, err
	}
	t.Title, t.Text = "", ""
	text, err := written(t)
	return map[string]any{"body": text}, err
}

// victimStub leaves out what claims call a person of lists.
func victimStub(body string) (map[string]any, error) {
	var v cairn.Victim
	if err := read([]byte(body), &v); err != nil {
		return nil, err
	}
	v.Claimed = nil
	text, err := written(v)
	return map[string]any{"body": text}, err
}

// cutting takes content out of rows, under tombstones.
type cutting struct {
	*Tx
	authority, why string
}

// rows cuts the rows that where chooses by id.
func (c cutting) rows(ctx context.Context, name, where, id string, stub func(string) (map[string]any, error)) error {
	key := c.log.tables[name]
	var found []ledger.Standing
	err := c.standingQuery(ctx, name, key, `SELECT * FROM `+name+` WHERE `+where, []any{id}, func(s ledger.Standing) error {
		found = append(found, s)
		return nil
	})
	for _, s := range found {
		if err == nil {
			err = c.row(ctx, s, key, stub)
		}
	}
	return err
}

func (c cutting) row(ctx context.Context, s ledger.Standing, key []string, stub func(string) (map[string]any, error)) error {
	columns := map[string]any{}
	for _, column := range s.Columns {
		columns[column.Name] = column.Value
	}
	body, _ := columns["body"].(string)
	left, err := stub(body)
	if err != nil || left["body"] == body {
		return err
	}
	var set conditions
	var sets []string
	for _, column := range s.Columns {
		if value, ok := left[column.Name]; ok {
			sets = append(sets, set.bind(column.Name+" = ?", value))
		}
	}
	var of []string
	for _, k := range key {
		of = append(of, set.bind(k+" = ?", columns[k]))
	}
	if err := c.put(ctx, `UPDATE `+s.Table+` SET `+strings.Join(sets, ", ")+` WHERE `+strings.Join(of, " AND "), set.args...); err != nil {
		return err
	}
	for i, column := range s.Columns {
		if value, ok := left[column.Name]; ok {
			s.Columns[i].Value = value
		}
	}
	row := s.Row
	row.Kind = ledger.Cut
	c.log.cover(row)
	return c.tombstone(ctx, s)
}

// tombstone puts the tombstone of the line that made a row, and takes the salt of
// the line away.
func (c cutting) tombstone(ctx context.Context, s ledger.Standing) error {
	leaf, salts, err := c.Leaf(ctx, s.Made)
	if err != nil {
		return err
	}
	for _, line := range leaf.Lines {
		if line.Mark != s.Mark {
			continue
		}
		rest := salts.Without(leaf.Lines, func(m ledger.Mark) bool { return m == s.Mark })
		if err := c.put(ctx, `UPDATE leaves SET salts = $1 WHERE act = $2`, rest.Text(), s.Made); err != nil {
			return err
		}
		return c.insert(ctx, table{"cuts", "act, kind, of, key, hash, authority, why"},
			[]any{s.Made, string(s.Kind), s.Table, s.Key, ledger.Text(line.Hash[:]), c.authority, c.why})
	}
	return fmt.Errorf("the leaf of act %d does not have %s %s: %w", s.Made, s.Table, s.Key, cairn.ErrDamaged)
}
