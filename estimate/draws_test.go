package estimate

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/cairn-recorder/cairn/stat/capture"
)

func TestDrawsReadBack(t *testing.T) {
	women := capture.Result{Method: "dga", Stratum: map[string]string{"sex": "woman"}, Sample: []float64{410, 415.5}}
	sum := capture.Result{Method: "dga", Sample: []float64{900}}
	bound := capture.Result{Method: "chao", Sample: []float64{1}}
	d := drawsOf(settings{By: []string{"sex"}}, plain(women, sum, bound))

	var table bytes.Buffer
	if err := d.CSV(&table); err != nil {
		t.Fatal(err)
	}
	if want := "method,sex,draw,population\ndga,woman,1,410\ndga,woman,2,415.5\ndga,,1,900\n"; table.String() != want {
		t.Errorf("as CSV %q, want %q", table.String(), want)
	}

	type drawnRow struct {
		Draw       int64   `parquet:"draw"`
		Method     string  `parquet:"method"`
		Population float64 `parquet:"population"`
		Sex        string  `parquet:"sex"`
	}
	var columns bytes.Buffer
	if err := d.Parquet(&columns); err != nil {
		t.Fatal(err)
	}
	got, err := parquet.Read[drawnRow](bytes.NewReader(columns.Bytes()), int64(columns.Len()))
	want := []drawnRow{{1, "dga", 410, "woman"}, {2, "dga", 415.5, "woman"}, {1, "dga", 900, ""}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("as Parquet %v, %v, want %v", got, err, want)
	}
}
