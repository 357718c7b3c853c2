package web

import (
	"bufio"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// example is an address of a route or action.
func example(path string) string {
	return strings.NewReplacer("{$}", "", "{id}", "wire", "{code}", "T1", "{key}", "none").Replace(path)
}

// roleTable reads which least role each route and action has, from the table of
// docs/operate.md.
func roleTable(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table := map[string]string{}
	inside := false
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			inside = line == "### Roles"
		}
		cells := strings.Split(line, "|")
		if !inside || len(cells) < 4 || !strings.Contains(cells[1], "`") {
			continue
		}
		for _, part := range strings.Split(cells[1], ",") {
			part, isForm := strings.CutSuffix(strings.TrimSpace(part), " form")
			if part = strings.Trim(part, "`"); isForm {
				part = "POST " + part
			}
			table[part] = strings.TrimSpace(cells[2])
		}
	}
	return table
}

// words for the least roles of the table.
var leastWords = map[cairn.DeskRole]string{cairn.NoRole: "nobody", anyAccount: "any account", cairn.DataViewer: "data_viewer", cairn.Viewer: "viewer",
	cairn.Researcher: "researcher", cairn.Reviewer: "reviewer", cairn.Administrator: "administrator"}

func TestEveryRouteAsEveryRole(t *testing.T) {
	w := newWorkshop(t)
	people := map[cairn.DeskRole]*browserless{}
	for _, role := range cairn.Roles {
		name := strings.ReplaceAll(string(role), "_", "-")
		w.account(name, role, "tarn")
		people[role] = w.as(name)
	}
	w.account("stranger", cairn.Administrator, "another")
	stranger := w.as("stranger")
	w.account("gone", cairn.Administrator, "tarn")
	gone := w.as("gone")
	if err := w.record.PutAccount(ctx, cairn.Account{Name: "gone", Roles: map[string]cairn.DeskRole{"tarn": cairn.Administrator}, Ended: true}, ""); err != nil {
		t.Fatal(err)
	}
	table := roleTable(t)
	tried := 0
	check := func(method, path string, least cairn.DeskRole) {
		name := path
		if method == http.MethodPost {
			name = "POST " + path
		}
		if got := table[strings.TrimSuffix(name, "{$}")]; got != leastWords[least] {
			t.Errorf("docs/operate.md, Roles: %s is for %q, want %q", name, got, leastWords[least])
		}
		if path == "/sign-out" || strings.HasPrefix(path, "/sign-in") || strings.HasPrefix(path, "/account/sessions") {
			return // would end what the test goes on with
		}
		ask := func(who *browserless) int {
			tried++
			if method == http.MethodPost {
				return who.post(example(path), url.Values{"form": {"none"}}).status
			}
			return who.get(example(path)).status
		}
		shut := func(status int) bool {
			return status == http.StatusForbidden || status == http.StatusUnauthorized
		}
		for _, role := range cairn.Roles {
			may := least == anyAccount || role.AtLeast(least)
			if status := ask(people[role]); shut(status) == may || status >= 500 {
				t.Errorf("%s as %s answers %d", name, role, status)
			}
		}
		if status := ask(stranger); !shut(status) && least != anyAccount && least != cairn.NoRole {
			t.Errorf("%s of another project's administrator answers %d", name, status)
		}
		for who, b := range map[string]*browserless{"nobody": w.nobody(), "an account that has ended": gone} {
			status := ask(b)
			away := method == http.MethodGet && status == http.StatusSeeOther
			if !shut(status) && !away && least != cairn.NoRole {
				t.Errorf("%s of %s answers %d", name, who, status)
			}
		}
	}
	for _, p := range append(routes, deskRoutes...) {
		check(http.MethodGet, p.path, p.least)
	}
	check(http.MethodGet, "/originals/{ref}", cairn.DataViewer)
	check(http.MethodGet, "/jobs/{id}/{name}", cairn.Researcher)
	check(http.MethodGet, "/media/{ref}", cairn.Researcher)
	for _, path := range []string{"/sign-in/provider", "/sign-in/provider/back"} {
		check(http.MethodGet, path, cairn.NoRole)
	}
	check(http.MethodGet, "/estimates/{id}/{name}", cairn.Researcher)
	for _, a := range actions {
		check(http.MethodPost, a.path, a.least)
	}
	if tried < 300 {
		t.Errorf("only %d were tried", tried)
	}
	t.Logf("%d times asked", tried)
}

func TestAnotherSiteSendsNoForm(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	for _, test := range []struct {
		name, header, value string
		want                int
	}{
		{"another site", "Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		{"another origin", "Origin", "https://elsewhere.example", http.StatusForbidden},
		{"these pages", "Sec-Fetch-Site", "same-origin", http.StatusSeeOther},
	} {
		r, err := http.NewRequest(http.MethodPost, w.server.URL+"/inbox", strings.NewReader("do=accept+wire"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(test.header, test.value)
		if got := ana.ask(r); got.status != test.want {
			t.Errorf("a form of %s is answered %d, want %d", test.name, got.status, test.want)
		}
	}
}

func TestNobodyHasAnAccountYet(t *testing.T) {
	w := newWorkshop(t)
	b := w.nobody()
	for path, want := range map[string]int{"/": 200, "/incidents/T1": 200, "/documents/wire.json": 200, "/inbox": 401, "/people": 401, "/sign-in": 200, "/join/none": 410} {
		if got := b.get(path); got.status != want {
			t.Errorf("on this machine %s answers %d, want %d", path, got.status, want)
		}
	}
	if got := b.post("/inbox", url.Values{"do": {"accept wire"}}); got.status != http.StatusUnauthorized {
		t.Errorf("a form answers %d", got.status)
	}
	far := workshopAt(t, t.TempDir()+"/cairn.db", func(s *Settings) { s.Local = false })
	for _, path := range []string{"/", "/incidents/T1", "/documents/wire.json", "/inbox", "/originals/none"} {
		if got := far.nobody().get(path); got.status != http.StatusUnauthorized {
			t.Errorf("from afar %s answers %d", path, got.status)
		}
	}
}

func TestALinkIsForOne(t *testing.T) {
	w := newWorkshop(t)
	link := w.link(cairn.Administrator)
	first := w.nobody()
	if got := first.get(link); got.status != 200 || !strings.Contains(got.body, "You begin this desk") {
		t.Fatalf("the link answers %d", got.status)
	}
	for _, test := range []struct{ name, account, password, fault string }{
		{"no name", "", "seven stones on a hill", "join-name-fault"},
		{"a name with capitals", "Ana", "seven stones on a hill", "join-name-fault"},
		{"a name of cairn's", "cairn", "seven stones on a hill", "join-name-fault"},
		{"a short password", "ana", "stones", "join-password-fault"},
	} {
		got := first.post(link, url.Values{"form": {"join"}, "name": {test.account}, "shown": {"Ana of Tarn"}, "password": {test.password}})
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="`+test.fault+`"`) || !strings.Contains(got.body, "Ana of Tarn") {
			t.Errorf("%s: %d, without %s or what was typed", test.name, got.status, test.fault)
		}
		if test.password != "stones" && strings.Contains(got.body, test.password) {
			t.Errorf("%s: the page shows the password", test.name)
		}
	}
	if got := first.post(link, url.Values{"name": {"ana"}, "password": {"seven stones on a hill"}}); got.to != "/account" {
		t.Fatalf("making the account answers %d %s", got.status, got.body)
	}
	if got := first.get("/people"); got.status != 200 {
		t.Errorf("the administrator's page answers %d", got.status)
	}
	for _, b := range []*browserless{w.nobody(), first} {
		if got := b.get(link); got.status != http.StatusGone {
			t.Errorf("the link is used again: %d", got.status)
		}
	}
	if got := w.nobody().get("/"); got.status != http.StatusSeeOther || got.to != "/sign-in" {
		t.Errorf("once somebody has an account, nobody reads: %d", got.status)
	}
	made := first.post("/people", url.Values{"role": {"researcher"}})
	at := strings.Index(made.body, "/join/")
	invitation := made.body[at : strings.IndexAny(made.body[at:], "<")+at]
	second := w.nobody()
	if got := second.post(invitation, url.Values{"name": {"ana"}, "password": {"another hill of stones"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a name that is taken: %d", got.status)
	}
	if got := second.post(invitation, url.Values{"name": {"ben"}, "password": {"another hill of stones"}}); got.to != "/account" {
		t.Errorf("the invitation answers %d %s", got.status, got.body)
	}
	if got := second.get("/people"); got.status != http.StatusForbidden {
		t.Errorf("a researcher sees people: %d", got.status)
	}
	late := w.link(cairn.Reviewer)
	w.now = w.now.Add(2 * time.Hour)
	if got := w.nobody().get(late); got.status != http.StatusGone {
		t.Errorf("a link of yesterday answers %d", got.status)
	}
}

func TestGuessingIsSlow(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Viewer, "tarn")
	b := w.nobody()
	wrong := url.Values{"form": {"sign-in"}, "name": {"ana"}, "password": {"some other words"}}
	for range mostFailed {
		if got := b.post("/sign-in", wrong); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "do not belong together") {
			t.Fatalf("a wrong password answers %d", got.status)
		}
	}
	right := url.Values{"form": {"sign-in"}, "name": {"ana"}, "password": {passwordOf("ana")}}
	if got := b.post("/sign-in", right); !strings.Contains(got.body, "Wait a quarter") {
		t.Errorf("after %d guesses another is tried: %d", mostFailed, got.status)
	}
	w.now = w.now.Add(slowFor)
	if got := b.post("/sign-in", right); got.status != http.StatusSeeOther {
		t.Errorf("later the password answers %d", got.status)
	}
	unknown := b.post("/sign-in", url.Values{"form": {"sign-in"}, "name": {"nobody"}, "password": {"some other words"}})
	if !strings.Contains(unknown.body, "do not belong together") {
		t.Error("an account that there is not is told from one that there is")
	}
	for to, want := range map[string]string{"/review": "/review", "https://elsewhere.example": "/", "//elsewhere.example": "/", `/\elsewhere.example`: "/", "": "/"} {
		right.Set("to", to)
		if got := w.nobody().post("/sign-in", right); got.to != want {
			t.Errorf("signed in on the way to %q leads to %q", to, got.to)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Viewer, "tarn")
	one, two := w.as("ana"), w.as("ana")
	page := one.get("/account")
	at := strings.Index(page.body, `name="session" value="`)
	if at < 0 || strings.Count(page.body, `name="session" value="`) != 2 {
		t.Fatalf("the account shows %d sessions", strings.Count(page.body, `name="session" value="`))
	}
	if got := one.post("/account/password", url.Values{"form": {"password"}, "former": {"no"}, "password": {"a longer hill of stones"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a password is changed without the former: %d", got.status)
	}
	if got := one.post("/account/password", url.Values{"former": {passwordOf("ana")}, "password": {"a longer hill of stones"}}); got.to != "/account" {
		t.Fatalf("changing the password answers %d", got.status)
	}
	if got := two.get("/totals"); got.status != http.StatusSeeOther {
		t.Errorf("another session goes on after the password changed: %d", got.status)
	}
	if got := one.get("/totals"); got.status != 200 {
		t.Errorf("one's own session ended: %d", got.status)
	}
	one.post("/sign-out", nil)
	if got := one.get("/totals"); got.status != http.StatusSeeOther {
		t.Errorf("signed out, the pages answer %d", got.status)
	}
	again := w.nobody()
	again.post("/sign-in", url.Values{"name": {"ana"}, "password": {"a longer hill of stones"}})
	w.now = w.now.Add(13 * time.Hour)
	if got := again.get("/totals"); got.status != http.StatusSeeOther {
		t.Errorf("a session that nobody used for 13 hours answers %d", got.status)
	}
}

func TestTokens(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	if got := ana.post("/account/tokens", url.Values{"form": {"token"}, "label": {"export"}, "role": {"administrator"}, "days": {"30"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a token greater than its account: %d", got.status)
	}
	made := ana.post("/account/tokens", url.Values{"label": {"export"}, "role": {"viewer"}, "days": {"30"}})
	at := strings.Index(made.body, "cairn_")
	token := made.body[at : at+strings.Index(made.body[at:], "<")]
	program := w.nobody()
	ask := func(method, path string) int {
		r, err := http.NewRequest(method, w.server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		return program.ask(r).status
	}
	for path, want := range map[string]int{"/totals.json": 200, "/documents/wire.json": 200, "/inbox.json": 403, "/account": 200} {
		if got := ask(http.MethodGet, path); got != want {
			t.Errorf("with a viewer's token %s answers %d, want %d", path, got, want)
		}
	}
	if got := ask(http.MethodPost, "/inbox"); got != 403 {
		t.Errorf("with a viewer's token a form answers %d", got)
	}
	w.now = w.now.AddDate(0, 0, 31)
	if got := ask(http.MethodGet, "/totals.json"); got != 401 {
		t.Errorf("a token that ended answers %d", got)
	}
}

func TestNamesOfStaffAreNotForEverybody(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	w.account("dora", cairn.DataViewer, "tarn")
	w.account("vera", cairn.Viewer, "tarn")
	as := w.record.As("ana")
	c := testimonyOf(t, w, "T1", "herald")
	now, faults := w.record.Edited(ctx, c.Claim, editedFigure(c.Claim, "19"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if _, err := as.CorrectClaim(ctx, "T1", c.Ref, now, "the photograph"); err != nil {
		t.Fatal(err)
	}
	if _, err := as.Override(ctx, "T1", "grading", "weak", "too thin"); err != nil {
		t.Fatal(err)
	}
	if _, err := as.Sign(ctx, "T1", "checked"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"dora": false, "vera": true} {
		b := w.as(name)
		for _, path := range []string{"/", "/.json", "/incidents/T1", "/incidents/T1.json", "/documents/herald", "/documents/herald.json"} {
			body := b.get(path).body
			for _, staff := range []string{">ana<", `"ana"`, "by ana", "person/ana", "terminal"} {
				if at := strings.Index(body, staff); !want && at >= 0 {
					t.Errorf("%s reads %s on %s: %s", name, staff, path, body[max(0, at-100):at+20])
				}
			}
			if want && strings.HasPrefix(path, "/incidents") && !strings.Contains(body, "ana") {
				t.Errorf("%s does not read who worked on %s", name, path)
			}
		}
	}
}

func TestAPasswordAloneIsNotEnoughFromAfar(t *testing.T) {
	w := workshopAt(t, storetest.SQLite(t), func(s *Settings) { s.Local = false })
	w.account("ana", cairn.Administrator, "tarn")
	ana := w.as("ana")
	for _, path := range []string{"/inbox", "/totals", "/people"} {
		if got := ana.get(path); got.status != http.StatusSeeOther || got.to != "/account" {
			t.Errorf("with a password alone %s answers %d %s", path, got.status, got.to)
		}
	}
	if got := ana.post("/people", url.Values{"role": {"administrator"}}); got.status != http.StatusForbidden {
		t.Errorf("with a password alone others are invited: %d", got.status)
	}
	page := ana.get("/account").body
	at := strings.Index(page, `name="secret" value="`) + len(`name="secret" value="`)
	key := page[at : at+strings.Index(page[at:], `"`)]
	code := func() string {
		c, err := totp.GenerateCode(key, w.now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	bad := ana.post("/account/codes", url.Values{"form": {"code"}, "secret": {key}, "code": {"000000"}})
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, `id="code-code-fault"`) || !strings.Contains(bad.body, key) {
		t.Errorf("a wrong code: %d, or the key has changed", bad.status)
	}
	if got := ana.post("/account/codes", url.Values{"form": {"code"}, "secret": {key}, "code": {code()}}); got.to != "/account" {
		t.Fatalf("the right code: %d %s", got.status, got.body)
	}
	if got := ana.get("/inbox"); got.status != http.StatusOK {
		t.Errorf("with an authenticator set up the inbox answers %d", got.status)
	}
	w.now = w.now.Add(time.Minute)
	for _, test := range []struct {
		name, code string
		want       int
	}{{"no code", "", http.StatusUnprocessableEntity}, {"a wrong one", "123456", http.StatusUnprocessableEntity}, {"the right one", code(), http.StatusSeeOther},
		{"the same again", code(), http.StatusUnprocessableEntity}} {
		got := w.nobody().post("/sign-in", url.Values{"form": {"sign-in"}, "name": {"ana"}, "password": {passwordOf("ana")}, "code": {test.code}})
		if got.status != test.want {
			t.Errorf("signing in with %s: %d, want %d", test.name, got.status, test.want)
		}
	}
}
