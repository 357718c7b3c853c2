package capture

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, file string
		by         []string
		want       string
	}{
		{"one row a history", "A,B,count\n1,0,4\n0,1,3\n1,1,2\n", nil, "[A B] : {1 4} {2 3} {3 2}"},
		{"one row a person", "A,B\n1,0\n1,0\n0,1\n", nil, "[A B] : {1 2} {2 1}"},
		{"the mark of a Unicode file, other line ends, spaces", "\ufeffA, B ,Count\r\n1, 0,4\r\n0,1,3\r\n", nil, "[A B] : {1 4} {2 3}"},
		{"a column of words is summed over", "A,B,sex,count\n1,0,woman,4\n1,0,man,3\n", nil, "[A B] : {1 7}"},
		{"a column of ages is summed over", "A,B,age,count\n1,0,34,4\n1,0,1,3\n1,0,20,3\n", nil, "[A B] : {1 10}"},
		{"strata", "A,B,sex,count\n1,0,woman,4\n1,0,man,3\n0,1,man,1\n", []string{"sex"}, "[A B] man: {1 3} {2 1}; woman: {1 4}"},
		{"a stratum that is not known", "A,B,sex,count\n1,0,NA,4\n1,0,man,3\n0,1,,1\n", []string{"sex"}, "[A B] : {1 4} {2 1}; man: {1 3}"},
		{"strata of 0 and 1 are no list when named", "A,B,civilian,count\n1,0,1,4\n1,0,0,3\n", []string{"civilian"}, "[A B] 0: {1 3}; 1: {1 4}"},
		{"histories of nobody", "A,B,count\n1,0,4\n0,0,0\n1,1,0\n", nil, "[A B] : {1 4}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, err := Read(strings.NewReader(test.file), test.by...)
			if err != nil {
				t.Fatal(err)
			}
			var strata []string
			for _, s := range h.Strata {
				strata = append(strata, strings.Join(s.Values, "/")+": "+strings.Trim(fmt.Sprint(s.Table.Cells), "[]"))
			}
			if got := fmt.Sprint(h.Lists, " ", strings.Join(strata, "; ")); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestReadFaults(t *testing.T) {
	many := ""
	for i := range 21 {
		many += fmt.Sprintf("L%d,", i)
	}
	for _, test := range []struct {
		name, file string
		by         []string
		want       string
	}{
		{"nothing", "", nil, "is empty; a header with one column a list is needed"},
		{"a header alone", "A,B,count\n", nil, "has a header and no rows"},
		{"a negative count", "A,B,count\n1,0,4\n0,1,-3\n", nil, `line 3: count: want a whole number of people, 0 or more, not "-3"`},
		{"half a person", "A,B,count\n1,0,4.5\n", nil, `line 2: count: want a whole number of people, 0 or more, not "4.5"`},
		{"a two among the lists", "A,B,count\n1,0,4\n0,2,3\n1,1,1\n", nil, `line 3: B: "2" is neither 0 nor 1, which the other rows of this list are`},
		{"a gap in a list", "A,B,count\n1,0,4\n,1,3\n1,1,1\n", nil, `line 3: A: "" is neither 0 nor 1, which the other rows of this list are`},
		{"a history twice", "A,B,count\n1,0,4\n0,1,3\n1,0,1\n", nil, "line 4: has the same history as line 2, and no other column tells them apart"},
		{"a history twice in a stratum", "A,B,sex,count\n1,0,man,4\n1,0,man,3\n", []string{"sex"}, "line 3: has the same history as line 2, and no other column tells them apart"},
		{"one list", "A,count\n1,4\n", nil, "line 1: 1 columns hold only 0 and 1; two lists are the least that can overlap"},
		{"too many lists", many + "count\n" + strings.Repeat("1,", 21) + "1\n", nil, "line 1: 21 lists; 20 are the most: merge lists that come from one maker"},
		{"people on no list", "A,B,count\n0,0,4\n1,1,2\n", nil, "line 2: counts people that are on no list, and their number is what is asked"},
		{"a row too short", "A,B,count\n1,0\n", nil, "line 2: has 2 fields, the header 3"},
		{"a list named twice", "A,A,count\n1,0,3\n", nil, "line 1: A: names two columns"},
		{"a stratum that is no column", "A,B,count\n1,0,3\n", []string{"sex"}, "line 1: sex: is no column of this file, which has A, B, count"},
		{"nobody at all", "A,B,count\n1,0,0\n", nil, "count: every count is 0"},
		{"an open quotation", "A,B,count\n\"1,0,3\n", nil, `line 2: extraneous or missing " in quoted-field`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(test.file), test.by...)
			var fault Invalid
			if !errors.As(err, &fault) || fault.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

// What is read and written again reads the same; every fault is an Invalid.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"A,B,count\n1,0,4\n0,1,3\n1,1,2\n", "A,B\n1,0\n", "A,B,sex,count\n1,0,man,4\n", "A,B\n\"1\",0\n", "\ufeffA,B,count\r\n1,1,7"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		h, err := Read(bytes.NewReader(file))
		if err != nil {
			if fault := (Invalid{}); !errors.As(err, &fault) {
				t.Fatalf("%v is no Invalid", err)
			}
			return
		}
		tab := h.Table()
		var again strings.Builder
		for j := range tab.Lists {
			fmt.Fprintf(&again, "L%d,", j)
		}
		again.WriteString("count\n")
		for _, c := range tab.Cells {
			for j := range tab.Lists {
				fmt.Fprintf(&again, "%d,", c.History>>j&1)
			}
			fmt.Fprintf(&again, "%d\n", c.Count)
		}
		same, err := Read(strings.NewReader(again.String()))
		if err != nil || fmt.Sprint(same.Table().Cells) != fmt.Sprint(tab.Cells) {
			t.Errorf("%v reads back as %v, %v", tab, same, err)
		}
	})
}
