package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/viewer"
)

// viewing is the flag that says where archived pages are shown.
type viewing struct {
	Viewer string `placeholder:"ADDRESS" help:"Show archived pages, which may be hostile, on an address of their own on this machine; port 0 takes a free one."`
}

// show begins to show archived pages where that is asked for, and returns what
// ends it. The viewer asks nobody who they are, so that it is for this machine
// alone.
func (v viewing) show(ctx context.Context, w *world, r *recorder.Recorder) (end func(), err error) {
	if v.Viewer == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", v.Viewer)
	if err != nil {
		return nil, cairn.Hint{Err: err, Hint: "--viewer names another address; port 0 takes a free one"}
	}
	if at, ok := listener.Addr().(*net.TCPAddr); !ok || !at.IP.IsLoopback() {
		listener.Close()
		return nil, cairn.Hint{Err: cairn.Invalid{Field: "viewer", Reason: "whoever reaches it sees every archived page"},
			Hint: "give it an address of this machine alone, such as 127.0.0.1:8081, and a server before it that asks who is there"}
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	archived := r.Archived()
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = serve(ctx, listener, addressed(listener.Addr(), viewer.New(shelf{archived}, secret))) // the desk goes on without it
	}()
	fmt.Fprintf(w.stdout, "http://%s viewer\n", listener.Addr())
	return func() { stop(); <-ended; archived.Close() }, nil
}

// shelf hands archived pages to the viewer.
type shelf struct{ archived *recorder.Archived }

// Page returns the page of a document.
func (s shelf) Page(ctx context.Context, document string) (viewer.Page, error) {
	p, err := s.archived.Page(ctx, document)
	return viewer.Page(p), err
}

// Part returns what a page is made with.
func (s shelf) Part(ctx context.Context, document, address string) (viewer.Page, error) {
	p, err := s.archived.Part(ctx, document, address)
	return viewer.Page(p), err
}
