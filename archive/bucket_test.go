package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive/archivetest"
)

func TestParseAddress(t *testing.T) {
	for _, test := range []struct{ where, want string }{
		{"s3://evidence", "evidence  s3.amazonaws.com  true"},
		{"s3://evidence/", "evidence  s3.amazonaws.com  true"},
		{"s3://evidence/valley?region=eu-west-1", "evidence valley/ s3.amazonaws.com eu-west-1 true"},
		{"s3://evidence/a/b/?endpoint=http://127.0.0.1:7070", "evidence a/b/ 127.0.0.1:7070  false"},
		{"s3://evidence/a?endpoint=store.example:9000&region=x", "evidence a/ store.example:9000 x true"},
		{"s3://evidence/a?endpoint=https://store.example/", "evidence a/ store.example  true"},
		{"s3://evidence/../../a", "evidence a/ s3.amazonaws.com  true"},
		{"s3://b/a", "shorter than 3"},
		{"s3://Evidence/a", "invalid characters"},
		{"s3://", "want s3://BUCKET"},
		{"s3:///prefix", "want s3://BUCKET"},
		{"s3://key:secret@evidence/a", "no key in it"},
		{"s3://evidence/a?secret=x", "not secret"},
		{"s3://evidence/a?endpoint=ftp://store.example", "such as https://HOST"},
		{"s3://evidence/a?endpoint=https://store.example/path", "such as https://HOST"},
		{"s3://evidence/a?endpoint=%zz", "cannot be read"},
	} {
		a, err := parseAddress(test.where)
		if err != nil {
			if !errors.As(err, new(cairn.Invalid)) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %v, want %q", test.where, err, test.want)
			}
			continue
		}
		if got := fmt.Sprint(a.bucket, " ", a.prefix, " ", a.endpoint, " ", a.region, " ", a.secure); got != test.want {
			t.Errorf("%s is %q, want %q", test.where, got, test.want)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("s3://evidence/a?endpoint=store.example:9000&region=x")
	f.Fuzz(func(t *testing.T, where string) {
		a, err := parseAddress(where)
		if err != nil {
			return
		}
		if a.bucket == "" || a.endpoint == "" || strings.HasPrefix(a.prefix, "/") || strings.Contains("/"+a.prefix, "/../") {
			t.Errorf("%q is %+v", where, a)
		}
	})
}

// before stands before a store and does to each request what do says; do returns
// true where it has answered.
func before(t *testing.T, b archivetest.Bucket, do func(http.ResponseWriter, *http.Request) bool) (where string, keys Keys) {
	t.Helper()
	at, err := url.Parse(b.Where)
	if err != nil {
		t.Fatal(err)
	}
	query := at.Query()
	store, err := url.Parse(query.Get("endpoint"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(store)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !do(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	query.Set("endpoint", server.URL)
	at.RawQuery = query.Encode()
	return at.String(), Keys{Access: b.Access, Secret: b.Secret}
}

func TestFaultsOfAStoreAreThoseOfADisk(t *testing.T) {
	for _, test := range []struct {
		status int
		code   string
		want   error
	}{
		{http.StatusForbidden, "AccessDenied", cairn.ErrReadOnly},
		{http.StatusInsufficientStorage, "InsufficientStorage", cairn.ErrFull},
		{http.StatusBadRequest, "QuotaExceeded", cairn.ErrFull},
		{http.StatusNotImplemented, "NotImplemented", ErrUnreachable},
	} {
		t.Run(test.code, func(t *testing.T) {
			where, keys := before(t, archivetest.Fake(t), func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodPut {
					return false
				}
				_, _ = io.Copy(io.Discard, r.Body)
				w.WriteHeader(test.status)
				fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", test.code)
				return true
			})
			a, err := Open(where, keys)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := a.Put(receiptAt(0), []byte("seven people")); !errors.Is(err, test.want) {
				t.Errorf("Put = %v, want %v", err, test.want)
			}
			if a.Has(cairn.RefOf([]byte("seven people"))) {
				t.Error("what was refused is there")
			}
		})
	}
}

func TestAStoreThatIsNotThere(t *testing.T) {
	b := archivetest.Fake(t)
	other := strings.Replace(b.Where, "s3://evidence", "s3://elsewhere", 1)
	if _, err := Open(other, Keys{Access: b.Access, Secret: b.Secret}); !errors.Is(err, cairn.ErrNotFound) || !errors.As(err, new(cairn.Hint)) {
		t.Errorf("a bucket that is not there: %v, want not found, with what to do", err)
	}
	for access, hint := range map[string]string{"": "say who you are", "somebody": "does not let into this bucket"} {
		where, keys := before(t, b, func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusForbidden)
			return true
		})
		keys.Access = access
		_, err := Open(where, keys)
		var said cairn.Hint
		if !errors.Is(err, ErrUnreachable) || !errors.As(err, &said) || !strings.Contains(said.Hint, hint) {
			t.Errorf("keys %q that are not let in: %v, hint %q", access, err, said.Hint)
		}
	}
	if _, err := Open("s3://evidence/a?endpoint=http://127.0.0.1:1", Keys{}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("a store that does not answer: %v", err)
	}
}

func TestAStoreThatOverwritesIsRefused(t *testing.T) {
	where, keys := before(t, archivetest.Fake(t), func(_ http.ResponseWriter, r *http.Request) bool {
		r.Header.Del("If-None-Match")
		return false
	})
	a, err := Open(where, keys)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Put(receiptAt(0), []byte("seven people")); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("Put = %v, want that the store overwrites", err)
	}
}

func TestNothingIsPutOverWhatIsThere(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, store archivetest.Bucket) {
		a, err := Open(store.Where, Keys{Access: store.Access, Secret: store.Secret})
		if err != nil {
			t.Fatal(err)
		}
		b := a.place.(*bucket)
		for name, send := range map[string]func(string, []byte) error{
			"whole":    b.send,
			"in parts": func(name string, content []byte) error { return b.sendParts(name, bytes.NewReader(content)) },
		} {
			if name == "in parts" && strings.HasSuffix(t.Name(), "/gofakes3") {
				continue // it does not know the condition where parts are put together
			}
			if err := send("sha256/"+name, []byte("one")); err != nil {
				t.Fatal(err)
			}
			if err := send("sha256/"+name, []byte("two")); !errors.Is(err, fs.ErrExist) {
				t.Errorf("%s, a second time: %v", name, err)
			}
			if kept := string(store.Read(t, "sha256/"+name)); kept != "one" {
				t.Errorf("%s: put over with %q", name, kept)
			}
		}
	})
}

// TestAConnectionThatBreaksIsTakenUp cuts the first answers to a request for
// bytes short: what is read is whole all the same. Where each is cut, that is a
// fault of the way, and of no file.
func TestAConnectionThatBreaksIsTakenUp(t *testing.T) {
	for _, test := range []struct {
		name   string
		breaks int
		whole  bool
	}{{"twice", 2, true}, {"always", 1 << 20, false}} {
		t.Run(test.name, func(t *testing.T) {
			broken, content := 0, strings.Repeat("Seven people were killed. ", 9000)
			where, keys := before(t, archivetest.Fake(t), func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/sha256/") || strings.HasSuffix(r.URL.Path, ".json") || broken >= test.breaks {
					return false
				}
				broken++
				from := 0
				if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from); err == nil {
					w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(content)-1, len(content)))
				}
				w.Header().Set("Content-Length", fmt.Sprint(len(content)-from))
				w.Header().Set("Last-Modified", "Tue, 05 Mar 2024 12:00:00 GMT")
				if from > 0 {
					w.WriteHeader(http.StatusPartialContent)
				}
				_, _ = io.WriteString(w, content[from:from+1000])
				return true
			})
			a, err := Open(where, keys)
			if err != nil {
				t.Fatal(err)
			}
			if test.breaks > 2 {
				broken = test.breaks // until it is put
			}
			ref := put(t, a, receiptAt(0), content)
			if test.breaks > 2 {
				broken = 0
			}
			kept, err := a.Get(ref)
			if test.whole && (err != nil || string(kept) != content) || !test.whole && !errors.Is(err, ErrUnreachable) {
				t.Errorf("Get = %d bytes, %v", len(kept), err)
			}
			_, err = a.Verify(t.Context(), func(f Fault) { t.Error(f) })
			if !test.whole && !errors.Is(err, ErrUnreachable) || test.whole && err != nil {
				t.Errorf("Verify = %v", err)
			}
		})
	}
}
