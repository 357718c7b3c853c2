package collect

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestWhatAPageIs(t *testing.T) {
	article := "<p>" + strings.Repeat("Seven people were killed in Tel Marun on Monday, the mayor said. ", 40)
	const address = "https://marun.example/news/strike"
	for _, test := range []struct {
		name, page, at string
		want           cairn.Outcome
		why            string
	}{
		{"a report", "<html><body><p>Seven people were killed in Tel Marun.</body></html>", "", "", ""},
		{"a report with a notice of cookies", "<html><body>" + article + "<div>Accept all cookies</div></body></html>", "", "", ""},
		{"a report with a form for letters and its test", `<html><body>` + article + `<div class="g-recaptcha"></div></body></html>`, "", "", ""},
		{"a report that quotes somebody on robots", "<html><body>" + article + "He asked: are you a robot?</body></html>", "", "", ""},
		{"a report on what was removed", "<html><body>" + article + "The video has been removed.</body></html>", "", "", ""},
		{"a short report within a frame of scripts", `<html><body><div id="root"><p>` + strings.Repeat("Seven people were killed. ", 10) + `</div><script src=a.js></script></body></html>`, "", "", ""},

		{"a challenge", `<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script>Checking your browser</body></html>`, "", cairn.Captcha, "checking your browser"},
		{"a challenge without a word", `<html><body><script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>`, "", cairn.Captcha, "challenge-platform"},
		{"a test for persons", `<html><body><form><div class="h-captcha"></div></form></body></html>`, "", cairn.Captcha, "h-captcha"},
		{"a test in Russian", `<html><body>Подтвердите, что вы не робот</body></html>`, "", cairn.Captcha, "робот"},
		{"asking for consent", `<html><body>Before you continue to Valley Search <button>Accept all</button></body></html>`, "", cairn.ConsentWall, "before you continue"},
		{"asking for consent elsewhere", `<html><body>Choose.</body></html>`, "https://consent.marun.example/ml?continue=x", cairn.ConsentWall, "consent.marun.example"},
		{"asking for consent in Spanish", `<html><body>Aceptar y continuar</body></html>`, "", cairn.ConsentWall, "aceptar"},
		{"gone, by its title", `<html><title>404 - Marun Now</title><body>Sorry.</body></html>`, "", cairn.SoftGone, "404"},
		{"gone, by its words", `<html><body><h1>Page not found</h1><p>Try the search.</body></html>`, "", cairn.SoftGone, "page not found"},
		{"gone in Arabic", `<html><body><h1>الصفحة غير موجودة</h1></body></html>`, "", cairn.SoftGone, "الصفحة"},
		{"sent to the front page", "<html><body>" + article + "</body></html>", "https://www.marun.example/", cairn.SentHome, "/news/strike"},
		{"sent to the front page of a language", "<html><body>" + article + "</body></html>", "https://marun.example/en/", cairn.SentHome, "front page"},
		{"sent to another page", "<html><body>" + article + "</body></html>", "https://marun.example/news/strike-2", "", ""},
		{"sent to another site", "<html><body>" + article + "</body></html>", "https://selm.example/", "", ""},
		{"an empty frame", `<html><body><div id="root"></div><script src="/a.js"></script></body></html>`, "", cairn.Shell, "frame for scripts"},
		{"a page that asks for scripts", `<html><body><noscript>You need to enable JavaScript to run this app.</noscript><script src="/a.js"></script></body></html>`, "", cairn.Shell, "JavaScript"},
		{"cut within a tag", "<html><body>" + article + `<p cla`, "", cairn.Truncated, "within a tag"},
		{"cut within a script", "<html><body>" + article + `<script>var a = 1;`, "", cairn.Truncated, "within a script"},
		{"cut within a comment", "<html><body>" + article + `<!-- and`, "", cairn.Truncated, "within a comment"},
		{"without ends of its own", "<html><body>" + article + "<p>More than 3 < 5", "", "", ""},
		{"no page", "Are you a robot?", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			at := test.at
			if at == "" {
				at = address
			}
			got, why := pageOutcome([]byte(test.page), "text/html; charset=utf-8", address, at)
			if got != test.want || !strings.Contains(why, test.why) || (got == "") != (why == "") {
				t.Errorf("%q (%s), want %q (%s)", got, why, test.want, test.why)
			}
		})
	}
}
