package second

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

const report = "Shells fell on Tel Marun on Monday. At least five villagers were killed and three were wounded, doctors said. " +
	"Three homes were destroyed. The Federal Army was blamed for it."

func TestOnlyWhatStandsInTheDocumentIsKept(t *testing.T) {
	slow := recorded{status: 200, wait: 30 * time.Second}
	broken := recorded{status: 200, body: "{", cut: true}
	for _, test := range []struct {
		name    string
		replies []recorded
		want    []string
	}{
		{"a good answer", []recorded{kept(t, "good")}, []string{
			"answered, 1 tries, 3 kept",
			`1 killed "At least five" 5+ victims=villagers says=doctors`,
			`2 injured "three" 3 says=doctors`,
			`3 damaged "Three" 3 victims=homes`,
		}},
		{"a good answer in a fence of code", []recorded{kept(t, "fenced")}, []string{
			"answered, 1 tries, 1 kept", `1 killed "At least five" 5+ victims=villagers`}},
		{"an answer that lies", []recorded{kept(t, "lying")}, []string{
			"unfounded, 1 tries, 0 kept",
			"dropped killed: the sentence does not stand in the document at one place",
			"dropped killed: cairn reads no such number in these words",
			"dropped killed: cairn reads no such number in these words",
			"dropped injured: the figure does not stand in its sentence at one place",
			"dropped murdered: no harm is called so",
			"dropped killed: cairn reads no such number in these words",
		}},
		{"an answer that is right in part", []recorded{kept(t, "partly")}, []string{
			"partly, 1 tries, 1 kept",
			`1 killed "At least five" 5+ victims=villagers says=doctors`,
			"dropped killed where: these words do not stand in the sentence at one place",
			"dropped killed by: these words do not stand in the sentence at one place",
			"dropped injured: cairn reads no such number in these words",
		}},
		{"no claim", []recorded{kept(t, "none")}, []string{"none, 1 tries, 0 kept"}},
		{"no JSON", []recorded{kept(t, "prose")}, []string{"malformed, 1 tries, 0 kept"}},
		{"JSON of another form", []recorded{kept(t, "form")}, []string{"malformed, 1 tries, 0 kept"}},
		{"broken JSON", []recorded{kept(t, "broken")}, []string{"malformed, 1 tries, 0 kept"}},
		{"no reply of a chat", []recorded{{status: 200, body: "<html>Welcome</html>"}}, []string{"malformed, 1 tries, 0 kept"}},
		{"nothing said", []recorded{kept(t, "empty")}, []string{"empty, 1 tries, 0 kept"}},
		{"no choices", []recorded{{status: 200, body: `{"choices":[]}`}}, []string{"empty, 1 tries, 0 kept"}},
		{"cut off", []recorded{kept(t, "cut")}, []string{"too_long, 1 tries, 0 kept"}},
		{"over-long", []recorded{saying(strings.Repeat("x", 70_000))}, []string{"too_long, 1 tries, 0 kept"}},
		{"busy, then good", []recorded{{status: 429}, {status: 503}, kept(t, "none")}, []string{"none, 3 tries, 0 kept"}},
		{"always busy", []recorded{{status: 503}}, []string{"refused, 3 tries, 0 kept"}},
		{"a wrong key", []recorded{{status: 401}}, []string{"refused, 1 tries, 0 kept"}},
		{"led elsewhere", []recorded{{status: 302}}, []string{"refused, 1 tries, 0 kept"}},
		{"broken off, then good", []recorded{broken, kept(t, "none")}, []string{"none, 2 tries, 0 kept"}},
		{"always broken off", []recorded{broken}, []string{"unreachable, 3 tries, 0 kept"}},
		{"slow, then good", []recorded{slow, kept(t, "none")}, []string{"none, 2 tries, 0 kept"}},
		{"always slow", []recorded{slow}, []string{"timed_out, 3 tries, 0 kept"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := replays(t, test.replies...)
			r := reader(t, s.URL, func(s *Settings) {
				s.MostAnswer = 64 << 10
				if strings.Contains(test.name, "slow") {
					s.Timeout = 300 * time.Millisecond
				}
			})
			how, reading, err := r.Read(context.Background(), doc(report))
			if err != nil {
				t.Fatal(err)
			}
			if got := notation(how, reading); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
			for _, c := range reading.Claims {
				for _, p := range phrases(c) {
					if p.Span != nil && p.Span.Of(report) != p.Words {
						t.Errorf("%q does not stand at %v", p.Words, *p.Span)
					}
				}
			}
			if (how.Reading != "") != (how.Kept > 0) || how.Kept == 0 && how.Outcome != cairn.SecondNone && len(how.Dropped) == 0 && how.Reason == "" {
				t.Errorf("it says %+v", how)
			}
			if all, _ := json.Marshal([]any{how, reading}); strings.Contains(string(all), "key-of-nobody") {
				t.Errorf("the key stands in what is kept: %s", all)
			}
		})
	}
}

func TestWhatTheServerIsAsked(t *testing.T) {
	s := replays(t, kept(t, "none"))
	r := reader(t, s.URL, nil)
	if _, _, err := r.Read(context.Background(), doc(report)); err != nil {
		t.Fatal(err)
	}
	asked, body := s.asked[0], s.bodies[0]
	if asked.Method != "POST" || asked.URL.Path != "/v1/chat/completions" || asked.Header.Get("Authorization") != "Bearer key-of-nobody" {
		t.Errorf("asked %s %s", asked.Method, asked.URL.Path)
	}
	if body.Model != "tiny" || body.Temperature != 0 || body.Stream || len(body.Messages) != 2 || body.Messages[0].Content != prompt || body.Messages[1].Content != report {
		t.Errorf("asked %+v", body)
	}
	if x := r.Extractor(); !strings.HasPrefix(x, "second/1 tiny prompt-") || len(x) != len("second/1 tiny prompt-")+12 {
		t.Errorf("it is called %q", x)
	}
	if other := reader(t, s.URL, func(s *Settings) { s.Model = "other" }); other.Extractor() == r.Extractor() {
		t.Error("two models are one extractor")
	}
}

func TestADocumentThatIsTooLongIsNotAskedAbout(t *testing.T) {
	s := replays(t, kept(t, "none"))
	how, _, err := reader(t, s.URL, func(s *Settings) { s.MostText = 20 }).Read(context.Background(), doc(report))
	if err != nil || how.Outcome != cairn.SecondTooLong || how.Tries != 0 || len(s.asked) != 0 {
		t.Errorf("%+v, %v, asked %d times", how, err, len(s.asked))
	}
}

func TestAServerThatIsNotThereIsAnOutcome(t *testing.T) {
	s := replays(t, kept(t, "none"))
	s.Close()
	how, _, err := reader(t, s.URL, nil).Read(context.Background(), doc(report))
	if err != nil || how.Outcome != cairn.SecondUnreachable || how.Tries != 3 || how.Outcome.Settled() {
		t.Errorf("%+v, %v", how, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := reader(t, s.URL, nil).Read(ctx, doc(report)); err == nil {
		t.Error("a stop was an outcome")
	}
}

func TestDocumentsStayOnThisMachineUnlessTheyMayLeave(t *testing.T) {
	for _, test := range []struct {
		address, key string
		anywhere     bool
		want         string
	}{
		{"http://127.0.0.1:1/v1", "k", false, ""},
		{"http://[::1]:1/v1", "", false, ""},
		{"http://localhost:1/v1", "k", false, ""},
		{"https://models.example/v1", "", false, "second: the server models.example is not on this machine"},
		{"http://10.0.0.7/v1", "", false, "second: the server 10.0.0.7 is not on this machine"},
		{"http://0.0.0.0:1/v1", "", false, "second: the server 0.0.0.0 is not on this machine"},
		{"https://models.example/v1", "k", true, ""},
		{"http://models.example/v1", "k", true, "second: a key goes to another machine only over https"},
		{"http://me:secret@127.0.0.1/v1", "", false, "second: an address must not hold a key; give it by the environment alone"},
		{"127.0.0.1:11434", "", false, "second: want the address of a server, such as http://127.0.0.1:11434/v1"},
		{"file:///etc/passwd", "", true, "second: want the address of a server, such as http://127.0.0.1:11434/v1"},
	} {
		_, err := New(Settings{Address: test.address, Model: "tiny", Key: test.key, Anywhere: test.anywhere})
		if got := fmt.Sprint(err); err == nil && test.want != "" || err != nil && got != test.want {
			t.Errorf("%s: %v, want %q", test.address, err, test.want)
		}
	}
	if _, err := New(Settings{Address: "http://127.0.0.1:1"}); err == nil {
		t.Error("a reader without a model")
	}
}

func FuzzAnswer(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no recorded replies")
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	p, err := policy.Named("airwars")
	if err != nil {
		f.Fatal(err)
	}
	all := figures(report)
	r := &Reader{settings: Settings{Policy: p, Model: "tiny", Figures: func(string) []Figure { return all }}}
	f.Fuzz(func(t *testing.T, body string) {
		var how cairn.SecondReading
		var out cairn.Reading
		answer := text([]byte(body), &how)
		if how.Outcome == "" {
			r.check(doc(report), answer, &how, &out)
		}
		if !slices.Contains(cairn.SecondOutcomes, how.Outcome) {
			t.Fatalf("no outcome: %+v", how)
		}
		for _, c := range out.Claims {
			if c.Figure.Span.Of(report) != c.Figure.Words || !c.Range.Valid() {
				t.Fatalf("a figure that does not stand there: %+v", c.Figure)
			}
		}
	})
}
