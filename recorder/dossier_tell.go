package recorder

import (
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
)

// telling turns rows into what a person reads of them.
type telling struct {
	*dossier.Contents
	shelf  map[string]*dossier.Document
	order  []string                 // of the documents
	claims map[string][]cairn.Claim // by reading
}

// tell takes into contents the nouns that rows hold and that stand.
func tell(contents *dossier.Contents, rows []ledger.Standing) error {
	t := telling{Contents: contents, shelf: map[string]*dossier.Document{}, claims: map[string][]cairn.Claim{}}
	for _, s := range rows {
		if s.Ended > 0 && s.Table != "assessments" {
			continue
		}
		if err := t.row(s); err != nil {
			return fmt.Errorf("%s %s: %w: %w", s.Table, s.Key, cairn.ErrDamaged, err)
		}
	}
	for _, id := range t.order {
		t.Documents = append(t.Documents, *t.shelf[id])
	}
	return nil
}

// row takes in one row; those of a document come after it.
func (t *telling) row(s ledger.Standing) (err error) {
	body := textOf(s, "body")
	switch s.Table {
	case "incidents":
		t.Incident = new(cairn.Incident)
		return json.Unmarshal([]byte(body), t.Incident)
	case "assessments":
		t.Assessments, err = add(t.Assessments, body)
	case "judgements":
		t.Judgements, err = add(t.Judgements, body)
	case "documents":
		return t.document(s, body)
	case "receipts":
		for _, d := range t.shelf {
			if err == nil && string(d.Ref) == textOf(s, "ref") {
				d.Receipts, err = add(d.Receipts, body)
			}
		}
	case "claims":
		reading := textOf(s, "reading")
		t.claims[reading], err = add(t.claims[reading], body)
	case "project_readings":
		if d := t.shelf[textOf(s, "document")]; d != nil {
			d.Claims = t.claims[textOf(s, "reading")]
		}
	case "translations":
		if d := t.shelf[textOf(s, "document")]; d != nil {
			d.Translations, err = add(d.Translations, body)
		}
	case "custody":
		show, _ := discloses(t.For, s)
		if d := t.shelf[textOf(s, "document")]; show && d != nil {
			d.Custody, err = add(d.Custody, body)
		}
	}
	return err
}

func (t *telling) document(s ledger.Standing, body string) error {
	d := new(dossier.Document)
	if err := json.Unmarshal([]byte(body), &d.Document); err != nil {
		return err
	}
	if d.Text == "" {
		d.Text = textOf(s, "text")
	}
	t.shelf[d.ID], t.order = d, append(t.order, d.ID)
	return nil
}

// add reads a noun and adds it to those before.
func add[T any](all []T, body string) ([]T, error) {
	var one T
	err := json.Unmarshal([]byte(body), &one)
	return append(all, one), err
}

// textOf returns a column of text of a row.
func textOf(s ledger.Standing, name string) string {
	for _, c := range s.Columns {
		if c.Name == name {
			text, _ := c.Value.(string)
			return text
		}
	}
	return ""
}
