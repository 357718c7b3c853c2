package main

import (
	"context"
	"crypto/rand"
	"net"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/viewer"
)

// viewing is the flag that says where archived pages are shown.
type viewing struct {
	ViewerOrigin string `placeholder:"URL" help:"Where browsers find the archived pages, as https://pages.example.org, behind a server that asks who is there."`
	Viewer       string `placeholder:"ADDRESS" help:"Show archived pages, which may be hostile, on an address of their own on this machine; port 0 takes a free one."`
}

// A shownArchive is what shows archived pages: where browsers find it, "" where it
// was not asked for, and what ends it.
type shownArchive struct {
	origin string
	end    func()
}

// show begins to show archived pages where that is asked for. The viewer asks
// nobody who they are, so that it is for this machine alone.
func (v viewing) show(ctx context.Context, r *recorder.Recorder) (shownArchive, error) {
	if v.Viewer == "" {
		return shownArchive{end: func() {}}, nil
	}
	origin, err := originOf(v.ViewerOrigin)
	if err != nil {
		return shownArchive{}, err
	}
	listener, err := net.Listen("tcp", v.Viewer)
	if err != nil {
		return shownArchive{}, cairn.Hint{Err: err, Hint: "--viewer names another address; port 0 takes a free one"}
	}
	if !isLocal(listener.Addr()) {
		listener.Close()
		return shownArchive{}, cairn.Hint{Err: cairn.Invalid{Field: "--viewer", Reason: "whoever reaches it sees every archived page"},
			Hint: "give it an address of this machine alone, such as 127.0.0.1:8081, and a server before it that asks who is there (--viewer-origin)"}
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	archived := r.Archived()
	pages := viewer.New(shelf{archived}, secret)
	if origin == "" {
		origin, pages = "http://"+listener.Addr().String(), addressed(listener.Addr(), pages)
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = serve(ctx, listener, pages) // the desk goes on without it
	}()
	return shownArchive{origin, func() { stop(); <-ended; archived.Close() }}, nil
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
