package unpack

import (
	"strconv"
	"strings"
	"testing"
)

func TestLettersWithWhatIsAttached(t *testing.T) {
	content := file(t, "letter.eml")
	same(t, opened(t, content), []string{
		"in: message/rfc822, " + strconv.Itoa(len(content)) + " bytes",
		"in!list.txt: text/plain, 49 bytes",
		"in!../../mill.png: image/png, 70 bytes, an original",
		"in!letter 3.eml: message/rfc822, 111 bytes",
		"fault in!cut.pdf: attachment: cannot be read: illegal base64 data at input byte 12",
	})
}

func TestLettersOfAMailboxHaveWhatIsAttached(t *testing.T) {
	letter := string(file(t, "letter.eml"))
	box := "From rami@marun.example Tue Mar  5 10:00:00 2024\n" + letter + "\nFrom sana@marun.example Tue Mar  5 11:00:00 2024\nFrom: sana@marun.example\nSubject: none\n\nNothing is attached.\n"
	var ids []string
	for p, err := range Pieces(Container{From: "in", Bytes: strings.NewReader(box), Size: int64(len(box))}) {
		if err == nil {
			ids = append(ids, p.Within.ID+" "+p.Within.Path)
		}
	}
	same(t, ids, []string{"1 ", "1.1 list.txt", "1.2 ../../mill.png", "1.3 letter 3.eml", "2 "})
}

func TestALetterWithoutPartsIsOneThing(t *testing.T) {
	for name, letter := range map[string]string{
		"plain":       "From: a@marun.example\nSubject: s\n\nText\n",
		"alternative": "From: a@marun.example\nSubject: s\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\nText\n--x--\n",
		"no sender":   "Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nText\n--x--\n",
	} {
		if kind := kindOf([]byte(letter)); kind != "" {
			t.Errorf("%s: taken for a container of kind %q", name, kind)
		}
	}
}
