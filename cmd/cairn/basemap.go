package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
)

type basemapCommand struct {
	Show    basemapShow    `cmd:"" default:"withargs" help:"Print what lies under the public maps."`
	Borders basemapBorders `cmd:"" help:"Draw the borders of a file in the place of the built-in ones."`
	Streets basemapStreets `cmd:"" help:"Draw the vector tiles of a file where a reader comes close."`
	Drop    basemapDrop    `cmd:"" help:"Draw the built-in borders again, or leave streets out."`
}

type basemapShow struct {
	record
	JSON bool `name:"json" help:"Print it whole, as JSON."`
}

// Run prints what lies under the public maps.
func (c *basemapShow) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	m := r.Project().Publicity.Basemap
	if c.JSON {
		return json.NewEncoder(w.stdout).Encode(m)
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "WHAT\tNAME\tHOLDS\tCREDIT\n")
	if b := m.Borders; b != nil {
		fmt.Fprintf(table, "borders\t%s\t%s\t%s\n", b.Name, linesOf(*b), b.Credit)
	} else {
		fmt.Fprintf(table, "borders\t(built in)\tdisputed ones dashed\tNatural Earth\n")
	}
	for _, s := range m.Streets {
		fmt.Fprintf(table, "streets\t%s\t%s\t%s\n", s.Name, tilesOf(s), s.Credit)
	}
	return table.Flush()
}

func tilesOf(s cairn.StreetMap) string {
	return fmt.Sprintf("%s, zoom %d to %d, %.2f, %.2f to %.2f, %.2f", sized(s.Bytes), s.MinZoom, s.MaxZoom, s.South, s.West, s.North, s.East)
}

// sized writes a number of bytes as a person says it.
func sized(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func linesOf(b cairn.BorderMap) string {
	all := fmt.Sprintf("%s, %d disputed", many(b.Lines+b.Disputed, "line"), b.Disputed)
	if b.Provinces > 0 {
		all += fmt.Sprintf(", %s of provinces", many(b.Provinces, "line"))
	}
	return all
}

type basemapBorders struct {
	writing
	Credit string `placeholder:"TEXT" help:"Who made them and under which licence; it is shown on every map."`
	Why    string `placeholder:"TEXT" help:"Why they are drawn."`
	File   string `arg:"" help:"Lines or areas as GeoJSON, in degrees; disputed ones have the property disputed: true, those of provinces admin_level: 4. - is standard input."`
}

// Run has the public maps draw the borders of a file.
func (c *basemapBorders) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	b, err := r.PutBorders(ctx, c.File, c.Credit, c.Why)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "borders of %s: %s\nthe next `cairn publish` draws them\n", b.Name, linesOf(b))
	return err
}

type basemapStreets struct {
	writing
	Credit string `placeholder:"TEXT" help:"Who made them and under which licence (what the file asks for unless told); it is shown on every map."`
	Why    string `placeholder:"TEXT" help:"Why they are drawn."`
	File   string `arg:"" help:"A file of PMTiles with vector tiles of Protomaps, OpenMapTiles or Shortbread."`
}

// Run has the public maps draw streets.
func (c *basemapStreets) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	s, err := r.PutStreets(ctx, c.File, c.Credit, c.Why)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "streets %s: %s\nthe next `cairn publish` draws them\n", s.Name, tilesOf(s))
	return err
}

type basemapDrop struct {
	writing
	Why  string `placeholder:"TEXT" help:"Why it is taken out."`
	What string `arg:"" help:"borders, or the name of streets."`
}

// Run takes borders or streets out.
func (c *basemapDrop) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.DropBasemap(ctx, c.What, c.Why); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "%s is taken out\nthe next `cairn publish` leaves it out\n", c.What)
	return err
}
