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

func ExampleSensitivity() {
	h, err := capture.Read(strings.NewReader(lists))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range capture.Sensitivity(capture.LowerBound{}, h.Table())[:3] {
		fmt.Printf("%s: %s\n", v.Name, v.Result.Estimate)
	}
	// Output:
	// baseline: 1,400 (1,240 to 1,606, 95 %)
	// without hospital: 1,400 (1,103 to 1,831, 95 %)
	// without press: 1,400 (1,139 to 1,768, 95 %)
}

func ExampleSimulate() {
	s, err := capture.ParseScenario("1000:.3,.4,.5")
	if err != nil {
		fmt.Println(err)
		return
	}
	score := capture.Simulate(s, []capture.Method{capture.LogLinear{Order: 1}}, 100, 1)[0]
	fmt.Printf("%d tables of %d people, %.0f %% of the intervals hold the truth\n", score.Tables, score.Truth, 100**score.Coverage)
	// Output: 100 tables of 1000 people, 94 % of the intervals hold the truth
}
