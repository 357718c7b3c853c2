package extract

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestAnyTextIsReadInTimeThatItsLengthBounds reads texts that would take a
// reader with a quadratic step for ever; go test ends it if one does.
func TestAnyTextIsReadInTimeThatItsLengthBounds(t *testing.T) {
	for name, text := range map[string]string{
		"one endless sentence": strings.Repeat("seven people killed and ", 20_000),
		"numbers alone":        strings.Repeat("7 ", 300_000),
		"places alone":         strings.Repeat("Tel Marun, Qasr Sahil, ", 40_000),
		"a table of deaths":    strings.Repeat("Two people were killed in Tel Marun on Monday.\n", 20_000),
		"brackets":             strings.Repeat("(", 300_000) + "three killed",
		"dates":                strings.Repeat("On 3 March 2024 ", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			d := cairn.Document{ID: name, Text: text, Published: "2024-03-05"}
			sound(t, d, New(invented).Read(d).Claims)
		})
	}
}
