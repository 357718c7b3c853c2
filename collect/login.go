package collect

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// A page that asks who we are says little else. These are the most letters that
// it may show and still be one: with a password field, with an address of
// logging in, and with nothing but a phrase.
const (
	mostWithPassword = 1500
	mostWithAddress  = 1500
	mostWithPhrase   = 800
)

// loginSteps are the last steps of addresses to which readers are sent to log in.
var loginSteps = []string{"login", "log-in", "log_in", "signin", "sign-in", "sign_in", "authwall", "sso", "auth",
	"login.php", "login.html", "login.aspx", "accounts"}

// loginPhrases are what such pages say, in lower case.
var loginPhrases = []string{
	"log in to continue", "log in to see", "log in to view", "sign in to continue", "sign in to view", "sign in to read",
	"please log in", "please sign in", "you must be logged in", "you must log in", "you need to log in",
	"subscribe to continue reading", "create an account to continue",

	"سجل الدخول للمتابعة", "سجّل الدخول للمتابعة", "سجل دخولك للمتابعة", "يرجى تسجيل الدخول", "الرجاء تسجيل الدخول",
	"يجب تسجيل الدخول", "يجب عليك تسجيل الدخول",

	"inicia sesión para continuar", "inicie sesión para continuar", "inicia sesión para ver", "debes iniciar sesión",
	"debe iniciar sesión", "regístrate para seguir leyendo",

	"войдите, чтобы продолжить", "войдите, чтобы", "необходимо войти", "необходимо авторизоваться", "требуется авторизация",
	"для просмотра необходимо",

	"увійдіть, щоб", "необхідно увійти", "потрібно увійти", "будь ласка, увійдіть", "потрібна авторизація",
}

// loginWall says why a page at address is one that asks who we are, "" where it
// is not.
func loginWall(page []byte, contentType, address string) string {
	if !strings.HasPrefix(media(page), "text/html") {
		return ""
	}
	text, password := visible(page, contentType)
	letters := utf8.RuneCountInString(text)
	if password && letters < mostWithPassword {
		return "asks for a password and shows little else"
	}
	if u, err := url.Parse(address); err == nil && letters < mostWithAddress {
		last := strings.ToLower(path.Base(strings.TrimSuffix(u.Path, "/")))
		for _, step := range loginSteps {
			if last == step {
				return "the address is one of logging in: " + u.Path
			}
		}
	}
	if letters < mostWithPhrase {
		lower := strings.ToLower(text)
		for _, phrase := range loginPhrases {
			if strings.Contains(lower, phrase) {
				return "says “" + phrase + "” and little else"
			}
		}
	}
	return ""
}

// visible returns the words of a page that a reader sees, and whether it has a
// field for a password.
func visible(page []byte, contentType string) (text string, password bool) {
	encoding, _, _ := charset.DetermineEncoding(page, contentType)
	z := html.NewTokenizer(encoding.NewDecoder().Reader(bytes.NewReader(page)))
	var words strings.Builder
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(words.String()), " "), password
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "script", "style", "template", "title", "svg":
				hidden = tag
			}
			password = password || isPassword(z, string(name))
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			password = password || isPassword(z, string(name))
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		case html.TextToken:
			if hidden == "" {
				words.Write(z.Text())
				words.WriteByte(' ')
			}
		}
	}
}

func isPassword(z *html.Tokenizer, tag string) bool {
	for tag == "input" {
		key, value, more := z.TagAttr()
		if string(key) == "type" && strings.EqualFold(string(value), "password") {
			return true
		}
		if !more {
			return false
		}
	}
	return false
}
