// On a phone the panels below the first three are folded; on paper and wide screens all are open.
"use strict";

(() => {
  const phone = matchMedia("(max-width: 639px)");
  const asked = () => document.getElementById(location.hash.slice(1) || "-");

  function fold() {
    for (const box of document.querySelectorAll("details.fold:not([data-folded])")) {
      box.dataset.folded = "";
      box.open = !phone.matches || box.contains(asked());
    }
  }

  function openAll() {
    for (const box of document.querySelectorAll("details.fold")) box.open = true;
  }

  // A link to a folded panel unfolds it.
  function unfold() {
    const box = asked()?.closest("details.fold");
    if (!box || box.open) return;
    box.open = true;
    asked().scrollIntoView();
  }

  fold();
  document.addEventListener("htmx:afterSettle", fold);
  window.addEventListener("hashchange", unfold);
  window.addEventListener("beforeprint", openAll);
  phone.addEventListener("change", () => phone.matches || openAll());
})();
