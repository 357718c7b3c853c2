package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/site"
)

type serveCommand struct {
	record
	viewing
	Listen     string   `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Where to listen (${default}); port 0 takes a free one."`
	Origin     string   `placeholder:"URL" help:"Where browsers find the desk, as https://desk.example.org, behind a server that speaks TLS."`
	OIDCIssuer string   `name:"oidc-issuer" placeholder:"URL" help:"A provider of OpenID Connect by which people may sign in, once they have linked their account."`
	OIDCClient string   `name:"oidc-client" placeholder:"ID" help:"The name under which it knows this desk."`
	OIDCSecret string   `name:"oidc-secret" placeholder:"FILE" help:"A file with the secret that it gave this desk, where it gave one."`
	Fixity     watching `embed:"" prefix:"verify-"`
	Public     string   `placeholder:"ADDRESS" help:"Show the public pages of what was released on an address of their own; port 0 takes a free one."`
}

// The bounds of a server. Pages are small, so that whoever is slower than this
// is not reading them.
const (
	headerTime = 10 * time.Second
	answerTime = time.Minute
	idleTime   = 2 * time.Minute
	partTime   = 5 * time.Second // to finish what is asked for when it ends
)

// Run serves the pages until it is interrupted.
func (c *serveCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return cairn.Hint{Err: err, Hint: "--listen names another address; port 0 takes a free one"}
	}
	archived, err := c.show(ctx, r)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer archived.end()
	pages, shut, err := c.desk(ctx, w, r, listener.Addr(), archived.origin)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer shut()
	defer c.checkFixity(ctx, w)()
	fmt.Fprintf(w.stdout, "http://%s\n", listener.Addr())
	if archived.origin != "" {
		fmt.Fprintf(w.stdout, "%s viewer\n", archived.origin)
	}
	if c.Public == "" {
		return serve(ctx, listener, addressed(listener.Addr(), pages))
	}
	return c.both(ctx, w, r, listener, pages)
}

// both serves the desk and, on an address of their own, the public pages. Where
// one ends the other does.
func (c *serveCommand) both(ctx context.Context, w *world, r *recorder.Recorder, listener net.Listener, pages http.Handler) error {
	public, err := site.New(r.Public(), site.Settings{Title: r.Project().Title, Letters: postbox{c.record, w}, Credits: []string{recorder.Credits, site.Credits}, Basemap: r.Basemap})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	outside, err := net.Listen("tcp", c.Public)
	if err != nil {
		return errors.Join(cairn.Hint{Err: err, Hint: "--public names another address; port 0 takes a free one"}, listener.Close())
	}
	fmt.Fprintf(w.stdout, "http://%s public\n", outside.Addr())
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		defer stop()
		ended <- serve(ctx, outside, addressed(outside.Addr(), public))
	}()
	err = serve(ctx, listener, addressed(listener.Addr(), pages))
	stop()
	return errors.Join(err, <-ended)
}

// A postbox takes letters of readers into the record, which it opens for each:
// whoever else writes need not wait for the pages to end.
type postbox struct {
	record
	world *world
}

// Receive takes one letter in.
func (p postbox) Receive(ctx context.Context, letter cairn.Letter) error {
	r, err := recorder.Open(ctx, p.settings(p.world, "public pages"))
	if err != nil {
		return err
	}
	return errors.Join(r.TakeLetter(ctx, letter), r.Close())
}

// addressed answers only those who ask for this machine by an address or as
// localhost, where the pages are for this machine alone: a page of another site
// whose name leads here ("DNS rebinding") must not read them.
func addressed(at net.Addr, pages http.Handler) http.Handler {
	if tcp, ok := at.(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		return pages
	}
	return http.HandlerFunc(func(answer http.ResponseWriter, asked *http.Request) {
		host, _, err := net.SplitHostPort(asked.Host)
		if err != nil {
			host = asked.Host
		}
		if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(answer, "these pages are shown on this machine alone", http.StatusMisdirectedRequest)
			return
		}
		pages.ServeHTTP(answer, asked)
	})
}

func serve(ctx context.Context, listener net.Listener, pages http.Handler) error {
	server := &http.Server{Handler: pages, ReadHeaderTimeout: headerTime, ReadTimeout: answerTime, WriteTimeout: answerTime, IdleTimeout: idleTime}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	part, stop := context.WithTimeout(context.WithoutCancel(ctx), partTime)
	defer stop()
	err := server.Shutdown(part)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}
