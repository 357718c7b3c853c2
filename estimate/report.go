package estimate

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

//go:embed report.html
var reportPage string

// reportView is what the page of a report is made of.
type reportView struct {
	cairn.Estimate
	Sheet
	Digest  string
	Version string
	Embed   template.JS
}

// within is the estimate as its report holds it, so that it can be computed again.
type within struct {
	Version  string         `json:"written_by"`
	Estimate cairn.Estimate `json:"estimate"`
}

// Report writes an estimate as one HTML page that needs nothing else: what it is
// about, the lists, every method beside the others with what it takes for granted,
// diagnostics, sensitivity, the check of the lists against each other, and what
// each number was computed from. The same estimate gives the same bytes.
func Report(out io.Writer, e cairn.Estimate) error {
	sheet, err := SheetOf(e)
	if err != nil {
		return fmt.Errorf("report of estimate %s: %w", e.ID, err)
	}
	digest, err := Digest(e)
	if err != nil {
		return fmt.Errorf("report of estimate %s: %w", e.ID, err)
	}
	text, err := json.Marshal(within{cairn.Version, e})
	if err != nil {
		return fmt.Errorf("report of estimate %s: %w", e.ID, err)
	}
	page, err := template.New("report").Funcs(reportWords).Parse(reportPage)
	if err != nil {
		return err
	}
	v := reportView{Estimate: e, Sheet: sheet, Digest: digest, Version: cairn.Version, Embed: template.JS(text)}
	if err := page.Execute(out, v); err != nil {
		return fmt.Errorf("report of estimate %s: %w", e.ID, err)
	}
	return nil
}

// beginEmbed stands before the estimate in a report, and endEmbed behind it.
const (
	beginEmbed = `<script type="application/json" id="estimate">`
	endEmbed   = `</script>`
)

// EstimateIn is the estimate that a report holds, and by which version it was
// written.
func EstimateIn(report []byte, name string) (e cairn.Estimate, version string, err error) {
	_, rest, found := bytes.Cut(report, []byte(beginEmbed))
	text, _, ended := bytes.Cut(rest, []byte(endEmbed))
	var held within
	if !found || !ended || json.Unmarshal(text, &held) != nil {
		return e, "", cairn.Invalid{File: name, Reason: "is no report of an estimate: it holds none"}
	}
	return held.Estimate, held.Version, nil
}

// CheckReport computes every number of a report again, from the histories within
// it, writes the report anew, and writes to out what differs.
func CheckReport(report []byte, name string, out io.Writer) (Checked, error) {
	e, version, err := EstimateIn(report, name)
	if err != nil {
		return Checked{}, err
	}
	checked, err := CheckEstimate(e, out)
	if err != nil {
		return checked, err
	}
	var again bytes.Buffer
	if err := Report(&again, e); err != nil {
		return checked, err
	}
	if version != cairn.Version {
		_, err = fmt.Fprintf(out, "%s: was written by version %s; its words are not compared with those of %s\n", name, version, cairn.Version)
		return checked, err
	}
	if n, differs := firstDifference(report, again.Bytes()); differs {
		checked.Differed++
		_, err = fmt.Fprintf(out, "%s:%d: what stands here is not what the numbers within make\n", name, n)
	}
	return checked, err
}

// firstDifference is the line from which on two texts differ, if they do.
func firstDifference(a, b []byte) (line int, differs bool) {
	if bytes.Equal(a, b) {
		return 0, false
	}
	la, lb := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(la), len(lb)) {
		if !bytes.Equal(la[i], lb[i]) {
			return i + 1, true
		}
	}
	return min(len(la), len(lb)) + 1, true
}

// reportWords is what the page of a report calls.
var reportWords = template.FuncMap{
	"shown": Shown, "people": func(n int) string { return cairn.Grouped(float64(n)) },
	"grouped": cairn.Grouped,
	"percent": func(v *float64) string {
		if v == nil {
			return ""
		}
		return fmt.Sprintf("%.1f %%", 100**v)
	},
	"share":   func(v float64) string { return fmt.Sprintf("%.1f %%", 100*v) },
	"moved":   moveOf,
	"decimal": func(v *float64) string { return measured(3, v, nil) },
	"whole":   func(v *float64) string { return measured(0, v, nil) },
	"count": func(n *int) string {
		if n == nil {
			return ""
		}
		return cairn.Grouped(float64(*n))
	},
	"meaning": func(method string) Meaning { return Meanings[method] }, "methods": methodsInOrder,
	"stratum":   StratumOf,
	"intervals": func(name string, bars []Bar, observed int) template.HTML { return Intervals(name, bars, observed) },
	"join":      func(all []string) string { return strings.Join(all, ", ") },
	"settings":  SettingsOf, "command": CommandOf, "subject": SubjectOf, "cite": Cite,
	"day": func(d interface{ Format(string) string }) string { return d.Format("2006-01-02") },
}

func moveOf(v *float64) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf("%+.1f %%", 100**v)
}

// SettingsOf are the settings of a run that are not those of every run, as flags.
func SettingsOf(s cairn.EstimateSettings) []string {
	all := []string{"--method " + s.Method, "--seed " + strconv.FormatUint(s.Seed, 10)}
	add := func(is bool, flag string) {
		if is {
			all = append(all, flag)
		}
	}
	add(s.Model != "", "--model "+s.Model)
	add(s.Criterion != "" && s.Criterion != "bic", "--criterion "+s.Criterion)
	add(s.MaxMissing != "" && s.MaxMissing != "5n", "--max-missing "+s.MaxMissing)
	add(s.Grid != "" && s.Grid != "all", "--grid "+s.Grid)
	add(s.Delta > 0, fmt.Sprintf("--delta %g", s.Delta))
	add(s.Threshold > 0 && s.Threshold != 0.02, fmt.Sprintf("--threshold %g", s.Threshold))
	add(s.Bootstrap > 0, fmt.Sprintf("--bootstrap %d", s.Bootstrap))
	add(len(s.By) > 0, "--by "+strings.Join(s.By, ","))
	add(s.Linkages != "", "--linkages "+s.Linkages)
	for _, c := range s.Covers {
		all = append(all, "--covers "+quoted(c))
	}
	for _, d := range s.DrawsOn {
		all = append(all, "--draws-on "+quoted(d))
	}
	add(s.Pool, "--pool")
	add(s.Trend != "", "--trend "+s.Trend)
	add(s.Sensitivity, "--sensitivity")
	add(s.Consistency, "--consistency")
	add(s.Like, fmt.Sprintf("--like --tables %d", s.Tables))
	add(s.Simulate != "", fmt.Sprintf("--simulate %s --tables %d", quoted(s.Simulate), s.Tables))
	return all
}

func quoted(s string) string {
	if strings.ContainsAny(s, " '\"$`\\") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// CommandOf is the command that makes a run again from its histories.
func CommandOf(s cairn.EstimateSettings) string {
	return "cairn estimate " + strings.Join(SettingsOf(s), " ") + " histories.csv"
}

// SubjectOf says in words which deaths an estimate is about, one matter a line.
func SubjectOf(a cairn.EstimateSubject) []string {
	harm := string(a.Harm)
	if harm == "" {
		harm = string(cairn.Killed)
	}
	var all []string
	of := map[cairn.Class]string{"": "people whose status is not stated,", cairn.All: "people of any status", cairn.Civilian: "civilians", cairn.Combatant: "combatants",
		cairn.UnknownStatus: "people of unknown status", cairn.Child: "children", cairn.Woman: "women", cairn.Man: "men"}[a.Class]
	if of == "" {
		of = strings.ReplaceAll(string(a.Class), "_", " ")
	}
	all = append(all, of+" "+harm)
	switch a.Direct {
	case "direct":
		all = append(all, "by violence itself (direct)")
	case "indirect":
		all = append(all, "by what violence led to (indirect)")
	case "both":
		all = append(all, "by violence itself and by what it led to (direct and indirect)")
	default:
		all = append(all, "whether directly by violence, nobody said")
	}
	if a.Named {
		all = append(all, "documented: named, with a date and a place")
	} else {
		all = append(all, "documented: on a list, with or without a name")
	}
	if a.Place != "" {
		all = append(all, "in "+a.Place)
	}
	if a.When.From.Known() || a.When.To.Known() {
		all = append(all, "from "+string(a.When.From)+" to "+string(a.When.To))
	}
	if a.Words != "" {
		all = append(all, a.Words)
	}
	return all
}

// Cite is how an estimate is cited, with whom and where.
func Cite(e cairn.Estimate) string {
	methods := methodsInOrder()
	if e.Choice != nil {
		methods = e.Choice.Methods
	}
	version := cairn.Version
	if len(e.Runs) > 0 {
		version = e.Runs[0].Version
	}
	at := ""
	if !e.At.IsZero() {
		at = ", " + e.At.UTC().Format("2006-01-02")
	}
	id := ""
	if e.ID != "" {
		id = ", estimate " + e.ID
	}
	return fmt.Sprintf("%s%s%s. Multiple systems estimation (%s) with cairn %s, histories sha256 %s.", strings.TrimSuffix(e.Title, "."), id, at, strings.Join(slices.Clone(methods), ", "), version, Hash([]byte(e.Histories))[:16])
}
