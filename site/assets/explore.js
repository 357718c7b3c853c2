// Pages that lie in a folder have no server to ask. Here the browser does what the
// server else does: chooses incidents, adds them up as `cairn total` does, and
// draws the sum, the timeline, the table, the groups and the points of the map.
"use strict";
(() => {
  const root = document.documentElement;
  const harms = ["killed", "injured", "casualties", "missing", "displaced", "detained", "damaged", "population"];
  const classes = ["civilian", "unknown", "all", "child", "woman", "man", "journalist", "medic", "aid_worker", "detainee", "displaced_person", "combatant", "buildings"];
  const plurals = { child: "children", woman: "women", man: "men", combatant: "combatants", journalist: "journalists", medic: "medics", aid_worker: "aid_workers", detainee: "detainees", displaced_person: "displaced_persons", all: "all", unknown: "unknown", buildings: "buildings" };
  const grades = ["confirmed", "fair", "weak", "contested", "discounted"];
  const fold = (s) => s.trim().split(/\s+/).join(" ").toLowerCase();

  const byHarm = (a, b) => a.harm < b.harm ? -1 : a.harm > b.harm ? 1 : a.cls < b.cls ? -1 : a.cls > b.cls ? 1 : 0;

  // open makes the compact form of a release into incidents.
  const open = (release) => {
    const w = release.words;
    for (const p of release.places) { p.keys = p.k.map((n) => w[n]); p.admin1 = w[p.a]; p.country = w[p.c]; p.accuracy = w[p.u]; }
    return release.rows.map((r) => ({
      code: r[0], page: r[1] || r[0], grade: w[r[2]], recorder: w[r[3]], first: w[r[4]], from: w[r[5]], to: w[r[6]], place: release.places[r[7]],
      means: w[r[8]], parties: r[9].map((n) => w[n]), figures: r[10].map((f) => ({ harm: harms[f[0]], cls: classes[f[1]], min: f[2], max: f[3], open: f[4] === 1 })), heard: r[11], review: r[12] === 1, strike: w[r[13]], origins: r[14], former: r[15].map((n) => w[n]), began: w[r[16]], ended: w[r[17]],
    }));
  };

  const lastDay = (d) => {
    if (d.length === 4) return d + "-12-31";
    if (d.length === 7) return d + "-" + String(new Date(Date.UTC(+d.slice(0, 4), +d.slice(5, 7), 0)).getUTCDate()).padStart(2, "0");
    return d;
  };
  const firstDay = (d) => d.length === 4 ? d + "-01-01" : d.length === 7 ? d + "-01" : d;

  // weekOf numbers the week of a day as ISO 8601 does, and daysOf returns the days of a
  // group by time.
  const weekOf = (d) => {
    const day = new Date(d + "T00:00:00Z");
    day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
    const week = Math.ceil(((day - Date.UTC(day.getUTCFullYear(), 0, 1)) / 864e5 + 1) / 7);
    return day.getUTCFullYear() + "-W" + String(week).padStart(2, "0");
  };
  const daysOf = (by) => {
    const found = /^(\d+)-W(\d+)$/.exec(by);
    if (!found) return { from: by, to: by };
    const day = new Date(Date.UTC(+found[1], 0, 4));
    day.setUTCDate(day.getUTCDate() + 7 * (+found[2] - 1) - (day.getUTCDay() + 6) % 7);
    const from = day.toISOString().slice(0, 10);
    day.setUTCDate(day.getUTCDate() + 6);
    return { from, to: day.toISOString().slice(0, 10) };
  };

  const searched = (i) => i.searched ??= fold([i.code, i.means, ...i.place.keys, ...i.parties, ...Object.values(i.place.t ?? {})].join(" "));

  // chosen returns what a selection chooses, which is asked again for each part of the page.
  const chosen = (all, s) => {
    const asked = [s.from, s.to, s.place, s.party, s.means, s.text].join("\0");
    if (all.asked === asked) return all.found;
    const from = s.from ? firstDay(s.from) : "", to = s.to ? lastDay(s.to) : "", place = s.place ? fold(s.place) : "", text = s.text ? fold(s.text) : "";
    all.asked = asked;
    return all.found = all.filter((i) => !(from && i.to && i.to < from) && !(to && i.from > to) && (!place || i.place.keys.includes(place)) && (!s.party || i.parties.includes(s.party)) && (!s.means || i.means === s.means) && (!text || searched(i).includes(text)));
  };

  const taken = (release, s) => {
    const headline = !s.all && (!s.grades || s.grades.length === 0);
    const of = s.all ? grades : headline ? release.grades : s.grades;
    return { of, takes: (i) => of.includes(i.grade) || i.grade === "" && (of.length === grades.length || headline && i.recorder !== "") };
  };

  const valueOf = (by, i, f) => {
    const cut = (n) => i.first.length >= n ? i.first.slice(0, n) : "";
    switch (by) {
      case "year": return cut(4);
      case "month": return cut(7);
      case "week": return cut(10) && weekOf(cut(10));
      case "day": return cut(10);
      case "grade": return i.grade;
      case "place": return i.place.n ?? "";
      case "admin1": return i.place.admin1;
      case "country": return i.place.country;
      case "class": return f.cls;
      case "means": return i.means;
    }
    return "";
  };

  // total adds a selection up: each incident once in each row, what has no figure
  // as unknown, what several incidents share once.
  const total = (release, all, s) => {
    const { of, takes } = taken(release, s);
    const rows = new Map(), excluded = {}, held = new Map();
    for (const g of grades) if (!of.includes(g)) excluded[g] = 0;
    for (const i of chosen(all, s)) {
      if (!takes(i)) {
        const g = i.grade || "ungraded";
        excluded[g] = (excluded[g] ?? 0) + 1;
        continue;
      }
      for (const f of i.sorted ??= [...i.figures].sort(byHarm)) {
        const groups = s.by === "belligerent" && i.parties.length > 0 ? i.parties : [s.by ? (s.by === "belligerent" ? "" : valueOf(s.by, i, f)) || "none" : ""];
        for (const by of groups) {
          const key = by + "\0" + f.harm + "\0" + f.cls;
          if (!rows.has(key)) rows.set(key, { by, harm: f.harm, class: f.cls, min: -1, max: -1, open: false, incidents: 0, unknown: 0, codes: [] });
          const row = rows.get(key);
          if (row.codes[row.codes.length - 1] === i.code) continue;
          if ((release.shared ?? []).some((t) => t.incidents.includes(i.code))) {
            if (!held.has(key)) held.set(key, new Map());
            held.get(key).set(i.code, f);
          }
          row.codes.push(i.code);
          row.incidents++;
          if (f.min < 0 && f.max < 0) { row.unknown++; continue; }
          if (row.incidents - row.unknown === 1) { row.min = 0; row.max = 0; }
          row.min = row.min < 0 || f.min < 0 ? -1 : row.min + f.min;
          row.max = row.max < 0 || f.max < 0 ? -1 : row.max + f.max;
          row.open = row.open || f.open;
        }
      }
    }
    for (const [key, of] of held) {
      const row = rows.get(key);
      for (const t of release.shared) {
        const toll = t.toll[plurals[row.class] ? plurals[row.class] + "_" + row.harm : row.harm];
        if (!toll || toll.max == null) continue;
        let low = null, high = null, members = 0;
        for (const code of t.incidents) {
          const f = of.get(code);
          if (!f || f.min < 0 && f.max < 0) continue;
          low = members === 0 ? f.min : low < 0 || f.min < 0 ? -1 : low + f.min;
          high = members === 0 ? f.max : high < 0 || f.max < 0 ? -1 : high + f.max;
          members++;
        }
        if (members < 2 || high < 0 || high <= toll.max) continue;
        row.max -= high - toll.max;
        if (low >= 0 && low > toll.max) row.min -= low - toll.max;
      }
    }
    return { rows: [...rows.values()], excluded };
  };

  const selectionOf = (query) => {
    const q = new URLSearchParams(query);
    const s = { from: q.get("from") ?? "", to: q.get("to") ?? "", place: q.get("place") ?? "", party: q.get("party") ?? "", means: q.get("means") ?? "", text: (q.get("text") ?? "").trim(), by: q.get("by") ?? "", grades: [], all: false };
    for (const g of q.getAll("grade")) if (g === "all") s.all = true; else if (grades.includes(g)) s.grades.push(g);
    for (const end of ["from", "to"]) if (!/^\d{4}(-\d{2}){0,2}$/.test(s[end])) s[end] = "";
    return s;
  };
  const queryOf = (s) => {
    const q = new URLSearchParams();
    for (const k of ["from", "to", "place", "party", "means", "text", "by"]) if (s[k]) q.set(k, s[k]);
    for (const g of s.grades) q.append("grade", g);
    if (s.all) q.set("grade", "all");
    const text = q.toString();
    return text ? "?" + text : "";
  };

  // Words.
  const worded = (w) => {
    const say = (key, pairs = {}) => Object.entries(pairs).reduce((t, [k, v]) => t.replaceAll("{" + k + "}", v), w.say[key] ?? key);
    const term = (of, t) => w.say[of + "." + t] ?? t.replaceAll("_", " ");
    const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, w.group);
    const rules = new Intl.PluralRules(w.tag);
    const count = (noun, n) => (w.count[noun][rules.select(n)] ?? w.count[noun].other).replaceAll("{n}", number(n));
    const figure = (f) => {
      if (f.min < 0 && f.max < 0) return say("range.unknown");
      if (f.max < 0 || f.min === f.max && f.open) return say("range.from", { min: number(f.min) });
      if (f.min < 0) return say("range.to", { max: number(f.max) });
      if (f.min === f.max) return number(f.min);
      return say(f.open ? "range.open" : "range.between", { min: number(f.min), max: number(f.max) });
    };
    const date = (d) => d === "" ? say("date.unknown") : d.length === 4 ? d : d.length === 7 ? w.alone[+d.slice(5) - 1] + " " + d.slice(0, 4)
      : w.day.replace("{d}", +d.slice(8, 10)).replace("{m}", w.months[+d.slice(5, 7) - 1]).replace("{y}", d.slice(0, 4));
    const of = (h, c) => h === "damaged" ? say("of.damaged") : w.say["of." + h + "." + c] ?? say("of", { harm: term("harm", h), class: term("class", c) });
    const ofFigure = (f, h, c) => f.min === 1 && f.max === 1 && !f.open && h !== "damaged" && w.say["single." + c] ? say("of", { harm: term("harm", h), class: w.say["single." + c] }) : of(h, c);
    const place = (p) => p.t?.[w.tag] || p.n || say("place.unknown");
    return { say, term, number, count, figure, date, of, ofFigure, place, tag: w.tag };
  };

  const el = (name, attributes = {}, ...inner) => {
    const svg = ["svg", "rect", "line", "text", "a_svg", "circle"].includes(name);
    const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", name === "a_svg" ? "a" : name) : document.createElement(name);
    for (const [k, v] of Object.entries(attributes)) if (v !== false && v != null) e.setAttribute(k, v === true ? "" : v);
    e.append(...inner.filter((i) => i != null && i !== false));
    return e;
  };
  const one = (s, of = document) => of.querySelector(s);

  const mainOf = (all) => {
    for (const i of all) for (const f of i.figures) if (f.harm === "killed" && f.cls === "civilian") return f;
    return all.find((i) => i.figures.length > 0)?.figures[0] ?? { harm: "killed", cls: "civilian" };
  };

  const sum = (t, release, all, s, main) => {
    const answer = total(release, all, { ...s, by: "" });
    const { takes } = taken(release, s);
    const n = chosen(all, s).filter(takes).length;
    const row = answer.rows.find((r) => r.harm === main.harm && r.class === main.cls);
    const parts = [];
    if (row) {
      parts.push(el("p", { class: "headline harm-" + row.harm }, el("a", { class: "big", href: "method.html#range" }, t.figure(row)), " ", el("span", { class: "of" }, t.ofFigure(row, row.harm, row.class))));
      if (row.unknown) parts.push(el("p", { class: "fine" }, t.say("sum.unknown", { n: t.count("incidents", row.unknown) })));
    } else parts.push(el("p", { class: "headline" }, el("span", { class: "big unknown" }, t.say("sum.none"))));
    parts.push(el("p", { class: "sub" }, t.count("incidents", n)));
    const order = (r) => harms.indexOf(r.harm) * 100 + classes.indexOf(r.class);
    const rest = answer.rows.filter((r) => r !== row && (r.max > 0 || r.unknown)).sort((a, b) => order(a) - order(b));
    if (rest.length) parts.push(el("ul", { class: "rest" }, ...rest.map((r) => el("li", {}, el("b", {}, t.figure(r)), " " + t.ofFigure(r, r.harm, r.class)))));
    const out = Object.entries(answer.excluded).filter(([, c]) => c > 0);
    if (out.length) parts.push(el("p", { class: "fine leftout" }, t.say("sum.excluded") + " " + out.map(([g, c]) => t.number(c) + " " + t.term("grade", g)).join(t.say("comma")) + "."));
    one("[data-sum]").replaceChildren(...parts);
  };

  const gradeMark = (t, g, template) => {
    const known = template.get(g);
    return known ? known.cloneNode(true) : el("span", { class: "fine" }, t.say("ungraded"));
  };

  const perPage = 50;
  const table = (t, rows, main, marks, page) => {
    const body = one("[data-rows]");
    const shown = rows.slice(0, perPage * page);
    body.replaceChildren(...shown.map((i) => {
      const f = i.figures.find((x) => x.harm === main.harm && x.cls === main.cls) ?? { min: -1, max: -1 };
      const others = i.figures.filter((x) => !(x.harm === main.harm && x.cls === main.cls) && x.max > 0);
      const when = i.from === i.to || i.first.length < 10 ? t.date(i.first) : t.say("date.span", { from: t.date(i.first), to: t.date(i.to) });
      return el("tr", {},
        el("th", { scope: "row", "data-label": t.say("field.code") }, el("a", { href: "incidents/" + i.page + ".html" }, el("bdi", {}, i.code))),
        el("td", { "data-label": t.say("field.when") }, when),
        el("td", { "data-label": t.say("field.place") }, el("bdi", {}, t.place(i.place)), i.place.admin1 && el("span", { class: "fine" }, el("bdi", {}, i.place.admin1))),
        el("td", { "data-label": t.say("field.figure") }, el("b", {}, t.figure(f)), ...others.map((x) => el("span", { class: "fine" }, t.figure(x) + " " + t.ofFigure(x, x.harm, x.cls)))),
        el("td", { "data-label": t.say("field.by") }, ...(i.parties.length ? i.parties.flatMap((p, k) => [k ? t.say("comma") : "", el("bdi", {}, p)]) : [el("span", { class: "unknown" }, t.say("none"))])),
        el("td", { "data-label": t.say("field.grading") }, gradeMark(t, i.grade, marks), i.review && el("span", { class: "fine review" }, t.say("review"))),
        el("td", { class: "number", "data-label": t.say("field.sources") }, t.number(i.heard)));
    }));
    const more = one("[data-pages]");
    more.hidden = rows.length <= shown.length;
    if (!more.hidden) {
      const button = el("button", { type: "button" }, t.say("explore.more", { n: t.number(rows.length - shown.length) }));
      button.addEventListener("click", () => table(t, rows, main, marks, page + 1));
      more.replaceChildren(button);
    }
  };

  const pointsOf = (t, rows, main) => {
    const at = new Map();
    for (const i of rows) {
      if (!i.place.p) continue;
      const key = i.place.i || i.place.n;
      if (!at.has(key)) at.set(key, { k: key, s: i.place.s, n: t.place(i.place), y: i.place.p.lat, x: i.place.p.lon, a: 0, b: 0, c: 0, p: !!i.place.e, m: 0 });
      const o = at.get(key), f = i.figures.find((x) => x.harm === main.harm && x.cls === main.cls);
      o.c++;
      o.m = Math.max(o.m, i.place.m ?? 0);
      if (f) { o.a += Math.max(0, f.min); o.b += Math.max(0, f.max, f.min); }
    }
    return [...at.values()].sort((a, b) => b.b - a.b);
  };

  // spots draws the points into the map that the server drew, for where none moves.
  const spots = (t, points) => {
    const into = one("[data-spots]");
    if (!into) return;
    const { west, north, perlon, perlat } = into.dataset;
    const biggest = Math.max(1, ...points.map((p) => p.b));
    const radius = (n) => 3 + 27 * Math.sqrt(n / biggest);
    into.replaceChildren(...points.map((p) => {
      const x = (p.x - west) * perlon, y = (north - p.y) * perlat, ring = radius(p.b);
      return el("a_svg", { href: "places/" + p.s + ".html", "aria-label": p.n + ": " + t.say("map.spot", { min: t.number(p.a), max: t.number(p.b) }) },
        el("circle", { class: p.p || ring < 8 ? "ring" : "ring area", cx: x, cy: y, r: ring }), p.a > 0 && el("circle", { class: "disc", cx: x, cy: y, r: ring * Math.sqrt(p.a / Math.max(1, p.b)) }));
    }));
  };

  const tick = (n) => { for (let size = 1; ; size *= 10) for (const k of [1, 2, 5]) if (k * size * 5 >= n) return k * size; };
  const spans = (first, last, by) => {
    const all = [];
    for (let y = +first.slice(0, 4), m = by === "month" ? +first.slice(5, 7) : 1; all.length < 400;) {
      const d = by === "month" ? y + "-" + String(m).padStart(2, "0") : String(y);
      if (d > last) break;
      all.push(d);
      if (by === "month") { m++; if (m > 12) { m = 1; y++; } } else y++;
    }
    return all;
  };
  const watched = (release, d) => !release.coverage?.length || release.coverage.some((c) => (!c.monitored.from || firstDay(c.monitored.from) <= lastDay(d)) && (!c.monitored.to || lastDay(c.monitored.to) >= firstDay(d)));

  const chart = (t, release, all, s, main) => {
    const card = one("[data-charted]");
    if (!card) return;
    const svg = one("svg", card);
    for (const by of ["month", "year"]) {
      const rows = new Map();
      let dated = total(release, all, { ...s, by }).rows.filter((r) => r.by !== "none");
      for (const r of dated) if (r.harm === main.harm && r.class === main.cls) rows.set(r.by, r);
      if (dated.length === 0) { card.hidden = true; return; }
      card.hidden = false;
      const n = by === "month" ? 7 : 4;
      const begins = s.from || (release.coverage ?? []).map((c) => c.monitored.from).filter(Boolean).sort()[0] || "";
      const ends = [...dated.map((r) => r.by), ...[begins, s.to].filter((d) => d && d.length >= n).map((d) => d.slice(0, n))].sort();
      const when = spans(ends[0], ends[ends.length - 1], by);
      if (when.length > 72 && by === "month") continue;
      const highest = Math.max(1, ...[...rows.values()].map((r) => Math.max(r.max, r.min)));
      const step = tick(highest), top = step * Math.ceil(highest / step), height = (v) => Math.max(0, v) * 170 / top;
      const across = Math.min(150, Math.max(14, 1040 / when.length)), wide = Math.round(48 + across * when.length);
      if (!svg) return;
      svg.setAttribute("viewBox", `0 0 ${wide} 210`);
      svg.setAttribute("width", wide);
      const parts = [one("defs", svg)], mirrored = root.dir === "rtl";
      for (let v = 0; v <= top; v += step) parts.push(el("line", { class: "grid", x1: mirrored ? 0 : 38, x2: mirrored ? wide - 38 : wide, y1: 178 - height(v), y2: 178 - height(v) }), el("text", { class: "axis", x: mirrored ? wide - 33 : 33, y: 178 - height(v), dy: 4, "text-anchor": mirrored ? "start" : "end" }, t.number(v)));
      const every = Math.ceil(84 / across);
      when.forEach((d, k) => {
        const r = rows.get(d), x = mirrored ? wide - 40 - across * (k + 1) + 4 : 40 + across * k, seen = watched(release, d), max = r ? Math.max(r.max, r.min) : 0;
        const said = t.date(d) + ": " + (r ? t.figure(r) + ", " + t.count("incidents", r.incidents) : seen ? t.say("chart.nothing") : t.say("watch.not"));
        parts.push(el("a_svg", { href: "map.html" + queryOf({ ...s, from: d, to: d, by: "" }), "aria-label": said },
          !seen && el("rect", { class: "unwatched", x, y: 8, width: across - 4, height: 170, fill: "url(#gap)" }), el("rect", { class: "hit", x, y: 8, width: across - 4, height: 170 }),
          r && el("rect", { class: "ceiling", x, y: 178 - height(max), width: across - 4, height: height(max), fill: "url(#hatch)" }), r && el("rect", { class: "floor", x, y: 178 - height(r.min), width: across - 4, height: height(r.min) })));
        if (k % every === 0) parts.push(el("text", { class: "axis", x: x + (across - 4) / 2, y: 196, "text-anchor": "middle" }, by === "year" ? d : t.date(d)));
      });
      svg.replaceChildren(...parts);
      one("tbody", card)?.replaceChildren(...when.map((d) => {
        const r = rows.get(d);
        return el("tr", {}, el("th", { scope: "row" }, el("a", { href: "map.html" + queryOf({ ...s, from: d, to: d, by: "" }) }, t.date(d))),
          ...(r ? [r.min, r.max].map((v) => el("td", { class: "number" }, v < 0 ? t.say("range.unknown") : t.number(v))).concat(el("td", { class: "number" }, t.number(r.incidents)))
            : [el("td", { colspan: 3, class: "fine" }, watched(release, d) ? t.say("chart.nothing") : t.say("watch.not"))]));
      }));
      return;
    }
  };

  const mostBehind = 30; // incidents that a row names

  const bar = (r, highest) => el("svg", { class: "rangebar", "aria-hidden": "true", viewBox: "0 0 1000 10", preserveAspectRatio: "none" },
    el("rect", { class: "track", width: 1000, height: 10 }), el("rect", { class: "ceiling", width: highest ? 1000 * Math.max(0, r.max, r.min) / highest : 0, height: 10 }), el("rect", { class: "floor", width: highest ? 1000 * Math.max(0, r.min) / highest : 0, height: 10 }));

  const groups = (t, release, all, s) => {
    const into = one("[data-groups]");
    if (!into) return;
    const rank = (r) => r.by === "none" ? 1e9 : s.by === "grade" ? grades.indexOf(r.by) : s.by === "class" ? classes.indexOf(r.by) : 0;
    const rows = total(release, all, s).rows.sort((a, b) => rank(a) - rank(b) || (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
    const named = (by) => by === "none" ? t.say("none") : s.by === "" ? t.say("all") : ["year", "month", "day"].includes(s.by) ? t.date(by) : s.by === "week" ? t.say("date.span", { from: t.date(daysOf(by).from), to: t.date(daysOf(by).to) }) : s.by === "grade" ? t.term("grade", by) : s.by === "class" ? t.term("class", by) : s.by === "means" ? t.term("weapon", by)
      : s.by === "country" ? new Intl.DisplayNames([t.tag], { type: "region", fallback: "code" }).of(by) : by;
    const within = (by) => ({ ...s, by: "", ...(by === "none" ? {} : ["year", "month", "week", "day"].includes(s.by) ? daysOf(by) : s.by === "grade" ? { grades: [by], all: false } : s.by === "belligerent" ? { party: by } : ["place", "admin1", "country"].includes(s.by) ? { place: by } : s.by === "means" ? { means: by } : {}) });
    const sections = [];
    const head = (title) => el("thead", {}, el("tr", {}, el("th", { scope: "col" }, title), el("th", { scope: "col", class: "drawn" }, t.say("field.range")), el("th", { scope: "col" }, t.say("field.figure")), el("th", { scope: "col", class: "number" }, t.say("nav.incidents"))));
    const pages = new Map(all.map((i) => [i.code, i.page]));
    const behind = (r, name) => r.codes.length > mostBehind ? t.number(r.incidents) : el("details", { class: "behind" }, el("summary", { "aria-label": t.say("totals.codes") + ": " + name + ", " + t.number(r.incidents) }, t.number(r.incidents)),
      el("ul", {}, ...r.codes.map((code) => el("li", {}, el("a", { href: "incidents/" + pages.get(code) + ".html" }, el("bdi", {}, code))))));
    const line = (r, name, highest) => el("tr", { class: "harm-" + r.harm }, el("th", { scope: "row" }, el("a", { href: "map.html" + queryOf(within(r.by)) }, el("bdi", {}, name))), el("td", { class: "drawn" }, bar(r, highest)), el("td", {}, el("b", {}, t.figure(r)), r.unknown > 0 && el("span", { class: "fine" }, t.say("sum.and", { n: t.number(r.unknown) }))), el("td", { class: "number" }, behind(r, name)));
    const order = (r) => harms.indexOf(r.harm) * 100 + classes.indexOf(r.class);
    if (s.by === "") {
      const highest = Math.max(1, ...rows.map((r) => Math.max(r.max, r.min)));
      into.replaceChildren(el("section", { class: "card" }, el("h2", {}, t.say("by.")), el("table", { class: "rows sums" }, head(t.say("field.harm")), el("tbody", {}, ...rows.sort((a, b) => order(a) - order(b)).map((r) => line(r, t.of(r.harm, r.class), highest))))));
      return;
    }
    for (const h of harms) for (const c of classes) {
      const some = rows.filter((r) => r.harm === h && r.class === c);
      if (!some.length) continue;
      const highest = Math.max(...some.map((r) => Math.max(r.max, r.min)));
      sections.push(el("section", { class: "card harm-" + h }, el("h2", {}, t.of(h, c)), el("table", { class: "rows sums" }, head(t.term("by", s.by)), el("tbody", {}, ...some.map((r) => line(r, named(r.by), highest))))));
    }
    into.replaceChildren(...sections);
  };

  const fill = (form, s) => {
    for (const name of ["text", "from", "to", "place", "party", "means", "by"]) {
      const field = form.elements[name];
      if (!field) continue;
      if (field.tagName === "SELECT" && s[name] && ![...field.options].some((o) => o.value === s[name])) field.add(new Option(s[name], s[name]), 1);
      field.value = s[name] ?? "";
    }
    for (const box of form.querySelectorAll('input[name="grade"]')) box.checked = box.value === "all" ? s.all : s.grades.includes(box.value);
  };

  // filesOf are the files of a selection; the table has the columns that the server's has.
  const filesOf = (rows, release) => {
    const cell = (v) => { v = String(v ?? ""); if (/^[=+@\t\r]/.test(v)) v = "'" + v; return /[",\n\r]/.test(v) ? '"' + v.replaceAll('"', '""') + '"' : v; };
    const flat = rows.flatMap((i) => (i.figures.length ? i.figures : [{ harm: "", cls: "", min: -1, max: -1, open: false }]).map((f) => ({ id: i.code, former: i.former.join("; "), from: i.began, to: i.ended, place: i.place.n ?? "", place_id: i.place.i ?? "", admin1: i.place.admin1, country: i.place.country, lat: i.place.p?.lat ?? "", lon: i.place.p?.lon ?? "", accuracy: i.place.accuracy,
      means: i.means, parties: i.parties.join("; "), grading: i.grade, strike_status: i.strike, recorder: i.recorder, harm: f.harm, class: f.cls, min: f.min < 0 ? "" : f.min, max: f.max < 0 ? "" : f.max, open: f.open, sources: i.heard, origins: i.origins, review: i.review, release: release.release })));
    return {
      csv: () => [Object.keys(flat[0] ?? { id: 0 }).join(","), ...flat.map((r) => Object.values(r).map(cell).join(","))].join("\n") + "\n",
      json: () => JSON.stringify({ release: release.release, day: release.day, incidents: flat }),
      geojson: () => JSON.stringify({ type: "FeatureCollection", features: flat.map((r) => ({ type: "Feature", id: r.id, geometry: r.lat === "" ? null : { type: "Point", coordinates: [r.lon, r.lat] }, properties: r })) }),
    };
  };

  // take offers the selection as a file that is made here.
  const take = (rows, release) => {
    const bodies = filesOf(rows, release);
    for (const a of document.querySelectorAll("[data-take]")) {
      a.onclick = (e) => {
        if (!location.search) return; // the whole release lies there as a file
        e.preventDefault();
        const url = URL.createObjectURL(new Blob([bodies[a.dataset.take]()]));
        const link = el("a", { href: url, download: "incidents-release-" + release.release + "." + a.dataset.take });
        link.click();
        setTimeout(() => URL.revokeObjectURL(url), 1000);
      };
    }
  };

  window.cairnOpen = open;
  window.cairnTotal = total;
  window.cairnSelection = selectionOf;
  window.cairnTable = (release, all, s) => filesOf(chosen(all, s).filter(taken(release, s).takes), release).csv();

  // cairnExplore shows the selection of the address on the page, and follows it.
  window.cairnExplore = (drawMap) => {
    const t = worded(JSON.parse(one("[data-words]").textContent));
    const release = window.cairnRelease, all = open(release), main = mainOf(all);
    const form = one("[data-filter]"), marks = new Map();
    for (const label of document.querySelectorAll(".checks label")) {
      const g = label.querySelector("input").value, mark = label.querySelector(".grade");
      if (mark) marks.set(g, mark);
    }
    let map = null, begun = false, last = [];
    // moves draws the map that moves once there is something on it.
    const moves = () => {
      if (begun || last.length === 0) return;
      begun = true;
      const first = last;
      drawMap(first).then((m) => {
        map = m;
        if (map && last !== first) map.cairnPoints(last);
      });
    };
    const show = () => {
      const s = selectionOf(location.search), { takes } = taken(release, s);
      if (form) fill(form, s);
      const rows = chosen(all, s).filter(takes).sort((a, b) => a.from < b.from ? 1 : a.from > b.from ? -1 : a.code < b.code ? 1 : -1);
      if (one("[data-sum]")) sum(t, release, all, s, main);
      if (one("[data-rows]")) table(t, rows, main, marks, 1);
      chart(t, release, all, s, main);
      groups(t, release, all, s);
      take(rows, release);
      for (const a of document.querySelectorAll("[data-carry]")) a.href = a.href.split("?")[0] + location.search;
      last = pointsOf(t, rows, main);
      spots(t, last);
      if (map) map.cairnPoints(last);
    };
    show();
    if (form) {
      form.addEventListener("submit", (e) => {
        e.preventDefault();
        const q = new URLSearchParams();
        for (const [k, v] of new FormData(form)) if (v) q.append(k, v);
        history.pushState(null, "", location.pathname + (q.size ? "?" + q : ""));
        show();
        moves();
      });
      addEventListener("popstate", () => { show(); moves(); });
    }
    root.dataset.explored = "1";
    moves();
  };
})();
