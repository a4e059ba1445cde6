// Counts the seconds a slide was in sight, and gives its controls their keys.
"use strict";
(() => {
  const form = document.getElementById("decision");
  if (!form) return;
  const seconds = form.elements.namedItem("seconds");
  setInterval(() => {
    if (document.visibilityState === "visible") seconds.value = Number(seconds.value) + 1;
  }, 1000);
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=radio]), textarea, select, dialog[open]");
    if (busy || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const arrow = event.key.startsWith("Arrow") && event.target.matches("input[type=radio]");
    if (arrow || !("singleKeys" in document.body.dataset)) return;
    const choice = form.querySelectorAll("input[name=choice]")[Number(event.key) - 1];
    const control = choice || document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });
})();
