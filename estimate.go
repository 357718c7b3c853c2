package cairn

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"time"
)

// An Estimate says how many people there are that no list names, from how lists
// overlap, by several methods side by side: every run that was made on these
// lists, the refused ones too, and, once a person proposed it, which of them is
// put forward and why. It is of the record and never of a count: it is added to no
// total. It is public once two different people have signed what it then says.
type Estimate struct {
	ID      string          `json:"id"`
	Project string          `json:"project"`
	Title   string          `json:"title"` // what is estimated, in words
	About   EstimateSubject `json:"about"`
	Who     string          `json:"who"`  // kept it
	At      time.Time       `json:"at"`   // UTC
	From    string          `json:"from"` // the name of the file, or where in the record the histories come from
	Input   string          `json:"input_sha256"`
	// Histories are the capture histories that every run was computed from, as
	// comma-separated values: the columns of Columns, a column of 0 and 1 a list,
	// and how many people have that history. Nothing else of the file is kept.
	Histories string        `json:"histories"`
	Columns   []string      `json:"columns,omitempty"`
	Lists     []string      `json:"lists"`
	Runs      []EstimateRun `json:"runs"`

	Choice     *EstimateChoice `json:"choice,omitempty"`
	Signatures []Signature     `json:"signatures,omitempty"` // of what it says now, by different people
	Withdrawn  *Signature      `json:"withdrawn,omitempty"`
}

// Signers is how many different people must sign an estimate.
const Signers = 2

// An EstimateState is how far an estimate has come.
type EstimateState string

// The states of an estimate.
const (
	EstimateKept      EstimateState = "kept"
	EstimateProposed  EstimateState = "proposed" // or signed by one alone
	EstimateSigned    EstimateState = "signed"   // by two: the next release publishes it
	EstimateWithdrawn EstimateState = "withdrawn"
)

// State says how far e has come.
func (e Estimate) State() EstimateState {
	switch {
	case e.Withdrawn != nil:
		return EstimateWithdrawn
	case e.Choice == nil:
		return EstimateKept
	case len(e.Signatures) < Signers:
		return EstimateProposed
	}
	return EstimateSigned
}

// Chosen returns the answers that are put forward, of whole tables and sums of
// strata, in the order of the run; none where nothing was proposed.
func (e Estimate) Chosen() []MethodAnswer {
	if e.Choice == nil || e.Choice.Run < 1 || e.Choice.Run > len(e.Runs) {
		return nil
	}
	var chosen []MethodAnswer
	for _, a := range e.Runs[e.Choice.Run-1].Whole() {
		for _, method := range e.Choice.Methods {
			if a.Method == method {
				chosen = append(chosen, a)
			}
		}
	}
	return chosen
}

// An EstimateSubject says which deaths an estimate is about. Its zero value says
// nothing of any.
type EstimateSubject struct {
	Harm   Harm   `json:"harm,omitempty"`  // killed where nothing is said
	Class  Class  `json:"class,omitempty"` // empty where not said
	Direct string `json:"direct"`          // of violence itself: "direct", "indirect" or "both"; "unknown" where nobody said
	Named  bool   `json:"named"`           // the lists hold people with a name, a date and a place, and so does what is estimated
	Place  string `json:"place,omitempty"`
	When   Period `json:"when,omitzero"`
	Words  string `json:"words,omitempty"` // whom the lists could have held, and who is left out
}

// An EstimateRun is one computation on the lists of an estimate: what it was asked,
// and all that it answered. It is never changed.
type EstimateRun struct {
	Number   int              `json:"number"` // from 1
	Settings EstimateSettings `json:"settings"`
	Input    string           `json:"input_sha256"` // of the histories
	Version  string           `json:"version"`      // of cairn
	Who      string           `json:"who,omitempty"`
	At       time.Time        `json:"at,omitzero"` // UTC
	Answers  []MethodAnswer   `json:"answers,omitempty"`
	Scores   []MethodScore    `json:"scores,omitempty"`
	// Posteriors are those of the answers about everybody that have draws.
	Posteriors []Posterior `json:"posteriors,omitempty"`
	Draws      bool        `json:"draws,omitempty"` // those of its posteriors are kept
}

// Whole returns the answers about everybody: of a table without strata, and the
// sums where there are some.
func (r EstimateRun) Whole() []MethodAnswer {
	var all []MethodAnswer
	for _, a := range r.Answers {
		if len(a.Stratum) == 0 && a.List == "" && (a.Variant == "" || a.Variant == "baseline") {
			all = append(all, a)
		}
	}
	return all
}

// Plain reports whether r is an estimate, and no sensitivity analysis, check of
// the lists against each other, or simulation.
func (r EstimateRun) Plain() bool {
	return !r.Settings.Sensitivity && !r.Settings.Consistency && !r.Settings.Like && r.Settings.Simulate == ""
}

// EstimateSettings is all that an estimate depends on beside the histories: the
// flags of `cairn estimate`, by their names.
type EstimateSettings struct {
	Method      string   `json:"method"`
	Model       string   `json:"model,omitempty"`
	Criterion   string   `json:"criterion"`
	MaxMissing  string   `json:"max_missing"`
	Grid        string   `json:"grid"`
	Delta       float64  `json:"delta,omitempty"`
	Threshold   float64  `json:"threshold"`
	Bootstrap   int      `json:"bootstrap,omitempty"`
	By          []string `json:"by,omitempty"`
	Linkages    string   `json:"linkages,omitempty"`
	Covers      []string `json:"covers,omitempty"`
	DrawsOn     []string `json:"draws_on,omitempty"`
	Pool        bool     `json:"pool,omitempty"`
	Trend       string   `json:"trend,omitempty"`
	Sensitivity bool     `json:"sensitivity,omitempty"`
	Consistency bool     `json:"consistency,omitempty"`
	Simulate    string   `json:"simulate,omitempty"`
	Like        bool     `json:"like,omitempty"`
	Tables      int      `json:"tables"`
	Seed        uint64   `json:"seed"`
}

// A MethodAnswer is what one method made of lists: an estimate, or the reason why
// they carry none. Numbers are of people; what is not known or does not apply is
// nil.
type MethodAnswer struct {
	Stratum      map[string]string  `json:"stratum,omitempty"` // nil for everybody
	Method       string             `json:"method"`
	Lists        int                `json:"lists"`
	Observed     int                `json:"observed"`
	Estimate     *Interval          `json:"estimate"` // of the observed and the unobserved together
	Diagnostics  *MethodDiagnostics `json:"diagnostics"`
	NotEstimable *string            `json:"not_estimable"`
	Warnings     []string           `json:"warnings"`
	Seed         uint64             `json:"seed"`
	Draws        *int               `json:"draws"`
	Pooled       *Interval          `json:"pooled,omitempty"`
	Smooth       *Interval          `json:"smooth,omitempty"`
	Spread       *float64           `json:"spread,omitempty"`
	Step         *float64           `json:"step,omitempty"`
	Variant      string             `json:"variant,omitempty"` // of a sensitivity analysis
	Moved        *float64           `json:"moved,omitempty"`   // the estimate over the baseline's, less 1
	List         string             `json:"list,omitempty"`    // the one that is predicted from the others
	Truth        *int               `json:"truth,omitempty"`   // how many it has
}

// An Interval is an estimate of a number of people with its ends. A nil High
// beside a Low says that nothing bounds it above.
type Interval struct {
	Point  *float64 `json:"point"`
	Median *float64 `json:"median"`
	Mean   *float64 `json:"mean"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Level  float64  `json:"level"`
}

// Center is the number that stands for i: the point, or the median of a posterior.
func (i Interval) Center() float64 {
	if at := cmp.Or(i.Point, i.Median, i.Mean); at != nil {
		return *at
	}
	return 0
}

// String writes i as "12,595 (9,827 to 16,544, 95 %)".
func (i Interval) String() string { return i.Less(0) }

// Less writes i with n people taken off.
func (i Interval) Less(n float64) string {
	s := Grouped(i.Center() - n)
	if i.Low == nil {
		return s
	}
	high := "no upper bound"
	if i.High != nil {
		high = Grouped(*i.High - n)
	}
	return fmt.Sprintf("%s (%s to %s, %.0f %%)", s, Grouped(*i.Low-n), high, 100*i.Level)
}

// Grouped writes a number of people to the nearest whole, its thousands apart.
func Grouped(v float64) string {
	digits := strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if math.Round(v) < 0 {
		return "-" + digits
	}
	return digits
}

// MethodDiagnostics say how far an answer can be trusted as a computation, and what
// it rests on.
type MethodDiagnostics struct {
	Chains     *int          `json:"chains"`
	RHat       *float64      `json:"r_hat"`
	ESS        *float64      `json:"ess"`
	Iterations *int          `json:"iterations,omitempty"`
	Medians    []float64     `json:"chain_medians,omitempty"`
	Model      string        `json:"model,omitempty"`
	Compared   int           `json:"compared,omitempty"`
	Models     []ModelWeight `json:"models,omitempty"` // the heaviest, heaviest first
	Coverage   *float64      `json:"sample_coverage,omitempty"`
	Imputed    *float64      `json:"imputation_share,omitempty"` // of the variance
	Linked     *float64      `json:"linkage_share,omitempty"`    // of the variance
}

// A Posterior is how the draws of a population lie: the share of them in each of
// equal steps from From to To, in people. The draws outside are the rest to 1.
type Posterior struct {
	Method string    `json:"method"`
	From   float64   `json:"from"`
	To     float64   `json:"to"`
	Shares []float64 `json:"shares"`
}

// A ModelWeight is what one model counts for among those that were compared.
type ModelWeight struct {
	Model  string   `json:"model"`
	Weight float64  `json:"weight"`
	Point  *float64 `json:"point"`
}

// A MethodScore is how a method did where the truth is known: on the lists of a
// table, each predicted from the others, or on tables that were drawn. What was
// not measured is nil.
type MethodScore struct {
	Scenario       string             `json:"scenario,omitempty"` // empty for the lists of a table
	Method         string             `json:"method"`
	Lists          int                `json:"lists,omitempty"`
	Truth          int                `json:"truth,omitempty"`
	Tables         int                `json:"tables,omitempty"`
	Refused        int                `json:"refused"`
	LogBias        *float64           `json:"mean_log_bias,omitempty"`
	LogRMSE        *float64           `json:"rmse_log,omitempty"`
	RMSE           *float64           `json:"rmse_percent,omitempty"`
	RMSEError      *float64           `json:"rmse_error,omitempty"` // Monte Carlo standard errors
	Bias           *float64           `json:"bias_percent,omitempty"`
	BiasError      *float64           `json:"bias_error,omitempty"`
	Coverage       *float64           `json:"coverage"`
	CoverageError  *float64           `json:"coverage_error,omitempty"`
	Width          *float64           `json:"mean_width,omitempty"`
	Unbounded      int                `json:"unbounded,omitempty"`
	Warned         map[string]float64 `json:"warned,omitempty"`
	RefusedBecause map[string]int     `json:"refused_because,omitempty"`
}

// An EstimateChoice is which answers of which run are put forward, and why. It
// names answers and no number: all that a method answered stands beside them.
type EstimateChoice struct {
	Run     int       `json:"run"`
	Methods []string  `json:"methods"`
	Who     string    `json:"who,omitempty"`
	At      time.Time `json:"at,omitzero"` // UTC
	Why     string    `json:"why"`
}

// A PublishedEstimate is the public form of an estimate that two people signed:
// what a release says of it. It names nobody who worked on it.
type PublishedEstimate struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	About     EstimateSubject `json:"about"`
	Histories string          `json:"histories"`
	Columns   []string        `json:"columns,omitempty"`
	Lists     []string        `json:"lists"`
	Input     string          `json:"input_sha256"`
	Kept      Date            `json:"kept"` // the day, UTC
	Runs      []EstimateRun   `json:"runs"`
	Choice    EstimateChoice  `json:"choice"`
	Signed    int             `json:"signed"`              // by how many people
	Withdrawn string          `json:"withdrawn,omitempty"` // why it stands no more; empty while it does
	History   []Revised       `json:"history,omitempty"`   // the releases that changed it, the last first
}

// An EstimateMark names an estimate that a release says something of, with the
// SHA-256 of that.
type EstimateMark struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Digest string `json:"digest"`
}
