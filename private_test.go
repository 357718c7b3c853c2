package cairn

import (
	"strings"
	"testing"
)

func namesOf(words ...string) []Name {
	var all []Name
	for _, w := range words {
		all = append(all, Name{Words: w})
	}
	return all
}

func TestMask(t *testing.T) {
	everywhere := NamesOf(namesOf("Tamsin Orrelby", "Jory van Orrelby", "سامر الحلواني", "Ide"))
	own := everywhere.With(namesOf("Tamsin Orrelby", "Mira Selm", "سامر الحلواني", "Quill"), []string{"Selm Bridge", "Tarn Air Force"})
	for _, c := range []struct {
		names      Names
		text, want string
	}{
		{everywhere, "Tamsin Orrelby, a teacher, died.", "███, a teacher, died."},
		{everywhere, "TAMSIN ORRELBY died; tamsin orrelby too.", "███ died; ███ too."},
		{everywhere, "The Orrelby house stands.", "The Orrelby house stands."},
		{everywhere, "Jory van Orrelby and Ide", "███ and Ide"},
		{NamesOf(namesOf("Hadi Al Orvane", "Abu Selm")), "Hadi Al-Orvane of Al Orvane, Abu Selm", "███ of Al Orvane, ███"},
		{everywhere, "قُتل سامر الحلواني وولده", "قُتل ███ وولده"},
		{everywhere, "تشييع وسامر الحلوانِي", "تشييع ███"},
		{own, "The Orrelby house stands.", "The ███ house stands."},
		{own, "Mira was at Selm Bridge.", "███ was at Selm Bridge."},
		{own, "Quill's brother; the quill.", "███'s brother; the quill."},
		{own, "وجد الحلواني ميتا", "وجد ███ ميتا"},
		{own, "Tamsin  Orrelby's and O'Orrelby", "███'s and O'███"},
		{Names{}, "Tamsin Orrelby", "Tamsin Orrelby"},
		{own, "", ""},
	} {
		if got := c.names.Mask(c.text); got != c.want {
			t.Errorf("%q is masked as %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("Tamsin Orrelby", "Among the dead was Tamsin Orrelby.")
	f.Add("سامر الحلواني", "وقُتل سامر الحلواني هنا")
	f.Add("\xff\xfe a", "a \xff\xfe a")
	f.Fuzz(func(t *testing.T, name, text string) {
		names := NamesOf(namesOf(name)).With(namesOf(name), nil)
		cuts := names.Find(text)
		for i, c := range cuts {
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End || i > 0 && c.Start < cuts[i-1].End {
				t.Fatalf("%q in %q: cuts %v", name, text, cuts)
			}
		}
		once := names.Mask(text)
		if len(nameWords(name)) > 1 && len(names.Find(once)) > 0 && !strings.Contains(once, Masked) {
			t.Fatalf("%q stands in %q", name, once)
		}
	})
}

func TestAddresses(t *testing.T) {
	names := NamesOf(namesOf("Tamsin Orrelby"))
	for given, want := range map[string]string{
		"https://herald.example/2031/market":                "https://herald.example/2031/market",
		"https://herald.example/2031/tamsin-orrelby-buried": "https://herald.example/",
		"https://herald.example/?q=Tamsin+Orrelby":          "https://herald.example/",
		"https://ana:word@herald.example/a":                 "https://herald.example/a",
		"file:///home/ana/secret.docx":                      "",
		"secret.docx":                                       "",
		"javascript:alert(1)":                               "",
	} {
		if got := names.Address(given); got != want {
			t.Errorf("%s is published as %q, want %q", given, got, want)
		}
	}
}
