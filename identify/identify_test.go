package identify

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// rows lays a table out, cells parted by bars.
func rows(lines ...string) iter.Seq2[cairn.Row, error] {
	return func(yield func(cairn.Row, error) bool) {
		for i, line := range lines {
			if !yield(cairn.Row{Number: i + 1, Line: i + 1, Cells: strings.Split(line, "|")}, nil) {
				return
			}
		}
	}
}

func TestWhatIsOddInACell(t *testing.T) {
	for _, test := range []struct{ kind, cell, value, note string }{
		{"id", "401", "401", ""},
		{"id", "٤٠١", "401", "other digits"},
		{"id", "401.0", "401", "a spreadsheet made a number with decimals of it"},
		{"id", "4.01E+08", "4.01E+08", "a spreadsheet rounded it; its last digits are lost"},
		{"id", "4.01234567E+08", "401234567", "a spreadsheet wrote it in powers of ten"},
		{"id", "4.0123456E+08", "4.0123456E+08", "a spreadsheet rounded it; its last digits are lost"},
		{"id", "40١ب", "401ب", "a letter of another script stands in it"},
		{"age", "34", "34", ""},
		{"age", "٣٤", "34", ""},
		{"age", "6 months", "0", "an age in months"},
		{"age", "18 أشهر", "1", "an age in months"},
		{"age", "3 days", "0", "an age in days or weeks"},
		{"age", "2.5", "2", "part of a year was left out"},
		{"age", "430", "", "430 is no age"},
		{"age", "adult", "adult", "is no age"},
		{"date", "2023-10-13", "2023-10-13", ""},
		{"date", "2023-10", "2023-10", ""},
		{"date", "13/10/2023", "2023-10-13", ""},
		{"date", "10/13/2023", "2023-10-13", "written month first"},
		{"date", "5.5.2023", "2023-05-05", ""},
		{"date", "03/04/2023", "03/04/2023", "day or month first cannot be told"},
		{"date", "31/02/2023", "31/02/2023", "there is no such day"},
		{"date", "45212", "2023-10-13", "the number that a spreadsheet counts days by"},
		{"date", "in October", "in October", "is no date that is understood"},
		{"sex", "ذكر", "male", ""},
		{"sex", "F", "female", ""},
		{"sex", "?", "?", "is no sex that is understood"},
		{"name", "  Sami   Odeh ", "Sami Odeh", ""},
		{"name", "ا\u0654حمد", "أحمد", "letters that are written in two ways were made one"},
	} {
		if value, note := understood(test.kind, test.cell); value != test.value || note != test.note {
			t.Errorf("%s %q: %q (%s), want %q (%s)", test.kind, test.cell, value, note, test.value, test.note)
		}
	}
}

// A date that could be read two ways is read as the others of its column are, where
// they all tell the same.
func TestDatesInTheOrderOfTheirColumn(t *testing.T) {
	for _, test := range []struct {
		name, others string
		value, note  string
	}{
		{"all others day first", "13/10/2023 25/03/2023 31/01/2023", "2023-04-03", "date: day first, as all dates of the list that tell"},
		{"all others month first", "10/13/2023 03/25/2023 01/31/2023", "2023-03-04", "date: month first, as all dates of the list that tell"},
		{"some of each", "13/10/2023 25/03/2023 31/01/2023 01/31/2023", "03/04/2023", "date: day or month first cannot be told"},
		{"too few that tell", "13/10/2023 5.5.2023 2023-10-13", "03/04/2023", "date: day or month first cannot be told"},
	} {
		lines := []string{" name |date ", "Sami|03/04/2023"}
		for other := range strings.FieldsSeq(test.others) {
			lines = append(lines, "Lina|"+other)
		}
		out, err := Enrol(rows(lines...), "press", nil)
		if err != nil {
			t.Fatal(err)
		}
		if e := out.Entries[0]; e.Values["date"] != test.value || !slices.Equal(e.Notes, []string{test.note}) {
			t.Errorf("%s: %q %v, want %q (%s)", test.name, e.Values["date"], e.Notes, test.value, test.note)
		}
	}
}

func TestEnrol(t *testing.T) {
	for _, test := range []struct {
		name    string
		rows    []string
		columns map[string]string
		keys    string
		fault   string
	}{
		{"by the identifier", []string{"id|name", "7|Sami", "8|Lina"}, nil, "7 8", ""},
		{"one identifier on two rows", []string{"id|name", "7|Sami", "7|Lina"}, nil, "7~ 7~", ""},
		{"no identifier, and two rows alike", []string{"name|age", "Sami|4", "Sami|4"}, nil, "~ ~#2", ""},
		{"a header that says nothing", []string{"who|n", "Sami|4"}, map[string]string{"name": "who"}, "~", ""},
		{"no usable column", []string{"colour|n", "red|4"}, nil, "", "no column tells people apart"},
		{"a field that is not one", []string{"who", "Sami"}, map[string]string{"nom": "who"}, "", "there is no field nom"},
		{"a header that is not there", []string{"who", "Sami"}, map[string]string{"name": "whom"}, "", `no header "whom"`},
		{"nothing at all", nil, nil, "", "no header row"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Enrol(rows(test.rows...), "l", test.columns)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Fatalf("the fault is %v, want %q", err, test.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var keys []string
			for _, e := range got.Entries {
				keys = append(keys, shape(e.Key))
			}
			if s := strings.Join(keys, " "); s != test.keys {
				t.Errorf("keys are %s, want %s", s, test.keys)
			}
		})
	}
}

// shape writes a key without its digest.
func shape(key string) string {
	id, rest, ok := strings.Cut(key, "~")
	if !ok && len(key) >= 12 {
		id, rest = "", key
	} else if !ok {
		return key
	}
	if _, n, ok := strings.Cut(rest, "#"); ok {
		return id + "~#" + n
	}
	return id + "~"
}

func entries(t *testing.T, list string, lines ...string) []cairn.Entry {
	t.Helper()
	got, err := Enrol(rows(lines...), list, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got.Entries
}

func TestReleasesOfAList(t *testing.T) {
	one, _ := Release(nil, entries(t, "m", "id|name|age", "1|Sami|4", "2|Lina|5", "3|Omar|6"), 1, 1)
	two, differences := Release(one, entries(t, "m", "id|name|age", "4|Nour|1", "1|Sami|5", "2|Lina|5"), 2, 4)
	var said []string
	for _, d := range differences {
		said = append(said, fmt.Sprintf("%s %s %v", d.Change, d.Entry.Key, d.Fields))
	}
	if got := strings.Join(said, "; "); got != "added 4 []; changed 1 [age]; removed 3 []" {
		t.Errorf("the release changed %s", got)
	}
	numbers := map[string]int{}
	for _, e := range two {
		numbers[e.Key] = e.Number
	}
	if fmt.Sprint(numbers) != "map[1:1 2:2 3:3 4:4]" {
		t.Errorf("entries have the numbers %v; one that stands keeps its own", numbers)
	}
	three, differences := Release(two, entries(t, "m", "id|name|age", "3|Omar|6"), 3, 5)
	if len(three) != 4 || len(differences) != 4 {
		t.Errorf("the third release holds %d entries and %d differences, want every entry kept, 3 gone and 1 back", len(three), len(differences))
	}
	for _, e := range three {
		if e.Key == "3" && e.Gone != 0 {
			t.Error("an entry that came back is still gone")
		}
	}
}

// people writes persons as the keys of their entries.
func people(persons []Person) string {
	var all []string
	for _, p := range persons {
		var keys []string
		for _, e := range p.Entries {
			keys = append(keys, e.Key)
		}
		all = append(all, p.ID+"="+strings.Join(keys, "+"))
	}
	return strings.Join(all, " ")
}

// numbered returns entries a, b, c… of one list, in that order.
func numbered(keys string) []cairn.Entry {
	var all []cairn.Entry
	for i, k := range strings.Fields(keys) {
		all = append(all, cairn.Entry{List: "l", Key: k, Number: i + 1})
	}
	return all
}

func joined(a, b string, p float64) cairn.Match {
	return cairn.Match{A: "l/" + a, B: "l/" + b, Probability: p, Joined: p >= 1.0/3}
}

func decided(d cairn.Decision, a, b string) cairn.Judgement {
	return cairn.Judgement{Kind: cairn.OfPersons, Decision: d, Incident: "l/" + a, Others: []string{"l/" + b}}
}

func TestPersons(t *testing.T) {
	for _, test := range []struct {
		name       string
		matches    []cairn.Match
		judgements []cairn.Judgement
		want       string
	}{
		{"nobody is anybody else", nil, nil, "p1=a p2=b p3=c p4=d"},
		{"joined by the lists", []cairn.Match{joined("a", "c", .9)}, nil, "p1=a+c p2=b p4=d"},
		{"a doubtful pair joins nobody", []cairn.Match{joined("a", "c", .2)}, nil, "p1=a p2=b p3=c p4=d"},
		{"a person joins a doubtful pair", []cairn.Match{joined("a", "c", .2)}, []cairn.Judgement{decided(cairn.Merge, "a", "c")}, "p1=a+c p2=b p4=d"},
		{"a person keeps a pair apart", []cairn.Match{joined("a", "c", .9)}, []cairn.Judgement{decided(cairn.NotSame, "c", "a")}, "p1=a p2=b p3=c p4=d"},
		{"apart also through a third, the surer match stands", []cairn.Match{joined("a", "b", .7), joined("b", "c", .9)}, []cairn.Judgement{decided(cairn.NotSame, "a", "c")}, "p1=a p2=b+c p4=d"},
		{"another list moves no identifier", []cairn.Match{joined("a", "b", .9), joined("b", "d", .8)}, nil, "p1=a+b+d p3=c"},
		{"a judgement of incidents is none of persons", []cairn.Match{joined("a", "c", .9)}, []cairn.Judgement{{Decision: cairn.NotSame, Incident: "l/a", Others: []string{"l/c"}}}, "p1=a+c p2=b p4=d"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := people(Persons(numbered("a b c d"), test.matches, test.judgements)); got != test.want {
				t.Errorf("persons are %s, want %s", got, test.want)
			}
		})
	}
}

func TestDoubts(t *testing.T) {
	all := []cairn.Match{joined("a", "b", .99), joined("a", "c", .9), joined("b", "c", .55), joined("c", "d", .3), joined("b", "d", .01)}
	var got []string
	for _, m := range Doubts(all, []cairn.Judgement{decided(cairn.NotSame, "d", "c")}) {
		got = append(got, m.A+m.B)
	}
	if s := strings.Join(got, " "); s != "l/bl/c l/al/c" {
		t.Errorf("the pairs to look at are %s, want the least sure first and none that is sure or judged", s)
	}
}

func TestGuards(t *testing.T) {
	all := numbered("a b c d e")
	values := []map[string]string{{"id": "1", "name": "Sami"}, {"id": "1", "name": "Lina"}, {"id": "2", "name": "Omar"}, {"id": "3", "name": "Omar"}, {"id": "3", "name": "Omar"}}
	for i := range all {
		all[i].Values = values[i]
	}
	persons := Persons(all, []cairn.Match{joined("c", "d", .9)}, nil)
	var got []string
	for _, g := range Guards(persons) {
		got = append(got, g.Kind+" "+strings.Join(g.Entries, ","))
	}
	want := "two_ids_one_person l/c,l/d; one_id_two_persons l/a,l/b; one_id_two_persons l/d,l/e; same_row_twice l/d,l/e"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("guards are %s, want %s", s, want)
	}
}

// person returns somebody of one entry a list, whose values stand as field=value.
func person(number int, lists string, values ...string) Person {
	p := Person{ID: fmt.Sprintf("p%d", number)}
	of := map[string]string{}
	for _, v := range values {
		field, value, _ := strings.Cut(v, "=")
		of[field] = value
	}
	for _, l := range strings.Fields(lists) {
		p.Entries = append(p.Entries, cairn.Entry{List: l, Key: fmt.Sprint(number), Number: number, Values: of})
	}
	return p
}

func TestHistories(t *testing.T) {
	persons := []Person{
		person(1, "x y", "name=Sami", "date=2023-10-13", "place=Tel Marun", "age=4"),
		person(2, "x y", "name=Lina", "date=2023-10-20", "place=Tel Marun", "age=7"),
		person(3, "y", "name=Omar", "date=2023-11-01", "place=Selm", "age=40"),
		person(4, "x", "date=2023-11-01", "place=Selm"),
		person(5, "x", "name=Nour", "place=Selm"),
		person(6, "x", "name=Rana", "date=2023-11-01"),
	}
	h := HistoriesOf(persons, []string{"x", "y"}, []string{"month", "age"}, 0)
	var got []string
	for _, row := range h.Rows {
		got = append(got, fmt.Sprintf("%s %s %d", strings.Join(row.Values, ","), bits(row.On), row.Count))
	}
	if s := strings.Join(got, "; "); s != "2023-10,0-17 11 2; 2023-11,18-59 01 1" {
		t.Errorf("histories are %s", s)
	}
	if h.Left["name"] != 1 || h.Left["date"] != 1 || h.Left["place"] != 1 {
		t.Errorf("left out are %v, want one for each of name, date and place", h.Left)
	}
}

func TestDrawsAreOfTheirSeed(t *testing.T) {
	matches := []cairn.Match{joined("a", "b", .5), joined("b", "c", .5), joined("c", "d", .5)}
	same, other, none := 0, 0, 0
	for d := 1; d <= 200; d++ {
		a, b := people(Persons(numbered("a b c d"), Draw(matches, 1, d), nil)), people(Persons(numbered("a b c d"), Draw(matches, 1, d), nil))
		if a == b {
			same++
		}
		if strings.HasPrefix(a, "p1=a+b ") || strings.HasPrefix(a, "p1=a+b+") {
			other++
		} else {
			none++
		}
	}
	if same != 200 || other < 70 || none < 70 {
		t.Errorf("%d of 200 draws came again; a and b were one in %d and two in %d, want about half", same, other, none)
	}
}

func TestFamiliesAndAppearances(t *testing.T) {
	persons := []Person{
		person(1, "x", "name=Sami Haddad", "date=2023-10-13", "place=Tel Marun"),
		person(2, "x", "given_name=Lina", "family_name=Haddad", "date=2023-10-13", "place=Tel Marun"),
		person(3, "x", "name=Omar Haddad", "date=2023-10-14", "place=Tel Marun"),
		person(5, "y", "name=رامي حداد", "date=2023-10-13", "place=Tel Marun"),
		person(4, "x", "name=Nour Selim", "date=2023-10-13", "place=Selm", "incident=T7"),
	}
	if all := Families(persons); len(all) != 1 || fmt.Sprint(all[0].Persons) != "[p1 p2 p5]" {
		t.Errorf("families are %v, want p1, p2 and, in another script, p5 as one", all)
	}
	accounts := []Account{
		{Incident: cairn.Incident{Code: "T1", When: cairn.Period{From: "2023-10-13", To: "2023-10-13"}, Where: &cairn.Where{Name: "Tel Marun"}}, Named: []NamedClaim{{Name: "Sami al-Haddad", Ref: cairn.ClaimRef{Document: "d", N: 1}}}},
		{Incident: cairn.Incident{Code: "T8", Former: []string{"T7"}}},
		{Incident: cairn.Incident{Code: "T9", When: cairn.Period{From: "2023-12-01", To: "2023-12-01"}, Where: &cairn.Where{Name: "Tel Marun"}}},
	}
	appear := func(decided ...cairn.Judgement) string {
		var got []string
		for _, a := range Appear(persons, accounts, decided).Appearances {
			got = append(got, fmt.Sprintf("%s %s sure:%v counts:%v", a.Person, a.Incident, a.Sure, a.Counts))
		}
		return strings.Join(got, "; ")
	}
	said := func(d cairn.Decision, entry, code string) cairn.Judgement {
		return cairn.Judgement{Kind: cairn.OfPersons, Decision: d, Incident: entry, Others: []string{code}}
	}
	for _, test := range []struct {
		name    string
		decided []cairn.Judgement
		want    string
	}{
		{"the code and the name count, the place alone is a proposal", nil,
			"p1 T1 sure:false counts:true; p2 T1 sure:false counts:false; p3 T1 sure:false counts:false; p5 T1 sure:false counts:false; p4 T8 sure:true counts:true"},
		{"a person accepts the place", []cairn.Judgement{said(cairn.Appears, "p2", "T1")},
			"p1 T1 sure:false counts:true; p2 T1 sure:false counts:true; p3 T1 sure:false counts:false; p5 T1 sure:false counts:false; p4 T8 sure:true counts:true"},
		{"a person puts somebody elsewhere", []cairn.Judgement{said(cairn.Appears, "p2", "T9")},
			"p1 T1 sure:false counts:true; p2 T9 sure:false counts:true; p3 T1 sure:false counts:false; p5 T1 sure:false counts:false; p4 T8 sure:true counts:true"},
		{"a person takes the code back", []cairn.Judgement{said(cairn.Absent, "p4", "T7")},
			"p1 T1 sure:false counts:true; p2 T1 sure:false counts:false; p3 T1 sure:false counts:false; p5 T1 sure:false counts:false"},
	} {
		if got := appear(test.decided...); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	h := Appear(persons, accounts, nil)
	if fmt.Sprint(h.Nameless) != "[T9]" || len(h.Unmatched) != 0 {
		t.Errorf("without a name is %v and of no incident %v", h.Nameless, h.Unmatched)
	}
}

func TestANameAloneMergesNobody(t *testing.T) {
	enrol := func(list string, from int, lines ...string) []cairn.Entry {
		all := entries(t, list, lines...)
		for i := range all {
			all[i].Number = from + i
		}
		return all
	}
	a := enrol("a", 1, "name|sex|place|date", "Sami Yusuf Haddad|m|Orvane|2031-05-03", "Lina Odeh|f|Orvane|2031-05-03", "Omar Selim|m|Selm|2031-05-11")
	for _, test := range []struct{ name, row, want string }{
		{"a name alone", "Sami Yusuf Haddad|||", "p1=1 p2=1 p3=1 p4=1"},
		{"a name and the sex", "Sami Yusuf Haddad|m||", "p1=1 p2=1 p3=1 p4=1"},
		{"a name, and a day and place that agree", "Sami Yusuf Haddad||Orvane|2031-05-03", "p1=2 p2=1 p3=1"},
	} {
		both := append(slices.Clone(a), enrol("b", 4, "name|sex|place|date", test.row)...)
		found, err := Match(t.Context(), both, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range Persons(both, found.Matches, nil) {
			got = append(got, fmt.Sprintf("%s=%d", p.ID, len(p.Entries)))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: persons are %s, want %s", test.name, s, test.want)
		}
		if len(Doubts(found.Matches, nil)) == 0 && !strings.Contains(test.want, "=2") {
			t.Errorf("%s: nobody is asked", test.name)
		}
	}
}

func TestVictimsOfIncidents(t *testing.T) {
	persons := []Person{
		person(1, "x y", "name=Sami Haddad", "date=2023-10-13", "place=Tel Marun", "age=34", "sex=male"),
		person(2, "x", "name=Lina Haddad", "date=2023-10-13", "place=Tel Marun", "age=6", "incident=T1"),
		person(3, "y", "name=Lena Hadad", "date=2023-10-13", "place=Tel Marun", "age=7", "incident=T1"),
		person(4, "x", "name=Omar Selim", "date=2023-10-13", "place=Tel Marun"),
	}
	accounts := []Account{{Incident: cairn.Incident{Code: "T1", When: cairn.Period{From: "2023-10-13", To: "2023-10-13"}, Where: &cairn.Where{Name: "Tel Marun"}},
		Named: []NamedClaim{{"سامي حداد", cairn.ClaimRef{Document: "d", N: 1}}, {"Nour Odeh", cairn.ClaimRef{Document: "d", N: 2}}}}}
	lists := []cairn.List{{ID: "x", Title: "Ministry"}, {ID: "y", Title: "Monitor"}}
	matches := []cairn.Match{{A: "x/2", B: "y/3", Probability: .5}}
	write := func(decided ...cairn.Judgement) string {
		var got []string
		for _, v := range Victims(persons, Appear(persons, accounts, decided), accounts, matches, decided, lists) {
			got = append(got, fmt.Sprintf("%s of %s %v with %q alive %v in %v family %q claims %d", v.ID, v.Incident, v.Age, v.With, v.Alive, v.Lists, v.Group, len(v.Claims)))
		}
		return strings.Join(got, "\n")
	}
	if got, want := write(), `p1 of T1 34 with "" alive false in [Ministry Monitor] family "p1" claims 1
p2 of T1 6 with "" alive false in [Ministry] family "p1" claims 0
p3 of T1 7 with "p2" alive false in [Monitor] family "p1" claims 0`; got != want {
		t.Errorf("victims are\n%s\nwant\n%s", got, want)
	}
	apart := cairn.Judgement{Kind: cairn.OfPersons, Decision: cairn.NotSame, Incident: "x/2", Others: []string{"y/3"}}
	if got := write(apart); strings.Contains(got, `with "p2"`) {
		t.Errorf("who are judged apart may still be one: %s", got)
	}
	alive := cairn.Judgement{Kind: cairn.OfPersons, Decision: cairn.Alive, Incident: "p1"}
	if got := write(alive); !strings.Contains(got, "p1 of T1 34 with \"\" alive true") {
		t.Errorf("whoever is alive is none: %s", got)
	}
	victims := Victims(persons[:1], Appear(persons[:1], accounts, nil), accounts, nil, nil, lists)
	if fmt.Sprint(victims[0].Called()) != "[Sami Haddad سامي حداد]" {
		t.Errorf("names are %v, want that of the claim in its script too", victims[0].Names)
	}
}

func FuzzEnrol(f *testing.F) {
	f.Add("id|name\n7|Sami\n", "13/10/2023")
	f.Add("age|الاسم|date\n6 أشهر|سامي|45212", "4.01E+08")
	f.Fuzz(func(t *testing.T, table, cell string) {
		got, err := Enrol(rows(strings.Split(table, "\n")...), "l", nil)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, e := range got.Entries {
			if e.Key == "" || seen[e.Key] {
				t.Fatalf("the key %q stands twice or is empty in %q", e.Key, table)
			}
			seen[e.Key] = true
		}
		for _, kind := range []string{"id", "age", "date", "sex", "name"} {
			again, _ := understood(kind, cell)
			if once, _ := understood(kind, again); kind != "age" && once != again {
				t.Fatalf("%s %q is understood as %q, and that as %q", kind, cell, again, once)
			}
		}
	})
}
