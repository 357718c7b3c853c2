package cairn

import "time"

// A Translation is what a document says, in another language, as a person or a
// program put it. It stands beside the original and never in its place: it is not
// read for claims unless somebody asks, and what is read then counts nowhere. N
// counts from 1 within the document. Of is the hash of the text that was
// translated, so that a document that is read otherwise since can be told.
type Translation struct {
	Document string    `json:"document"`
	N        int       `json:"n"`
	Language string    `json:"language"` // a BCP 47 tag
	By       string    `json:"by,omitempty"`
	Tool     string    `json:"tool,omitempty"` // the program and its version; empty where a person translated
	Title    string    `json:"title,omitempty"`
	Text     string    `json:"text"`
	Of       Ref       `json:"of"`
	Who      string    `json:"who"` // who recorded it
	At       time.Time `json:"at"`  // UTC
	Why      string    `json:"why,omitempty"`
}

// Machine reports whether a program made t.
func (t Translation) Machine() bool { return t.Tool != "" }

// Behind reports whether d says something else now than when t was made of it.
func (t Translation) Behind(d Document) bool { return t.Of != RefOf([]byte(d.Text)) }
