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
	"github.com/cairn-recorder/cairn/web"
)

type serveCommand struct {
	record
	Listen string `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Where to listen (${default}); port 0 takes a free one."`
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
	pages, err := web.New(r.View(), r.Originals(), web.Settings{Project: r.Project().Name, Title: r.Project().Title, Now: w.now})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return cairn.Hint{Err: err, Hint: "--listen names another address; port 0 takes a free one"}
	}
	fmt.Fprintf(w.stdout, "http://%s\n", listener.Addr())
	return serve(ctx, listener, addressed(listener.Addr(), pages))
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
