package site

import (
	"github.com/cairn-recorder/cairn"
)

// methodView is how the numbers are made.
type methodView struct {
	Grades   []cairn.Grade
	Strikes  []cairn.StrikeStatus
	Coverage []cairn.Coverage
	Closest  cairn.Accuracy
	Main     cairn.Tally
}

func (methodView) title(t *tongue) string { return t.say("nav.method") }

func readMethod(v *visit) (view, error) {
	return methodView{Grades: cairn.Grades, Strikes: []cairn.StrikeStatus{cairn.Declared, cairn.Likely, cairn.ContestedStrike, cairn.SingleSource},
		Coverage: v.index.release.Coverage, Closest: v.index.release.Publicity.Closest(), Main: v.main()}, nil
}

// correctionsView is what each release changed of what was said before.
type correctionsView struct{ Corrections []correctionView }

// A correctionView is a correction with where its incident is.
type correctionView struct {
	cairn.Correction
	Slug, IntoSlug string
}

func (correctionsView) title(t *tongue) string { return t.say("nav.corrections") }

// mostCorrections is how many the page names; the file beside it has them all.
const mostCorrections = 500

func readCorrections(v *visit) (view, error) {
	var c correctionsView
	all := v.index.release.Corrections
	for _, one := range all[:min(len(all), mostCorrections)] {
		c.Corrections = append(c.Corrections, correctionView{one, v.index.slugs[one.Code], v.index.slugs[one.Into]})
	}
	return c, nil
}

// dataView is what can be taken away.
type dataView struct {
	Files []fileView
	Cite  citation
}

// A fileView is a file with its hash.
type fileView struct {
	Path, About, SHA256 string
	Bytes               int
}

func (dataView) title(t *tongue) string { return t.say("nav.data") }

func readData(v *visit) (view, error) {
	v.index.once.Do(func() { v.index.files, v.index.fault = v.site.offered(v.index) })
	return dataView{Files: v.index.files, Cite: v.cite(v.index.release.Title, v.words.Tag+"/data.html")}, v.index.fault
}

// offered are the files of the whole release, with their hashes.
func (s *Site) offered(x *index) ([]fileView, error) {
	var all []fileView
	for _, f := range files() {
		if f.about == "" {
			continue
		}
		body, err := f.write(s, x, selection{All: f.path != "data/totals.json"})
		if err != nil {
			return nil, err
		}
		all = append(all, fileView{f.path, f.about, hashOf(body), len(body)})
	}
	return all, nil
}

// embedView is one number, to stand in another page.
type embedView struct {
	Sum       summary
	Selection selection
}

func (embedView) title(t *tongue) string { return t.say("nav.totals") }

func readEmbed(v *visit) (view, error) {
	return embedView{Sum: v.summary(v.selection), Selection: v.selection}, nil
}
