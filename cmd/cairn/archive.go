package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
)

// archiveCommand is what concerns the archive and no document in it.
type archiveCommand struct {
	Show    archiveShow    `cmd:"" default:"withargs" help:"Print where the archive is, and who can read it."`
	Key     archiveKey     `cmd:"" help:"Draw a key of age and write it to a file; prints its public half."`
	Encrypt archiveEncrypt `cmd:"" help:"Have an archive that is still empty be encrypted."`
}

// at returns where the archive is.
func (r record) at() string {
	if r.Archive != "" {
		return r.Archive
	}
	return filepath.Join(r.Data, "archive")
}

type archiveShow struct{ record }

// Run prints the place and the recipients.
func (c *archiveShow) Run(w *world) error {
	if _, err := os.Stat(c.at()); archive.IsFolder(c.at()) && err != nil {
		return cairn.Hint{Err: err, Hint: "nothing is kept there yet; --data and --archive say where"}
	}
	a, err := archive.Open(c.at(), keys(c.Identity))
	if err != nil {
		return err
	}
	defer a.Close()
	fmt.Fprintln(w.stdout, c.at())
	for _, recipient := range a.Recipients() {
		fmt.Fprintln(w.stdout, "encrypted to", recipient)
	}
	if len(a.Recipients()) == 0 {
		fmt.Fprintln(w.stdout, "not encrypted")
	}
	return nil
}

type archiveKey struct {
	File string `arg:"" help:"The file that the key is written to; it must not be there yet."`
}

// Run draws a key.
func (c *archiveKey) Run(_ context.Context, w *world) error {
	secret, public, err := archive.NewIdentity()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "# public key: %s\n%s\n", public, secret)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, public)
	return nil
}

type archiveEncrypt struct {
	record
	Recipients []string `arg:"" help:"Public keys of age, of which any one can read the archive alone; --identity holds the key of one."`
}

// Run has an empty archive be encrypted.
func (c *archiveEncrypt) Run(w *world) error {
	if err := archive.Encrypt(c.at(), keys(c.Identity), c.Recipients); err != nil {
		return err
	}
	for _, recipient := range c.Recipients {
		fmt.Fprintln(w.stdout, "encrypted to", recipient)
	}
	return nil
}
