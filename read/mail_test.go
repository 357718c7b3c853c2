package read

import (
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

const mailHead = "From: =?utf-8?q?Lina_Far=C3=BAk?= <lina@delta.example>\r\nTo: desk@monitor.example\r\nSubject: =?utf-8?b?0J7QsdGB0YLRgNGW0Ls=?= of the mill\r\nDate: Tue, 12 Mar 2019 23:40:05 -0500\r\nMIME-Version: 1.0\r\n"

func quotedOf(text string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

// base64Of wraps lines at 76 digits, as mail does.
func base64Of(text string) string {
	digits := base64.StdEncoding.EncodeToString([]byte(text))
	var b strings.Builder
	for len(digits) > 76 {
		b.WriteString(digits[:76] + "\r\n")
		digits = digits[76:]
	}
	return b.String() + digits + "\r\n"
}

func TestMail(t *testing.T) {
	const (
		ukrainian = "Сім людей загинуло внаслідок обстрілу млина, повідомив голова громади Маруна вранці у вівторок."
		page      = `<html><body><p>Seven died at the mill &amp; in the yard.</p><p>Two were children.</p></body></html>`
	)
	for _, test := range []struct{ name, body, want string }{
		{"plain", "Content-Type: text/plain; charset=utf-8\r\n\r\nSeven died at the mill.\r\nTwo were children.\r\n", "Seven died at the mill.\r\nTwo were children."},
		{"quoted-printable", "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedOf(ukrainian), ukrainian},
		{"base64", "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Of(ukrainian), ukrainian},
		{"windows-1251 in base64", "Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Of("\xd1\xe5\xec\xfc \xf7\xe5\xeb\xee\xe2\xe5\xea"), "Семь человек"},
		{"HTML only", "Content-Type: text/html; charset=utf-8\r\n\r\n" + page, "Seven died at the mill & in the yard.\n\nTwo were children."},
		{"HTML in quoted-printable", "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedOf(page), "Seven died at the mill & in the yard.\n\nTwo were children."},
		{"both, of which the plain one is read", "Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\nThis is a MIME message.\r\n--=_b\r\nContent-Type: text/plain\r\n\r\nSeven died.\r\n--=_b\r\nContent-Type: text/html\r\n\r\n" + page + "\r\n--=_b--\r\n", "Seven died."},
		{"parts within parts, and what is attached", "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSeven died.\r\n--b--\r\n--a\r\nContent-Type: image/jpeg; name=\"yard.jpg\"\r\nContent-Disposition: attachment; filename=\"yard.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--a--\r\n", "Seven died.\n\n[Attached and not read: yard.jpg]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			content := mailHead + test.body
			d := readBytes(content)
			if d.Text != test.want || d.Problem != nil || d.Medium != mediumMail {
				t.Errorf("read as %q, a %s with %+v; want %q", d.Text, d.Medium, d.Problem, test.want)
			}
			if d.Title != "Обстріл of the mill" || d.Byline != "Lina Farúk" || d.Published != "2019-03-12" {
				t.Errorf("title %q, byline %q, published %q", d.Title, d.Byline, d.Published)
			}
			if at, ok := d.Original(0); !ok || at < len(mailHead) || at >= len(content) {
				t.Errorf("its first word is said to stand at %d of %d", at, len(content))
			}
		})
	}
}

func TestMailMapsToItsBytes(t *testing.T) {
	const words = "Seven people, two of them children, were killed at the mill of Marun when a shell hit the roof on Tuesday, said its owner"
	for _, test := range []struct{ name, body string }{
		{"plain", "\r\n" + words},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedOf(words)},
	} {
		content := mailHead + test.body
		d := readBytes(content)
		for start := range d.Text {
			if start > 0 && d.Text[start-1] != ' ' {
				continue
			}
			word, _, _ := strings.Cut(d.Text[start:], " ")
			at, _ := d.Original(start)
			if got := strings.ReplaceAll(content[at:], "=\r\n", ""); !strings.HasPrefix(got, word) {
				t.Errorf("%s: %q is said to stand at %d, where there is %.20q", test.name, word, at, got)
			}
		}
	}
}

func TestMailProblems(t *testing.T) {
	deep := mailHead
	for i := range mostDepth + 5 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=x%d\r\n\r\n--x%d\r\n", i, i)
	}
	for _, test := range []struct {
		name, content string
		kind          cairn.ProblemKind
	}{
		{"base64 that breaks off", mailHead + "Content-Transfer-Encoding: base64\r\n\r\n" + base64Of("Seven died at the mill")[:17] + "!", cairn.Broken},
		{"too deep", deep, cairn.TooMuch},
		{"nothing but its head", mailHead + "\r\n", cairn.NoText},
	} {
		d := readBytes(test.content)
		if d.Problem == nil || d.Problem.Kind != test.kind {
			t.Errorf("%s: the problem is %+v, want %s", test.name, d.Problem, test.kind)
		}
	}
}
