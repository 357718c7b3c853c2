package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// Refer records that a work of others refers to an incident. The next release shows
// it on the page of the incident; no figure, grading or signature is touched.
func (r *Recorder) Refer(ctx context.Context, code string, ref cairn.Reference, why string) (cairn.Judgement, error) {
	invalid := func(field, reason string) (cairn.Judgement, error) {
		return cairn.Judgement{}, cairn.Invalid{Field: field, Reason: reason}
	}
	switch link, err := url.Parse(ref.Link); {
	case !slices.Contains(cairn.ReferenceKinds, ref.Kind):
		return invalid("as", fmt.Sprintf("want one of %v, not %q", cairn.ReferenceKinds, ref.Kind))
	case ref.Title == "":
		return invalid("title", "is missing: how is the work called?")
	case ref.By == "":
		return invalid("by", "is missing: who published it?")
	case ref.Link != "" && (err != nil || link.Host == "" || link.Scheme != "http" && link.Scheme != "https"):
		return invalid("link", "want the address of a web page, such as https://court.example/12")
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(ref)
		return []cairn.Judgement{{Decision: cairn.Refers, Incident: i.Code, Field: string(ref.Kind), Value: string(value)}}, err
	})
}

// referencesIn returns the works that judgements say refer to incidents, by their
// codes.
func referencesIn(all []cairn.Judgement) (map[string][]cairn.Reference, error) {
	found := map[string][]cairn.Reference{}
	for _, j := range all {
		if j.Decision != cairn.Refers {
			continue
		}
		var ref cairn.Reference
		if err := json.Unmarshal([]byte(j.Value), &ref); err != nil {
			return nil, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		found[j.Incident] = append(found[j.Incident], ref)
	}
	return found, nil
}
