// What the desk gains from a script; all of it works without, but for passkeys.
// It keeps drafts, lets single keys press buttons, takes selected words into the
// form for a claim, and shows what a correction would make of an incident.
"use strict";
(() => {
  const bytes = (text) => new TextEncoder().encode(text).length;

  // Passkeys: what a browser is asked stands as base64url, and so does its answer.
  const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const post = async (address, body) => {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (!answer.ok) throw new Error((await answer.text()).replace(/<[^>]*>/g, " ").match(/The passkey[^.]*\.|This[^.]*\./)?.[0] ?? "It did not work.");
    return answer.json();
  };
  const passkeys = (selector, work) => {
    const box = document.querySelector(selector);
    if (!box || !window.PublicKeyCredential) return;
    box.hidden = false;
    box.querySelector("button").addEventListener("click", async () => {
      const trouble = box.querySelector("[data-trouble]");
      trouble.textContent = "";
      try {
        location.assign((await work(box)).to);
      } catch (fault) {
        trouble.textContent = fault.name === "NotAllowedError" ? "No passkey was given." : fault.message;
      }
    });
  };
  passkeys("[data-passkey-in]", async (box) => {
    const { key, ask } = await post("/sign-in/passkey/ask", "{}");
    const options = ask.publicKey;
    options.challenge = decode(options.challenge);
    for (const known of options.allowCredentials ?? []) known.id = decode(known.id);
    const made = await navigator.credentials.get({ publicKey: options });
    const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
    return post(`/sign-in/passkey?${new URLSearchParams({ key, to: box.dataset.to })}`, JSON.stringify({
      id: made.id, rawId: encode(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(),
      response: { clientDataJSON: encode(clientDataJSON), authenticatorData: encode(authenticatorData), signature: encode(signature), userHandle: userHandle ? encode(userHandle) : null },
    }));
  });
  passkeys("[data-passkey-new]", async () => {
    const { key, ask } = await post("/account/passkeys/ask", "{}");
    const options = ask.publicKey;
    options.challenge = decode(options.challenge);
    options.user.id = decode(options.user.id);
    for (const known of options.excludeCredentials ?? []) known.id = decode(known.id);
    const made = await navigator.credentials.create({ publicKey: options });
    return post(`/account/passkeys?${new URLSearchParams({ key })}`, JSON.stringify({
      id: made.id, rawId: encode(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(),
      response: { clientDataJSON: encode(made.response.clientDataJSON), attestationObject: encode(made.response.attestationObject), transports: made.response.getTransports?.() ?? [] },
    }));
  });

  // Drafts are kept on the server as they are typed.
  const waiting = new Map();
  const keep = (form) => {
    const typed = new URLSearchParams(new FormData(form));
    waiting.delete(form);
    fetch("/drafts", { method: "POST", body: typed, keepalive: true }).catch(() => { waiting.set(form, setTimeout(keep, 5000, form)); });
  };
  const kept = (form) => form?.elements.namedItem("draft-page") != null;
  document.addEventListener("input", (e) => {
    const form = e.target.form;
    if (!kept(form)) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(keep, 700, form));
  });
  document.addEventListener("submit", (e) => { clearTimeout(waiting.get(e.target)); waiting.delete(e.target); });
  addEventListener("pagehide", () => { for (const [form, timer] of waiting) { clearTimeout(timer); keep(form); } });
  // Single keys press what they stand on: of the row that has the focus, else of
  // the page. They rest while keys are off.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.key.length !== 1 || e.defaultPrevented) return;
    if (e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    if (document.querySelector("[data-keys-switch]").getAttribute("aria-pressed") !== "true") return;
    const row = document.activeElement.closest("[data-row]") ?? (document.querySelector(".inbox") ? document.querySelector("[data-row]") : null);
    const part = row?.querySelector(`[data-key="${CSS.escape(e.key)}"]`) ?? document.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
    if (!part) return;
    e.preventDefault();
    if (part.matches("input")) { part.focus(); return; }
    const target = part.matches('a[href^="#"]') && document.querySelector(part.getAttribute("href"));
    if (target) { target.focus(); return; }
    part.click();
    part.closest("details[open]")?.querySelector("input:not([type=hidden])")?.focus();
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !e.target.matches('[data-key="t"]') || e.target.tagName !== "INPUT") return;
    e.preventDefault();
    e.target.closest("[data-row]").querySelector('button[value^="attach "]').click();
  });

  // Words that are selected in the text go to the form for a claim more.
  const text = document.querySelector("[data-words]");
  const add = document.querySelector("[data-add]");
  if (text && add) {
    const take = () => {
      const chosen = getSelection();
      if (chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
      const range = chosen.getRangeAt(0);
      const part = (range.startContainer.nodeType === 3 ? range.startContainer.parentElement : range.startContainer).closest("[data-at]");
      const words = chosen.toString();
      if (!part || words.trim() === "" || words.includes("\n")) return;
      const lead = words.length - words.trimStart().length;
      const before = part.textContent.slice(0, range.startContainer.nodeType === 3 ? range.startOffset : 0) + words.slice(0, lead);
      add.open = true;
      add.querySelector('[name="words"]').value = words.trim();
      add.querySelector('[name="start"]').value = String(Number(part.dataset.at) + bytes(before));
    };
    text.addEventListener("mouseup", take);
    text.addEventListener("keyup", take);
    text.addEventListener("click", (e) => {
      const n = e.target.closest("mark.figure")?.dataset.claim;
      if (!n || !getSelection().isCollapsed) return;
      const details = document.querySelector(`#card-${CSS.escape(n)} details`);
      if (!details) return;
      details.open = true;
      details.querySelector("input:not([type=hidden])").focus();
    });
  }

  // What is graphic is hidden again after a while, and when it is closed.
  for (const media of document.querySelectorAll("[data-media]")) {
    const clearly = media.querySelector("[data-clearly]");
    let again;
    clearly?.addEventListener("change", () => {
      clearTimeout(again);
      if (clearly.checked) again = setTimeout(() => { clearly.checked = false; media.open = false; }, 30000);
    });
    media.addEventListener("toggle", () => { if (!media.open) { if (clearly) clearly.checked = false; media.querySelector("video, audio")?.pause(); } });
  }

  // What runs is shown as it goes on.
  const jobs = document.querySelector("[data-jobs]");
  if (jobs) {
    const look = async () => {
      const busy = jobs.querySelector('[data-state="runs"], [data-state="waits"]');
      if (busy && !jobs.contains(document.activeElement) && document.visibilityState === "visible") {
        const answer = await fetch(location.pathname).catch(() => null);
        const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-jobs]");
        if (fresh && !jobs.contains(document.activeElement)) jobs.replaceChildren(...fresh.childNodes);
      }
      setTimeout(look, 2000);
    };
    setTimeout(look, 2000);
  }

  // A claim that is cited goes to where somebody writes.
  const cites = document.querySelectorAll("[data-cite]");
  if (cites.length) {
    let writing = document.querySelector('form[data-form^="tell-"] textarea');
    document.addEventListener("focusin", (e) => { if (e.target.matches('form[data-form^="tell-"] textarea')) writing = e.target; });
    for (const b of cites) {
      b.hidden = false;
      b.addEventListener("click", () => {
        writing.closest("details").open = true;
        writing.setRangeText(`[[${b.dataset.cite}]]`, writing.selectionStart, writing.selectionEnd, "end");
        writing.dispatchEvent(new Event("input", { bubbles: true }));
        writing.focus();
      });
    }
  }

  // What a correction would make of it is shown while it is typed.
  const timers = new WeakMap();
  const preview = async (form) => {
    const tell = form.closest("details").querySelector("[data-preview]");
    const answer = await fetch(form.action.replace(/correct$/, "preview"), { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) { tell.textContent = ""; return; }
    const p = await answer.json();
    if (p.faults) { tell.textContent = p.faults.map((f) => f.reason ?? f.Reason).join(" "); return; }
    const moved = (p.after ?? []).filter((f) => !(p.before ?? []).includes(f));
    const say = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    tell.textContent = `${say(tell.dataset.makes, { range: p.range, policy: p.policy })}; ${moved.length ? say(tell.dataset.then, { figures: moved.join(", "), grade: p.grading }) : tell.dataset.stays}`;
  };
  document.addEventListener("input", (e) => {
    const form = e.target.form;
    if (!form?.action.endsWith("/correct") || !form.closest("details")) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(preview, 300, form));
  });
})();
