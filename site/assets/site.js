// What the pages gain from a script; all of them can be read without it. It
// changes between light and dark, copies and prints, draws the map that moves, and
// in pages that lie in a folder adds up and filters, since no server does.
"use strict";
(() => {
  const root = document.documentElement;
  const one = (s, of = document) => of.querySelector(s);
  const every = (s, of = document) => [...of.querySelectorAll(s)];
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* for this page only */ } },
  };
  const theme = kept.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const base = document.currentScript.src.replace(/[^/]*$/, "");

  for (const b of every("[data-theme-switch]")) {
    b.hidden = false;
    b.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      kept.set("theme", root.dataset.theme);
      document.dispatchEvent(new Event("cairn-theme"));
    });
  }
  for (const b of every("[data-print]")) {
    b.hidden = false;
    b.addEventListener("click", () => print());
  }
  const copies = (button, text) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(text()); button.dataset.done = "1"; });
  };
  for (const b of every("[data-copy]")) copies(b, () => one(".citation").textContent.trim());
  for (const b of every("[data-copy-link]")) copies(b, () => location.href);

  // A letter about this page takes its whole address along.
  for (const a of every('a[href*="correct.html?"]')) a.href += encodeURIComponent(location.search);
  const about = new URLSearchParams(location.search);
  if (document.body.classList.contains("page-correct")) {
    const kind = one(`input[name="kind"][value="${CSS.escape(about.get("kind") ?? "")}"]`);
    if (kind) kind.checked = true;
    const field = one("#l-about");
    if (field && !field.value) field.value = about.get("about") ?? "";
  }

  const load = (src) => new Promise((done, failed) => {
    const s = document.createElement("script");
    s.src = src;
    s.addEventListener("load", done);
    s.addEventListener("error", failed);
    document.head.append(s);
  });
  const opens = () => {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let d = target?.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    if (target) {
      const inner = one("details", target);
      if (inner && target.matches(".figure, .sources > li")) inner.open = true;
      target.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", opens);
  opens();

  // drawMap draws a map that moves; one of a single place is closer to its streets.
  const drawMap = async (points, figure = one(".page-explore [data-map]")) => {
    if (!figure || !document.createElement("canvas").getContext("webgl2")) return null;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = base + "map.css";
    document.head.append(sheet);
    await load(base + "map.js");
    const ground = one("[data-basemap]");
    const beneath = ground ? JSON.parse(ground.textContent) : {};
    if (beneath.borders) await load(ground.dataset.root + beneath.borders);
    const streets = (beneath.streets ?? []).map((s) => ({ ...s, address: new URL(ground.dataset.root + s.address, location.href).href, load: "static" in root.dataset ? (k) => load(ground.dataset.root + "basemap/" + s.key + "/" + k + ".js") : null }));
    return window.cairnMap(figure, points, { tag: root.lang, between: root.lang === "ar" ? " إلى " : "–", places: figure.dataset.places, nearest: document.body.classList.contains("page-explore") ? 7 : streets.length ? 13 : 9 }, streets);
  };

  (async () => {
    const selects = every(".page-explore, .page-totals, .bare").length > 0;
    if ("static" in root.dataset && selects) {
      const up = one("[data-root]")?.dataset.root ?? "../";
      await load(base + "explore.js");
      await load(up + "data/site.js");
      window.cairnExplore(drawMap);
      return;
    }
    const points = one("[data-points]"), moves = one("[data-moves]");
    if (moves && points && document.createElement("canvas").getContext("webgl2")) {
      moves.hidden = false;
      moves.addEventListener("click", async () => {
        moves.disabled = true;
        const map = await drawMap(JSON.parse(points.textContent) ?? [], moves.closest("[data-map]"));
        if (map) map.getCanvas().focus();
        moves.remove();
      });
    }
    if (points && document.body.classList.contains("page-explore")) await drawMap(JSON.parse(points.textContent) ?? []);
  })();
})();
