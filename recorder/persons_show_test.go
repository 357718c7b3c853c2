package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// shownIn writes the victims of an incident as a release shows them.
func shownIn(t *testing.T, r *Recorder, release int, code string) string {
	t.Helper()
	f := form(t, r, release, code)
	var all []string
	for _, v := range f.Victims {
		line := string(v.Display) + " " + strings.Join(v.Names, "/") + v.Initials
		if v.Age.Known() {
			line += " " + v.Age.String() + v.Sex
		}
		all = append(all, strings.Join(strings.Fields(line), " "))
	}
	if f.Unshown > 0 {
		all = append(all, cairn.N(f.Unshown).String()+" more")
	}
	return strings.Join(all, "; ")
}

// governs changes the project.
func governs(t *testing.T, r *Recorder, change func(*cairn.Project)) {
	t.Helper()
	p := r.Project()
	change(&p)
	if err := r.PutProject(ctx, p, "as agreed"); err != nil {
		t.Fatal(err)
	}
}

// onCodes has three people of one incident.
const onCodes = "id,name,age,sex,place,date,incident\n901122334,Tamsin Orrelby,34,f,Orvane,2031-05-03,T1\n2,Bram Orrelby,6,m,Orvane,2031-05-03,T1\n3,Ottoline Vask,51,f,Orvane,2031-05-03,T1\n"

func TestHowMuchOfAPersonMayBeSeen(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		enrolled(t, r, "Ministry", onCodes)
		links(t, r)
		code := codeOf(t, r, "wire")
		signs(t, r, code)
		publishes(t, r, 1)
		if got := shownIn(t, r, 1, code); got != "" {
			t.Errorf("a project that says nothing shows %s", got)
		}
		governs(t, r, func(p *cairn.Project) { p.Publicity.Victims = cairn.AgeAndSex })
		publishes(t, r, 2)
		const family = "age_sex 34female; age_sex 6male; age_sex 51female"
		if got := shownIn(t, r, 2, code); got != family {
			t.Errorf("with age and sex it shows %s", got)
		}
		governs(t, r, func(p *cairn.Project) { p.Naming = cairn.Consented })
		mother := cairn.Showing{Display: cairn.FullName, Authority: "her mother"}
		if _, err := r.ShowPerson(ctx, "p1", cairn.Showing{Display: cairn.FullName}, "asked"); err == nil {
			t.Error("a name is shown by nobody's authority")
		}
		consent, err := r.ShowPerson(ctx, "p1", mother, "asked on 2 June")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.ShowPerson(ctx, "ministry/2", cairn.Showing{Display: cairn.OnlyCounted, Authority: "his mother"}, "a child"); err != nil {
			t.Fatal(err)
		}
		publishes(t, r, 3)
		const consented = "name Tamsin OrrelbyT. O. 34female; age_sex 51female; 1 more"
		if got := shownIn(t, r, 3, code); got != consented {
			t.Errorf("with consent it shows %s", got)
		}
		if got := shownIn(t, r, 2, code); got != "age_sex 34female; age_sex 51female; 1 more" {
			t.Errorf("release 2 shows %s, which his mother does not want", got)
		}
		f := form(t, r, 3, code)
		if figure, _ := f.Figure(cairn.Killed, cairn.Civilian); figure.Named != 0 || strings.Contains(asJSON(t, f), "901122334") {
			t.Errorf("the form is %s", asJSON(t, f))
		}
		if _, err := r.Undo(ctx, consent.ID, "she takes it back"); err != nil {
			t.Fatal(err)
		}
		if got := shownIn(t, r, 3, code); got != "age_sex 34female; age_sex 51female; 1 more" {
			t.Errorf("consent that is taken back leaves %s in release 3", got)
		}
		again, err := r.ShowPerson(ctx, "p1", mother, "asked again")
		if err != nil {
			t.Fatal(err)
		}
		down, err := r.ShowPerson(ctx, "p1", cairn.Showing{Suppressed: true, Authority: "a court"}, "an order")
		if err != nil {
			t.Fatal(err)
		}
		for n := 2; n <= 3; n++ {
			if got := shownIn(t, r, n, code); got != "age_sex 51female; 1 more" {
				t.Errorf("suppressed, release %d shows %s", n, got)
			}
		}
		if p := publishes(t, r, 4); p.Number != 4 || strings.Contains(asJSON(t, form(t, r, 4, code)), f.Victims[0].Key) {
			t.Error("a later release brings her back")
		}
		for _, id := range []string{down.ID, again.ID} {
			if _, err := r.Undo(ctx, id, "undone"); err != nil {
				t.Fatal(err)
			}
		}
		governs(t, r, func(p *cairn.Project) { p.Naming, p.Publicity.Victims = cairn.Nobody, "" })
		for n := 1; n <= 4; n++ {
			if got := shownIn(t, r, n, code); got != "" {
				t.Errorf("a project that shows nobody any more shows %s in release %d", got, n)
			}
		}
	})
}

func TestAnotherListDoesNotBringBackWhomOneTakesOut(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	code := codeOf(t, r, "wire")
	governs(t, r, func(p *cairn.Project) { p.Naming = cairn.Everybody })
	enrolled(t, r, "Ministry", onCodes)
	links(t, r)
	if _, err := r.ShowPerson(ctx, "p1", cairn.Showing{Suppressed: true, Authority: "her own"}, "she is in hiding"); err != nil {
		t.Fatal(err)
	}
	enrolled(t, r, "Monitor", "name,place,date,incident\nTamsin Orrelbi,Orvane,2031-05-03,T1\n")
	links(t, r)
	signs(t, r, code)
	publishes(t, r, 1)
	if got := shownIn(t, r, 1, code); strings.Contains(got, "Tamsin") || !strings.Contains(got, "Ottoline Vask") {
		t.Errorf("it shows %s", got)
	}
}

func TestWhatPeopleAskAboutAPersonIsCheckedDecidedAndAnswered(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		governs(t, r, func(p *cairn.Project) { p.Naming = cairn.Everybody })
		enrolled(t, r, "Ministry", onCodes)
		links(t, r)
		code := codeOf(t, r, "wire")
		signs(t, r, code)
		publishes(t, r, 1)
		keys := map[string]string{}
		for _, v := range form(t, r, 1, code).Victims {
			keys[v.Names[0]] = v.Key
		}
		ask := func(kind cairn.LetterKind, key, text string) {
			t.Helper()
			letter := cairn.Letter{Kind: kind, About: "en/incidents/t1.html", Text: text, Contact: "ottoline@example.org", Person: key, Relation: "self"}
			if err := r.TakeLetter(ctx, letter); err != nil {
				t.Fatal(err)
			}
			if err := r.TakeLetter(ctx, letter); err != nil {
				t.Fatalf("the same again: %v", err)
			}
		}
		ask(cairn.TakeDown, keys["Tamsin Orrelby"], "Please take my sister down.")
		ask(cairn.IsAlive, keys["Ottoline Vask"], "I am not dead.")
		ask(cairn.SomethingWrong, keys["Bram Orrelby"], "He was seven.")
		all, err := r.Requests(ctx)
		if err != nil || len(all) != 3 || all[0].ID != "r1" || all[0].Decision != "" {
			t.Fatalf("requests are %+v, %v", all, err)
		}
		if _, err := r.GrantRequest(ctx, "r1", "", "they ask", "It is done."); err == nil || !strings.Contains(err.Error(), "once it is known who asks") {
			t.Errorf("it is granted to whoever asks: %v", err)
		}
		if _, err := r.CheckRequest(ctx, "r1", cairn.NotProved, "did not answer"); err != nil {
			t.Fatal(err)
		}
		if _, err := r.GrantRequest(ctx, "r1", "", "they ask", "It is done."); err == nil {
			t.Error("it is granted to somebody who proved nothing")
		}
		for _, id := range []string{"r1", "r2", "r3"} {
			if _, err := r.CheckRequest(ctx, id, cairn.Proved, "by telephone, and a letter of the family"); err != nil {
				t.Fatal(err)
			}
		}
		granted, err := r.GrantRequest(ctx, "r1", "", "the family fears for others", "It is done.")
		if err != nil || granted.Decision != cairn.Granted || granted.Judgement == "" {
			t.Fatalf("%+v, %v", granted, err)
		}
		if _, err := r.GrantRequest(ctx, "r2", "", "she came herself", "We are glad."); err != nil {
			t.Fatal(err)
		}
		if _, err := r.RefuseRequest(ctx, "r3", "the register says six", "The register says six."); err != nil {
			t.Fatal(err)
		}
		if got := shownIn(t, r, 1, code); got != "name Bram OrrelbyB. O. 6male" {
			t.Errorf("release 1 shows %s", got)
		}
		if _, err := r.RefuseRequest(ctx, "r3", "again", ""); err == nil {
			t.Error("it is decided twice")
		}
		history, err := r.View().RequestHistory(ctx, "tarn", "r1")
		if err != nil || len(history) != 4 || history[1].Check.Outcome != cairn.NotProved || history[3].Answer != "It is done." {
			t.Errorf("the history is %+v, %v", history, err)
		}
		if letter, err := r.Letter(ctx, granted); err != nil || letter.Contact != "ottoline@example.org" || letter.Relation != "self" {
			t.Errorf("the letter is %+v, %v", letter, err)
		}
		if strings.Contains(asJSON(t, history), "ottoline@example.org") {
			t.Error("a request holds how the reader is reached")
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
	})
}
