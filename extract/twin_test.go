package extract

import (
	"reflect"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestAnotherParagraphTellsNoLettersApart asks whether the spelling of one
// paragraph leaves the claims of another as they are.
func TestAnotherParagraphTellsNoLettersApart(t *testing.T) {
	for _, first := range []string{
		"غارة علي بلدة تل مارون تقتل ثلاثة مدنيين.",
		"أدى القصف إلى مقتل أم علي وطفليها.",
	} {
		alone := Claims(cairn.Document{ID: "t", Language: "ar", Text: first})
		after := Claims(cairn.Document{ID: "t", Language: "ar", Text: first + "\n\nمشى الأولاد إلى المدرسة على الطريق."})
		if len(alone) == 0 || !reflect.DeepEqual(alone, after) {
			t.Errorf("%s\n\talone %+v\n\twith another paragraph %+v", first, alone, after)
		}
	}
}
