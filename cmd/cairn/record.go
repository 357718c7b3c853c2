package main

import (
	"cmp"
	"context"
	"errors"
	"os"

	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/recorder"
)

// record is the flags that say which record is worked on.
type record struct {
	Data     string `default:"./cairn-data" placeholder:"DIR" env:"CAIRN_DATA" help:"The folder of the record (${default})."`
	Database string `placeholder:"postgres://…" env:"CAIRN_DATABASE" help:"Keep the record in PostgreSQL, in place of DIR/cairn.db."`
	Archive  string `placeholder:"DIR|s3://…" env:"CAIRN_ARCHIVE" help:"Keep the archive in this folder or bucket, in place of DIR/archive."`
	Identity []byte `type:"filecontent" placeholder:"FILE" env:"CAIRN_IDENTITY" help:"The file of the key that opens an encrypted archive."`
	Witness  string `placeholder:"DIR" env:"CAIRN_WITNESS" help:"A folder on another disk or machine, for this record alone, in which every signed checkpoint of the log is kept too."`
	Project  string `placeholder:"NAME" help:"The project; needed only where there are several."`
}

// writing is record with who acts.
type writing struct {
	record
	Who string `placeholder:"NAME" help:"Whoever acts (the login name unless told)."`
}

func (r record) settings(w *world, who string) recorder.Settings {
	s := recorder.Settings{Data: r.Data, Database: r.Database, Archive: r.Archive, Witness: r.Witness, Project: r.Project, Who: cmp.Or(who, w.who), Now: w.now, Unsigned: w.unsigned}
	if r.Database != "" && r.Archive != "" && archive.IsFolder(r.Archive) {
		s.Data = "" // everything has a place of its own
	}
	s.Keys = keys(r.Identity)
	s.Collect.Stdin = w.stdin
	return s
}

// keys returns the keys of archives: those of an S3-compatible store from the
// environment, under the names that its other clients know.
func keys(identities []byte) archive.Keys {
	return archive.Keys{Access: os.Getenv("AWS_ACCESS_KEY_ID"), Secret: os.Getenv("AWS_SECRET_ACCESS_KEY"), Session: os.Getenv("AWS_SESSION_TOKEN"),
		Identities: string(identities)}
}

// read opens the record for reading alone.
func (r record) read(ctx context.Context, w *world) (*recorder.Recorder, error) {
	return recorder.OpenView(ctx, r.settings(w, ""))
}

// write opens the record for writing.
func (r writing) write(ctx context.Context, w *world) (*recorder.Recorder, error) {
	return recorder.Open(ctx, r.settings(w, r.Who))
}

// chosen opens the record for reading, with what a selection asks of it. The
// record is to be closed where there is no error.
func (r record) chosen(ctx context.Context, w *world, s selection) (*recorder.Recorder, recorder.Query, error) {
	opened, err := r.read(ctx, w)
	if err != nil {
		return nil, recorder.Query{}, err
	}
	q, err := s.query(opened)
	if err != nil {
		return nil, q, errors.Join(err, opened.Close())
	}
	return opened, q, nil
}
