package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/confine"
)

// FFmpeg decodes what Go does not, where it is installed.
type FFmpeg struct {
	Path    string
	Version string
	Timeout time.Duration // for one film
	room    confine.Room
}

// The bounds of a film: one frame every few seconds, so many of them, each so wide.
const (
	everySeconds = 5
	mostFrames   = 120
	frameWidth   = 320
	filmTime     = 5 * time.Minute
	mostMemory   = 4 << 30
	mostWritten  = 64 << 20 // of one frame
)

// ErrNotInstalled says that FFmpeg is not there.
var ErrNotInstalled = errors.New("ffmpeg is not installed")

// Find finds FFmpeg.
func Find(ctx context.Context) (FFmpeg, error) {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return FFmpeg{}, ErrNotInstalled
	}
	room := confine.Find(ctx)
	out, err := room.Run(ctx, confine.Bounds{Time: filmTime}, "", path, "-version")
	if err != nil {
		return FFmpeg{}, err
	}
	words := strings.Fields(string(out))
	version := "ffmpeg"
	if len(words) > 2 {
		version += " " + words[2]
	}
	return FFmpeg{path, version, filmTime, room}, nil
}

// Look returns what a film looks like, frame by frame, or a picture that Go does
// not decode. FFmpeg may read nothing but the file that it is given.
func (f FFmpeg) Look(ctx context.Context, content []byte) (cairn.Likeness, error) {
	l := cairn.Likeness{Ref: cairn.RefOf(content), Tool: f.Version}
	folder, err := os.MkdirTemp("", "cairn-film-")
	if err != nil {
		return l, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "film")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return l, err
	}
	if err := f.sample(ctx, folder, path); err != nil {
		return l, err
	}
	for n := 1; n <= mostFrames; n++ {
		drawn, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("frame%04d.png", n)))
		if err != nil {
			break
		}
		picture, err := png.Decode(bytes.NewReader(drawn))
		if err != nil {
			return l, err
		}
		l.Width, l.Height = size(picture)
		l.Frames = append(l.Frames, cairn.LookFrame{Seconds: (n - 1) * everySeconds, Hash: Hash(picture)})
	}
	if len(l.Frames) == 0 {
		return l, errors.New("it has no frame that could be drawn")
	}
	return l, nil
}

func size(p image.Image) (width, height int) { return p.Bounds().Dx(), p.Bounds().Dy() }

// sample writes frames of a film to its folder.
func (f FFmpeg) sample(ctx context.Context, folder, path string) error {
	_, err := f.room.Run(ctx, confine.Bounds{Time: f.Timeout, Memory: mostMemory, Written: mostWritten}, folder, f.Path, "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file", "-threads", "1", "-i", "file:"+path,
		"-an", "-sn", "-dn", "-vf", fmt.Sprintf("fps=1/%d:round=up:start_time=0,scale=%d:-2", everySeconds, frameWidth),
		"-frames:v", strconv.Itoa(mostFrames), "-bitexact", "-f", "image2", filepath.Join(folder, "frame%04d.png"))
	if err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), folder, ""))
	}
	return nil
}
