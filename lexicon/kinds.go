package lexicon

// The kinds of words.
const (
	_          Kind = iota
	Number          // N: its value; Value "scale" multiplies what stands before it
	Vague           // dozens, several: Value is the canonical wording
	None            // no, none, nobody
	Unknown         // unknown, unspecified
	AtLeast         // before a number
	AtMost          //
	MoreThan        //
	LessThan        //
	About           //
	OrMore          // after a number
	OrFewer         //
	Both            // both, couple: N people together
	Addition        // another, more, others
	Person          // a noun for one person; Value: class,sex
	People          // a noun for several
	Collective      // family, crowd, group: one noun, several people; Value: unit
	Building        // N: 1 one, 2 several
	NotPerson       // things that are shot, killed or hit and are nobody
	Transitive      // a harm verb that takes its victim as object; Value: harm
	Suffer          // a harm verb whose subject is the victim
	Outcome         // dead, wounded, missing: a state; Value: harm
	HarmNoun        // death, killing: Value: harm
	HarmCount       // deaths, fatalities: counted directly
	Toll            // death toll, body count
	Leave           // left three dead
	Be              // was, were, been: N is 1 singular, 2 plural, 0 either
	Have
	Modal // may, could, might
	Will  // will, would, to: not yet so
	Not
	Det // a, the, his; N: 1 where definite
	Prep
	By
	Of
	And
	Or
	Pronoun // N: 1 singular, 2 plural
	Relative
	If
	Hedge   // reportedly, allegedly, feared: Value: scope
	Period  // since, so far, during: Value: scope
	History // words that put a figure into history
	Adverb
	Cue // say, claim, report: Value: stance; Form as a verb
	According
	SourceNoun // police, officials, ministry: who says
	Means      // Value: class; N: 1 one, 2 several
	Party      // Value: canonical name
	Fighter    // words that make their neighbours combatants
	Month
	Weekday
	TimeWord  // yesterday, overnight: Value: what it does
	TimeUnit  // day, week, month, year
	Direction // last, next, this, ago
	Measure   // units that make a number no count of people
	Title     // mr, dr, colonel
	Abbreviation
	Operation // siege, offensive: what campaigns are
	Begin     // began, launched
	End       // captured, ended
	Figure    // the figure, the number, the toll: stands for a number said before
	Rest      // the rest, the remainder
	Reach     // rises to, runs into, stands at: joins a figure to its number

	// The kinds from here on are the figure reader's; [Node.HasAny] lacks them.

	Glue     // joins the parts of one number: three hundred and six
	Joint    // joins two bounds: more than 20 but fewer than 30
	Between  // between 10 and 20
	From     // from 10 to 20
	To       // through, until: joins the ends of a range
	Greater  // greater, higher: a bound with a Than or an Equal behind it
	Lesser   // less, lower
	Than     // than, to
	Equal    // equal to, equals
	PerCent  // after a number
	Article  // one, of a number that follows: a hundred, an estimated 20
	Fraction // half, quarter, fifths: N parts make a whole
	Ordinal  // N: tenth, fifteenth, the ends of a range of ranks
	Suffix   // N: what a letter behind digits multiplies them by: 10k; 0 makes them a rank: 98th
	Numbered // what stands before the number of a road, a room or a law
	Extra    // another, additional: the number that follows adds to one said before
	Beyond   // exceeds, passes: a verb that bounds the number behind it
	Trailing // more, others: after a vague number, adds to one said before

	// The kinds from here on are again no figure's, and [Node.HasAny] lacks them.

	Since  // before a time: from then on, up to the report
	Army   // army, forces: who fights, as a body
	Class  // an adjective that says who is harmed: civilian; Value: class
	Strike // a verb of attack, whose subject is who did the harm told beside it
	Aged   // behind a number, and N for itself: of so many years; Value "month" where of months
	Born   // behind a year: the one in which somebody was born
	Zero   // words that say that nobody was harmed; Value: harm
	Again  // this, so: stands for what was just said
	Cause  // caused, led to: what brings harm about
	Blame  // accused, suspected, claimed responsibility; Value: how firmly harm is ascribed
	Roll   // the names of the dead are: what opens a list of victims by name; Value: harm, or victims
	Wound  // what a hurt person has: burns, a gunshot wound; Value: harm
)

// figureMask is the kinds of the second word of a node that are the figure
// reader's.
const figureMask = 1<<(Trailing+1-64) - 1

var kinds = map[string]Kind{
	"number": Number, "vague": Vague, "none": None, "unknown": Unknown, "at_least": AtLeast, "at_most": AtMost,
	"more_than": MoreThan, "less_than": LessThan, "about": About, "or_more": OrMore, "or_fewer": OrFewer, "both": Both,
	"addition": Addition, "person": Person, "people": People, "collective": Collective, "building": Building,
	"not_person": NotPerson, "transitive": Transitive, "suffer": Suffer, "outcome": Outcome,
	"harm_noun": HarmNoun, "harm_count": HarmCount, "toll": Toll, "leave": Leave, "be": Be, "have": Have,
	"modal": Modal, "will": Will, "not": Not, "det": Det, "prep": Prep, "by": By, "of": Of, "and": And,
	"or": Or, "pronoun": Pronoun, "relative": Relative, "if": If, "hedge": Hedge, "period": Period, "past": History,
	"adverb": Adverb, "cue": Cue, "according": According, "source": SourceNoun, "means": Means, "party": Party,
	"fighter": Fighter, "month": Month, "weekday": Weekday, "time": TimeWord, "unit": TimeUnit, "direction": Direction,
	"measure": Measure, "title": Title, "abbreviation": Abbreviation, "operation": Operation, "begin": Begin, "end": End,
	"figure": Figure, "rest": Rest, "reach": Reach,
	"glue": Glue, "joint": Joint, "between": Between, "from": From, "to": To, "greater": Greater, "lesser": Lesser,
	"than": Than, "equal": Equal, "percent": PerCent, "article": Article, "fraction": Fraction, "ordinal": Ordinal,
	"suffix": Suffix, "numbered": Numbered, "extra": Extra, "beyond": Beyond, "trailing": Trailing,
	"since": Since, "army": Army, "class": Class,
	"strike": Strike, "aged": Aged, "born": Born, "zero": Zero,
	"blame": Blame, "again": Again, "cause": Cause, "roll": Roll, "wound": Wound,
}
