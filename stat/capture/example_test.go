package capture_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/cairn-recorder/cairn/stat/capture"
)

// Three invented lists of the same months.
const lists = `hospital,press,families,count
1,0,0,240
0,1,0,180
0,0,1,120
1,1,0,60
1,0,1,40
0,1,1,30
1,1,1,10
`

func ExampleRead() {
	h, err := capture.Read(strings.NewReader(lists))
	if err != nil {
		fmt.Println(err)
		return
	}
	t := h.Table()
	fmt.Println(t.Lists, t.Observed(), "on any list,", t.Overlap(0b011), "on both hospital and press")
	// Output: [hospital press families] 680 on any list, 70 on both hospital and press
}

func ExampleLogLinear() {
	h, err := capture.Read(strings.NewReader(lists))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Fprint(os.Stdout, capture.LogLinear{}.Estimate(h.Table()))
	// Output:
	// loglinear: 3 lists, 680 observed
	//   observed and unobserved together 1,400 (1,248 to 1,583, 95 %)
	//   unobserved 720 (568 to 903, 95 %)
	//   model [1,2,3], of 8 compared
}

func ExampleLowerBound() {
	two := capture.NewTable([]string{"hospital", "press"}, []capture.Cell{{History: 0b01, Count: 280}, {History: 0b10, Count: 210}, {History: 0b11, Count: 70}})
	r := capture.LowerBound{}.Estimate(two)
	fmt.Println(r.Estimate)
	fmt.Println(r.Warnings[1])
	// Output:
	// 1,400 (1,182 to 1,695, 95 %)
	// two lists cannot show whether one draws on the other or avoids it; the bound holds unless one avoids the other; find a third list
}

func ExampleGraphs() {
	apart := capture.NewTable([]string{"hospital", "press", "families"}, []capture.Cell{{History: 0b001, Count: 280}, {History: 0b010, Count: 210}, {History: 0b100, Count: 70}})
	fmt.Println(capture.Graphs{}.Estimate(apart).NotEstimable)
	// Output: nobody is on two lists, and only overlap says how many are on none; link the lists again, or find lists that cover the same people
}
