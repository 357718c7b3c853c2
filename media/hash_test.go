package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// scene draws a picture that depends on seed: shades, hills and blocks.
func scene(seed, width, height int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, width, height))
	s := float64(seed)
	for y := range height {
		for x := range width {
			u, v := float64(x)/float64(width), float64(y)/float64(height)
			shade := 120 + 60*math.Sin(s+7*u*(1+math.Mod(s, 3))) + 50*math.Cos(2*s+5*v+3*u)
			if math.Mod(u*5+s*.37, 1) < .3 && v > math.Mod(s*.61, .8) {
				shade *= .4
			}
			p.Set(x, y, color.RGBA{uint8(max(0, min(255, shade))), uint8(max(0, min(255, shade*.8+20*u))), uint8(max(0, min(255, 90+100*v))), 255})
		}
	}
	return p
}

func asJPEG(t testing.TB, p image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func looked(t testing.TB, content []byte) cairn.Likeness {
	t.Helper()
	l, err := Look(content)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestCopiesLookAlike holds forty scenes to copies of themselves, smaller and
// compressed hard, and to one another.
func TestCopiesLookAlike(t *testing.T) {
	const scenes = 40
	var all []cairn.Likeness
	worst := 0
	for seed := range scenes {
		whole := looked(t, asPNG(t, scene(seed, 640, 480)))
		all = append(all, whole)
		for name, copied := range map[string][]byte{"q25": asJPEG(t, scene(seed, 640, 480), 25), "half": asJPEG(t, scene(seed, 320, 240), 60), "odd": asJPEG(t, scene(seed, 511, 383), 80)} {
			d, _, _ := whole.Distance(looked(t, copied))
			if worst = max(worst, d); d > 8 {
				t.Errorf("scene %d, %s: %d bits", seed, name, d)
			}
		}
	}
	alike := 0
	for i := range all {
		alike += len(Nearest(all[i], all[i+1:], 8))
	}
	t.Logf("copies differ in at most %d bits; of %d pairs of other scenes %d differ in 8 or fewer", worst, scenes*(scenes-1)/2, alike)
	if alike > scenes*(scenes-1)/2/50 {
		t.Errorf("%d of %d pairs of other scenes look alike", alike, scenes*(scenes-1)/2)
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	bomb := asPNG(t, scene(1, 8, 8))
	binary.BigEndian.PutUint32(bomb[16:], 60000) // its width, as it says itself
	binary.BigEndian.PutUint32(bomb[20:], 60000)
	whole := asJPEG(t, scene(1, 64, 64), 90)
	for name, c := range map[string]struct {
		content []byte
		unknown bool
	}{"nothing": {nil, true}, "words": {[]byte("no picture"), true}, "a bomb": {bomb, false}, "cut short": {whole[:len(whole)/2], false}} {
		if _, err := Look(c.content); err == nil || errors.Is(err, ErrUnknown) != c.unknown {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNothingIsLeftUnderABox looks for what a box covers in every point of the
// copy, and for what the file held beside the picture in every byte.
func TestNothingIsLeftUnderABox(t *testing.T) {
	p := image.NewNRGBA(image.Rect(0, 0, 101, 67))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	box := cairn.Box{Left: .5, Top: .25, Right: .75, Bottom: .99}
	content := append(asPNG(t, p), "taken by Corvin Halde"...)
	copied, err := Redact(content, []cairn.Box{box})
	if err != nil {
		t.Fatal(err)
	}
	out, err := Decode(copied)
	if err != nil || bytes.Contains(copied, []byte("Corvin")) || out.Bounds().Dx() != 101 {
		t.Fatalf("%v, %v", out.Bounds(), err)
	}
	black := 0
	for y := range 67 {
		for x := range 101 {
			in := float64(x+1) > box.Left*101 && float64(x) < box.Right*101 && float64(y+1) > box.Top*67 && float64(y) < box.Bottom*67
			if r, _, _, a := out.At(x, y).RGBA(); a != 0xffff || (r == 0) != in {
				t.Fatalf("point %d,%d is %d, and %t in the box", x, y, r, in)
			} else if r == 0 {
				black++
			}
		}
	}
	if black == 0 {
		t.Error("nothing was made black")
	}
	for _, wrong := range []cairn.Box{{}, {Left: .5, Top: 0, Right: .5, Bottom: 1}, {Left: 0, Top: 0, Right: 1.1, Bottom: 1}, {Left: math.NaN(), Top: 0, Right: 1, Bottom: 1}} {
		if _, err := Redact(content, []cairn.Box{wrong}); err == nil {
			t.Errorf("%+v was taken", wrong)
		}
	}
	if _, err := Redact(content, nil); err == nil {
		t.Error("a copy without a box was made")
	}
}

// TestAFilmIsFoundByAFrame makes a film of three scenes and looks for one of them,
// and for the same film at another size.
func TestAFilmIsFoundByAFrame(t *testing.T) {
	ctx := context.Background()
	f, err := Find(ctx)
	if err != nil {
		missing(t, err.Error())
	}
	folder := t.TempDir()
	for i := range 3 {
		if err := os.WriteFile(filepath.Join(folder, string(rune('1'+i))+".png"), asPNG(t, scene(10+i, 320, 240)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	made := func(name string, filter string) []byte {
		c := exec.Command(f.Path, "-loglevel", "error", "-framerate", "1/7", "-i", "%d.png", "-vf", filter, "-pix_fmt", "yuv420p", "-y", name)
		c.Dir = folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	film, err := f.Look(ctx, made("film.mkv", "fps=10"))
	if err != nil || len(film.Frames) < 4 || film.Width != frameWidth {
		t.Fatalf("%+v, %v", film, err)
	}
	for seed, want := range map[int]bool{10: true, 11: true, 12: true, 27: false} {
		d, _, at := looked(t, asJPEG(t, scene(seed, 640, 480), 70)).Distance(film)
		if (d <= 8) != want {
			t.Errorf("scene %d: %d bits at %d s", seed, d, at.Seconds)
		}
	}
	small, err := f.Look(ctx, made("small.mp4", "fps=8,scale=160:-2"))
	if d, _, _ := film.Distance(small); err != nil || d > 8 {
		t.Errorf("the same film, smaller: %d bits, %v", d, err)
	}
	if _, err := f.Look(ctx, []byte("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n")); err == nil {
		t.Error("a list that leads elsewhere was looked at")
	}
}

func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func FuzzLook(f *testing.F) {
	f.Add(asPNG(f, scene(1, 8, 8)))
	f.Add(asJPEG(f, scene(2, 9, 5), 50))
	f.Fuzz(func(t *testing.T, content []byte) {
		if size, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil && size.Width*size.Height > 1<<20 {
			t.Skip("large, and slow")
		}
		if l, err := Look(content); err == nil && (len(l.Frames) != 1 || l.Width <= 0) {
			t.Errorf("%+v", l)
		}
	})
}
