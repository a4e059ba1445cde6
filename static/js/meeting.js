// Counts the seconds a slide was in sight, gives its controls their keys, and keeps what is typed
// in this browser until it is sent: a dead server or a closed page costs no word.
"use strict";
(() => {
  const form = document.getElementById("decision");
  if (!form) return;
  const seconds = form.elements.namedItem("seconds");
  const version = form.elements.namedItem("version");
  const fields = [...form.elements].filter((field) => ["choice", "text", "owner", "due_on"].includes(field.name));
  const key = `draft:${form.dataset.user}:${location.pathname}`;

  setInterval(() => {
    if (document.visibilityState === "visible") seconds.value = Number(seconds.value) + 1;
  }, 1000);

  // A private window or a full disk must not stop the meeting.
  function quietly(deed) {
    try {
      return deed(window.localStorage);
    } catch {
      return null;
    }
  }
  function keep() {
    const typed = fields
      .filter((field) => field.type !== "radio" || field.checked)
      .map((field) => [field.name, field.value]);
    quietly((storage) => storage.setItem(key, JSON.stringify({ version: version?.value, typed })));
  }
  function bringBack() {
    const draft = JSON.parse(quietly((storage) => storage.getItem(key)) ?? "null");
    if (!draft) return;
    if (draft.version !== version?.value) {
      quietly((storage) => storage.removeItem(key)); // saved meanwhile, here or elsewhere
      return;
    }
    for (const [name, value] of draft.typed) {
      for (const field of fields.filter((one) => one.name === name)) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      }
    }
    form.querySelector("[data-draft]").hidden = false;
  }
  bringBack();
  form.addEventListener("input", keep);

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
