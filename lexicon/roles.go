package lexicon

import (
	"fmt"
	"strings"
)

// A Role is a part that a word plays beside others without being a word of the
// lexicon for it: "street" ends an address. Roles are a set, since a word plays
// several.
type Role uint64

// The roles.
const (
	PlaceBefore  Role = 1 << iota // a preposition that a place follows: in, near
	PlaceNoun                     // a kind of place before its name: city, camp
	PlaceBehind                   // a kind of place behind its name: Marun district
	Struck                        // a preposition behind what strikes: raids on
	Siege                         // a noun whose place is struck: bombing of
	Compass                       // a direction that parts a place: northern, lower
	Institution                   // a word of the names of public bodies: council
	Street                        // a word behind a name that is a street's or a university's
	Address                       // a word that ends a street's or an institution's name
	Alone                         // elsewhere the name of a town, here a common word
	Joined                        // the article of names of another language: al, el
	Kin                           // a small word inside a name: bin, ibn, de
	NounCue                       // a verb of saying that is as often a noun: report, claim
	Subordinator                  // opens a clause, whose subject follows: after, while
	Mostly                        // says most of a whole is of a kind
	Reflexive                     // says that the subject did it to itself
	Teenage                       // a noun for persons from 13 to 19
	Male                          // a pronoun for a man
	Female                        // a pronoun for a woman
	Undone                        // says that harm has ended: freed, returned
	Threat                        // before a noun of harm: what is only threatened, planned or feared
	OneOfThem                     // one of those spoken of, in one word
	OneOf                         // one of several, in front of them
	Lead                          // stands between a number and its noun: of the, more
	Except                        // behind a negation, what it does not take in: but
	Colleague                     // who is of the trade of somebody spoken of
	AgeWord                       // behind a person, that tells how old: years of age
	Severe                        // how badly somebody is hurt: seriously
	Called                        // between a person and the name: named, called
	Mourned                       // a noun for those whom a list of names mourns: victims, martyrs
	Fighters                      // who fights, as a body, before what is counted: army
	Bears                         // between a hurt person and a [Wound]: with, sustained
	Cared                         // likewise, behind [Recovers]: from, for
	Recovers                      // before what Bears, of whom is cared for: treated, recovering
	Others                        // more people, set against those spoken of: other, others
	Most                          // ranks an attack above others: deadliest, worst
	Share                         // what who did not do it denies: involvement
	Practice                      // in front of what is done as a rule: stop, such as
	Objective                     // a pronoun that is the subject of no verb: him, them
	Composed                      // says of a family who is in it: made up, consisting
	Apart                         // behind a stretch of time, sets one time against another: later
	Ages                          // in front of the ages of several people
	Fires                         // in front of a number of shots: fired, heard
	Slight                        // says of a wound that nobody dies of it: minor
	Aim                           // behind a shot, opens what was shot at and not where: into, towards
	Ranked                        // which of several a person is: eldest, younger
	Company                       // in front of whoever shares somebody's lot: with, alongside
	Parent                        // whoever has children, of whom nothing more is said: father of four
	Hospital                      // where the hurt are taken: hospital, clinic
	Taken                         // says that somebody was brought where it is cared for them: rushed, airlifted
	Family                        // somebody of one's family, whom one can lose: wife, sons
	Names                         // stands for people whom a list names: names
	Besides                       // says that more suffered the same: also
	Given                         // a given name that is no other word, or what opens a kunya
)

var roles = map[string]Role{
	"place before": PlaceBefore, "place noun": PlaceNoun, "place behind": PlaceBehind, "struck": Struck, "siege": Siege,
	"compass": Compass, "institution": Institution, "street": Street, "address": Address, "alone": Alone, "joined": Joined, "kin": Kin,
	"noun cue": NounCue, "subordinator": Subordinator, "mostly": Mostly, "reflexive": Reflexive, "teenage": Teenage,
	"male": Male, "female": Female, "fighters": Fighters, "bears": Bears, "cared": Cared, "recovers": Recovers, "slight": Slight, "fires": Fires, "apart": Apart, "ages": Ages, "composed": Composed, "objective": Objective, "practice": Practice, "most": Most, "share": Share, "others": Others, "mourned": Mourned, "called": Called, "lead": Lead, "one of": OneOf, "undone": Undone, "threat": Threat, "one of them": OneOfThem, "except": Except, "severe": Severe, "age": AgeWord, "colleague": Colleague, "given name": Given, "aim": Aim, "parent": Parent, "hospital": Hospital, "taken": Taken, "family": Family, "names": Names, "besides": Besides, "company": Company, "ranked": Ranked,
}

// addRole takes one row of kind role. Words are parted by bars.
func (l *Language) addRole(words, value string) error {
	role, ok := roles[value]
	if !ok {
		return fmt.Errorf("no role %q", value)
	}
	for word := range strings.SplitSeq(words, "|") {
		l.roles[Fold(word)] |= role
	}
	return nil
}

// Roles returns the roles that a folded word plays in l.
func (l *Language) Roles(word []byte) Role { return l.roles[string(word)] }

// Plays reports whether a folded word plays one of the roles in l.
func (l *Language) Plays(word []byte, role Role) bool { return l.roles[string(word)]&role != 0 }
