package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/web"
)

// desk returns the pages of a record, and what gives it up again. viewer is the
// origin on which archived pages are shown, "" where they are not. Where the record
// can be written they are the desk; else they are for reading alone.
func (c *serveCommand) desk(ctx context.Context, w *world, r *recorder.Recorder, at net.Addr, viewer string) (http.Handler, func() error, error) {
	settings := web.Settings{Project: r.Project().Name, Title: r.Project().Title, Now: w.now, Local: isLocal(at), Two: !r.Project().OneSigns, Viewer: viewer, Checked: c.Fixity.Every}
	var err error
	if settings.Origin, err = originOf(c.Origin); err != nil {
		return nil, nil, err
	}
	written, err := recorder.Open(ctx, c.settings(w, ""))
	if errors.Is(err, cairn.ErrReadOnly) {
		pages, err := web.New(r.View(), r.Originals(), settings)
		return pages, func() error { return nil }, err
	}
	if err != nil {
		return nil, nil, err
	}
	settings.Desk, settings.Jobs = written, written.Jobs(c.station())
	if settings.Provider, err = c.provider(w, settings.Origin, at); err != nil {
		return nil, nil, errors.Join(err, written.Close())
	}
	pages, err := web.New(written.View(), written.Originals(), settings)
	if err == nil {
		err = c.begin(ctx, w, written, at)
	}
	if err != nil {
		return nil, nil, errors.Join(err, written.Close())
	}
	ended := c.runJobs(ctx, w, settings.Jobs)
	return pages, func() error {
		ended()
		return written.Close()
	}, nil
}

// provider returns the provider of OpenID Connect that people may sign in by; nil
// for none.
func (c *serveCommand) provider(w *world, origin string, at net.Addr) (*desk.Provider, error) {
	if c.OIDCIssuer == "" {
		return nil, nil
	}
	if c.OIDCClient == "" {
		return nil, cairn.Invalid{Field: "--oidc-client", Reason: "say under which name the provider knows this desk"}
	}
	p := &desk.Provider{Issuer: c.OIDCIssuer, Client: c.OIDCClient, Now: w.now}
	if origin == "" {
		_, port, err := net.SplitHostPort(at.String())
		if err != nil {
			return nil, err
		}
		origin = "http://localhost:" + port
	}
	p.Back = origin + "/sign-in/provider/back"
	if c.OIDCSecret != "" {
		text, err := os.ReadFile(c.OIDCSecret)
		if err != nil {
			return nil, err
		}
		p.Secret = strings.TrimSpace(string(text))
	}
	return p, nil
}

// station says where the jobs of the desk run: a folder beside the record, and the
// name of this process among those of this machine.
func (c *serveCommand) station() recorder.Station {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	name := func(process int) string { return fmt.Sprintf("%s/%d", host, process) }
	return recorder.Station{Folder: filepath.Join(c.Data, recorder.WorkFolder), Server: name(os.Getpid()), Gone: func(server string) bool {
		at, process, ok := strings.Cut(server, "/")
		n, err := strconv.Atoi(process)
		return ok && err == nil && at == host && !running(n)
	}}
}

// running reports whether a process of this machine is there.
func running(process int) bool {
	p, err := os.FindProcess(process)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}

// runJobs runs the jobs of the desk until ctx ends. What it returns waits until
// that of the moment has laid down its work.
func (c *serveCommand) runJobs(ctx context.Context, w *world, jobs *recorder.Jobs) func() {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := jobs.Run(ctx); err != nil {
			fmt.Fprintf(w.stderr, "cairn: long work stands still until cairn serve is started again: %v\n", err)
		}
	}()
	return func() {
		stop()
		<-ended
	}
}

func isLocal(at net.Addr) bool {
	tcp, ok := at.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// originOf checks the origin of a desk: a scheme and a name, and nothing after.
func originOf(given string) (string, error) {
	if given == "" {
		return "", nil
	}
	u, err := url.Parse(strings.TrimSuffix(given, "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "" || u.RawQuery != "" {
		return "", cairn.Invalid{Field: "--origin", Reason: "want a scheme and a name, as https://desk.example.org"}
	}
	return u.Scheme + "://" + u.Host, nil
}

// startTime is how long the link of the first start stands.
const startTime = 24 * time.Hour

// begin prints the one-time link that makes the administrator, where the project
// has none. It is told to whoever sees the terminal, and to nobody else.
func (c *serveCommand) begin(ctx context.Context, w *world, r *recorder.Recorder, at net.Addr) error {
	people, err := r.View().Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range people {
		if a.RoleIn(r.Project().Name) == cairn.Administrator {
			return nil
		}
	}
	text, err := json.Marshal(web.Link{Role: cairn.Administrator})
	if err != nil {
		return err
	}
	key := desk.NewSecret()
	err = r.KeepSlip(ctx, store.Slip{Kind: "link", Key: desk.HashOf(key), Project: r.Project().Name, Ends: w.now().Add(startTime), Body: string(text)})
	if err != nil {
		return err
	}
	where := c.Origin
	if where == "" {
		_, port, err := net.SplitHostPort(at.String())
		if err != nil {
			return err
		}
		where = "http://" + at.String()
		if isLocal(at) {
			where = "http://localhost:" + port
		}
	}
	_, err = fmt.Fprintf(w.stderr, "cairn: nobody administers this project yet; this link makes the administrator, once, within a day:\n%s/join/%s\n", strings.TrimSuffix(where, "/"), key)
	return err
}
