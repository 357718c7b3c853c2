package table_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/stat/linkage"
	"github.com/cairn-recorder/cairn/stat/linkage/table"
)

func TestHeadersAreRecognised(t *testing.T) {
	for header, want := range map[string]linkage.Kind{
		"fname_c1": linkage.GivenName, "fname_c2": linkage.GivenName, "lname_c2": linkage.FamilyName, "by": linkage.BirthYear, "bm": linkage.BirthMonth, "bd": linkage.BirthDay,
		"dob": linkage.BirthDate, "birth_place": linkage.Place, "soc_sec_id": linkage.ID, "Full Name": linkage.Name, "First-Name": linkage.GivenName, "Surname": linkage.FamilyName, "Gender": linkage.Sex,
		"الاسم": linkage.Name, "اسم الأب": linkage.FatherName, "اسم العائلة": linkage.FamilyName, "تاريخ الميلاد": linkage.BirthDate, "العمر": linkage.Age, "الجنس": linkage.Sex, "رقم الهوية": linkage.ID, "المدينة": linkage.Place,
		"Nombre": linkage.GivenName, "Apellidos": linkage.FamilyName, "Fecha de nacimiento": linkage.BirthDate, "Edad": linkage.Age, "Cédula": linkage.ID, "Municipio": linkage.Place,
		"Ім'я": linkage.GivenName, "Прізвище": linkage.FamilyName, "По батькові": linkage.FatherName, "Дата народження": linkage.BirthDate, "Вік": linkage.Age, "Стать": linkage.Sex,
		"ФИО": linkage.Name, "Фамилия": linkage.FamilyName, "Отчество": linkage.FatherName, "Дата рождения": linkage.BirthDate, "Пол": linkage.Sex, "Город": linkage.Place,
		"occupation": linkage.Text, "postcode": linkage.Text, "": linkage.Text,
	} {
		if got := table.KindOf(header); got != want {
			t.Errorf("%q is %s, want %s", header, got, want)
		}
	}
}

func TestRowsAsTheyAreFound(t *testing.T) {
	for _, test := range []struct {
		name, text string
		rows       int
		faults     []string
		first      string // the first value of the last row
	}{
		{"clean", "name,dob\nSamir Haddad,1988-04-12\n", 1, nil, "Samir Haddad"},
		{"semicolons", "name;dob\nSamir Haddad;12.04.1988\n", 1, nil, "Samir Haddad"},
		{"a byte order mark", "\ufeffname,dob\nSamir Haddad,\n", 1, nil, "Samir Haddad"},
		{"too few fields", "name,dob,sex\nSamir Haddad\nLayla Nasser,2001-11-30,f\n", 2, []string{"2 dob"}, "Layla Nasser"},
		{"too many fields", "name,dob\nSamir,Haddad,1988-04-12\nLayla Nasser,2001-11-30\n", 2, []string{"2 "}, "Layla Nasser"},
		{"empty fields too many", "name,dob\nSamir Haddad,1988-04-12,,\n", 1, nil, "Samir Haddad"},
		{"another encoding", "name,place\nSamir Haddad,Tel \xc7\xe1\nLayla Nasser,Tel Marun\n", 2, []string{"2 place"}, "Layla Nasser"},
		{"a quote that is none", "name,place\nSamir \"the\" Haddad,x\nLayla Nasser,Tel Marun\n", 2, []string{"2 "}, "Layla Nasser"},
		{"a line in a field", "name,place\n\"Samir\nHaddad\",x\nLayla Nasser\n", 2, []string{"4 place"}, "Layla Nasser"},
		{"no rows", "name,dob\n", 0, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, faults, err := table.Read("a", strings.NewReader(test.text), nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%d %s", f.Line, f.Field))
			}
			if l.Len() != test.rows || fmt.Sprint(got) != fmt.Sprint(test.faults) {
				t.Errorf("%d rows, faults %q; want %d, %q", l.Len(), got, test.rows, test.faults)
			}
			if test.rows > 0 && l.Value(l.Len()-1, 0) != test.first {
				t.Errorf("the last row begins %q", l.Value(l.Len()-1, 0))
			}
		})
	}
}

func TestFilesWithoutAHeaderAreRefused(t *testing.T) {
	for _, text := range []string{"", "no,nr\n1,2\n"} {
		if _, _, err := table.Read("a", strings.NewReader(text), nil); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestMappings(t *testing.T) {
	m, err := table.ParseMapping([]string{"name=Who", "date_of_birth=Born on", "-=Note"})
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := table.Read("a", strings.NewReader("who,born on,note\nSamir Haddad,1988,x\n"), m)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(l.Columns()); got != "[{who name} {born on date_of_birth} {note -}]" {
		t.Errorf("the columns are %s", got)
	}
	for _, bad := range []string{"name", "nom=who", "=who"} {
		if _, err := table.ParseMapping([]string{bad}); err == nil {
			t.Errorf("%q is a mapping", bad)
		}
	}
}

// TestEveryRowHasAPerson writes the persons of lists of which one has a row that
// cannot be read.
func TestEveryRowHasAPerson(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	files := []string{write("a.csv", "name,dob\nSamir Khalil Haddad,1988-04-12\n\"bad\"row,x\nLayla Nasser,2001-11-30\n"), write("b.csv", "name,dob\nسمير خليل حداد,1988-04-12\n")}
	faults := 0
	m := table.Match{Files: files, Persons: filepath.Join(dir, "persons.csv"), Fault: func(string, table.Fault) { faults++ }, Note: func(string) {}}
	var pairs bytes.Buffer
	if err := m.Run(t.Context(), &pairs); err != nil {
		t.Fatal(err)
	}
	persons, err := os.ReadFile(m.Persons)
	if err != nil {
		t.Fatal(err)
	}
	if want := "person,list,row\n1,a,1\n2,a,2\n3,a,3\n1,b,1\n"; string(persons) != want || faults != 1 {
		t.Errorf("%d faults, the persons are\n%swant\n%s", faults, persons, want)
	}
	if got := pairs.String(); !strings.HasPrefix(got, "a_list,a_row,b_list,b_row,probability,weight\na,1,b,1,") || strings.Count(got, "\n") != 2 {
		t.Errorf("the pairs are\n%s", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("name,dob\nSamir Haddad,1988-04-12\n"))
	f.Add([]byte("\xff\xfen\x00a\x00m\x00e\x00\n\x00x\x00"))
	f.Add([]byte("name;dob\n\"Samir;1988\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, faults, err := table.Read("a", bytes.NewReader(data), nil)
		if err != nil {
			return
		}
		for _, fault := range faults {
			if fault.Line < 1 || fault.Reason == "" {
				t.Errorf("%+v does not say where", fault)
			}
		}
		if l.Len() > 50 {
			return
		}
		found, err := linkage.Link(context.Background(), []*linkage.List{l}, linkage.Options{All: true, Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range found.Pairs {
			if !(p.Probability >= 0 && p.Probability <= 1) {
				t.Errorf("%+v has no probability", p)
			}
		}
	})
}

func ExampleMatch() {
	dir, err := os.MkdirTemp("", "lists")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ministry, monitor := filepath.Join(dir, "ministry.csv"), filepath.Join(dir, "monitor.csv")
	os.WriteFile(ministry, []byte("الاسم,تاريخ الميلاد\nليلى خليل ناصر,2001-11-30\nسمير حداد,1975-02-08\n"), 0o600)
	os.WriteFile(monitor, []byte("name,dob,status\nSamir Haddad,1975-02-08,killed\n"), 0o600)
	m := table.Match{Files: []string{ministry, monitor}, Options: linkage.Options{Threshold: .5}, Fault: func(string, table.Fault) {}, Note: func(string) {}}
	var answer bytes.Buffer
	if err := m.Run(context.Background(), &answer); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(answer.String()) {
		fmt.Println(strings.Join(strings.Split(line, ",")[:4], ","))
	}
	// Output:
	// a_list,a_row,b_list,b_row
	// ministry,2,monitor,1
}
