package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
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
	return serve(ctx, listener, pages)
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
