package collect

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/cairn-recorder/cairn"
)

// A page that keeps the report back says little else. These are the most letters
// that it may show and still be one.
const (
	mostWall  = 1500 // of asking for consent, or whether we are a person
	mostGone  = 1200 // of saying that the page is not there
	mostShell = 200  // of a page that scripts would have made
)

// captchaMarks are what the pages of those who ask whether we are a person hold,
// captchaPhrases what they say, both in lower case.
var (
	captchaMarks = []string{"challenge-platform", "cf-challenge", "cf_chl_opt", "cf-turnstile", "g-recaptcha", "h-captcha", "hcaptcha.com/1/api.js",
		"recaptcha/api.js", "px-captcha", "captcha-delivery.com", "aws-waf-token", "smartcaptcha", "ddos-guard"}
	captchaPhrases = []string{"verify you are human", "verify that you are human", "are you a robot", "are you human", "i'm not a robot", "not a robot", "checking your browser",
		"complete the security check", "unusual traffic from your computer", "enable javascript and cookies to continue",
		"تحقق من أنك إنسان", "أنا لست برنامج روبوت", "verifica que eres humano", "no soy un robot", "подтвердите, что вы не робот", "я не робот", "підтвердьте, що ви не робот", "я не робот"}
	consentPhrases = []string{"before you continue to", "we and our partners", "accept all cookies", "accept cookies to continue", "we value your privacy", "your privacy choices",
		"agree and continue", "aceptar todas las cookies", "aceptar y continuar", "antes de continuar", "قبل المتابعة إلى", "قبول جميع ملفات تعريف الارتباط",
		"принять все файлы cookie", "прежде чем перейти", "прийняти всі файли cookie", "перш ніж перейти"}
	gonePhrases = []string{"page not found", "page cannot be found", "page can't be found", "page doesn't exist", "page does not exist", "page isn't available", "content isn't available",
		"this content is no longer available", "article not found", "no longer exists", "has been removed", "post is unavailable", "video unavailable", "error 404", "404 not found", "404 error",
		"الصفحة غير موجودة", "المحتوى غير متاح", "لم يتم العثور على الصفحة", "página no encontrada", "no se encontró la página", "contenido no está disponible",
		"страница не найдена", "страница удалена", "запись удалена", "материал не найден", "сторінку не знайдено", "сторінка не знайдена"}
	shellRoots  = regexp.MustCompile(`(?i)<(?:div|main|app-root)\b[^>]*\bid=["']?(?:root|app|__next|__nuxt|react-root|main-app|svelte)["' >]|<app-root\b`)
	shellAsks   = regexp.MustCompile(`(?is)<noscript\b.{0,600}?javascript`)
	consentStep = regexp.MustCompile(`(?i)^consent\.|/consent(?:/|$)|/cookie-?wall`)
	goneTitle   = regexp.MustCompile(`(?i)^\s*(?:404|410)\b|\b404\b.*(?:not found|error)|^(?:page )?not found\b`)
)

// A look is what a page shows of itself.
type look struct {
	text, title string
	raw         string // in lower case
	letters     int
	password    bool
}

func lookAt(page []byte, contentType string) look {
	l := look{raw: strings.ToLower(string(page[:min(len(page), 1<<20)])), title: titleOf(page)}
	l.text, l.password = visible(page, contentType)
	l.letters = utf8.RuneCountInString(l.text)
	l.text = strings.ToLower(l.text)
	return l
}

// titleOf is the title of a page.
func titleOf(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), 256<<10)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "title" && z.Next() == html.TextToken {
				return strings.TrimSpace(strings.ToLower(string(z.Text())))
			}
		}
	}
}

func (l look) says(phrases []string) string {
	for _, p := range phrases {
		if strings.Contains(l.text, p) || strings.Contains(l.title, p) {
			return p
		}
	}
	return ""
}

// shownOutcome is the outcome of bytes that came whole, by what they show.
func shownOutcome(content []byte, media, contentType, from, at string) (cairn.Outcome, string) {
	if outcome, note := contentOutcome(content, media); outcome != cairn.Fetched {
		return outcome, note
	}
	if why := loginWall(content, contentType, at); why != "" {
		return cairn.LoginWall, why
	}
	if outcome, why := pageOutcome(content, contentType, from, at); outcome != "" {
		return outcome, why
	}
	return cairn.Fetched, ""
}

// pageOutcome is the outcome of a page that came with a status of success, or
// with one of refusal, and why; "" where nothing speaks against it. from is what
// was asked for and at where it was found.
func pageOutcome(page []byte, contentType, from, at string) (cairn.Outcome, string) {
	if !strings.HasPrefix(media(page), "text/html") {
		return "", ""
	}
	l := lookAt(page, contentType)
	if why := l.captcha(); why != "" {
		return cairn.Captcha, why
	}
	if why := l.consent(at); why != "" {
		return cairn.ConsentWall, why
	}
	if why := l.gone(); why != "" {
		return cairn.SoftGone, why
	}
	if why := sentHome(from, at); why != "" {
		return cairn.SentHome, why
	}
	if why := l.shell(); why != "" {
		return cairn.Shell, why
	}
	if why := cutShort(page); why != "" {
		return cairn.Truncated, why
	}
	return "", ""
}

func (l look) captcha() string {
	if l.letters > mostWall {
		return ""
	}
	if p := l.says(captchaPhrases); p != "" {
		return "says “" + p + "” and little else"
	}
	for _, m := range captchaMarks {
		if strings.Contains(l.raw, m) && l.letters < mostGone/2 && !strings.Contains(l.raw, "<article") {
			return "holds a test for persons (" + m + ") and little else"
		}
	}
	return ""
}

func (l look) consent(at string) string {
	if u, err := url.Parse(at); err == nil && l.letters <= 2*mostWall && (consentStep.MatchString(u.Host) || consentStep.MatchString(u.Path)) {
		return "the address is one of asking for consent: " + u.Host + u.Path
	}
	if p := l.says(consentPhrases); p != "" && l.letters <= mostWall && !strings.Contains(l.raw, "<article") {
		return "says “" + p + "” and little else"
	}
	return ""
}

func (l look) gone() string {
	if l.letters > mostGone || strings.Contains(l.raw, "<article") {
		return ""
	}
	if goneTitle.MatchString(l.title) {
		return "its title is “" + l.title + "”"
	}
	if p := l.says(gonePhrases); p != "" {
		return "says “" + p + "” and little else"
	}
	return ""
}

// sentHome reports that a page of its own was asked for and the front page of
// the same site came.
func sentHome(from, at string) string {
	asked, err := url.Parse(from)
	if err != nil || at == "" {
		return ""
	}
	came, err := url.Parse(at)
	if err != nil || !strings.EqualFold(bareHost(asked), bareHost(came)) || isHome(asked) || !isHome(came) || came.RawQuery != "" {
		return ""
	}
	return "led from " + asked.Path + " to the front page"
}

func bareHost(u *url.URL) string { return strings.TrimPrefix(u.Hostname(), "www.") }

var languageStep = regexp.MustCompile(`^/[a-z]{2}(?:-[A-Za-z]{2})?/?$`)

func isHome(u *url.URL) bool {
	return u.Path == "" || u.Path == "/" || languageStep.MatchString(u.Path) || strings.HasPrefix(path.Base(u.Path), "index.") && path.Dir(u.Path) == "/"
}

func (l look) shell() string {
	if l.letters > mostShell || !strings.Contains(l.raw, "<script") {
		return ""
	}
	switch {
	case shellAsks.MatchString(l.raw):
		return "asks for JavaScript and shows little else"
	case shellRoots.MatchString(l.raw):
		return "is an empty frame for scripts"
	}
	return ""
}

// cutShort says how a page ends before its end: within a tag, a comment or a
// script.
func cutShort(page []byte) string {
	tail := page[max(0, len(page)-64<<10):]
	lower := bytes.ToLower(tail)
	if bytes.Contains(lower, []byte("</html>")) || bytes.Contains(lower, []byte("</body>")) {
		return ""
	}
	open, shut := bytes.LastIndexByte(tail, '<'), bytes.LastIndexByte(tail, '>')
	script, ended := bytes.LastIndex(lower, []byte("<script")), bytes.LastIndex(lower, []byte("</script"))
	switch {
	case script > ended:
		return "ends within a script"
	case bytes.LastIndex(lower, []byte("<!--")) > bytes.LastIndex(lower, []byte("-->")):
		return "ends within a comment"
	case open > shut && open+1 < len(tail) && (tail[open+1] == '/' || tail[open+1]|0x20 >= 'a' && tail[open+1]|0x20 <= 'z'):
		return "ends within a tag"
	}
	return ""
}
