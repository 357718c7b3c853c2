package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type placesCommand struct {
	Show   placesShow   `cmd:"" default:"withargs" help:"Print the packs of places of the project."`
	Import placesImport `cmd:"" help:"Bring the places of files in: CSV, GeoJSON, Who's On First, OCHA P-codes."`
	Find   placesFind   `cmd:"" help:"Print the places that a name can stand for, and what speaks for each."`
	Drop   placesDrop   `cmd:"" help:"Take a pack of places out again."`
}

type placesShow struct {
	record
	JSON bool `name:"json" help:"Print every place whole, as JSON Lines."`
}

// Run prints the packs of the project, or each of its places.
func (c *placesShow) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		return r.Places(ctx, func(pack string, p cairn.Place) error {
			return encoder.Encode(struct {
				Pack string `json:"pack,omitempty"`
				cairn.Place
			}{pack, p})
		})
	}
	packs, err := r.PlacePacks(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "PACK\tPLACES\tSOURCE\tLICENCE\n")
	for _, p := range packs {
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\n", p.Name, p.Places, cmp.Or(p.Source, "not stated"), cmp.Or(p.Licence, "not stated"))
	}
	if n := len(r.Project().Places); n > 0 {
		fmt.Fprintf(table, "(the project's own)\t%d\t\t\n", n)
	}
	return table.Flush()
}

type placesImport struct {
	writing
	As      string            `enum:",csv,geojson,wof,ocha" default:"" help:"What the files are: csv, geojson, wof or ocha (recognised by content unless told)."`
	Source  string            `placeholder:"NAME" help:"Who made them."`
	Licence string            `placeholder:"TEXT" help:"Under which licence they are given."`
	Pack    string            `placeholder:"NAME" help:"The pack that they go into (the source, or else the name of the first file)."`
	Columns map[string]string `mapsep:"," placeholder:"FIELD=HEADER,…" help:"The header of a field, where it is not a usual one."`
	Files   []string          `arg:"" name:"file" help:"The files; gzip is unpacked, - is standard input."`
}

// Run brings places in and prints what became of them.
func (c *placesImport) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	options := recorder.SurveyOptions{As: recorder.SurveyKind(c.As), Source: c.Source, Licence: c.Licence, Columns: c.Columns}
	done, err := r.ImportPlaces(ctx, c.pack(), c.Files, options, w.say)
	if err != nil && done.Faults == 0 {
		return err
	}
	if printed := json.NewEncoder(w.stdout).Encode(done); printed != nil {
		return printed
	}
	switch some := done.New+done.Changed+done.Again > 0; {
	case err != nil || done.Faults > 0 && !some:
		return exitStatus(nothing)
	case done.Faults > 0:
		return exitStatus(partly)
	}
	return nil
}

// pack returns the name of the pack that the files go into.
func (c *placesImport) pack() string {
	name := filepath.Base(c.Files[0])
	if name == "-" {
		name = "standard input"
	}
	for _, end := range []string{".gz", ".csv", ".tsv", ".txt", ".geojson", ".json"} {
		name = strings.TrimSuffix(name, end)
	}
	return cmp.Or(c.Pack, c.Source, name)
}

type placesFind struct {
	record
	JSON bool   `name:"json" help:"Print each place whole, as JSON Lines."`
	Name string `arg:"" help:"The name, in any script; areas behind commas narrow it, as in \"Paris, Texas\"."`
}

// Run prints the places that a name can stand for, the likeliest first.
func (c *placesFind) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	found, alike, err := r.FindPlaces(ctx, c.Name)
	if err != nil {
		return err
	}
	if len(found)+len(alike) == 0 {
		return cairn.Invalid{Field: "name", Reason: "no place is called " + c.Name + ", and none sounds like it"}
	}
	if err := c.write(w.stdout, append(found, alike...)); err != nil || len(found) > 0 {
		return err
	}
	fmt.Fprintf(w.stderr, "cairn: no place is called %s; these sound like it\n", c.Name)
	return exitStatus(partly)
}

func (c *placesFind) write(out io.Writer, places []cairn.Where) error {
	if !c.JSON {
		return writeFound(out, places)
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, p := range places {
		if err := encoder.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

func writeFound(out io.Writer, found []cairn.Where) error {
	for i, p := range found {
		within := strings.Join(nonEmpty(p.Admin1, p.Country), ", ")
		at := "no point known"
		if p.Lat != nil && p.Lon != nil {
			at = fmt.Sprintf("%.5f, %.5f", *p.Lat, *p.Lon)
		}
		if _, err := fmt.Fprintf(out, "%d. %s (%s), %s, %s\n   %s\n   %s\n", i+1, p.Name, within, cmp.Or(string(p.Accuracy), "accuracy unknown"), at, p.ID, p.Reason); err != nil {
			return err
		}
	}
	return nil
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

type placesDrop struct {
	writing
	Why  string `placeholder:"TEXT" help:"Why it is taken out."`
	Pack string `arg:"" help:"The name of the pack."`
}

// Run takes a pack out; what was read with it stands until it is read again.
func (c *placesDrop) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.DropPlaces(ctx, c.Pack, c.Why); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "%s is taken out\nwhat was read before stands as it is; `cairn redo` reads it again\n", c.Pack)
	return err
}
