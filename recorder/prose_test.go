package recorder

import (
	"os"
	"strings"
	"testing"
)

// TestThePostsAndProseOfRecorders takes single posts and a recorder's own prose from
// their words to the range of one incident, as testdata/prose.tsv has it.
func TestThePostsAndProseOfRecorders(t *testing.T) {
	data, err := os.ReadFile("testdata/prose.tsv")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(cells) != 3 {
			t.Fatalf("want text, killed and injured, not %q", line)
		}
		read++
		text := strings.ReplaceAll(cells[0], `\n`, "\n")
		killed, injured := ranged(t, "airwars", text, ""), ranged(t, "airwars", text, "injured")
		if cells[1] != "*" && killed != cells[1] || cells[2] != "*" && injured != cells[2] {
			t.Errorf("%s\n\tkilled %q, injured %q, want %q and %q", text, killed, injured, cells[1], cells[2])
		}
	}
	if read < 500 {
		t.Errorf("only %d texts were read", read)
	}
}
