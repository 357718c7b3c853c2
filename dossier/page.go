package dossier

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"

	"github.com/cairn-recorder/cairn"
)

//go:embed page.html
var pageText string

// view is what the page shows.
type view struct {
	Contents
	Acts    []Act
	Stamps  []Stamp
	Reasons []Reason
	Rows    int
}

// page returns the page of a dossier: whole in itself, without a script.
func page(m Material) ([]byte, error) {
	t, err := template.New("page").Funcs(template.FuncMap{"direction": direction, "join": strings.Join, "sort": claimWords}).Parse(pageText)
	if err != nil {
		return nil, err
	}
	v := view{Contents: m.Contents, Acts: m.Acts, Stamps: m.Stamps, Reasons: Reasons(m.Rows, m.Contents.Withheld)}
	for _, r := range m.Rows {
		if r.Why == "" {
			v.Rows++
		}
	}
	var out bytes.Buffer
	err = t.Execute(&out, v)
	return out.Bytes(), err
}

// direction is the way in which a language is written.
func direction(language string) string {
	tag, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch tag {
	case "ar", "fa", "he", "ur", "ckb", "ps", "yi", "dv", "sd":
		return "rtl"
	case "":
		return "auto"
	}
	return "ltr"
}

// claimWords is a claim in one line.
func claimWords(c cairn.Claim) string {
	words := []string{string(c.Harm) + ":", c.Figure.Words}
	if c.Victims.Words != "" && c.Victims.Words != c.Figure.Words {
		words = append(words, c.Victims.Words)
	}
	return strings.Join(words, " ")
}
