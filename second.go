package cairn

// A SecondReading is how a second reader's look at one document went: a model
// that says what it reads, of which only what stands in the text in its own
// words is kept. What is kept is a Reading of its own, beside cairn's; nothing
// of it is counted. The zero SecondReading was not asked for.
type SecondReading struct {
	Document  string        `json:"document"`
	Extractor string        `json:"extractor"` // with the model and the hash of the prompt
	Outcome   SecondOutcome `json:"outcome"`
	Reason    string        `json:"reason,omitempty"` // in words, where the outcome is no answer
	Tries     int           `json:"tries"`            // how often it was asked
	Reading   string        `json:"reading,omitempty"`
	Kept      int           `json:"kept"` // claims
	Dropped   []Dropped     `json:"dropped,omitempty"`
}

// A Dropped is what a second reader said and the text does not bear out. An
// empty Field is the whole claim.
type Dropped struct {
	Harm   Harm   `json:"harm,omitempty"`
	Field  string `json:"field,omitempty"`
	Words  string `json:"words,omitempty"` // as it quoted them
	Reason string `json:"reason"`
}

// A SecondOutcome is what became of asking a second reader.
type SecondOutcome string

// The outcomes. Of the first four an answer came that could be read.
const (
	SecondAnswered    SecondOutcome = "answered"  // all that it said stands in the text
	SecondPartly      SecondOutcome = "partly"    // some of it does
	SecondUnfounded   SecondOutcome = "unfounded" // none of it does
	SecondNone        SecondOutcome = "none"      // it found no claim
	SecondEmpty       SecondOutcome = "empty"     // an answer with nothing in it
	SecondMalformed   SecondOutcome = "malformed" // not of the form that was asked for
	SecondTooLong     SecondOutcome = "too_long"  // the answer, or the document
	SecondTimedOut    SecondOutcome = "timed_out"
	SecondRefused     SecondOutcome = "refused" // by the server, with a status
	SecondUnreachable SecondOutcome = "unreachable"
)

// SecondOutcomes is every SecondOutcome, in the order in which they are counted.
var SecondOutcomes = []SecondOutcome{SecondAnswered, SecondPartly, SecondUnfounded, SecondNone, SecondEmpty, SecondMalformed, SecondTooLong, SecondTimedOut, SecondRefused, SecondUnreachable}

// Settled reports whether asking again would bring nothing else: the server was
// reached and said what it says.
func (o SecondOutcome) Settled() bool {
	switch o {
	case "", SecondTimedOut, SecondRefused, SecondUnreachable:
		return false
	}
	return true
}
