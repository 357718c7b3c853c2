package cairn_test

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestIntervalsInWords(t *testing.T) {
	for _, test := range []struct {
		interval cairn.Interval
		less     float64
		want     string
	}{
		{cairn.Interval{Median: new(12595.0), Mean: new(12749.3), Low: new(9827.0), High: new(16544.0), Level: 0.95}, 0, "12,595 (9,827 to 16,544, 95 %)"},
		{cairn.Interval{Point: new(10356.52), Median: new(1.0), Low: new(8994.26), High: new(12110.4), Level: 0.95}, 4400, "5,957 (4,594 to 7,710, 95 %)"},
		{cairn.Interval{Point: new(210.0), Low: new(164.0), Level: 0.95}, 0, "210 (164 to no upper bound, 95 %)"},
		{cairn.Interval{Point: new(999.5)}, 0, "1,000"},
		{cairn.Interval{Point: new(90.0)}, 1100, "-1,010"},
	} {
		if got := test.interval.Less(test.less); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestHowFarAnEstimateHasCome(t *testing.T) {
	choice, ana, ben := &cairn.EstimateChoice{Run: 1, Methods: []string{"dga", "chao"}}, cairn.Signature{Who: "Ana"}, cairn.Signature{Who: "Ben"}
	for _, test := range []struct {
		e    cairn.Estimate
		want cairn.EstimateState
	}{
		{cairn.Estimate{}, cairn.EstimateKept},
		{cairn.Estimate{Choice: choice}, cairn.EstimateProposed},
		{cairn.Estimate{Choice: choice, Signatures: []cairn.Signature{ana}}, cairn.EstimateProposed},
		{cairn.Estimate{Choice: choice, Signatures: []cairn.Signature{ana, ben}}, cairn.EstimateSigned},
		{cairn.Estimate{Choice: choice, Signatures: []cairn.Signature{ana, ben}, Withdrawn: &ana}, cairn.EstimateWithdrawn},
	} {
		if got := test.e.State(); got != test.want {
			t.Errorf("%+v is %s, want %s", test.e, got, test.want)
		}
	}
	e := cairn.Estimate{Choice: choice, Runs: []cairn.EstimateRun{{Answers: []cairn.MethodAnswer{
		{Method: "chao"}, {Method: "dga", Stratum: map[string]string{"sex": "man"}}, {Method: "dga"}, {Method: "lcmcr"}, {Method: "dga", Variant: "without press"}, {Method: "chao", List: "press"}}}}}
	var chosen []string
	for _, a := range e.Chosen() {
		chosen = append(chosen, a.Method)
	}
	if got := strings.Join(chosen, " "); got != "chao dga" {
		t.Errorf("chosen are %s", got)
	}
	if e.Choice = nil; e.Chosen() != nil {
		t.Error("nothing is put forward, and yet something is chosen")
	}
}
