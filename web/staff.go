package web

import (
	"strings"

	"github.com/cairn-recorder/cairn"
)

// somebody stands for a person who works on the record, where names are not for
// the reader.
const somebody = "a member of staff"

// unstaffed returns a view without the names of those who work on the record.
func unstaffed(v view) view {
	switch v := v.(type) {
	case incidentView:
		return v.unstaffed()
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

func (v incidentView) unstaffed() view {
	var names []string
	note := func(name *string) {
		if *name != "" && !strings.HasPrefix(*name, "cairn ") {
			names = append(names, *name)
			*name = somebody
		}
	}
	for i := range v.History {
		note(&v.History[i].Act.Who)
		v.History[i].Assessment = unsigned(v.History[i].Assessment, note)
	}
	for i := range v.Decisions {
		note(&v.Decisions[i].Who)
	}
	for i := range v.Related {
		note(&v.Related[i].Who)
	}
	for i := range v.Origins {
		for k := range v.Origins[i].Claims {
			if rated := v.Origins[i].Claims[k].Rated; rated != nil {
				note(&rated.Who)
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
	}
	for i := range v.History {
		if a := v.History[i].Assessment; a != nil {
			a.Reasons = unnamed(a.Reasons, names)
		}
	}
	return v
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
