package recorder

import (
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// Differences says in words which rows of two totals differ, one a line; "the
// total stays as it is" where none does.
func Differences(before, after Answer) []string {
	key := func(r total.Row) string { return fmt.Sprintf("%s %s %s", r.By, r.Harm, r.Class) }
	had := map[string]total.Row{}
	for _, r := range before.Rows {
		had[key(r)] = r
	}
	var lines []string
	for _, r := range after.Rows {
		was, ok := had[key(r)]
		delete(had, key(r))
		switch {
		case !ok:
			lines = append(lines, fmt.Sprintf("%s %s: %s of %d, where there was nothing", r.Harm, r.Class, r.Range(), r.Incidents))
		case was.Range() != r.Range() || was.Incidents != r.Incidents || was.Unknown != r.Unknown:
			lines = append(lines, fmt.Sprintf("%s %s: %s of %d, from %s of %d", r.Harm, r.Class, r.Range(), r.Incidents, was.Range(), was.Incidents))
		}
	}
	for _, k := range sorted(had) {
		lines = append(lines, fmt.Sprintf("%s %s: nothing, from %s of %d", had[k].Harm, had[k].Class, had[k].Range(), had[k].Incidents))
	}
	if before.Policy != after.Policy {
		lines = append(lines, "the policy is "+after.Policy+", from "+before.Policy)
	}
	for _, g := range cairn.Grades {
		if before.Excluded[g] != after.Excluded[g] {
			lines = append(lines, fmt.Sprintf("left out as %s: %d, from %d", g, after.Excluded[g], before.Excluded[g]))
		}
	}
	if len(lines) == 0 {
		lines = []string{"the total stays as it is"}
	}
	return lines
}
