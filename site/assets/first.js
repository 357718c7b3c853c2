// A page that lies in a folder cannot ask for its fonts beforehand, since a browser
// refuses it there: it is shown with them, or without where they are slow, and stands
// still either way.
"use strict";
(() => {
  const root = document.documentElement;
  const letters = { ar: "aا", uk: "aї", ru: "aж" }[root.lang] || "a";
  const families = ["Inter Variable", "Source Serif 4 Variable", "Noto Sans Arabic Variable"];
  const show = () => root.classList.remove("unshown");
  root.classList.add("unshown");
  Promise.allSettled(families.map((family) => document.fonts.load(`1em "${family}"`, letters))).then(show);
  setTimeout(show, 600);
})();
