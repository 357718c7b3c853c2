// What the pages gain from a script; all of them work without it. It shows
// which words a claim rests on, goes from row to row with j and k, and changes
// between light and dark.
"use strict";
(() => {
  const root = document.documentElement;
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* kept for this page only */ } },
  };

  const theme = kept.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  // Words and cards of one claim are lit together.
  const light = (n, on) => {
    for (const part of document.querySelectorAll(`[data-claim="${CSS.escape(n)}"]`)) part.classList.toggle("lit", on);
  };
  for (const type of ["mouseover", "mouseout", "focusin", "focusout"]) {
    document.addEventListener(type, (e) => {
      const part = e.target.closest?.("[data-claim]");
      if (part) light(part.dataset.claim, type === "mouseover" || type === "focusin");
    });
  }
  const follow = () => {
    for (const part of document.querySelectorAll(".at")) part.classList.remove("at");
    const n = /^#(?:claim|card)-(\d+)$/.exec(location.hash)?.[1];
    if (n) for (const part of document.querySelectorAll(`[data-claim="${n}"]`)) part.classList.add("at");
  };
  addEventListener("hashchange", follow);
  follow();

  // Single keys can be switched off, since they surprise whoever speaks or
  // types into the page by other means.
  let keys = kept.get("keys") !== "off";
  const bar = document.querySelector("[data-keys]");
  const button = document.querySelector("[data-keys-switch]");
  const tell = () => {
    button.setAttribute("aria-pressed", String(keys));
    button.textContent = keys ? button.dataset.on : button.dataset.off;
  };
  bar.hidden = false;
  tell();
  button.addEventListener("click", () => {
    keys = !keys;
    kept.set("keys", keys ? "on" : "off");
    tell();
  });
  const step = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (rows.length === 0) return;
    const now = rows.findIndex((r) => r.contains(document.activeElement));
    const row = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
    (row.querySelector("a[href]") ?? row).focus();
    row.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (e) => {
    if (!keys || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target.closest("input, select, textarea, [contenteditable]")) return;
    if (e.key === "j") step(1);
    else if (e.key === "k") step(-1);
  });

  document.querySelector("[data-theme-switch]").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    kept.set("theme", root.dataset.theme);
  });
})();
