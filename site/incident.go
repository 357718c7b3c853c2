package site

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// incidentView is an incident with every sentence that its numbers rest on.
type incidentView struct {
	cairn.Published
	Figures []figureView
	Told    []narrativeView
	Map     *worldMap
	Points  []point
	Cite    citation
	Place   string // the name of its place's page; empty where it has none
	Parties map[string]string
	Related []relatedView
	Around  []cairn.Circumstance
	NamedIn []namedIn

	Families [][]cairn.PublicVictim
	Others   []cairn.PublicVictim

	Slug   string
	Next   string
	Before string
}

// A figureView is a casualty range with the sentences at its ends.
type figureView struct {
	cairn.Figured
	Main    bool
	Lower   []quoteView
	Upper   []quoteView
	Same    bool // one end, or both set by the same words
	Bar     bar
	Anchor  string
	SetHere bool // by a person
}

// A quoteView is an excerpt with where it is from.
type quoteView struct {
	cairn.Excerpt
	Source cairn.Publisher
}

// A relatedView is an incident that has to do with this one.
type relatedView struct {
	cairn.Relative
	Slug string // empty where it is not published
}

// A namedIn is a published incident whose text names this one.
type namedIn struct{ Code, Slug string }

// A bar draws a range on a scale from nought, in thousandths.
type bar struct{ Floor, Ceiling int }

func (i incidentView) title(t *tongue) string {
	return t.place(i.Published.Place) + t.say("comma") + t.period(i.When)
}

func readIncident(v *visit) (view, error) {
	at, ok := v.index.named[v.name()]
	if !ok {
		return nil, cairn.ErrNotFound
	}
	l := v.index.listings[at]
	form, err := v.site.form(v.request.Context(), v.index, at)
	if err != nil {
		return nil, err
	}
	i := incidentView{Published: form, Slug: v.index.slugs[l.Code], Parties: map[string]string{}, Points: v.points([]int{at}, v.main())}
	i.Figures = figuresOf(form, v.main())
	i.Told = narrativesOf(form, v.words.Tag)
	if i.Map, err = v.mapped(i.Points); err != nil {
		return nil, err
	}
	if key := v.index.placeKey[at]; key != "" {
		i.Place = slugOf(key)
	}
	for _, name := range form.Parties {
		i.Parties[name] = slugOf(name)
	}
	for _, r := range form.Related {
		i.Related = append(i.Related, relatedView{r, v.index.slugs[r.Code]})
	}
	for _, code := range form.Mentions {
		if slug := v.index.slugs[code]; slug != "" {
			i.NamedIn = append(i.NamedIn, namedIn{code, slug})
		}
	}
	i.Families, i.Others = families(form.Victims)
	i.Around = aroundIncident(v.index.release.Circumstances, l)
	if at > 0 {
		i.Before = v.index.slugs[v.index.listings[at-1].Code]
	}
	if at+1 < len(v.index.listings) {
		i.Next = v.index.slugs[v.index.listings[at+1].Code]
	}
	i.Cite = v.cite(form.Code+", "+i.title(v.words), v.words.Tag+"/incidents/"+v.index.slugs[form.Code]+".html")
	return i, nil
}

// figuresOf are the ranges of a form, the main one first, each harm on one scale.
func figuresOf(form cairn.Published, main cairn.Tally) []figureView {
	quotes := quotesOf(form)
	scale := map[cairn.Harm]int{}
	for _, f := range form.Listing.Figures {
		scale[f.Harm] = max(scale[f.Harm], f.Range.Max.N, f.Range.Min.N)
	}
	var all []figureView
	for _, f := range form.Listing.Figures {
		key := cairn.Tally{Harm: f.Harm, Class: f.Class}.Key()
		w := figureView{Figured: f, Main: f.Harm == main.Harm && f.Class == main.Class, Bar: barOf(f.Range, scale[f.Harm]), Anchor: strings.ReplaceAll(key, "_", "-"), SetHere: slices.Contains(form.Set, key)}
		w.Lower, w.Upper = found(quotes, f.Floor), found(quotes, f.Ceiling)
		w.Same = slices.Equal(f.Floor, f.Ceiling)
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b figureView) int {
		if a.Main != b.Main && a.Main {
			return -1
		} else if a.Main != b.Main {
			return 1
		}
		return 0
	})
	return all
}

func found(quotes map[string]quoteView, keys []string) []quoteView {
	var all []quoteView
	for _, k := range keys {
		if q, ok := quotes[k]; ok {
			all = append(all, q)
		}
	}
	return all
}

func barOf(r cairn.Range, scale int) bar {
	if scale == 0 {
		return bar{}
	}
	return bar{Floor: 1000 * r.Min.N / scale, Ceiling: 1000 * max(r.Max.N, r.Min.N) / scale}
}

// nearDays is how many days around an incident are looked through for what else
// happened there.
const nearDays = 7

// aroundIncident returns what happened at the place of an incident about its time.
func aroundIncident(all []cairn.Circumstance, l cairn.Listing) []cairn.Circumstance {
	var near []cairn.Circumstance
	for _, c := range all {
		if (c.Place == "" || slices.Contains(l.Place.Keys, fold(c.Place))) && l.When.From.Known() && c.When.Meets(l.When, nearDays) {
			near = append(near, c)
		}
	}
	return near
}

// twin answers with the public form of an incident as JSON: what its page shows.
func (s *Site) twin(w http.ResponseWriter, req *http.Request) {
	x, err := s.index(req.Context())
	if err != nil {
		s.fail(w, req, err)
		return
	}
	name, isJSON := strings.CutSuffix(req.PathValue("name"), ".json")
	at, ok := x.named[name]
	if !ok && !isJSON {
		at, ok = x.codes[name]
	}
	if !ok {
		s.fail(w, req, cairn.ErrNotFound)
		return
	}
	if !isJSON {
		http.Redirect(w, req, "/"+x.tags[0]+"/incidents/"+x.slugs[x.listings[at].Code]+".html", http.StatusFound)
		return
	}
	form, err := s.form(req.Context(), x, at)
	if err != nil {
		s.fail(w, req, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(form); err != nil {
		return // whoever asked is gone
	}
}
