package lexicon

import "testing"

func TestEveryTableLoads(t *testing.T) {
	for _, tag := range Tags {
		l, err := load(tag)
		if err != nil {
			t.Errorf("%s: %v", tag, err)
			continue
		}
		if !l.Root.More() {
			t.Errorf("%s has no words", tag)
		}
	}
}

func TestARowThatSaysNothingIsRefused(t *testing.T) {
	for _, row := range []string{"alone", "words\tno_such_kind\tx", "a,b\tcue.verb\tasserts"} {
		l := &Language{Root: &Node{}}
		if err := l.add("t.tsv", row); err == nil {
			t.Errorf("%q is taken", row)
		}
	}
}

func TestWordsAreFoundUnderTheirFoldedForm(t *testing.T) {
	for _, test := range []struct{ tag, word string }{
		{"en", "KILLED"}, {"en", "Wounded"}, {"ar", "واحِد"}, {"es", "Uno"}, {"uk", "ОДИН"},
	} {
		l, _ := In(test.tag)
		if n := l.Root.Next([]byte(Fold(test.word))); n == nil {
			t.Errorf("%s does not know %q", test.tag, test.word)
		}
	}
	if _, ok := In("tlh"); ok {
		t.Error("there are tables of a language without any")
	}
	if l, ok := In("en-GB"); !ok || l.Tag != "en" {
		t.Error("en-GB is not read as English")
	}
}
