package estimate

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// An answer is a result with what it was computed from.
type answer struct {
	capture.Result
	Variant string   `json:"variant,omitempty"`
	Moved   *float64 `json:"moved,omitempty"` // over the baseline, less 1
	List    string   `json:"list,omitempty"`  // the one that is predicted
	Truth   *int     `json:"truth,omitempty"` // how many it has
	provenance
}

// A provenance is all that computing an answer again needs beside the file.
type provenance struct {
	Input    string                 `json:"input_sha256"` // empty where no file was read
	Version  string                 `json:"version"`
	Settings cairn.EstimateSettings `json:"settings"`
}

func plain(results ...capture.Result) []answer {
	var all []answer
	for _, r := range results {
		all = append(all, answer{Result: r})
	}
	return all
}

// variants are the answers of a sensitivity analysis, the baseline first.
func variants(m capture.Method, lists overlapping) []answer {
	var all []answer
	for _, v := range capture.Sensitivity(m, lists.one()) {
		all = append(all, answer{Result: v.Result, Variant: v.Name, Moved: v.Moved})
	}
	if lists.drawn != "" {
		fewest, most := lists.EndLinkages(lists.drawn)
		for _, v := range capture.Linked(m, all[0].Result, fewest.Table(), most.Table()) {
			all = append(all, answer{Result: v.Result, Variant: v.Name, Moved: v.Moved})
		}
	}
	return all
}
