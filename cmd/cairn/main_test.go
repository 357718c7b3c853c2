package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cairn-recorder/cairn/store/storetest"
	"github.com/cairn-recorder/cairn/survey/surveytest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cairn": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			w := here()
			w.now = func() time.Time { return time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC) }
			w.who = "ana"
			os.Exit(run(ctx, os.Args[1:], w))
		},
	})
}

// TestScripts runs each command as somebody at a shell does, one file a command,
// with a record in a folder.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Setup: replayed, Cmds: ofArchives})
}

// replayed starts a server for the scripts that ask a second reader. It answers
// everything with what reply.json holds then; SECOND is where it listens. A file of
// streets lies there too.
func replayed(e *testscript.Env) error {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply, err := os.ReadFile(filepath.Join(e.WorkDir, "reply.json"))
		if err != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write(reply)
	}))
	e.Defer(s.Close)
	e.Setenv("SECOND", s.URL)
	return os.WriteFile(filepath.Join(e.WorkDir, "aleppo.pmtiles"), surveytest.Streets(surveytest.Town{Lat: 36.2, Lon: 37.16, MinZoom: 8, MaxZoom: 12}), 0o600)
}

// TestScriptsOnPostgres runs the scripts of commands that keep a record once
// more, with the record in PostgreSQL.
func TestScriptsOnPostgres(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Files: []string{"testdata/script/import.txtar", "testdata/script/total.txtar", "testdata/script/sign.txtar", "testdata/script/redo.txtar", "testdata/script/export.txtar", "testdata/script/verify.txtar", "testdata/script/dossier.txtar", "testdata/script/places.txtar", "testdata/script/belligerents.txtar", "testdata/script/second.txtar"},
		Setup: func(e *testscript.Env) error {
			e.Setenv("CAIRN_DATABASE", storetest.Postgres(t))
			return replayed(e)
		},
	})
}
