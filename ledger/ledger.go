// Package ledger is the tamper-evident log of a record: a Merkle tree (RFC 6962)
// whose leaves are the acts, in their order, with signed checkpoints (C2SP
// tlog-checkpoint) that say how far the tree had grown and what its root was.
//
// The leaf of an act covers every row that the act made, ended or cut: each row
// is a salted hash ([Row.Hash]), and the hashes of one act are a small tree of
// their own ([Leaf]), so that one row can be proved without showing the others.
// A salt follows from the seed of its act and what the row is. Whoever holds the
// hash and neither row nor salt cannot guess the row, so that a row can be taken
// out and the tree still holds.
//
// The package keeps nothing: hashes come from a [tlog.HashReader], where the
// caller keeps them.
package ledger

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// A Hash is SHA-256, of a row, a leaf or a tree.
type Hash = tlog.Hash

// A Kind says what an act did to a row.
type Kind string

// The kinds of a line.
const (
	Made  Kind = "made"  // the act put the row
	Ended Kind = "ended" // the row stands no more since the act
	Cut   Kind = "cut"   // the act took the content out and left what the row now says
)

// A Mark says what a line of a leaf is about: what was done to which row. Key is
// the primary key as [KeyOf] writes it.
type Mark struct {
	Kind  Kind
	Table string
	Key   string
}

// compare orders marks as the lines of a leaf stand.
func (m Mark) compare(n Mark) int {
	for _, pair := range [][2]string{{string(m.Kind), string(n.Kind)}, {m.Table, n.Table}} {
		if c := strings.Compare(pair[0], pair[1]); c != 0 {
			return c
		}
	}
	return strings.Compare(m.Key, n.Key)
}

// A Column is one value of a row by its name: a string, an int64, a float64, a
// bool or nil.
type Column struct {
	Name  string
	Value any
}

// A Row is a row of the record as the log covers it. Of an ended row the Columns
// are empty, since the act that made it has covered them.
type Row struct {
	Mark
	Columns []Column
}

// KeyOf writes the values of a primary key in one line.
func KeyOf(values ...any) string {
	parts := make([]string, len(values))
	for i, v := range values {
		_, text, _ := Plain(v)
		parts[i] = keyEscapes.Replace(text)
	}
	return strings.Join(parts, "/")
}

var keyEscapes = strings.NewReplacer("%", "%25", "/", "%2F", "\n", "%0A", "\r", "%0D", "\x00", "%00")

// Hash returns the hash of r under a salt.
func (r Row) Hash(salt []byte) Hash {
	h := sha256.New()
	h.Write(salt)
	h.Write(r.Canonical())
	return Hash(h.Sum(nil))
}

// Canonical returns the bytes of r that are hashed: the kind, the table, and each
// column in the order of the names as "name type length:value". A column that is
// null or the empty text is left out, so that a column that tables get later
// changes nothing of the rows before it. Truth is the number 1 or 0, as SQLite
// keeps it.
func (r Row) Canonical() []byte {
	size := 64
	for _, c := range r.Columns {
		if s, ok := c.Value.(string); ok {
			size += len(s)
		}
		size += len(c.Name) + 24
	}
	out := make([]byte, 0, size)
	out = append(out, "cairn row/1\n"...)
	out = append(append(append(append(out, r.Kind...), ' '), r.Table...), '\n')
	if r.Kind == Ended {
		return append(append(out, r.Key...), '\n')
	}
	columns := r.Columns
	if !slices.IsSortedFunc(columns, byName) {
		columns = slices.SortedFunc(slices.Values(columns), byName)
	}
	for _, c := range columns {
		sort, text, ok := Plain(c.Value)
		if !ok {
			continue
		}
		out = append(append(out, c.Name...), ' ', sort, ' ')
		out = append(strconv.AppendInt(out, int64(len(text)), 10), ':')
		out = append(append(out, text...), '\n')
	}
	return out
}

func byName(a, b Column) int { return strings.Compare(a.Name, b.Name) }

// Plain returns the sort of a value (t for text, i for an integer, f for a float), the value as text,
// and whether there is one.
func Plain(v any) (sort byte, text string, ok bool) {
	switch v := v.(type) {
	case string:
		return 't', v, v != ""
	case []byte:
		return 't', string(v), len(v) > 0
	case int:
		return 'i', strconv.Itoa(v), true
	case int64:
		return 'i', strconv.FormatInt(v, 10), true
	case bool:
		if v {
			return 'i', "1", true
		}
		return 'i', "0", true
	case float64:
		return 'f', strconv.FormatFloat(v, 'g', -1, 64), true
	}
	return 0, "", false
}

// encoding writes hashes and salts in columns and lines.
var encoding = base64.RawStdEncoding.Strict()

// Text writes 32 bytes as they stand in lines: base64 without padding.
func Text(b []byte) string { return encoding.EncodeToString(b) }
