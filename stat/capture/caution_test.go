package capture

import (
	"reflect"
	"strings"
	"testing"
)

var three = []string{"hospital", "press", "families"}

func TestCovers(t *testing.T) {
	for _, test := range []struct {
		text string
		want Cover
		err  string
	}{
		{"press=region:north", Cover{"press", "region", []string{"north"}}, ""},
		{" press = region : north , the coast ", Cover{"press", "region", []string{"north", "the coast"}}, ""},
		{"press=from:2014:2015", Cover{"press", "from", []string{"2014:2015"}}, ""},
		{"press", Cover{}, "want LIST=COLUMN:VALUE"},
		{"press=region", Cover{}, "want LIST=COLUMN:VALUE"},
		{"press=region:,", Cover{}, "want LIST=COLUMN:VALUE"},
		{"radio=region:north", Cover{}, `"radio" is none of the lists hospital, press, families`},
	} {
		got, err := ParseCover(test.text, three)
		if test.err != "" {
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%q: %v, want %q", test.text, err, test.err)
			}
		} else if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%q: %+v, %v", test.text, got, err)
		}
	}
}

func FuzzParseCover(f *testing.F) {
	f.Add("press=region:north,coast")
	f.Add("=:,")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCover(text, three)
		if err == nil && (len(c.Values) == 0 || c.Column == "") {
			t.Errorf("%q covers nothing: %+v", text, c)
		}
	})
}

func FuzzParseSource(f *testing.F) {
	f.Add("press=hospital")
	f.Add("press=press")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSource(text, three)
		if err == nil && s.List == s.From {
			t.Errorf("%q draws on itself", text)
		}
	})
}

func TestListsOutsideWhatTheyCover(t *testing.T) {
	const rows = `hospital,press,families,region,sex,count
1,1,0,north,man,30
1,0,1,north,woman,20
1,0,0,east,man,40
0,0,1,east,woman,10
1,0,1,unknown,man,5
`
	h, err := Read(strings.NewReader(rows), "region", "sex")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, cover string
		stratum     map[string]string
		want        string
	}{
		{"everybody", "press=region:north", nil, "50 of the 100 members here are of none of that"},
		{"a stratum across", "press=region:north", map[string]string{"sex": "man"}, "40 of the 70 members here"},
		{"a stratum inside", "press=region:north", map[string]string{"region": "north"}, ""},
		{"a stratum outside", "press=region:north", map[string]string{"region": "east"}, "nobody here is of that"},
		{"all that there is", "press=region:north,east", nil, ""},
		{"one that names others", "hospital=region:north", nil, "names 40 members elsewhere"},
	} {
		c, err := ParseCover(test.cover, h.Lists)
		if err != nil {
			t.Fatal(err)
		}
		n, is := c.Caution(h, test.stratum)
		if is != (test.want != "") || !strings.Contains(n.Reason, test.want) || is && n.Kind != Uncovered {
			t.Errorf("%s: %v, want %q", test.name, n, test.want)
		}
	}
}

func TestListsThatDrawOnEachOther(t *testing.T) {
	for _, test := range []struct {
		method, model string
		want          string
	}{
		{"loglinear", "[1,2,3]", "[1,2,3] has no interaction of the two"},
		{"loglinear", "[13,2]", "[13,2] has no interaction of the two"},
		{"loglinear", "[12,3]", ""},
		{"dga", "[123]", ""},
		{"lcmcr", "", "within classes"},
		{"coverage", "", ""},
		{"chao", "", ""},
	} {
		s, err := ParseSource("press=hospital", three)
		if err != nil {
			t.Fatal(err)
		}
		n, is := s.Caution(Result{Method: test.method, Diagnostics: &Diagnostics{Model: test.model}}, three)
		if is != (test.want != "") || !strings.Contains(n.Reason, test.want) || is && n.Kind != DrawsOn {
			t.Errorf("%s %s: %v, want %q", test.method, test.model, n, test.want)
		}
	}
	for text, want := range map[string]string{"press": "want LIST=LIST", "press=press": "want LIST=LIST", "press=radio": `"radio" is none`} {
		if _, err := ParseSource(text, three); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
