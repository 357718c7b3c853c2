package web

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestNamesOfStaffInWhatOthersWrite(t *testing.T) {
	all := staff{"Ana Belora", "Belora", "ana"}
	for text, want := range map[string]string{
		"Ana Belora rang the mayor": "a member of staff rang the mayor",
		"as @ana said":              "as a member of staff said",
		"ANA's note; ana, twice":    "a member of staff's note; a member of staff, twice",
		"the banana market":         "the banana market",
		"Anabel saw it":             "Anabel saw it",
		"":                          "",
		"قالت ana ذلك":              "قالت a member of staff ذلك",
	} {
		got := text
		if all.mask(&got); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestViewersOfDataReadNoNameInReasonsEither(t *testing.T) {
	w := newWorkshop(t)
	w.account("vera", cairn.DataViewer, "tarn")
	if err := w.record.PutAccount(ctx, cairn.Account{Name: "ana", Shown: "Ana Belora", Roles: map[string]cairn.DeskRole{"tarn": cairn.Reviewer}}, ""); err != nil {
		t.Fatal(err)
	}
	as := w.record.As("ana")
	if _, err := as.Override(ctx, "T1", "grading", "weak", "Belora doubts it, and so does ana"); err != nil {
		t.Fatal(err)
	}
	if _, err := as.Sign(ctx, "T1", "signed for Ana Belora"); err != nil {
		t.Fatal(err)
	}
	vera := w.as("vera")
	for _, path := range []string{"/incidents/T1", "/incidents/T1.json", "/", "/.json"} {
		if got := vera.get(path).body; strings.Contains(got, "Belora") || strings.Contains(got, "does ana") {
			t.Errorf("%s names staff in what they wrote", path)
		}
	}
}
