package web

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// worded returns the words for a term, and for one that has none the term
// itself with spaces.
func worded[T ~string](words map[T]string, term T) string {
	if w := words[term]; w != "" {
		return w
	}
	return strings.ReplaceAll(string(term), "_", " ")
}

func harm(h cairn.Harm) string {
	return worded(map[cairn.Harm]string{cairn.Casualties: "killed or injured", cairn.Population: "people present"}, h)
}

// class returns who is harmed, as the heading of a count.
func class(c cairn.Class) string {
	return worded(map[cairn.Class]string{
		"": "people of unstated status", cairn.Civilian: "civilians", cairn.Combatant: "combatants", cairn.UnknownStatus: "people of unknown status",
		cairn.Child: "children", cairn.Woman: "women", cairn.Man: "men", cairn.Journalist: "journalists", cairn.Medic: "medical workers",
		cairn.AidWorker: "aid workers", cairn.Detainee: "detainees", cairn.DisplacedPerson: "displaced people", cairn.All: "people of any status",
	}, c)
}

// tallyWords returns the heading of a tally. The class civilian of a tally
// takes in people of unstated status.
func tallyWords(h cairn.Harm, c cairn.Class) string {
	words := ofWhom(h, c)
	return strings.ToUpper(words[:1]) + words[1:]
}

func ofWhom(h cairn.Harm, c cairn.Class) string {
	switch {
	case h == cairn.Damaged:
		return "buildings damaged"
	case h == cairn.Population && c == cairn.Civilian:
		return "people present"
	case h == cairn.Population:
		return class(c) + " present"
	}
	return class(c) + " " + harm(h)
}

// accountWords returns what one claim is of; a status that it does not state is
// left out.
func accountWords(h cairn.Harm, c cairn.Class) string {
	if c == "" || c == cairn.UnknownStatus {
		return harm(h)
	}
	return ofWhom(h, c)
}

// harmed says who stands in a tally of h and c where its heading alone could
// mislead.
func harmed(h cairn.Harm, c cairn.Class) string {
	if h == cairn.Damaged || h == cairn.Population {
		return ""
	}
	switch c {
	case cairn.Civilian:
		return "with people whose status no account states"
	case cairn.Combatant:
		return "only where an account states it"
	case cairn.All:
		return "as the imported figure counts them"
	}
	return ""
}

func grade(g cairn.Grade) string { return worded(map[cairn.Grade]string{"": "not graded"}, g) }

// gradeMeans returns the definition of a grade.
func gradeMeans(g cairn.Grade) string {
	return map[cairn.Grade]string{
		cairn.Confirmed:  "A party has accepted that it harmed civilians here.",
		cairn.Fair:       "Two or more independent accounts report the harm, and a party is likely or known to have struck nearby.",
		cairn.Weak:       "The harm rests on one original account, however often it was repeated.",
		cairn.Contested:  "Accounts compete over who did it, or none says who did.",
		cairn.Discounted: "Those harmed were combatants, or most likely somebody else did it. It is kept and shown, and never deleted.",
	}[g]
}

func strike(s cairn.StrikeStatus) string {
	return worded(map[cairn.StrikeStatus]string{
		"": "status unknown", cairn.Declared: "declared strike", cairn.Likely: "likely strike",
		cairn.ContestedStrike: "contested strike", cairn.SingleSource: "single source claim",
	}, s)
}

// strikeMeans returns the definition of a strike status.
func strikeMeans(s cairn.StrikeStatus) string {
	return map[cairn.StrikeStatus]string{
		cairn.Declared:        "A party itself reported the strike, with its time or place.",
		cairn.Likely:          "Independent accounts name the same party, or all that name one agree.",
		cairn.ContestedStrike: "Accounts name different parties, or none names any.",
		cairn.SingleSource:    "One original account names the party.",
	}[s]
}

// knownTo says how closely a place is known, in few words.
func knownTo(a cairn.Accuracy) string {
	switch a {
	case "":
		return "accuracy not recorded"
	case cairn.Exact:
		return "known exactly"
	}
	return "known to the " + worded(map[cairn.Accuracy]string{cairn.WithinMetre: "metre", cairn.Within100: "nearest 100 metres", cairn.Admin1: "first-level area"}, a)
}

// accuracy says how closely a place is known, in a sentence.
func accuracy(a cairn.Accuracy) string {
	switch {
	case a == "":
		return "How closely the location is known is not recorded."
	case a == cairn.Exact:
		return "The exact location is known."
	case a == cairn.WithinMetre, a == cairn.Within100:
		return "The location is known to within " + worded(map[cairn.Accuracy]string{cairn.WithinMetre: "one metre", cairn.Within100: "100 metres"}, a) + "."
	case a == cairn.Street, a == cairn.Landmark, a == cairn.Neighbourhood:
		return "The location is known to the " + string(a) + ", not to the point."
	}
	words := worded(map[cairn.Accuracy]string{cairn.Admin1: "first-level area"}, a)
	return "The location is known no closer than the " + words + ". Any coordinates are those of the whole " + words + ", not of the harm."
}

func means(m cairn.MeansClass) string {
	return worded(map[cairn.MeansClass]string{"": "not stated", cairn.VehicleBomb: "vehicle bomb", cairn.Gun: "gunfire", cairn.OtherMeans: "other means"}, m)
}

func strength(s cairn.Strength) string {
	return worded(map[cairn.Strength]string{
		cairn.Stated: "said to be responsible", cairn.Accused: "accused", cairn.Admitted: "admits it", cairn.Denied: "denies it, or is said not to be responsible",
		cairn.Possible: "possibly responsible",
	}, s)
}

func stance(s cairn.Stance) string { return string(s) }

func scope(s cairn.Scope) string {
	return worded(map[cairn.Scope]string{cairn.Cumulative: "toll of a period or area", cairn.Subset: "part of a larger figure", cairn.Addition: "on top of another figure", cairn.ScopePossible: "only possible"}, s)
}

func op(o cairn.Op) string {
	return worded(map[cairn.Op]string{
		cairn.OpExact: "exactly", cairn.OpPlural: "a plural without a number", cairn.OpVague: "a vague number word",
		cairn.OpZero: "nobody", cairn.OpUnknown: "no figure",
	}, o)
}

func unit(u string) string {
	if u == cairn.Percent {
		return "per cent"
	}
	return u
}

// second says what became of asking a second reader.
func second(o cairn.SecondOutcome) string {
	return worded(map[cairn.SecondOutcome]string{
		cairn.SecondAnswered: "all that it said stands in the text", cairn.SecondPartly: "some of what it said stands in the text",
		cairn.SecondUnfounded: "nothing that it said stands in the text", cairn.SecondNone: "it found no claim", cairn.SecondEmpty: "it said nothing",
		cairn.SecondMalformed: "its answer could not be read", cairn.SecondTooLong: "too long", cairn.SecondTimedOut: "no answer in time",
		cairn.SecondRefused: "refused by its server", cairn.SecondUnreachable: "its server was not reached",
	}, o)
}

// part returns the heading of a reason: what of a claim it is of.
func part(of string) string {
	words := worded(map[string]string{"subset_of": "part of", "says": "who says", "scope": "reservation", "also": "again"}, of)
	return strings.ToUpper(words[:1]) + words[1:]
}

func problem(k cairn.ProblemKind) string {
	return worded(map[cairn.ProblemKind]string{
		cairn.NoText: "no text found", cairn.BadBytes: "unreadable bytes", cairn.BadCharset: "wrong character set", cairn.Encrypted: "locked by a password",
		cairn.Scanned: "pictures of pages, no text", cairn.Broken: "broken file", cairn.TooMuch: "too large to read", cairn.Unsupported: "format not read",
		cairn.BadDate: "date that cannot be", cairn.CaptureFault: "not captured",
	}, k)
}

func outcome(o cairn.Outcome) string {
	return worded(map[cairn.Outcome]string{
		cairn.Fetched: "fetched whole", cairn.Empty: "nothing came", cairn.LoginWall: "asked to log in", cairn.Blocked: "refused", cairn.Gone: "no longer there",
		cairn.NotText: "no text in it", cairn.TooLarge: "too large", cairn.BrokenOff: "broken off", cairn.Failed: "no answer",
		cairn.ConsentWall: "asked for consent", cairn.Captcha: "asked whether we are a person", cairn.SoftGone: "said that it is not there",
		cairn.SentHome: "led to the front page", cairn.Truncated: "cut short", cairn.Shell: "scripts alone",
	}, o)
}

func stage(s store.Stage) string {
	return worded(map[store.Stage]string{"": "proposed"}, s)
}

func decision(d cairn.Decision) string {
	return worded(map[cairn.Decision]string{cairn.Accept: "accepted", cairn.Correct: "corrected", cairn.Override: "set by hand", cairn.Merge: "merged",
		cairn.Split: "split", cairn.NotSame: "found to be another incident", cairn.Sign: "signed", cairn.Suppress: "suppressed",
		cairn.Undo: "took back a decision on", cairn.TakesPosition: "recorded what a party says of", cairn.Narrates: "told", cairn.Locates: "located", cairn.Tags: "tagged", cairn.Relates: "related others to", cairn.Refers: "recorded a work that refers to", cairn.Rates: "rated a claim of",
		cairn.Appears: "put a person of lists to", cairn.Absent: "took a person of lists from", cairn.Alive: "found alive", cairn.Shows: "settled how much may be seen of"}, d)
}

// positionWords says what a party made of an incident itself.
func positionWords(r cairn.PositionResult) string {
	return worded(map[cairn.PositionResult]string{cairn.NotAssessed: "did not assess it", cairn.NonCredible: "holds it not credible",
		cairn.Credible: "holds it credible", cairn.Duplicate: "holds it a duplicate of another"}, r)
}

// relation says what incidents have to do with one another.
func relation(r cairn.Relation) string {
	return worded(map[cairn.Relation]string{cairn.SameAttack: "Parts of one attack", cairn.OverlappingToll: "Their tolls overlap",
		cairn.PartOf: "One is part of the other", cairn.DoubleStrike: "A double strike"}, r)
}

// circumstance says what sort of thing happened around incidents.
func circumstance(k cairn.CircumstanceKind) string {
	return worded(map[cairn.CircumstanceKind]string{cairn.OperationBegins: "An operation begins", cairn.OperationEnds: "An operation ends",
		cairn.ChangesHands: "A place changes hands", cairn.Ceasefire: "A ceasefire", cairn.Statement: "A statement", cairn.Sanction: "A sanction",
		cairn.Blackout: "Nobody could report"}, k)
}

// about names what sources contradict each other on.
func about(what string) string {
	switch what {
	case "when":
		return "The day"
	case "where":
		return "The place"
	case "by":
		return "Who did it"
	}
	words := conceded(what)
	return strings.ToUpper(words[:1]) + words[1:]
}

// credible says how credible a claim is held to be.
func credible(value string) string {
	return worded(map[string]string{"1": "confirmed by others", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable", "6": "not to be told"}, value)
}

// conceded names a figure by the key of its tally.
func conceded(key string) string {
	t, ok := cairn.TallyOf(key)
	if !ok {
		return key
	}
	return ofWhom(t.Harm, t.Class)
}

// languageName returns the English name of the language of a tag.
func languageName(tag string) string {
	t, err := language.Parse(tag)
	if tag == "" || err != nil {
		return tag
	}
	return display.English.Tags().Name(t)
}

// country returns the English name of a country by its ISO 3166-1 code.
func country(code string) string {
	r, err := language.ParseRegion(code)
	if err != nil || !r.IsCountry() {
		return code
	}
	return display.English.Regions().Name(r)
}

// sourceName returns the publisher of d, or where it says none, that.
func sourceName(d cairn.Document) string {
	if d.Source == "" {
		return "source not stated"
	}
	return d.Source
}

// deskRole returns what a role is called.
func deskRole(r cairn.DeskRole) string {
	return worded(map[cairn.DeskRole]string{"": "no role", cairn.DataViewer: "viewer of data, without names of staff"}, r)
}

func deskRoleOf(s string) string { return deskRole(cairn.DeskRole(s)) }

func reviewState(s cairn.ReviewState) string { return worded(map[cairn.ReviewState]string{}, s) }

func inboxAnswer(s string) string { return worded(map[string]string{}, s) }

func jobKind(k cairn.JobKind) string {
	return worded(map[cairn.JobKind]string{cairn.ImportJob: "Import", cairn.CaptureJob: "Capture", cairn.RedoJob: "Reading again", cairn.PublishJob: "Publishing", cairn.ExportJob: "Export", cairn.EstimateJob: "Estimate"}, k)
}

func jobState(s cairn.JobState) string {
	return worded(map[cairn.JobState]string{cairn.JobWaits: "waits for its turn", cairn.JobRuns: "under way"}, s)
}

// jobCount says what of a job is counted.
func jobCount(name string) string {
	return worded(map[string]string{"runs": "runs of an estimate", "refused": "answers refused", "again": "there already", "problems": "without text", "claims": "claims read", "incidents": "incidents", "documents": "documents looked at",
		"reread": "read otherwise", "changed": "incidents changed", "made": "new incidents", "signed": "signed, none of which moves", "unfit": "judgements that fit no more", "missing": "documents without bytes",
		"release": "is the number of the release"}, name)
}

func codingState(s cairn.CodingState) string {
	return worded(map[cairn.CodingState]string{cairn.Assigned: "not handed in", cairn.Coded: "handed in", cairn.Adjudicated: "decided"}, s)
}
