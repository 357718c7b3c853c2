package recorder

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// street draws a picture that depends on seed.
func street(seed int) image.Image {
	p := image.NewGray(image.Rect(0, 0, 240, 160))
	for y := range 160 {
		for x := range 240 {
			p.SetGray(x, y, color.Gray{Y: uint8((x*seed/3 + y*y*seed/200 + x*y/(seed+40)) % 256)})
		}
	}
	return p
}

// photos packs pictures: one, the same compressed, and another.
func photos(t *testing.T) []byte {
	t.Helper()
	var out, one, other bytes.Buffer
	if err := png.Encode(&one, street(1)); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&other, street(9)); err != nil {
		t.Fatal(err)
	}
	var copied bytes.Buffer
	if err := jpeg.Encode(&copied, street(1), &jpeg.Options{Quality: 30}); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&out)
	for _, f := range []struct {
		name    string
		content []byte
	}{{"one.png", one.Bytes()}, {"copy.jpg", copied.Bytes()}, {"other.png", other.Bytes()}, {"broken.png", one.Bytes()[:60]}} {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPicturesAreLookedAtAsTheyCome(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		if _, err := r.Import(ctx, []string{file(t, "photos.zip", string(photos(t)))}, cairn.Given{}, Progress{}); err != nil {
			t.Fatal(err)
		}
		all, err := r.View().Likenesses(ctx)
		if err != nil || len(all) != 4 {
			t.Fatalf("%d likenesses, %v", len(all), err)
		}
		faults := 0
		var one cairn.Likeness
		for _, l := range all {
			receipts, err := r.View().Receipts(ctx, l.Ref)
			if err != nil {
				t.Fatal(err)
			}
			if l.Fault != "" {
				faults++
			} else if strings.HasSuffix(receipts[0].Within.Path, "one.png") {
				one = l
			}
		}
		near, err := r.Like(ctx, string(one.Ref), nil, nil, 10)
		if err != nil || faults != 1 || len(near) != 1 || near[0].Distance > 8 {
			t.Errorf("%d at fault, near %+v, %v", faults, near, err)
		}
		if err := r.LookAt(ctx, nil, func(l cairn.Likeness) error { t.Errorf("looked at again: %+v", l); return nil }); err != nil {
			t.Error(err)
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("%s", f) }); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatIsDecidedOfAPicture(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		if _, err := r.Import(ctx, []string{file(t, "photos.zip", string(photos(t)))}, cairn.Given{}, Progress{}); err != nil {
			t.Fatal(err)
		}
		all, err := r.View().Likenesses(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var whole cairn.Ref
		for _, l := range all {
			if l.Fault == "" {
				whole = l.Ref
			}
		}
		if _, err := r.FlagMedia(ctx, string(whole), true, ""); err == nil {
			t.Error("flagged without a reason")
		}
		for _, graphic := range []bool{true, false, true} {
			f, err := r.FlagMedia(ctx, string(whole), graphic, "bodies are seen")
			if err != nil || f.Who != "Ana" {
				t.Fatalf("%+v, %v", f, err)
			}
			if v, err := r.Media(ctx, string(whole)); err != nil || v.Graphic != graphic {
				t.Errorf("%+v, %v", v, err)
			}
		}
		before, err := r.Originals().Get(whole)
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := r.Redact(ctx, string(whole), []cairn.Box{{Left: .2, Top: .2, Right: .6, Bottom: .7}}, "a face")
		if err != nil || receipt.Within.Ref != whole || receipt.Ref == whole {
			t.Fatalf("%+v, %v", receipt, err)
		}
		after, err := r.Originals().Get(whole)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("the original was changed: %v", err)
		}
		v, err := r.Media(ctx, string(whole))
		if err != nil || len(v.Flags) != 3 || len(v.Redacted) != 1 || v.Redacted[0].Ref != receipt.Ref {
			t.Errorf("%+v, %v", v, err)
		}
		if _, err := r.Redact(ctx, string(cairn.RefOf([]byte("elsewhere"))), []cairn.Box{{Right: 1, Bottom: 1}}, "a face"); err == nil {
			t.Error("a copy was made of what is not there")
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("%s", f) }); err != nil {
			t.Error(err)
		}
	})
}
