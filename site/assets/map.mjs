// The map: MapLibre over the built-in shapes of countries. A solid disc is the
// floor, the ring around it the ceiling, each by its area; discs that lie together
// become one that sums both. It takes the place of the map that the server drew,
// and gives it back where it cannot run, and on paper.
import { Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import countries from "countries";
import towns from "towns";
import worker from "worker";
import { openStreets, streetLayers, streetSources } from "./streets.mjs";

const disputed = new Set(["W. Sahara", "Kosovo", "N. Cyprus", "Somaliland", "Taiwan", "Palestine", "Israel", "Siachen Glacier"]);
const pairs = [["India", "Pakistan"], ["India", "China"], ["S. Sudan", "Sudan"], ["Armenia", "Azerbaijan"], ["Venezuela", "Guyana"], ["Ethiopia", "Sudan"]];
const peninsula = [[33.55, 46.1], [33.62, 46.14], [33.8, 46.2], [34.4, 46.0], [34.75, 45.93], [34.85, 45.75]];

const named = (g) => g.properties.name;
const contested = (a, b) => disputed.has(named(a)) || disputed.has(named(b)) || pairs.some((p) => p.includes(named(a)) && p.includes(named(b)));
const all = countries.objects.countries;
const land = feature(countries, countries.objects.land);
const borders = mesh(countries, all, (a, b) => a !== b && !contested(a, b));
const dashed = mesh(countries, all, (a, b) => a !== b && contested(a, b));
dashed.coordinates.push(peninsula);

// own are the borders of the project, which stand in the place of those.
const own = () => {
  const b = window.cairnBorders, lines = (coordinates) => ({ type: "MultiLineString", coordinates });
  const provinces = lines(b?.provinces ?? []);
  return b && b.settled.length + b.disputed.length > 0 ? { settled: lines(b.settled), disputed: lines(b.disputed), provinces } : { settled: borders, disputed: dashed, provinces };
};

const colours = (dark) => dark
  ? { sea: "#191d22", land: "#2a2d31", line: "#4c5057", dash: "#676b73", strong: "#ff9f8f", soft: "#b5b0a6", ink: "#edeae3", halo: "#1b1d21" }
  : { sea: "#dde6ea", land: "#f4f1ea", line: "#c3bcae", dash: "#a79f90", strong: "#8c1c13", soft: "#5a554c", ink: "#1a1917", halo: "#ffffff" };

const isDark = () => {
  const set = document.documentElement.dataset.theme;
  return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

// Vowel marks are drawn beside their letters, and are left out.
const bare = (name) => name.replace(/[\u064B-\u065F\u0670]/g, "");

const geojson = (points) => ({ type: "FeatureCollection", features: points.map((p) => ({ type: "Feature", geometry: { type: "Point", coordinates: [p.x, p.y] }, properties: { min: p.a, max: p.b, count: p.c, name: bare(p.n), page: p.s, area: !p.p } })) });

// townPoints are the towns, the greatest first, by their names in the language where
// there are any; the closer a reader comes the more of them show.
const townPoints = (tag) => ({ type: "FeatureCollection", features: towns.map(([name, lat, lon, arabic], rank) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { name: tag === "ar" && arabic ? arabic : name, rank } })) });
const townsShown = ["<=", ["get", "rank"], ["step", ["zoom"], 100, 3, 300, 4, 900, 5, 2500, 6, 100000]];

// reach is how far from a point the harm may have been: a circle around it, which
// shows where a reader comes so close that the mark would say too much.
const reach = (points) => ({ type: "MultiLineString", coordinates: points.filter((p) => !p.p && p.m > 0).map((p) => {
  const up = p.m / 111320, across = up / Math.max(0.01, Math.cos((p.y * Math.PI) / 180));
  return Array.from({ length: 65 }, (_, k) => [p.x + across * Math.cos((k * Math.PI) / 32), p.y + up * Math.sin((k * Math.PI) / 32)]);
}) });

const radius = (field, biggest) => ["+", 3, ["*", 27, ["sqrt", ["/", ["get", field], biggest]]]];
const biggestOf = (points) => Math.max(1, ...points.map((p) => p.b));
const ringOf = (biggest) => ["min", 46, radius("max", biggest)];
const discOf = (biggest) => ["min", 44, ["*", 0.96, ["*", radius("max", biggest), ["sqrt", ["/", ["get", "min"], ["max", 1, ["get", "max"]]]]]]];

const style = (points, dark, words, streets) => {
  const c = colours(dark);
  const biggest = biggestOf(points);
  const source = { type: "geojson", data: geojson(points), cluster: true, clusterRadius: 34, clusterProperties: { min: ["+", ["get", "min"]], max: ["+", ["get", "max"]], places: ["+", 1] } };
  const written = (n) => ["number-format", ["get", n], { locale: "en" }];
  const figure = ["case", ["==", ["get", "max"], 0], "", ["==", ["get", "min"], ["get", "max"]], written("max"), ["concat", written("min"), words.between, written("max")]];
  const font = ["Inter Variable", "Noto Sans Arabic Variable", "sans-serif"];
  return {
    version: 8,
    sources: { land: { type: "geojson", data: land }, borders: { type: "geojson", data: own().settled }, dashed: { type: "geojson", data: own().disputed }, provinces: { type: "geojson", data: own().provinces }, ...streetSources(streets), towns: { type: "geojson", data: townPoints(words.tag) }, reach: { type: "geojson", data: reach(points) }, harm: source },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land } },
      ...streetLayers(streets, dark, words.tag, font),
      { id: "provinces", type: "line", source: "provinces", minzoom: 3, paint: { "line-color": c.line, "line-width": 0.6, "line-opacity": 0.7 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": c.line, "line-width": 1 } },
      { id: "dashed", type: "line", source: "dashed", paint: { "line-color": c.dash, "line-width": 1, "line-dasharray": [4, 3] } },
      { id: "town-dots", type: "circle", source: "towns", filter: townsShown, paint: { "circle-color": c.soft, "circle-radius": 1.8 } },
      { id: "reach", type: "line", source: "reach", minzoom: 9, paint: { "line-color": c.strong, "line-width": 1.5, "line-dasharray": [3, 3] } },
      { id: "rings", type: "circle", source: "harm", paint: { "circle-color": c.strong, "circle-opacity": 0.24, "circle-stroke-color": c.strong, "circle-stroke-width": 1, "circle-radius": ringOf(biggest) } },
      { id: "discs", type: "circle", source: "harm", filter: [">", ["get", "min"], 0], paint: { "circle-color": c.strong, "circle-opacity": 0.82, "circle-radius": discOf(biggest) } },
      { id: "towns", type: "symbol", source: "towns", filter: townsShown, ...(streets.length ? { maxzoom: 10 } : {}), layout: { "text-field": ["get", "name"], "text-font": font, "text-size": 11, "text-offset": [0, 0.4], "text-anchor": "top", "symbol-sort-key": ["get", "rank"] }, paint: { "text-color": c.soft, "text-halo-color": c.land, "text-halo-width": 1.2 } },
      { id: "names", type: "symbol", source: "harm", layout: { "text-field": ["case", ["has", "name"], ["concat", ["get", "name"], "\n", figure], figure], "text-font": font, "text-size": 12, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true, "symbol-sort-key": ["-", 0, ["get", "max"]] }, paint: { "text-color": c.ink, "text-halo-color": c.halo, "text-halo-width": 1.4 } },
    ],
  };
};

const boundsOf = (points) => points.reduce((b, p) => [[Math.min(b[0][0], p.x), Math.min(b[0][1], p.y)], [Math.max(b[1][0], p.x), Math.max(b[1][1], p.y)]], [[180, 90], [-180, -90]]);

// draw puts a map into a figure, in the place of what the server drew.
window.cairnMap = async (figure, points, words, streets) => {
  if (points.length === 0) return null;
  if (!window.cairnWorker) {
    window.cairnWorker = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
    setWorkerUrl(window.cairnWorker);
  }
  try { await Promise.all([document.fonts.load('12px "Inter Variable"'), document.fonts.load('12px "Noto Sans Arabic Variable"', "\u0627")]); } catch { /* another font does */ }
  openStreets(streets);
  const closest = Math.max(12, ...streets.map((s) => s.maxzoom + 2));
  const drawn = figure.querySelector("svg.drawn");
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", drawn?.getAttribute("aria-label") ?? "");
  figure.prepend(canvas);
  let map;
  try {
    map = new Map({ container: canvas, style: style(points, isDark(), words, streets), bounds: boundsOf(points), fitBoundsOptions: { padding: 60, maxZoom: words.nearest }, attributionControl: false, cooperativeGestures: false, maxZoom: closest, renderWorldCopies: false, locale: words.locale });
  } catch {
    canvas.remove();
    return null;
  }
  figure.classList.add("moving");
  map.addControl(new NavigationControl({ showCompass: false }), document.documentElement.dir === "rtl" ? "top-left" : "top-right");
  map.addControl(new ScaleControl({ maxWidth: 110 }), document.documentElement.dir === "rtl" ? "bottom-right" : "bottom-left");
  map.scrollZoom.disable();
  map.once("idle", () => { figure.dataset.idle = "1"; });
  map.on("click", "rings", async (e) => {
    const f = e.features[0];
    if (f.properties.cluster) {
      const zoom = await map.getSource("harm").getClusterExpansionZoom(f.properties.cluster_id);
      map.easeTo({ center: f.geometry.coordinates, zoom: Math.min(zoom, closest) });
    } else location.href = words.places + f.properties.page + ".html";
  });
  for (const [type, cursor] of [["mouseenter", "pointer"], ["mouseleave", ""]]) map.on(type, "rings", () => { map.getCanvas().style.cursor = cursor; });
  figure.cairnMap = map;
  let now = points;
  // cairnPoints shows other points on the same ground.
  map.cairnPoints = (p) => {
    now = p;
    if (map.getSource("harm")) {
      map.getSource("harm").setData(geojson(p));
      map.getSource("reach").setData(reach(p));
      map.setPaintProperty("rings", "circle-radius", ringOf(biggestOf(p)));
      map.setPaintProperty("discs", "circle-radius", discOf(biggestOf(p)));
    } else map.once("style.load", () => map.cairnPoints(now));
    if (p.length) map.fitBounds(boundsOf(p), { padding: 60, maxZoom: words.nearest });
  };
  document.addEventListener("cairn-theme", () => map.setStyle(style(now, isDark(), words, streets), { diff: false }));
  return map;
};
