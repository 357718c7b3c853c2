package estimate

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// caution warns in answers of what is said of the lists: what each covers, and
// which draws on which.
func (s settings) caution(answers []answer, from Source, lists overlapping) error {
	covers, sources, err := s.known(lists.Lists)
	if err != nil {
		return err
	}
	by := s.apart()
	for _, c := range covers {
		if !slices.Contains(by, c.Column) {
			by = append(by, c.Column)
		}
	}
	apart, err := s.read(from, by)
	if err != nil {
		return err
	}
	within := apart.Histories
	if lists.drawn != "" {
		within = within.MiddleLinkage(lists.drawn)
	}
	for i := range answers {
		a := &answers[i]
		if a.List != "" || a.Variant != "" && a.Variant != capture.Baseline {
			continue // of other lists than those that were read
		}
		a.Warnings = slices.Clone(a.Warnings)
		for _, c := range covers {
			if a.Stratum == nil && slices.Contains(s.columns(), c.Column) {
				continue // the sum of strata that were warned one by one
			}
			if n, is := c.Caution(within, a.Stratum); is {
				a.Warnings = append(a.Warnings, n)
			}
		}
		for _, source := range sources {
			if n, is := source.Caution(a.Result, lists.Lists); is {
				a.Warnings = append(a.Warnings, n)
			}
		}
	}
	return nil
}

// known is what --covers and --draws-on say.
func (s settings) known(lists []string) (covers []capture.Cover, sources []capture.Source, err error) {
	for _, text := range s.Covers {
		c, err := capture.ParseCover(text, lists)
		if err != nil {
			return nil, nil, cairn.Invalid{Field: "--covers", Reason: err.Error()}
		}
		covers = append(covers, c)
	}
	for _, text := range s.DrawsOn {
		from, err := capture.ParseSource(text, lists)
		if err != nil {
			return nil, nil, cairn.Invalid{Field: "--draws-on", Reason: err.Error()}
		}
		sources = append(sources, from)
	}
	return covers, sources, nil
}
