// Streets under the marks: vector tiles of the project's own files (PMTiles), read
// in parts from the host of the page, or in pieces where it lies in a folder. They
// show from a zoom on at which land and borders say no more. Borders in the tiles are
// not drawn: the project says which.
import { addProtocol } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";

// mostPieces is how many pieces are kept at hand.
const mostPieces = 64;

// A Pieces reads a file that stands as scripts of so many bytes each.
class Pieces {
  constructor(street) { this.street = street; this.kept = new Map(); }

  getKey() { return this.street.key; }

  piece(k) {
    if (!this.kept.has(k)) {
      this.kept.set(k, this.street.load(k).then(() => arrived.get(this.street.key + "/" + k)));
      if (this.kept.size > mostPieces) this.kept.delete(this.kept.keys().next().value);
    }
    return this.kept.get(k);
  }

  async getBytes(offset, length) {
    const end = Math.min(offset + length, this.street.bytes), size = this.street.piece;
    const data = new Uint8Array(Math.max(0, end - offset));
    for (let k = Math.floor(offset / size); k * size < end; k++) {
      const piece = await this.piece(k), from = Math.max(offset, k * size);
      data.set(piece.subarray(from - k * size, Math.min(end - k * size, piece.length)), from - offset);
    }
    return { data: data.buffer };
  }
}

// arrived are the pieces whose scripts have run.
const arrived = new Map();
window.cairnTiles = (key, k, text) => { arrived.set(key + "/" + k, Uint8Array.from(atob(text), (c) => c.charCodeAt(0))); };

let protocol = null;

// openStreets lets a map read the files.
export const openStreets = (streets) => {
  if (streets.length === 0) return;
  if (!protocol) {
    protocol = new Protocol();
    addProtocol("pmtiles", protocol.tile);
  }
  for (const s of streets) {
    const file = new PMTiles(s.load ? new Pieces(s) : s.address);
    s.url = file.source.getKey();
    protocol.add(file);
  }
};

const sourceOf = (s) => "streets-" + s.key;

// streetSources are the sources of a style.
export const streetSources = (streets) => Object.fromEntries(streets.map((s) => [sourceOf(s), { type: "vector", tiles: ["pmtiles://" + s.url + "/{z}/{x}/{y}"], minzoom: s.minzoom, maxzoom: s.maxzoom, bounds: s.bounds }]));

const shown = (dark) => dark
  ? { land: "#2a2d31", green: "#2b332e", water: "#191d22", building: "#383c42", road: "#5a6068", ink: "#cfcabf", halo: "#1b1d21" }
  : { land: "#f4f1ea", green: "#e6ebdc", water: "#cfdde3", building: "#e2dbcf", road: "#b9b09f", ink: "#4a453c", halo: "#fbfaf7" };

// The greater a road, the earlier it shows and the wider it is; Protomaps says kind,
// OpenMapTiles class.
const great = ["match", ["coalesce", ["get", "kind"], ["get", "class"], ""], ["highway", "motorway", "trunk", "major_road", "primary"], 2, ["medium_road", "secondary", "tertiary"], 1.3, 0.7];
const named = (tag) => ["coalesce", ["get", "name:" + tag], ["get", "name_" + tag], ["get", "name"], ["get", "name:latin"]];

const wide = ["interpolate", ["exponential", 1.6], ["zoom"], 8, ["*", 0.4, great], 12, ["*", 1, great], 16, ["*", 5, great]];

// drawn says how each layer is drawn.
const drawn = (c, tag, font) => {
  const fill = (colour, minzoom) => ({ type: "fill", minzoom, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour } });
  const line = (colour, width) => ({ type: "line", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": colour, "line-width": width }, layout: { "line-join": "round", "line-cap": "round" } });
  const name = (along, minzoom) => ({ type: "symbol", minzoom, filter: ["has", "name"], layout: { "text-field": named(tag), "text-font": font, "text-size": along ? 11 : 12, ...(along ? { "symbol-placement": "line" } : {}) }, paint: { "text-color": c.ink, "text-halo-color": c.halo, "text-halo-width": 1.2 } });
  const roads = [line(c.road, wide)];
  return {
    earth: [fill(c.land, 8)], ocean: [fill(c.water, 8)], landcover: [fill(c.green, 9)], landuse: [fill(c.green, 10)], park: [fill(c.green, 10)], land: [fill(c.green, 10)],
    water: [fill(c.water, 8), line(c.water, 1.5)], water_polygons: [fill(c.water, 8)], waterway: [line(c.water, 1.5)], water_lines: [line(c.water, 1.5)],
    buildings: [fill(c.building, 13)], building: [fill(c.building, 13)],
    roads: [...roads, name(true, 13)], transportation: roads, streets: roads, transportation_name: [name(true, 13)], street_labels: [name(true, 13)],
    places: [name(false, 9)], place: [name(false, 9)], place_labels: [name(false, 9)],
  };
};

// streetLayers are the layers of a style, names after all else.
export const streetLayers = (streets, dark, tag, font) => {
  const layers = streets.flatMap((s) => s.layers.flatMap((of) => (drawn(shown(dark), tag, font)[of] ?? []).map((l, k) => ({ minzoom: 8, ...l, id: sourceOf(s) + "-" + of + "-" + k, source: sourceOf(s), "source-layer": of }))));
  return [...layers.filter((l) => l.type !== "symbol"), ...layers.filter((l) => l.type === "symbol")];
};
