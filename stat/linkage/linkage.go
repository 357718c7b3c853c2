// Package linkage finds which records of one or several lists are one person.
//
// It weighs pairs as Fellegi and Sunter (1969, "A theory for record linkage")
// do: each field of a pair agrees to some degree, and each degree speaks for or
// against by how much oftener it is met among matches than among pairs taken at
// random. The weights are learned from the lists themselves, without labels, by
// expectation and maximisation (Winkler 1990, "String comparator metrics and
// enhanced decision rules"; Enamorado, Fifield and Imai 2019, "Using a
// probabilistic model to assist merging of large-scale administrative records"):
// what is missing says nothing, agreement on a rare value says more than on a
// common one, and fields that go together are not counted twice. Pairs are then
// made persons: between lists in which nobody stands twice each record has one
// partner at most (Sadinle 2017, "Bayesian estimation of bipartite matchings"),
// elsewhere clusters are joined while their records speak for one another
// (Sadinle 2014, "Detecting duplicates in a homicide registry").
//
// The same lists give the same answer on any number of processors.
package linkage

import (
	"context"
	"runtime"
)

// A Kind is what a column holds, and so how its values are compared.
type Kind string

// The kinds of column.
const (
	Name       Kind = "name" // a full name: given name first, family name last
	GivenName  Kind = "given_name"
	FatherName Kind = "father_name"
	FamilyName Kind = "family_name"
	BirthDate  Kind = "date_of_birth"
	BirthYear  Kind = "birth_year"
	BirthMonth Kind = "birth_month"
	BirthDay   Kind = "birth_day"
	Age        Kind = "age"
	Sex        Kind = "sex"
	Place      Kind = "place"
	Incident   Kind = "incident"
	Date       Kind = "date" // of what happened
	ID         Kind = "id"   // an identifier that somebody gave out
	Text       Kind = "text" // anything else; columns of one header are compared
	Ignored    Kind = "-"    // not compared
)

// Kinds is every kind that a column can be said to be of.
var Kinds = []Kind{Name, GivenName, FamilyName, FatherName, BirthDate, BirthYear, BirthMonth, BirthDay, Age, Sex, Place, Incident, Date, ID, Text, Ignored}

// A Column is one column of a list.
type Column struct {
	Header string
	Kind   Kind
}

// Options are what a linkage can be told. The zero Options are the usual ones.
type Options struct {
	Threshold float64 // the least probability of a pair; Usual where it is 0 and All is not set
	All       bool    // every candidate, however improbable
	Explain   bool    // the weight of each field, in each pair
	Workers   int     // how many at once; as many as there are processors where it is 0. It changes no answer.
	Plan      func(Plan)
	Labels    []Label // what people said of pairs; they teach the weights, and decide no pair
}

// Usual is the threshold where none is told. Pairs are worth a look from one in
// three on; records are one person only where that is likelier than not.
const Usual = 1.0 / 3

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o Options) threshold() float64 {
	switch {
	case o.All:
		return 0
	case o.Threshold == 0:
		return Usual
	}
	return o.Threshold
}

// A Row is one record: its list, by its place in the order given, and its
// number in that list, both from 0.
type Row struct{ List, Number int }

// A Pair is two records that may be one person.
type Pair struct {
	A, B        Row     // A before B
	Probability float64 // that they are one person, all things considered
	Weight      float64 // the evidence of their fields, in bits
	Fields      []Field // by field, where asked for; they add up to Weight
}

// A Field is what the comparison of one field says of a pair.
type Field struct {
	Name      string
	Kind      Kind // of what its columns hold
	Agreement string
	Weight    float64 // in bits
}

// A Linkage is what was found. Its zero value is that nobody is anybody else.
type Linkage struct {
	Pairs     []Pair  // at or above the threshold, in the order of their records
	Persons   [][]Row // those of more than one record, in the order of their first
	Conflicts []Conflict
	Expected  float64 // how many matches the model expects among all pairs
	Plan      Plan
	Model     Model
	past      *past
}

// Link finds which records of the lists are one person. Lists of no column that
// can be compared are no error: nothing is found in them. It stops early, with
// the error of ctx, when ctx is done.
func Link(ctx context.Context, lists []*List, o Options) (*Linkage, error) {
	t := prepare(lists)
	l := &linker{table: t, options: o, plan: planOf(t, o.workers())}
	if o.Plan != nil {
		o.Plan(l.plan.Plan)
	}
	if err := l.learn(ctx); err != nil {
		return nil, err
	}
	edges, err := l.edges(ctx)
	if err != nil {
		return nil, err
	}
	return l.answer(ctx, edges)
}
