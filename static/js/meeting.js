// Counts the seconds a slide was in sight, gives its controls their keys, saves what is typed, and
// keeps it in this browser until it is saved: a dead server or a closed page costs no word.
"use strict";
(() => {
  const form = document.getElementById("decision");
  if (!form) return;
  const seconds = form.elements.namedItem("seconds");
  const version = form.elements.namedItem("version");
  const fields = [...form.elements].filter((field) => ["choice", "text", "owner", "due_on"].includes(field.name));
  const key = `draft:${form.dataset.user}:${location.pathname}`;

  // Of many clients the one on the slide is in sight; the page itself stays where it is.
  const here = document.querySelector(".turns [aria-current]");
  here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.clientWidth / 2;

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

  // Saved after a pause in the typing; of what two people typed, one is chosen.
  const PAUSE = 800;
  const PATIENCE = 5000;
  const both = form.querySelector("[data-both]");
  const saved = form.querySelector("[data-saved]");
  let timer = 0;
  let typed = 0;
  let busy = false;
  let isAnothers = false; // the session: it ended, or is another person's now

  const isUndecided = () => Boolean(both?.querySelector("[role=alert]"));
  function saveIn(pause) {
    clearTimeout(timer);
    if (form.dataset.save && !isUndecided()) timer = setTimeout(save, pause);
  }
  async function save() {
    if (busy) return saveIn(PAUSE);
    busy = true;
    const sent = typed;
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST",
        redirect: "manual",
        keepalive: true,
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: AbortSignal.timeout(20000),
      });
      const isStale = answer.headers.has("X-CSRFToken") && !tookToken((name) => answer.headers.get(name));
      isAnothers = answer.type === "opaqueredirect" || isStale;
      if (answer.ok) take(await answer.json(), sent);
      else if (answer.status === 409) both.innerHTML = (await answer.json()).both;
      else if (answer.status === 422) saved.textContent = (await answer.json()).reasons.join(" ");
      else if (isAnothers) showTrouble("decision", troubleWords().signedOut);
      else throw new Error(String(answer.status));
      if (!isAnothers) endTrouble("decision");
    } catch {
      saved.textContent = form.dataset.notSaved;
      saveIn(PATIENCE);
    } finally {
      busy = false;
    }
  }
  function take(told, sent) {
    version.value = told.version;
    if (told.says) saved.textContent = told.says;
    if (sent === typed) {
      quietly((storage) => storage.removeItem(key));
      form.querySelector("[data-draft]").hidden = true;
    } else keep();
  }
  form.addEventListener("input", (event) => {
    typed += 1;
    saveIn(event.target.name === "text" ? PAUSE : 0);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("focus", () => isAnothers && saveIn(0));
  both?.addEventListener("click", (event) => {
    const mine = event.target.closest("button[name=over]");
    if (!mine) return;
    event.preventDefault();
    version.value = mine.value;
    both.replaceChildren();
    keep();
    save();
  });

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
