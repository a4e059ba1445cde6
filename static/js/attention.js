// The attention list: a form that was just opened under its row takes the focus; Escape puts it away.
"use strict";

document.addEventListener("htmx:afterSettle", (event) => {
  const slot = event.target.closest?.(".slot");
  slot?.querySelector("select, input:not([type=hidden])")?.focus();
});
document.addEventListener("keydown", (event) => {
  const slot = event.key === "Escape" ? event.target.closest?.(".slot") : null;
  if (!slot) return;
  const row = slot.closest("li");
  slot.replaceChildren();
  row.querySelector("a").focus();
});
