package recorder

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

func TestAServerThatDoesNotAnswerIsLeftAlone(t *testing.T) {
	var asked atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	var lines strings.Builder
	for i := range 20 {
		fmt.Fprintf(&lines, "{\"id\":\"d%02d\",\"published\":\"2031-05-04\",\"text\":\"Raiders killed %d herders at well %d.\"}\n", i, i+1, i)
	}
	reports := filepath.Join(dir, "reports.jsonl")
	if err := os.WriteFile(reports, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(ctx, Settings{Data: filepath.Join(dir, "record"), Who: "Bo", Now: func() time.Time { return time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	if _, err := r.Import(ctx, []string{reports}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	step, err := r.Step(ctx)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := step.SecondReader(SecondSettings{Address: s.URL + "/v1", Model: "tiny", Pause: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := r.ReadSecond(ctx, reader, 0, nil)
	var hint cairn.Hint
	if !errors.As(err, &hint) || outcomes[cairn.SecondRefused] != mostFailed {
		t.Errorf("%v, %v", outcomes, err)
	}
	if n := asked.Load(); n > 15 {
		t.Errorf("it was asked %d times", n)
	}
	counts, err := r.SecondCounts(ctx)
	if err != nil || len(counts) != 1 || counts[0].Documents != mostFailed {
		t.Errorf("%+v, %v", counts, err)
	}
}
