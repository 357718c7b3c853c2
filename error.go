package cairn

import (
	"errors"
	"strconv"
)

// The categories of failure that callers tell apart. Packages wrap them with
// what they were doing.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("changed meanwhile by somebody else")
	ErrDamaged  = errors.New("damaged")
	ErrReadOnly = errors.New("cannot be written")
	ErrBusy     = errors.New("in use by another process")
	ErrFull     = errors.New("no space left")
)

// Invalid is a fault that a person can correct: which field, where it stands,
// and what is wrong with it.
type Invalid struct {
	File   string // empty where there is none
	Line   int    // from 1; 0 where there is none
	Field  string
	Reason string
}

// Error writes i as "file:line: field: reason", as far as they are known.
func (i Invalid) Error() string {
	s := ""
	if i.File != "" {
		s = i.File + ":"
	}
	if i.Line > 0 {
		if s == "" {
			s = "line "
		}
		s += strconv.Itoa(i.Line) + ":"
	}
	if s != "" {
		s += " "
	}
	if i.Field != "" {
		s += i.Field + ": "
	}
	return s + i.Reason
}

// A Hint is an error with a line of advice for the person who meets it.
type Hint struct {
	Err  error
	Hint string
}

// Error is the message of the error alone.
func (h Hint) Error() string { return h.Err.Error() }

// Unwrap returns the error that the advice is about.
func (h Hint) Unwrap() error { return h.Err }

func quote(s string) string {
	if len(s) > 60 {
		s = s[:60] + "…"
	}
	return strconv.Quote(s)
}
