package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/media"
	"github.com/cairn-recorder/cairn/recorder"
)

type mediaCommand struct {
	writing
	Like       string   `placeholder:"FILE|DOCUMENT" help:"Print what looks like this file, document or hash, the most alike first."`
	Within     int      `default:"10" placeholder:"BITS" help:"With --like: in how many of 64 bits they may differ (${default})."`
	Graphic    bool     `help:"Record that it is not to be shown to anybody unawares."`
	NotGraphic bool     `help:"Record that it may be."`
	Box        []string `sep:"none" placeholder:"L,T,R,B" help:"Make a copy in which this part is black, in shares of width and height from 0 to 1; give it again for several."`
	Why        string   `placeholder:"TEXT" help:"With --graphic, --not-graphic and --box: why."`
	Of         string   `arg:"" optional:"" name:"document" help:"A picture or film by its hash, or by a document: print what staff may know of it. Without one, look at all that were not looked at."`
}

// Run looks at pictures and films, finds what looks alike, or records what a person
// decided of one.
func (c *mediaCommand) Run(ctx context.Context, w *world) error {
	ffmpeg, err := film(ctx)
	if err != nil {
		return err
	}
	switch {
	case c.Like != "":
		return c.like(ctx, w, ffmpeg)
	case c.Of == "" && (c.Graphic || c.NotGraphic || len(c.Box) > 0):
		return cairn.Invalid{Field: "document", Reason: "say of which picture or film"}
	case c.Of == "":
		return c.look(ctx, w, ffmpeg)
	case c.Graphic || c.NotGraphic || len(c.Box) > 0:
		return c.decide(ctx, w)
	}
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	view, err := r.Media(ctx, c.Of)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w.stdout)
	e.SetIndent("", "  ")
	return e.Encode(view)
}

// film finds FFmpeg; nil where it is not installed.
func film(ctx context.Context) (*media.FFmpeg, error) {
	f, err := media.Find(ctx)
	if errors.Is(err, media.ErrNotInstalled) {
		return nil, nil
	}
	return &f, err
}

// look looks at what was not looked at, and says what it looks like that was there.
func (c *mediaCommand) look(ctx context.Context, w *world, ffmpeg *media.FFmpeg) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if ffmpeg == nil {
		fmt.Fprintln(w.stderr, "ffmpeg is not installed: films, and pictures other than JPEG, PNG and GIF, are not looked at")
	}
	return r.LookAt(ctx, ffmpeg, func(l cairn.Likeness) error {
		if l.Fault != "" {
			_, err := fmt.Fprintf(w.stdout, "%s  not decoded: %s\n", l.Ref, l.Fault)
			return err
		}
		near, err := r.Like(ctx, string(l.Ref), nil, nil, c.Within)
		if err == nil {
			_, err = fmt.Fprintf(w.stdout, "%s  %s, like %s\n", l.Ref, many(len(l.Frames), "frame"), many(len(near), "other"))
		}
		return err
	})
}

func (c *mediaCommand) like(ctx context.Context, w *world, ffmpeg *media.FFmpeg) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	content, err := os.ReadFile(c.Like)
	if err != nil {
		content = nil // no file: a document or a hash
	}
	near, err := r.Like(ctx, c.Like, content, ffmpeg, c.Within)
	if err != nil {
		return err
	}
	for _, n := range near {
		line := fmt.Sprintf("%2d  %s", n.Distance, n.Ref)
		if len(n.Frames) > 1 {
			line += fmt.Sprintf("  at %d s", n.Theirs.Seconds)
		}
		fmt.Fprintln(w.stdout, line)
	}
	return nil
}

// decide records what a person decided of a picture or film.
func (c *mediaCommand) decide(ctx context.Context, w *world) error {
	boxes, err := boxesOf(c.Box)
	if err != nil {
		return err
	}
	if c.Graphic && c.NotGraphic {
		return cairn.Invalid{Field: "graphic", Reason: "it is one or the other"}
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if c.Graphic || c.NotGraphic {
		if err := flagGraphic(ctx, w, r, c.Of, c.Graphic, c.Why); err != nil {
			return err
		}
	}
	if len(boxes) == 0 {
		return nil
	}
	return c.redact(ctx, w, r, boxes)
}

// flagGraphic records whether a picture or film is graphic, and prints it.
func flagGraphic(ctx context.Context, w *world, r *recorder.Recorder, of string, graphic bool, why string) error {
	_, err := r.FlagMedia(ctx, of, graphic, why)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s  %s\n", of, map[bool]string{true: "graphic", false: "not graphic"}[graphic])
	}
	return err
}

func (c *mediaCommand) redact(ctx context.Context, w *world, r *recorder.Recorder, boxes []cairn.Box) error {
	receipt, err := r.Redact(ctx, c.Of, boxes, c.Why)
	if err == nil {
		_, err = fmt.Fprintln(w.stdout, receipt.Ref)
	}
	return err
}

// boxesOf reads boxes as L,T,R,B.
func boxesOf(texts []string) ([]cairn.Box, error) {
	var all []cairn.Box
	for _, text := range texts {
		var sides [4]float64
		parts := strings.Split(text, ",")
		for i := range sides {
			var err error
			if len(parts) == len(sides) {
				sides[i], err = strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
			}
			if err != nil || len(parts) != len(sides) {
				return nil, cairn.Invalid{Field: "box", Reason: fmt.Sprintf("want left,top,right,bottom, not %q", text)}
			}
		}
		all = append(all, cairn.Box{Left: sides[0], Top: sides[1], Right: sides[2], Bottom: sides[3]})
	}
	return all, nil
}
