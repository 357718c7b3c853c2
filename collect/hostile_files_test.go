package collect

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// packedAs packs one file under a name, as a tool without manners would.
func packedAs(name string, mode os.FileMode, content string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	h.SetMode(mode)
	w, _ := z.CreateHeader(h)
	w.Write([]byte(content))
	z.Close()
	return out.Bytes()
}

// nested packs content into itself so many times.
func nested(n int, content []byte) []byte {
	for i := range n {
		content = packedAs(fmt.Sprintf("%d.zip", i), 0o644, string(content))
	}
	return content
}

// overlapping is a ZIP whose entries all lie on the same bytes.
func overlapping(entries int, content []byte) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	var packed bytes.Buffer
	inner := zip.NewWriter(&packed)
	w, _ := inner.Create("x")
	w.Write(content)
	inner.Close()
	r, _ := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	raw, _ := r.File[0].OpenRaw()
	var body bytes.Buffer
	body.ReadFrom(raw)
	for i := range entries {
		h := r.File[0].FileHeader
		h.Name = fmt.Sprintf("%d.txt", i)
		w, _ := z.CreateRaw(&h)
		w.Write(body.Bytes())
	}
	z.Close()
	return out.Bytes()
}

// lying is a ZIP that says of its only file that it has size bytes.
func lying(size uint64) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, _ := z.CreateRaw(&zip.FileHeader{Name: "a.txt", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte("few")), CompressedSize64: 3, UncompressedSize64: size})
	w.Write([]byte("few"))
	z.Close()
	return out.Bytes()
}

const oneRecord = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\nWARC-Date: 2031-03-04T10:11:12Z\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"

// uploads are files that would have a machine do what it must not, each with
// what must be said of it: outcomes, names, faults.
func uploads() map[string]struct{ content, want string } {
	type upload = struct{ content, want string }
	page := "<html><p>" + strings.Repeat("Seven people were killed. ", 10)
	z := func(name string) string { return string(packedAs(name, 0o644, "Two people were injured.")) }
	return map[string]upload{
		"a path out of the folder":          {z("../../../../etc/cron.d/x"), "fetched in!../../../../etc/cron.d/x"},
		"a path from the root":              {z("/etc/passwd"), "fetched in!/etc/passwd"},
		"a path of Windows":                 {z(`..\..\windows\x.txt`), `passed in!..\..\windows\x.txt: hidden`},
		"a drive of Windows":                {z(`C:\x.txt`), `fetched in!C:\x.txt`},
		"a name with a null":                {z("a.txt\x00.exe"), "fetched in!a.txt␦.exe"},
		"a name that turns the writing":     {z("photo\u202Egnp.exe"), "fetched in!photo␦gnp.exe"},
		"a name that isolates":              {z("a\u2066b\u2069.txt"), "fetched in!a␦b␦.txt"},
		"a name with nothing to see":        {z("a\u200B.txt"), "fetched in!a␦.txt"},
		"a name with ends of lines":         {z("a\r\nSet-Cookie: x\r\n.txt"), "fetched in!a␦␦Set-Cookie: x␦␦.txt"},
		"a name of a terminal":              {z("a\x1b[2J.txt"), "fetched in!a␦[2J.txt"},
		"a name that is no UTF-8":           {z("a\xff.txt"), "fetched in!a␦.txt"},
		"a name of a length":                {z(strings.Repeat("a/", 20_000) + "x.txt"), "fetched in!a/a/"},
		"a link out of the folder":          {string(packedAs("link", os.ModeSymlink|0o777, "/etc/passwd")), "passed in!link: not a file"},
		"a device":                          {string(packedAs("dev", os.ModeDevice|0o666, "")), "passed in!dev: not a file"},
		"a bomb":                            {string(packedAs("a.txt", 0o644, strings.Repeat(" ", 60<<20))), "too_large in!a.txt"},
		"bombs within bombs":                {string(nested(8, []byte("Two people were injured."))), "passed in!7.zip!6.zip!5.zip!4.zip: a container, 4 deep"},
		"a thousand bombs on the same byte": {string(overlapping(3000, bytes.Repeat([]byte(" "), 1<<20-10))), "fault in: container: holds more than 200 times its own size"},
		"a size that lies":                  {string(lying(1 << 50)), "fault in!a.txt: file: cannot be unpacked"},
		"a ZIP cut short":                   {z("a.txt")[:60], "not_text in"},
		"a ZIP of nothing":                  {"PK\x05\x06" + strings.Repeat("\x00", 18), "not_text in"},
		"a file that was copied as it was":  {string(overlapping(1, []byte("Two people were injured."))), "fetched in!0.txt"},
		"a page within a ZIP":               {string(packedAs("a.html", 0o644, page+`<script>fetch("http://127.0.0.1")</script></html>`)), "fetched in!a.html"},

		"a record that is ten terabytes":  {fmt.Sprintf(oneRecord, "https://marun.example/", int64(10)<<40, page), "too_large https://marun.example/|damaged https://marun.example/|fault in: byte 0"},
		"a record below nothing":          {fmt.Sprintf(oneRecord, "https://marun.example/", -1, page), "fault in: byte 0: the record does not say how long"},
		"a record of a file":              {fmt.Sprintf(oneRecord, "file:///etc/passwd", len(page), page), ""},
		"a record of a script":            {fmt.Sprintf(oneRecord, "javascript:alert(1)", len(page), page), ""},
		"a record of this machine":        {fmt.Sprintf(oneRecord, "http://127.0.0.1/", len(page), page), "fetched http://127.0.0.1/"},
		"a record with a header too long": {"WARC/1.0\r\nX: " + strings.Repeat("a", 2<<20) + "\r\n\r\n", "fault in: byte 0: a line of the header"},
		"a record with too many headers":  {"WARC/1.0\r\n" + strings.Repeat("X: a\r\n", 300_000) + "\r\n", "fault in: byte 0: the header has more"},
		"a WARC of bombs":                 {string(packedTimes(1, []byte(fmt.Sprintf(oneRecord, "https://marun.example/", 60<<20, strings.Repeat(" ", 60<<20))))), "too_large https://marun.example/"},
		"a WARC without an end":           {strings.Repeat("WARC/1.0\r\n", 50_000), "fault in: byte"},

		"an export that is deep":          {`{"name":"a","type":"x","id":1,"messages":` + strings.Repeat("[", 200_000), "fault in: container"},
		"a message that is deep":          {`{"name":"a","type":"x","id":1,"messages":[{"id":1,"type":"message","text":` + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) + `}]}`, "fault in: container"},
		"a chat with a line of megabytes": {"13/03/2031, 10:11 - A: x\n13/03/2031, 10:12 - A: " + strings.Repeat("y", 4<<20), "fetched in#1"},
		"a mailbox of beginnings":         {strings.Repeat("From a@b.example Tue Mar  4 10:00:00 2031\nX: y\n\n", 5000), "in#5000"},
		"a letter that is many parts":     {"From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: text/plain\n\nx\n", 20_000), "fetched in"},

		"a drawing with a script":        {`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "not_text in|fetched in"},
		"a drawing of a file":            {`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&f;</text></svg>`, "not_text in|fetched in"},
		"a page that runs scripts":       {page + "<script>document.cookie</script></html>", "fetched in"},
		"a picture that is a page too":   {"GIF89a/*<html>*/=1;<script>alert(1)</script>", "not_text in"},
		"a picture that is a ZIP too":    {"\xff\xd8\xff\xe0\x00\x10JFIF" + z("../x.txt"), "not_text in"},
		"a PDF that is a page too":       {"%PDF-1.4\n<html><script>alert(1)</script>", "fetched in"},
		"a page that is a ZIP too":       {page + "</html>" + z("../x.txt"), "not_text in|fetched in"},
		"a program":                      {"\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 100), "not_text in"},
		"a program of Windows":           {"MZ" + strings.Repeat("\x00", 100) + "This program cannot be run in DOS mode", "not_text in"},
		"letters that turn the writing":  {strings.Repeat("\u202E\u2066Two people were killed.\u2069 ", 20), "fetched in"},
		"nothing but nulls":              {strings.Repeat("\x00", 100_000), "not_text in"},
		"a formula":                      {"a,b,c\n=HYPERLINK(\"http://x\"),@SUM(1),+1\n", "fetched in"},
		"a picture with an EXIF of lies": {"\xff\xd8\xff\xe1\xff\xffExif\x00\x00MM\x00*\xff\xff\xff\xff" + strings.Repeat("\xff", 70_000), "not_text in"},
	}
}

func TestNoFileGetsOut(t *testing.T) {
	cases := uploads()
	if len(cases) < 45 {
		t.Errorf("only %d cases", len(cases))
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			if err := os.WriteFile("in", []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			var said []string
			o := Options{Now: noon, MaxBytes: 1 << 20, Skipped: func(path, why string) { said = append(said, "passed "+path+": "+why) }}
			began := time.Now()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for item, err := range All(t.Context(), o, "in") {
				switch {
				case err != nil:
					said = append(said, "fault "+err.Error())
				case item.Open == nil:
					said = append(said, string(item.Receipt.Outcome)+" "+item.Receipt.From)
				}
				if bytes.Contains(item.Bytes, []byte("root:x:0")) {
					t.Error("a file of this machine was read")
				}
				if item.Receipt.Outcome != cairn.Fetched && err == nil && item.Receipt.Note == "" {
					t.Errorf("%s without a reason", item.Receipt.Outcome)
				}
			}
			runtime.ReadMemStats(&after)
			if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 1<<10 && !strings.Contains(name, "thousand") {
				t.Errorf("%d MiB of memory were asked for", grown)
			}
			if time.Since(began) > 10*time.Second {
				t.Errorf("took %s", time.Since(began))
			}
			all := strings.Join(said, "\n")
			if !slices.ContainsFunc(strings.Split(test.want, "|"), func(w string) bool { return strings.Contains(all, w) }) || (test.want == "") != (all == "") {
				t.Errorf("said %.600q, want %q", all, test.want)
			}
			if files, err := filepath.Glob("*"); err != nil || len(files) != 1 {
				t.Errorf("there is more than the file itself: %q, %v", files, err)
			}
		})
	}
}
