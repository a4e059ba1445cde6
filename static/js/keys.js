// The keyboard on every page: Ctrl K, G and a letter, J and K in lists, ? for all of them.
// Single keys do nothing while a field has the focus, and each person can switch them off.
"use strict";

const keys = (() => {
  const body = document.body;
  const map = document.getElementById("key-map");
  const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";
  const ROWS = "#cases > li, .attention > li, main table:not(.week) tbody tr:has(th a)";
  const PATIENCE = 1500;
  const loaded = {};
  let going = 0; // the moment until which a letter names a page

  const areOn = () => "singleKeys" in body.dataset;
  const isTyping = (element) => element.matches?.(TYPING) ?? false;

  // The letter on the key: a Russian or Korean layout has the same keys with other letters.
  function letter(event) {
    if (/^[\x20-\x7e]$/.test(event.key)) return event.key.toLowerCase();
    if (/^Key[A-Z]$/.test(event.code)) return event.code[3].toLowerCase();
    return event.key;
  }

  // Parts that few pages need come when they are asked for.
  function part(name) {
    loaded[name] ??= import(body.dataset[name]);
    return loaded[name];
  }
  // The field is there before the part is: who types on meanwhile loses no letter.
  function search(typed = "") {
    const dialog = document.getElementById("palette");
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").value = typed;
    dialog.querySelector("input").focus();
    return part("palette").then((palette) => palette.start());
  }

  // Rows: the first list of the page that has any.
  function rows() {
    const all = [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
    return all.filter((row) => row.parentElement === all[0].parentElement);
  }
  const here = (all) => all.find((row) => row.contains(document.activeElement))
    ?? all.find((row) => row.classList.contains("here"));
  function moveTo(row) {
    for (const other of document.querySelectorAll(".here")) other.classList.remove("here");
    row.classList.add("here");
    row.querySelector("a").focus();
    row.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const all = rows();
    if (!all.length || document.getElementById("week")) return false;
    const at = all.indexOf(here(all));
    if (at < 0 || all[at + by]) moveTo(all[Math.max(0, at + by)]);
    else turn(by);
    return true;
  }
  // Beyond the last row lies the next page of the list, where the first row is the one.
  function turn(by) {
    const link = document.querySelector(`.pages [rel=${by > 0 ? "next" : "prev"}]`);
    if (!link) return;
    sessionStorage.setItem("row", by > 0 ? "first" : "last");
    link.click();
  }
  const came = sessionStorage.getItem("row");
  sessionStorage.removeItem("row");
  if (came && rows().length) moveTo(rows().at(came === "first" ? 0 : -1));

  // A control that has a key says so itself: that of this row first, else of the page.
  function press(key) {
    const named = `[data-key="${CSS.escape(key)}"]`;
    const row = here(rows());
    const control = row?.querySelector(named) ?? document.querySelector(`main .head ${named}, .toasts ${named}`);
    control?.click();
    return Boolean(control);
  }

  function go(key) {
    going = 0;
    const link = document.querySelector(`.menu [data-go="${CSS.escape(key)}"]`);
    link?.click();
    return Boolean(link);
  }

  function answer(key) {
    if (going > Date.now()) return go(key);
    if (key === "g" && !isOwn("g")) return Boolean((going = Date.now() + PATIENCE));
    if (key === "/") return Boolean(search());
    if (key === "?") return showMap();
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    return /^[a-z0-9]$/.test(key) && press(key);
  }
  const isOwn = (key) => document.querySelector(`main [data-key="${key}"]`);

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && letter(event) === "k") {
      event.preventDefault();
      return search();
    }
    if (!areOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]") || event.repeat) return;
    // Words typed while a form is on its way are not keys of the page.
    if (document.querySelector("main .htmx-request")) return;
    const isGoing = going > Date.now();
    if (!answer(letter(event)) && !isGoing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // All keys of this page: written down where they work, gathered here.
  function showMap() {
    if (!map) return false;
    for (const one of map.querySelectorAll("[data-of=rows]")) one.hidden = !rows().length;
    const shown = new Map();
    for (const link of document.querySelectorAll(".menu [data-go]")) {
      shown.set(`g ${link.dataset.go}`, link.textContent.replace(/\d+.*$/, "").trim());
    }
    fill(map.querySelector(".go"), shown);
    const own = new Map();
    for (const control of document.querySelectorAll("main [data-key]")) {
      own.set(control.dataset.key, control.dataset.keySays ?? control.textContent.trim());
    }
    fill(map.querySelector(".own"), own);
    map.showModal();
    return true;
  }
  function fill(into, lines) {
    into.replaceChildren(...[...lines].flatMap(([combination, says]) => {
      const term = document.createElement("dt");
      for (const key of combination.split(" ")) {
        const cap = document.createElement("kbd");
        cap.textContent = key.toUpperCase();
        term.append(cap, " ");
      }
      const detail = document.createElement("dd");
      detail.textContent = says;
      return [term, detail];
    }));
  }

  // The switch: at once here, and kept with the person.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-keys-switch]");
    if (!form) return;
    event.preventDefault();
    const wish = event.submitter.value;
    const told = new FormData(form);
    told.set("single_keys", wish);
    const headers = { Accept: "application/json" };
    const send = () => fetch(form.action, { method: "POST", body: told, headers, keepalive: true });
    send().then((answer) => {
      const token = tookToken((name) => answer.headers.get(name));
      if (token) told.set("csrfmiddlewaretoken", token);
      return token && send();
    });
    if (wish === "on") body.dataset.singleKeys = "";
    else delete body.dataset.singleKeys;
    for (const button of document.querySelectorAll("[data-keys-switch] button")) {
      button.hidden = button.value === wish;
    }
    form.querySelector("button:not([hidden])").focus();
    document.dispatchEvent(new CustomEvent("keyschange"));
  });

  // The box in the top bar opens the palette, with what was typed in it.
  const box = document.querySelector(".top .search input");
  box?.addEventListener("click", () => search());
  box?.addEventListener("input", () => {
    search(box.value);
    box.value = "";
  });

  // A link to why a number is so opens beside the page; with Ctrl in a page of its own.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link?.pathname.startsWith("/why/") || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!link.closest("main") || link.closest("[data-as-page]") || link.href.includes("format=csv")) return;
    if (location.pathname.startsWith("/why/") && !link.closest(".drawer")) return;
    event.preventDefault();
    part("drawer").then((drawer) => drawer.open(link.href));
  });
  // Who comes back to a page whose drawer was open before it was left, or loaded anew.
  window.addEventListener("popstate", (event) => {
    if (event.state?.why) part("drawer").then((drawer) => drawer.restore(event.state));
  });

  return { areOn, letter, isTyping };
})();
