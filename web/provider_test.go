package web

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// A provider is one of OpenID Connect on this machine, which knows whoever comes as
// subject, and can be told to lie.
type provider struct {
	t       *testing.T
	server  *httptest.Server
	key     *rsa.PrivateKey
	mutex   sync.Mutex
	asked   map[string]url.Values // what a code was given for
	subject string
	lie     func(claims map[string]any)
	now     func() time.Time
}

func newProvider(t *testing.T, now func() time.Time) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{t: t, key: key, asked: map[string]url.Values{}, subject: "person-1", now: now}
	mux := http.NewServeMux()
	p.server = httptest.NewServer(mux)
	t.Cleanup(p.server.Close)
	tell := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		tell(w, map[string]any{"issuer": p.server.URL, "authorization_endpoint": p.server.URL + "/authorize", "token_endpoint": p.server.URL + "/token", "jwks_uri": p.server.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		encode := func(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }
		tell(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "k", "n": encode(key.N), "e": encode(big.NewInt(int64(key.E)))}}})
	})
	mux.HandleFunc("/authorize", func(w http.ResponseWriter, r *http.Request) {
		code := desk.NewSecret()
		p.mutex.Lock()
		p.asked[code] = r.URL.Query()
		p.mutex.Unlock()
		back, _ := url.Parse(r.URL.Query().Get("redirect_uri"))
		back.RawQuery = url.Values{"code": {code}, "state": {r.URL.Query().Get("state")}}.Encode()
		http.Redirect(w, r, back.String(), http.StatusFound)
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		p.mutex.Lock()
		asked := p.asked[r.FormValue("code")]
		delete(p.asked, r.FormValue("code"))
		p.mutex.Unlock()
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if asked == nil || asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) || asked.Get("code_challenge_method") != "S256" {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		tell(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": p.token(asked.Get("nonce"), asked.Get("client_id"))})
	})
	return p
}

// token signs who somebody is.
func (p *provider) token(nonce, client string) string {
	claims := map[string]any{"iss": p.server.URL, "aud": client, "sub": p.subject, "nonce": nonce, "iat": p.now().Unix(), "exp": p.now().Add(time.Hour).Unix()}
	if p.lie != nil {
		p.lie(claims)
	}
	part := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			p.t.Error(err)
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	signed := part(map[string]string{"alg": "RS256", "kid": "k", "typ": "JWT"}) + "." + part(claims)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.key, crypto.SHA256, sum[:])
	if err != nil {
		p.t.Error(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// by goes to the provider and back, and returns what the desk then answers.
func (b *browserless) by(path string) answered {
	b.t.Helper()
	sent := b.get(path)
	if sent.status != http.StatusSeeOther {
		return sent
	}
	r, err := http.NewRequest(http.MethodGet, sent.to, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.ask(mustGet(b.t, b.ask(r).to))
}

func mustGet(t testing.TB, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAProviderSaysWhoSomebodyIs(t *testing.T) {
	var w *workshop
	now := func() time.Time {
		if w == nil {
			return noon
		}
		return w.now
	}
	p := newProvider(t, now)
	says := &desk.Provider{Issuer: p.server.URL, Client: "desk", Secret: "secret", Now: now}
	w = workshopAt(t, storetest.SQLite(t), func(s *Settings) { s.Provider = says })
	says.Back = w.server.URL + "/sign-in/provider/back"
	w.account("ana", cairn.Researcher, "tarn")
	w.account("ben", cairn.Researcher, "tarn")
	if got := w.nobody().get("/sign-in").body; !strings.Contains(got, "Sign in with 127.0.0.1") {
		t.Error("the page to sign in on does not offer the provider")
	}
	if got := w.nobody().by("/sign-in/provider?to=/inbox"); got.status != http.StatusBadRequest || !strings.Contains(got.body, "no account here is yours") {
		t.Errorf("whom no account is linked to: %d", got.status)
	}
	if got := w.nobody().get("/sign-in/provider?link=1"); got.status != http.StatusUnauthorized {
		t.Errorf("nobody links: %d", got.status)
	}
	if got := w.as("ana").by("/sign-in/provider?link=1"); got.to != "/account" {
		t.Fatalf("linking answers %d %s", got.status, got.body)
	}
	in := w.nobody()
	if got := in.by("/sign-in/provider?to=/inbox"); got.to != "/inbox" {
		t.Fatalf("signing in answers %d %s", got.status, got.body)
	}
	if got := in.get("/account").body; !strings.Contains(got, "<bdi>ana</bdi>") || !strings.Contains(got, "Remove the link") {
		t.Error("whoever signed in is somebody else")
	}
	if got := w.as("ben").by("/sign-in/provider?link=1"); got.status != http.StatusBadRequest {
		t.Errorf("one person of the provider is two accounts: %d", got.status)
	}
	if got := w.nobody().by("/sign-in/provider?to=https://elsewhere.example"); got.to != "/" {
		t.Errorf("it leads elsewhere: %s", got.to)
	}
	for name, lie := range map[string]func(map[string]any){
		"of another client":   func(c map[string]any) { c["aud"] = "other" },
		"of another issuer":   func(c map[string]any) { c["iss"] = "https://elsewhere.example" },
		"of another question": func(c map[string]any) { c["nonce"] = "other" },
		"that has ended":      func(c map[string]any) { c["exp"] = noon.Add(-time.Hour).Unix() },
		"of nobody":           func(c map[string]any) { c["sub"] = "" },
	} {
		p.lie = lie
		if got := w.nobody().by("/sign-in/provider"); got.status != http.StatusBadRequest {
			t.Errorf("a token %s is answered %d", name, got.status)
		}
	}
	p.lie = nil
	stolen := w.nobody().get("/sign-in/provider")
	at := w.nobody().ask(mustGet(t, stolen.to)).to
	if got := w.nobody().ask(mustGet(t, at)); got.status != http.StatusBadRequest || !strings.Contains(got.body, "asked nothing of the kind") {
		t.Errorf("the answer of another browser: %d", got.status)
	}
	twice := w.nobody()
	at = twice.ask(mustGet(t, twice.get("/sign-in/provider").to)).to
	if got := twice.ask(mustGet(t, at)); got.to != "/" {
		t.Errorf("an answer: %d %s", got.status, got.body)
	}
	if got := twice.ask(mustGet(t, at)); got.status != http.StatusBadRequest {
		t.Errorf("the same answer again: %d", got.status)
	}
	late := w.nobody()
	at = late.ask(mustGet(t, late.get("/sign-in/provider").to)).to
	w.now = w.now.Add(time.Hour)
	if got := late.ask(mustGet(t, at)); got.status != http.StatusBadRequest {
		t.Errorf("an answer of an hour ago: %d", got.status)
	}
	w.as("ana").post("/account/provider/drop", nil)
	if got := w.nobody().by("/sign-in/provider"); got.status != http.StatusBadRequest {
		t.Errorf("once the link is removed: %d", got.status)
	}
}
