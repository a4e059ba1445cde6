// The attention list by keyboard: j and k move, Enter opens, a assigns, s puts off.
"use strict";

const TYPING = "input, select, textarea, [contenteditable]";

function rowsOfCases() {
  return [...document.querySelectorAll("#cases > li")];
}

function moveTo(row) {
  for (const other of rowsOfCases()) other.classList.toggle("here", other === row);
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const rows = rowsOfCases();
  if (!rows.length) return;
  // Words typed while a form is on its way are not keys of the list.
  if (document.querySelector("#cases .htmx-request")) return;
  const at = rows.findIndex((row) => row.classList.contains("here"));
  const here = rows[at];
  if (event.key === "j") moveTo(rows[Math.min(at + 1, rows.length - 1)]);
  else if (event.key === "k") moveTo(rows[Math.max(at - 1, 0)]);
  else if (here && ["a", "s"].includes(event.key)) {
    here.querySelector(`[data-key="${event.key}"]`)?.click();
  } else return;
  event.preventDefault();
});

// A form that was just opened under its row takes the focus; Escape puts it away.
document.addEventListener("htmx:afterSettle", (event) => {
  const slot = event.target.closest?.(".slot");
  slot?.querySelector("select, input:not([type=hidden])")?.focus();
});
document.addEventListener("keydown", (event) => {
  const slot = event.key === "Escape" ? event.target.closest?.(".slot") : null;
  if (!slot) return;
  const row = slot.closest("li");
  slot.replaceChildren();
  moveTo(row);
});
