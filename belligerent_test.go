package cairn_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestABelligerentStandsAsItStoodThen(t *testing.T) {
	valley := cairn.Belligerent{ID: "vc", Name: "Valley Council", Names: map[string]string{"ar": "مجلس الوادي"}, Aliases: []string{"the Council"},
		Active: cairn.Period{From: "2014"},
		Roles: []cairn.Role{
			{Name: "the rebels", Side: "opposition", Period: cairn.Period{To: "2018-06"}},
			{Name: "the authorities", Side: "government", Period: cairn.Period{From: "2018-07"}},
		},
		Of: []cairn.Membership{{Coalition: "Hill Pact", Period: cairn.Period{From: "2015-03", To: "2016"}}, {Coalition: "League"}}}
	for _, test := range []struct {
		on             cairn.Period
		party          bool
		names, of, how string
	}{
		{cairn.Period{From: "2013-05-01", To: "2013-05-01"}, false, "the Council, مجلس الوادي, the rebels", "League", "opposition"},
		{cairn.Period{From: "2015-03-01", To: "2015-03-01"}, true, "the Council, مجلس الوادي, the rebels", "Hill Pact, League", "opposition"},
		{cairn.Period{From: "2018", To: "2018"}, true, "the Council, مجلس الوادي, the rebels, the authorities", "League", "opposition, government"},
		{cairn.Period{To: "2020-02-02"}, true, "the Council, مجلس الوادي, the authorities", "League", "government"},
		{cairn.Period{}, true, "the Council, مجلس الوادي, the rebels, the authorities", "Hill Pact, League", "opposition, government"},
	} {
		then, party := valley.On(test.on)
		var of, how []string
		for _, m := range then.Of {
			of = append(of, m.Coalition)
		}
		for _, r := range then.Roles {
			how = append(how, r.Side)
		}
		if party != test.party || strings.Join(then.Aliases, ", ") != test.names || strings.Join(of, ", ") != test.of || strings.Join(how, ", ") != test.how {
			t.Errorf("on %v: party %t, called %q, of %q, on the side of %q", test.on, party, then.Aliases, of, how)
		}
	}
	if len(valley.Aliases) != 1 {
		t.Errorf("the belligerent itself is now called %q", valley.Aliases)
	}
}

func TestAMembershipMayBeTheNameAlone(t *testing.T) {
	var b cairn.Belligerent
	if err := json.Unmarshal([]byte(`{"id":"a","name":"A","of":["League",{"coalition":"Pact","from":"2015","to":"2016-02"}]}`), &b); err != nil {
		t.Fatal(err)
	}
	if len(b.Of) != 2 || b.Of[0] != (cairn.Membership{Coalition: "League"}) || b.Of[1].To != "2016-02" {
		t.Errorf("read %+v", b.Of)
	}
}
