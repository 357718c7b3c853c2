package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A picture is a picture, film or sound of a document, as the desk shows it: out of
// sight until somebody asks, and then blurred and grey where it is graphic or nobody
// has said.
type picture struct {
	Ref     cairn.Ref        `json:"ref"`
	Kind    string           `json:"kind"` // image, video, audio
	Flag    *cairn.MediaFlag `json:"flag"` // nil where nobody has looked
	Address string           `json:"-"`
	Flags   form             `json:"-"`
}

// Careful reports whether it is shown blurred, grey and without sound at first.
func (p picture) Careful() bool { return p.Flag == nil || p.Flag.Graphic }

// seenMedia are the media types that are shown; others may run something, or no
// browser shows them.
var seenMedia = []string{"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", "video/mp4", "video/webm", "video/ogg", "audio/mpeg", "audio/ogg", "audio/wav", "audio/mp4", "audio/webm"}

// picturesOf returns what a document was read off, where that can be shown.
func (s *site) picturesOf(r *http.Request, d cairn.Document) ([]picture, error) {
	refs := []cairn.Ref{d.Ref}
	if d.Machine != nil && d.Machine.Of != "" {
		refs = append(refs, d.Machine.Of)
	}
	var all []picture
	for _, ref := range refs {
		kind, err := s.mediaType(r.Context(), ref)
		if err != nil {
			return nil, err
		}
		if kind == "" {
			continue
		}
		flags, err := s.view.MediaFlags(r.Context(), ref)
		if err != nil {
			return nil, err
		}
		p := picture{Ref: ref, Address: address("media", string(ref))}
		p.Kind, _, _ = strings.Cut(kind, "/")
		if len(flags) > 0 {
			p.Flag = &flags[len(flags)-1]
		}
		p.Flags = s.filled(r, form{Name: "flag-" + ref.Short(), Action: address("media", string(ref), "flag"), Submit: "Say so", Fields: []field{
			{Name: "document", Kind: unseen, Value: d.ID},
			{Name: "graphic", Label: "It is", Kind: oneOfThese, Options: []choice{{"yes", "graphic", p.Careful()}, {"no", "not graphic", !p.Careful()}}},
			{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."}}})
		all = append(all, p)
	}
	return all, nil
}

// mediaType returns the media type that bytes came with, "" where it is none that is
// shown.
func (s *site) mediaType(ctx context.Context, ref cairn.Ref) (string, error) {
	if ref == "" {
		return "", nil
	}
	receipts, err := s.view.Receipts(ctx, ref)
	for _, one := range receipts {
		kind, _, _ := strings.Cut(strings.ToLower(one.Media), ";")
		if kind = strings.TrimSpace(kind); slices.Contains(seenMedia, kind) {
			return kind, err
		}
	}
	return "", err
}

// media answers with a picture, film or sound, which can run nothing.
func (s *site) media(w http.ResponseWriter, r *http.Request) {
	ref, err := cairn.ParseRef(r.PathValue("ref"))
	kind := ""
	if err == nil {
		kind, err = s.mediaType(r.Context(), ref)
	}
	if err == nil && kind == "" {
		err = cairn.ErrNotFound
	}
	var content []byte
	if err == nil {
		content, err = s.originals.Get(ref)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, max-age=3600")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// flag says whether a picture is graphic.
func (s *site) flag(_ http.ResponseWriter, r *http.Request) (string, error) {
	graphic := r.PostForm.Get("graphic")
	if graphic != "yes" && graphic != "no" {
		return "", at("graphic", "Say whether it is graphic.")
	}
	ref, err := cairn.ParseRef(r.PathValue("ref"))
	if err != nil {
		return "", err
	}
	if kind, err := s.mediaType(r.Context(), ref); err != nil || kind == "" {
		return "", errors.Join(err, cairn.ErrNotFound)
	}
	_, err = s.as(r).FlagMedia(r.Context(), string(ref), graphic == "yes", cmp.Or(given(r.PostForm, "why"), "as it looks on the desk"))
	to := "/inbox"
	if d := r.PostForm.Get("document"); d != "" {
		to = address("code", d)
	}
	return to, err
}

// A break is due after so many documents answered for within an hour.
const (
	restAfter  = 25
	restWithin = time.Hour
)

// breakDue reports whether whoever asks has answered for many documents within the
// last hour.
func (s *site) breakDue(r *http.Request) (bool, error) {
	n, err := s.view.ActsBy(r.Context(), visitorOf(r).Name, s.settings.Now().Add(-restWithin))
	return n >= restAfter, err
}
