package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "a ?dir#", "..", "cairn.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	act, err := s.Write(ctx, cairn.Act{At: time.Now(), Who: "me", What: "project"}, func(tx *Tx) error {
		return tx.PutProject(ctx, cairn.Project{Name: "demo"})
	})
	t.Log(act, err)
	t.Log(s.Projects(ctx))
	t.Log(s.Incidents(ctx, Filter{Project: "demo", Newest: true}))
	t.Log(s.Backlog(ctx, "demo"))
}
