package recorder

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/media"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/unpack"
)

// howRedacted is how a copy with parts made unseen comes.
const howRedacted = "redacted"

// look notes what a picture looks like as it comes in. One that Go does not decode
// is looked at by [Recorder.LookAt].
func (a *arrival) look(content []byte) {
	if !a.original || !strings.HasPrefix(a.receipt.Media, "image/") || len(content) == 0 {
		return
	}
	l, err := media.Look(content)
	if errors.Is(err, media.ErrUnknown) {
		return
	}
	if err != nil {
		l = cairn.Likeness{Tool: "go", Fault: err.Error()}
	}
	l.Ref = a.ref
	a.likeness = &l
}

func (a *arrival) putLikeness(ctx context.Context, tx *store.Tx) error {
	if a.likeness == nil {
		return nil
	}
	return tx.PutLikeness(ctx, *a.likeness)
}

// LookAt looks at every picture and film that was not looked at yet, through FFmpeg
// where Go does not decode it and FFmpeg is there, and hands each to done. What
// cannot be decoded is kept as that.
func (r *Recorder) LookAt(ctx context.Context, ffmpeg *media.FFmpeg, done func(cairn.Likeness) error) error {
	if err := r.writable(); err != nil {
		return err
	}
	waiting, err := r.view.Unlooked(ctx)
	if err != nil {
		return err
	}
	for _, receipt := range waiting {
		content, err := r.archive.Get(receipt.Ref)
		if errors.Is(err, cairn.ErrNotFound) {
			continue // taken out
		}
		if err != nil {
			return err
		}
		l, err := media.Look(content)
		if errors.Is(err, media.ErrUnknown) {
			if ffmpeg == nil {
				continue // until it is installed
			}
			l, err = ffmpeg.Look(ctx, content)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			l.Fault, l.Frames = err.Error(), nil
		}
		l.Ref = receipt.Ref
		if _, err := r.store.Write(ctx, r.act("look", string(l.Ref), ""), func(tx *store.Tx) error { return tx.PutLikeness(ctx, l) }); err != nil {
			return fmt.Errorf("look at %s: %w", l.Ref.Short(), hinted(err))
		}
		if err := done(l); err != nil {
			return err
		}
	}
	return nil
}

// Like returns what looks like something, within so many bits, the most alike
// first: like a picture or film of the record, by its Ref or that of a document, or
// like the bytes of content, where these are given.
func (r *Recorder) Like(ctx context.Context, name string, content []byte, ffmpeg *media.FFmpeg, within int) ([]media.Near, error) {
	var l cairn.Likeness
	var err error
	if content == nil {
		var ref cairn.Ref
		if ref, err = r.mediaRef(ctx, name); err == nil {
			l, err = r.view.Likeness(ctx, ref)
		}
		if errors.Is(err, cairn.ErrNotFound) {
			err = cairn.Hint{Err: err, Hint: "it was not looked at yet: cairn media does that"}
		}
	} else if l, err = media.Look(content); errors.Is(err, media.ErrUnknown) && ffmpeg != nil {
		l, err = ffmpeg.Look(ctx, content)
	}
	if err != nil {
		return nil, fmt.Errorf("like %s: %w", name, err)
	}
	all, err := r.view.Likenesses(ctx)
	if err != nil {
		return nil, err
	}
	if content != nil {
		l.Ref = "" // of the record may be the very same bytes
	}
	return media.Nearest(l, all, within), nil
}

// mediaRef returns the Ref that name is, or that of the document that it names.
func (r *Recorder) mediaRef(ctx context.Context, name string) (cairn.Ref, error) {
	if ref, err := cairn.ParseRef(name); err == nil {
		return ref, nil
	}
	return r.view.DocumentRef(ctx, name)
}

// FlagMedia records whether a picture or film is graphic, as a person says, with
// the reason.
func (r *Recorder) FlagMedia(ctx context.Context, name string, graphic bool, why string) (cairn.MediaFlag, error) {
	f := cairn.MediaFlag{Graphic: graphic, Why: why}
	if err := r.writable(); err != nil {
		return f, err
	}
	if why == "" {
		return f, cairn.Invalid{Field: "why", Reason: "say why: whoever asks later must find it"}
	}
	ref, err := r.keptMedia(ctx, name)
	if err != nil {
		return f, err
	}
	f.Ref = ref
	_, err = r.store.Write(ctx, r.act("flag", string(ref), why), func(tx *store.Tx) error {
		f.Who, f.At = tx.Act().Who, tx.Act().At
		return tx.PutMediaFlag(ctx, f)
	})
	return f, hinted(err)
}

// keptMedia is mediaRef of bytes that are kept.
func (r *Recorder) keptMedia(ctx context.Context, name string) (cairn.Ref, error) {
	ref, err := r.mediaRef(ctx, name)
	if err == nil && !r.archive.Has(ref) {
		err = fmt.Errorf("%s: %w", name, cairn.ErrNotFound)
	}
	return ref, err
}

// Redact makes a copy of a picture in which boxes are black, and keeps it as bytes
// of its own that lead back to the sealed original, with who made it and why.
func (r *Recorder) Redact(ctx context.Context, name string, boxes []cairn.Box, why string) (cairn.Receipt, error) {
	if err := r.writable(); err != nil {
		return cairn.Receipt{}, err
	}
	if why == "" {
		return cairn.Receipt{}, cairn.Invalid{Field: "why", Reason: "say why: whoever asks later must find it"}
	}
	ref, err := r.keptMedia(ctx, name)
	if err != nil {
		return cairn.Receipt{}, err
	}
	content, err := r.archive.Get(ref)
	if err != nil {
		return cairn.Receipt{}, err
	}
	copied, err := media.Redact(content, boxes)
	if err != nil {
		return cairn.Receipt{}, err
	}
	now := r.settings.Now().UTC()
	receipt := cairn.Receipt{Ref: cairn.RefOf(copied), From: howRedacted + ":" + string(ref), How: howRedacted, At: now, Who: r.settings.Who, Outcome: cairn.Fetched,
		Media: "image/png", Size: int64(len(copied)), Note: fmt.Sprintf("%s (%d boxes made black)", why, len(boxes)),
		Within: &cairn.Within{Ref: ref, Kind: howRedacted, Tool: "cairn " + cairn.Version, At: now}}
	_, err = r.Take(ctx, collect.Item{Receipt: receipt, Bytes: copied, Original: true})
	return receipt, err
}

// A MediaView is what staff see of a picture or film. Taken is what it says of its
// taking: it is for nobody else.
type MediaView struct {
	Ref      cairn.Ref         `json:"ref"`
	Graphic  bool              `json:"graphic"`
	Flags    []cairn.MediaFlag `json:"flags,omitempty"`
	Likeness *cairn.Likeness   `json:"likeness,omitempty"`
	Receipts []cairn.Receipt   `json:"receipts"`
	Redacted []cairn.Receipt   `json:"redacted,omitempty"` // copies with parts made unseen
	Taken    map[string]string `json:"taken,omitempty"`
}

// Media returns what staff see of a picture or film.
func (r *Recorder) Media(ctx context.Context, name string) (MediaView, error) {
	ref, err := r.keptMedia(ctx, name)
	v := MediaView{Ref: ref}
	if err != nil {
		return v, err
	}
	if v.Flags, err = r.view.MediaFlags(ctx, ref); err != nil {
		return v, err
	}
	v.Graphic = len(v.Flags) > 0 && v.Flags[len(v.Flags)-1].Graphic
	l, err := r.view.Likeness(ctx, ref)
	if err == nil {
		v.Likeness = &l
	} else if !errors.Is(err, cairn.ErrNotFound) {
		return v, err
	}
	if v.Receipts, err = r.view.Receipts(ctx, ref); err != nil {
		return v, err
	}
	copies, err := r.view.ReceiptsHow(ctx, howRedacted)
	for _, c := range copies {
		if c.Within != nil && c.Within.Ref == ref {
			v.Redacted = append(v.Redacted, c)
		}
	}
	if err != nil {
		return v, err
	}
	content, err := r.archive.Get(ref)
	v.Taken = unpack.Taken(content)
	return v, err
}
