package unpack

import (
	"strings"
	"testing"
)

func TestTelegramAsJSON(t *testing.T) {
	same(t, opened(t, file(t, "telegram.json")), []string{
		`in#2: "Seven people were killed in Tel Marun.", on 2031-03-04T09:11, of Marun Now, at https://t.me/c/1700000001/2`,
		`in#3: "Correction: eight people were killed. https://marun.example/8", on 2031-03-04T10:00, of Marun Now, at https://t.me/c/1700000001/3, edited 2031-03-04T11:30, answers 2, with photos/photo_1.jpg, privately by Rami A.`,
		`in#4: "Our teams pulled 12 wounded out of the market of Selm.", on 2031-03-04T11:00, of Marun Now, at https://t.me/c/1700000001/4, repeats Selm Civil Defence`,
		`in#5: "I saw three bodies at the bridge.", on 2031-03-04T11:05, of Marun Now, at https://t.me/c/1700000001/5, deleted`,
		`passed in#6: has no words`,
		`passed in#7: has no words; it stands with video_files/clip.mp4`,
		`fault in:13: date: "yesterday" is none`,
		`in#9: "قتل خمسة أشخاص في تل مارون", on 2031-03-04T13:00, of Marun Now, at https://t.me/c/1700000001/9`,
		`fault in:15: message: text is neither words nor pieces of them`,
	})
}

func TestAnAccountOfTelegram(t *testing.T) {
	chat := strings.TrimSpace(string(file(t, "telegram.json")))
	got := opened(t, []byte(`{"about":"…","personal_information":{"user_id":1},"chats":{"about":"…","list":[`+chat+`,{"type":"saved_messages","id":5,"messages":[
	{"id":1,"type":"message","date":"2031-03-04T13:00:00","from":"Rami A.","from_id":"user1","text":"Note: two dead."}]}]}}`))
	if len(got) != 10 || got[9] != `in#1: "Note: two dead.", on 2031-03-04T13:00, privately by Rami A.` {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestTelegramThatBreaksOff(t *testing.T) {
	whole := string(file(t, "telegram.json"))
	got := opened(t, []byte(whole[:strings.Index(whole, "Our teams")]))
	if len(got) != 3 || !strings.HasPrefix(got[1], "in#3: ") || got[2] != "fault in: container: breaks off before its end" {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestTelegramAsHTML(t *testing.T) {
	same(t, opened(t, file(t, "telegram.html")), []string{
		`in#21: "Two people were injured\nat the well of Selm.", on 2031-03-04T10:11, of Marun Neighbours, privately by Sana K.`,
		`in#22: "This is the well.", on 2031-03-04T10:12, of Marun Neighbours, answers 21, with photos/photo_2.jpg, privately by Sana K.`,
		`in#23: "Our teams pulled 12 wounded out of the market of Selm.", on 2031-03-04T11:00, of Marun Neighbours, repeats Selm Civil Defence, privately by Rami A.`,
		`in#24: "They hit it again.", on 2031-03-04T14:05, of Marun Neighbours, deleted`,
		`fault in:17: message: date: "soon" is none`,
	})
}

func TestPostsOfX(t *testing.T) {
	want := []string{
		`9001: "Seven killed & 12 injured in Tel Marun https://marun.example/report", on 2031-03-04T10:11, in en, with tweets_media/9001-Xyz.jpg`,
		`9002: "Our teams pulled 12 wounded out of the market of Selm.", on 2031-03-04T11:00, repeats @selm_defence, in en`,
		`9003: "@someone Eight by now.", on 2031-03-04T12:00, in en, edited after 1 earlier forms, answers 8999`,
		`9004: "قتل خمسة أشخاص", on 2031-03-04T13:00, in ar`,
		`:9: created_at: "one day" is no date`,
		`:10: post: is of another shape than an export has`,
	}
	alone := make([]string, len(want))
	for i, w := range want {
		if alone[i] = "in#" + w; w[0] == ':' {
			alone[i] = "fault in" + w
		}
	}
	same(t, opened(t, file(t, "tweets.js")), alone)
}

func TestAnArchiveOfX(t *testing.T) {
	got := opened(t, packed(t, 0, "Your archive.html", "<html>", "data/account.js", `window.YTD.account.part0 = [{"account":{"username":"marun_now","email":"secret@marun.example"}}]`,
		"data/direct-messages.js", `window.YTD.direct_messages.part0 = [{"secret":1}]`, "data/tweets.js", string(file(t, "tweets.js")),
		"data/deleted-tweets.js", `window.YTD.deleted_tweets.part0 = [{"tweet":{"id_str":"8000","created_at":"Mon Mar 03 10:11:12 +0000 2031","full_text":"Taken back."}}]`,
		"data/tweets_media/9001-Xyz.jpg", "\xff\xd8\xff\xe0 not much of a picture"))
	if len(got) != 8 || got[0] != `in!data/deleted-tweets.js#8000: "Taken back.", on 2031-03-03T10:11, of @marun_now, at https://x.com/marun_now/status/8000, deleted` ||
		!strings.HasPrefix(got[1], `in!data/tweets.js#9001: "Seven killed & 12 injured`) || got[7] != "in!data/tweets_media/9001-Xyz.jpg: image/jpeg, 26 bytes, an original" {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if strings.Contains(strings.Join(got, "\n"), "secret") {
		t.Error("what is of the person alone was handed over")
	}
}

func TestPostsOfFacebook(t *testing.T) {
	same(t, opened(t, file(t, "facebook.json")), []string{
		`in#1: "Seven people were killed in Tel Marun — the mayor said.", on 2031-03-04T09:11, of Valley Post, edited 2031-03-04T11:30`,
		`in#2: "قتل خمسة", on 2031-03-04T10:00, of Valley Post, with posts/media/market_1.jpg`,
		`in#3: "Read this.\nhttps://marun.example/report", on 2031-03-04T11:00, of Valley Post`,
		`passed in#4: has no words; it stands with posts/media/alone.jpg`,
		`fault in:6: post: has no time`,
		`fault in:7: post: Timestamp is no int64 but string`,
	})
	whole := strings.TrimSpace(string(file(t, "facebook.json")))
	inner := opened(t, []byte(`{"page_posts_v2": `+whole+`}`))
	if len(inner) != 6 || !strings.HasPrefix(inner[0], `in#1: "Seven people`) {
		t.Errorf("within an object: %s", strings.Join(inner, "\n"))
	}
}

func TestLatin1IsUndone(t *testing.T) {
	for written, want := range map[string]string{
		"Tel Marun": "Tel Marun", "Ã©tÃ©": "été", "été": "été", "Ù\u0082ØªÙ\u0084": "قتل", "قتل": "قتل", "50 Â°": "50 °", "naïve": "naïve", "": "",
	} {
		if got := latin1(written); got != want {
			t.Errorf("latin1(%q) = %q, want %q", written, got, want)
		}
	}
}

func TestLettersOfAMailbox(t *testing.T) {
	content := file(t, "letters.mbox")
	same(t, opened(t, content), []string{"in#1: message/rfc822, 204 bytes", "in#2: message/rfc822, 125 bytes", "fault in:21: message: is empty"})
	for p, err := range Pieces(Container{From: "in", Bytes: strings.NewReader(string(content)), Size: int64(len(content))}) {
		if err != nil {
			continue
		}
		raw := string(content[p.Within.Span.Start:p.Within.Span.End])
		if got := strings.ReplaceAll(strings.TrimRight(raw, "\n"), "\n>From ", "\nFrom "); got != string(p.Bytes) {
			t.Errorf("message %s is %q, and %q stands at its span", p.Within.ID, p.Bytes, raw)
		}
		if p.Within.ID == "1" && (!strings.Contains(string(p.Bytes), "\nFrom the bridge") || !strings.Contains(string(p.Bytes), "From the market") || p.Within.Line != 2) {
			t.Errorf("%q at line %d", p.Bytes, p.Within.Line)
		}
	}
}
