package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// Receipts returns the receipts of ref, in the order in which its bytes came. An
// empty ref asks for the collections that brought nothing home.
func (v View) Receipts(ctx context.Context, ref cairn.Ref) ([]cairn.Receipt, error) {
	receipts, err := all(ctx, v, `SELECT body FROM receipts WHERE ref = $1 ORDER BY n`, []any{string(ref)}, body[cairn.Receipt])
	return receipts, wrap("receipts of "+ref.Short(), err)
}

// PutReceipt records receipt number index of ref, by the numbers of the archive.
// The same receipt again is passed over; another one under the same number is
// [cairn.ErrConflict].
func (tx *Tx) PutReceipt(ctx context.Context, ref cairn.Ref, index int, r cairn.Receipt) error {
	doing := fmt.Sprintf("receipt %d of %s", index, ref.Short())
	text, err := written(r)
	if err != nil {
		return wrap(doing, err)
	}
	had, err := first(ctx, tx.View, `SELECT body FROM receipts WHERE ref = $1 AND n = $2`, []any{string(ref), index}, value[string])
	if err == nil && had != text {
		err = cairn.ErrConflict
	}
	if !errors.Is(err, cairn.ErrNotFound) {
		return wrap(doing, err)
	}
	return wrap(doing, tx.insert(ctx, table{"receipts", "ref, n, at, outcome, body"},
		[]any{string(ref), index, moment(r.At), string(r.Outcome), text}))
}

const documentColumns = `SELECT d.body, d.text, d.layout FROM documents d WHERE d.replaced IS NULL AND `

// layout is the part of a document that only highlighting needs.
type layout struct {
	Map   []cairn.Anchor `json:"map,omitempty"`
	Cells []cairn.Cell   `json:"cells,omitempty"`
}

// Document returns the document of an identifier, whole.
func (v View) Document(ctx context.Context, id string) (cairn.Document, error) {
	d, err := first(ctx, v, documentColumns+`d.id = $1`, []any{id}, scanDocument)
	return d, wrap("document "+id, err)
}

// DocumentByRef returns the document that was read from the bytes of ref; where
// they held several, the first by identifier of those recorded first.
func (v View) DocumentByRef(ctx context.Context, ref cairn.Ref) (cairn.Document, error) {
	d, err := first(ctx, v, documentColumns+`d.ref = $1 ORDER BY d.taken, d.id LIMIT 1`, []any{string(ref)}, scanDocument)
	return d, wrap("document of "+ref.Short(), err)
}

// DocumentsByRef returns every document that was read from the bytes of ref, by
// identifier.
func (v View) DocumentsByRef(ctx context.Context, ref cairn.Ref) ([]cairn.Document, error) {
	documents, err := all(ctx, v, documentColumns+`d.ref = $1 ORDER BY d.id`, []any{string(ref)}, scanDocument)
	return documents, wrap("documents of "+ref.Short(), err)
}

// DocumentRef returns which bytes the document of an identifier was read from,
// so that an identifier that other bytes already have is noticed.
func (v View) DocumentRef(ctx context.Context, id string) (cairn.Ref, error) {
	ref, err := first(ctx, v, `SELECT ref FROM documents WHERE id = $1 AND replaced IS NULL`, []any{id}, value[string])
	return cairn.Ref(ref), wrap("document "+id, err)
}

func scanDocument(rows *sql.Rows) (cairn.Document, error) {
	var d cairn.Document
	var rest layout
	var text, words, marks []byte
	if err := rows.Scan(&text, &words, &marks); err != nil {
		return d, err
	}
	if err := read(text, &d); err != nil {
		return d, err
	}
	if len(marks) > 0 {
		if err := read(marks, &rest); err != nil {
			return d, err
		}
		d.Map, d.Cells = rest.Map, rest.Cells
	}
	if len(words) > 0 {
		d.Text = string(words)
	}
	return d, nil
}

// A DocumentFilter chooses documents. Its zero value chooses all of them.
type DocumentFilter struct {
	Project  string            // whose claims are counted; empty for those of every project
	Problem  cairn.ProblemKind // with this problem
	Problems bool              // with any problem
	Source   string            // the publisher's name or identifier as the document has it
	Language string            // BCP 47, as the document has it
	Waiting  bool              // that nobody in Project has answered in the inbox
	Text     string            // a part of the title, source, byline, address or identifier, or beginnings of words of the text
	ByID     bool              // by identifier, for exports; else the newest first
	After    string            // the identifier that the page before ended with
	Limit    int               // documents on a page; 0 for all
}

// A Shelved is a document as a page of many shows it: without text and map,
// with how many claims the project's reading found in it and how often its
// bytes came.
type Shelved struct {
	Document cairn.Document `json:"document"`
	Taken    int            `json:"taken"` // the act that first recorded it
	Claims   int            `json:"claims"`
	Receipts int            `json:"receipts"`
}

// Documents returns the documents that f chooses, newest first unless f says
// otherwise.
func (v View) Documents(ctx context.Context, f DocumentFilter) ([]Shelved, error) {
	if v.byRow && sought(f.Text) != "" && !f.ByID && 0 < f.Limit && f.Limit <= mostOfNewest {
		// A word that is common fills a page with the newest documents, and looking at
		// these one by one is quicker than having every document that has it.
		found, err := v.documents(ctx, f, true)
		if err != nil || len(found) == f.Limit {
			return found, err
		}
	}
	return v.documents(ctx, f, false)
}

// newest is among how many documents a page is looked for first, and mostOfNewest how
// long the page then may be.
const newest, mostOfNewest = 500, 100

// documents looks among the newest documents alone, or among all.
func (v View) documents(ctx context.Context, f DocumentFilter, few bool) ([]Shelved, error) {
	var c conditions
	count := `(SELECT coalesce(sum(r.claims), 0) FROM project_readings p JOIN readings r ON r.id = p.reading
			WHERE p.document = d.id AND p.replaced IS NULL)`
	if f.Project != "" {
		count = c.bind(`(SELECT coalesce(max(r.claims), 0) FROM project_readings p JOIN readings r ON r.id = p.reading
			WHERE p.project = ? AND p.document = d.id AND p.replaced IS NULL)`, f.Project)
	}
	if err := v.choose(ctx, &c, f); err != nil {
		return nil, wrap("documents", err)
	}
	from := `documents d WHERE ` + c.String()
	if few {
		from = c.amongNewest(f)
	} else if f.Text != "" {
		c.where = nil
		c.mentions(f.Text)
		from += ` AND ` + c.String()
	}
	order := `d.taken DESC, d.id DESC`
	if f.ByID {
		order = `d.id`
	}
	query := `SELECT d.body, d.taken, ` + count + `, (SELECT count(*) FROM receipts r WHERE r.ref = d.ref AND d.ref <> '')
		FROM ` + from + ` ORDER BY ` + order + c.bind(` LIMIT ?`, upTo(f.Limit))
	documents, err := all(ctx, v, query, c.args, scanShelved)
	return documents, wrap("documents", err)
}

func (v View) choose(ctx context.Context, c *conditions, f DocumentFilter) error {
	c.add(`d.replaced IS NULL`)
	if f.Problems {
		c.add(`d.problem <> ''`)
	}
	if f.Problem != "" {
		c.add(`d.problem = ?`, string(f.Problem))
	}
	if f.Source != "" {
		c.add(`d.source = ?`, f.Source)
	}
	if f.Language != "" {
		c.add(`d.language = ?`, f.Language)
	}
	if f.Waiting {
		c.add(`NOT EXISTS (SELECT 1 FROM answered a WHERE a.project = ? AND a.document = d.id AND a.replaced IS NULL)`, f.Project)
	}
	if f.After == "" {
		return nil
	}
	if f.ByID {
		c.add(`d.id > ?`, f.After)
		return nil
	}
	taken, err := first(ctx, v, `SELECT taken FROM documents WHERE id = $1 AND replaced IS NULL`, []any{f.After}, value[int])
	c.add(`(d.taken, d.id) < (?, ?)`, taken, f.After)
	return wrap("the page after "+f.After, err)
}

// amongNewest chooses among the newest documents that the conditions so far choose,
// looking at each.
func (c *conditions) amongNewest(f DocumentFilter) string {
	return `(SELECT d.id, d.taken, d.body, d.ref, d.words FROM documents d WHERE ` + c.String() + ` ORDER BY d.taken DESC, d.id DESC` + c.bind(` LIMIT ?`, newest) + `) d
		WHERE (` + c.bind(`d.words LIKE ? ESCAPE '!'`, search(f.Text)) +
		c.bind(` OR (SELECT 1 FROM indexed n JOIN document_index i ON i.rowid = n.number WHERE n.project = '' AND n.id = d.id AND match(?, i.words) LIMIT 1) = 1)`, sought(f.Text))
}

// mentions asks for documents of which text is a part of what they are called by, or
// whose own words begin with the words of it.
func (c *conditions) mentions(text string) {
	called := c.bind(`d.words LIKE ? ESCAPE '!'`, search(text))
	if words := sought(text); words != "" {
		called = `(` + called + c.bind(` OR d.id IN (SELECT n.id FROM document_index i JOIN indexed n ON n.number = i.rowid WHERE match(?, i.words)))`, words)
	}
	c.where = append(c.where, called)
}

func scanShelved(rows *sql.Rows) (Shelved, error) {
	var s Shelved
	var text []byte
	if err := rows.Scan(&text, &s.Taken, &s.Claims, &s.Receipts); err != nil {
		return s, err
	}
	err := read(text, &s.Document)
	s.Document.Text = ""
	return s, err
}

var documentTable = table{"documents", "id, revision, taken, ref, source, language, published, problem, words, text, layout, body"}

// PutDocument records d in the place of the document of its identifier. Whether
// the identifier is free for these bytes is for the caller to see to, with
// [View.DocumentRef]. The text must be UTF-8.
func (tx *Tx) PutDocument(ctx context.Context, d cairn.Document) error {
	if !utf8.ValidString(d.Text) {
		return cairn.Invalid{Field: "text", Reason: "the text of document " + d.ID + " is not UTF-8"}
	}
	text, marks, whole, err := apart(d)
	if err != nil {
		return wrap("document "+d.ID, err)
	}
	var taken int
	var problem string
	former, err := first(ctx, tx.View, `SELECT revision, taken, problem, body, text, layout FROM documents WHERE id = $1 ORDER BY revision DESC LIMIT 1`,
		[]any{d.ID}, func(rows *sql.Rows) (f formerRow, err error) {
			var formerText, formerMarks string
			err = rows.Scan(&f.revision, &taken, &problem, &f.body, &formerText, &formerMarks)
			if formerText != text || formerMarks != marks {
				f.body = ""
			}
			return f, err
		})
	if errors.Is(err, cairn.ErrNotFound) {
		taken, err = tx.act.Number, nil
	}
	if err != nil || former.body == whole {
		return wrap("document "+d.ID, err)
	}
	err = tx.exec(ctx, `UPDATE documents SET replaced = $1 WHERE id = $2 AND replaced IS NULL`, tx.act.Number, d.ID)
	if err == nil {
		err = tx.insert(ctx, documentTable, []any{d.ID, former.revision + 1, taken, string(d.Ref), d.Source, d.Language,
			string(d.Published), problemOf(d), folded(strings.Join([]string{d.Title, d.Source, d.Byline, d.URL, d.ID}, " ")), text, marks, whole})
	}
	if former.revision > 0 {
		tx.counts("", ofDocuments+problem, -1)
	}
	tx.counts("", ofDocuments+problemOf(d), 1)
	if err == nil {
		err = tx.indexDocument(ctx, d)
	}
	return wrap("document "+d.ID, err)
}

// apart returns the text, the layout and the rest of d. A text with a zero byte
// stays in the rest, as JSON, since PostgreSQL keeps no such text.
func apart(d cairn.Document) (text, marks, whole string, err error) {
	if len(d.Map)+len(d.Cells) > 0 {
		if marks, err = written(layout{d.Map, d.Cells}); err != nil {
			return "", "", "", err
		}
		d.Map, d.Cells = nil, nil
	}
	if plain(d.Text) == d.Text {
		text, d.Text = d.Text, ""
	}
	whole, err = named(d.ID, "document", d)
	return text, marks, whole, err
}

func problemOf(d cairn.Document) string {
	if d.Problem == nil {
		return ""
	}
	return string(d.Problem.Kind)
}
