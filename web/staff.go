package web

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// somebody stands for a person who works on the record, where names are not for
// the reader.
const somebody = "a member of staff"

// A staff is the names of those who work on the record, as they stand in what others
// write.
type staff []string

// staff returns the names of all who have, or had, an account.
func (s *site) staff(ctx context.Context) (staff, error) {
	people, err := s.view.Accounts(ctx)
	var all staff
	for _, a := range people {
		for _, name := range append(strings.Fields(a.Shown), a.Shown, a.Name) {
			if utf8.RuneCountInString(name) > 2 {
				all = append(all, name)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all, err
}

// mask takes the names out of what somebody wrote, wherever they stand as words of
// their own, in whatever letters.
func (all staff) mask(texts ...*string) {
	for _, text := range texts {
		for _, name := range all {
			*text = withoutWord(*text, name)
		}
	}
}

func withoutWord(text, name string) string {
	low, word := strings.ToLower(text), strings.ToLower(name)
	if len(low) != len(text) || word == "" {
		low, word = text, name // letters whose small form is longer
	}
	var b strings.Builder
	from := 0
	for at := 0; ; {
		i := strings.Index(low[at:], word)
		if i < 0 {
			b.WriteString(text[from:])
			return b.String()
		}
		start, end := at+i, at+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		at = end
		if start > 0 && wordly(before) || end < len(text) && wordly(after) {
			continue
		}
		b.WriteString(strings.TrimSuffix(text[from:start], "@") + somebody)
		from = end
	}
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// unstaffed returns a view without the names of those who work on the record.
func unstaffed(v view, all staff) view {
	switch v := v.(type) {
	case incidentView:
		return v.unstaffed(all)
	case overviewView:
		v.Latest = append(v.Latest[:0:0], v.Latest...)
		for i := range v.Latest {
			a := &v.Latest[i]
			if !strings.HasPrefix(a.Who, "cairn ") {
				a.Who = somebody
			}
			if a.What == "account" {
				a.On, a.Why = "", "" // an account's name
			}
			all.mask(&a.Why)
		}
		return v
	case documentView:
		for i := range v.Receipts {
			v.Receipts[i].Who = somebody
		}
		for i := range v.Readings {
			v.Readings[i].Extractor = unread(v.Readings[i].Extractor)
		}
		if v.Reading != nil {
			reading := *v.Reading
			reading.Extractor = unread(reading.Extractor)
			v.Reading = &reading
		}
		return v
	}
	return v
}

// unread returns the name of an extractor without that of the person that it is.
func unread(extractor string) string {
	if strings.HasPrefix(extractor, "person/") {
		return "person"
	}
	return extractor
}

func (v incidentView) unstaffed(all staff) view {
	var names []string
	note := func(name *string) {
		if *name != "" && !strings.HasPrefix(*name, "cairn ") {
			names = append(names, *name)
			*name = somebody
		}
	}
	for i := range v.History {
		note(&v.History[i].Act.Who)
		all.mask(&v.History[i].Act.Why)
		v.History[i].Assessment = unsigned(v.History[i].Assessment, note)
	}
	for i := range v.Decisions {
		note(&v.Decisions[i].Who)
		all.mask(&v.Decisions[i].Why, &v.Decisions[i].Value)
	}
	for i := range v.Related {
		note(&v.Related[i].Who)
		all.mask(&v.Related[i].Why)
	}
	for i := range v.Origins {
		for k := range v.Origins[i].Claims {
			if rated := v.Origins[i].Claims[k].Rated; rated != nil {
				note(&rated.Who)
				all.mask(&rated.Why)
			}
		}
	}
	for i := range v.Decisions {
		v.Decisions[i].Value = unnamed([]string{v.Decisions[i].Value}, names)[0]
	}
	for i := range v.Told {
		note(&v.Told[i].Who)
	}
	v.Assessment, v.Signed = unsigned(v.Assessment, note), unsigned(v.Signed, note)
	v.Incident.Reasons = unnamed(v.Incident.Reasons, names)
	if v.Assessment != nil {
		v.Assessment.Reasons = unnamed(v.Assessment.Reasons, names)
		all.mask(reasonsOf(v.Assessment)...)
	}
	all.mask(reasonsOf(v.Signed)...)
	for i := range v.Incident.Reasons {
		all.mask(&v.Incident.Reasons[i])
	}
	for i := range v.History {
		if a := v.History[i].Assessment; a != nil {
			a.Reasons = unnamed(a.Reasons, names)
			all.mask(reasonsOf(a)...)
		}
	}
	return v
}

// reasonsOf returns what persons wrote into an assessment, of which unsigned made a
// copy.
func reasonsOf(a *cairn.Assessment) []*string {
	if a == nil {
		return nil
	}
	a.Reasons = slices.Clone(a.Reasons)
	var texts []*string
	for i := range a.Reasons {
		texts = append(texts, &a.Reasons[i])
	}
	for i := range a.Overrides {
		texts = append(texts, &a.Overrides[i].Why)
	}
	if a.Signed != nil {
		texts = append(texts, &a.Signed.Why)
	}
	return texts
}

// unsigned returns an assessment without the names of who signed and overrode.
func unsigned(a *cairn.Assessment, note func(*string)) *cairn.Assessment {
	if a == nil {
		return nil
	}
	kept := *a
	if kept.Signed != nil {
		signature := *kept.Signed
		note(&signature.Who)
		kept.Signed = &signature
	}
	kept.Narratives = append([]cairn.Narrative{}, kept.Narratives...)
	for i := range kept.Narratives {
		note(&kept.Narratives[i].Who)
	}
	kept.Overrides = append([]cairn.Overridden{}, kept.Overrides...)
	for i := range kept.Overrides {
		note(&kept.Overrides[i].Who)
	}
	return &kept
}

// unnamed returns reasons that say by whom without saying who.
func unnamed(reasons, names []string) []string {
	var all []string
	for _, line := range reasons {
		for _, name := range names {
			line = strings.ReplaceAll(line, "by "+name+" on ", "by "+somebody+" on ")
		}
		all = append(all, line)
	}
	return all
}
