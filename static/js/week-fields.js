// The fields of My week: what is typed in them is kept, sent, and its fate is said beside them.
"use strict";

const fields = (() => {
  const table = document.getElementById("week");
  const box = document.getElementById("week-kept");
  let blanks = 0;

  const host = (key) => table.querySelector(`[data-draft="${key}"]`);
  const holder = (place) => place.closest("[data-version]") ?? place;
  const versionOf = (place) => place.closest("[data-version]")?.dataset.version
    ?? place.querySelector("[name=version]").value;
  const named = (form) => [...form.elements].filter(
    (one) => one.name && !/BUTTON|FIELDSET/.test(one.tagName) && !/^(csrf|version)/.test(one.name),
  );
  const valuesOf = (form) => Object.fromEntries(
    named(form).filter((one) => one.type !== "radio" || one.checked).map((one) => [one.name, one.value]),
  );

  // Both texts and the choice between them stay in sight until somebody has chosen.
  const choices = new Map();
  const isUndecided = (key) => drafts.get(key)?.stuck === "changed";
  const words = document.getElementById("week-words")?.dataset;

  // Typing
  function typed(form, pause) {
    const key = form.dataset.draft;
    const text = form.elements.text;
    if (text) delete text.dataset.suggested;
    if (!form.checkValidity()) {
      drafts.drop(key);
      say(form, form.dataset.new ? "" : words.empty);
      return;
    }
    say(form, "");
    const { says, plan } = form.dataset;
    const action = form.getAttribute("action");
    saving.keep(key, { values: valuesOf(form), action, plan, version: versionOf(form), says }, pause);
  }

  // A colour is said at once. Its note waits until it is told: every marking is kept for good.
  const pauseOf = (field) => (field.type === "radio" ? 0 : 5000);

  // A goal is marked at once on the page; the server hears of it in its turn.
  function mark(goal, status) {
    const place = goal.querySelector(".marks");
    goal.dataset.status = status;
    const { draft, action, says } = place.dataset;
    saving.keep(draft, { values: { status }, action, says, version: goal.dataset.version }, 0);
    say(place, "");
  }

  table?.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-draft]");
    if (form) typed(form, form.matches(".light") ? pauseOf(target) : undefined);
  });
  table?.addEventListener("focusout", ({ target }) => {
    const form = target.closest?.("form[data-draft]");
    if (form) saving.hurry(form.dataset.draft);
  });

  // Send what a field says now, a suggestion too; whether there was anything to send.
  function commit(form) {
    const text = form.elements.text ?? form.elements.note;
    const isNew = text.value !== text.defaultValue || "suggested" in text.dataset;
    if (drafts.get(form.dataset.draft)) saving.hurry(form.dataset.draft);
    else if (isNew && text.value.trim()) typed(form, 0);
    else if (isNew && !form.dataset.new) typed(form, 0);
    return Boolean(text.value.trim());
  }

  // One more empty field for the same client, with the next suggestion in it.
  function blankAfter(form) {
    const last = [...table.querySelectorAll(`form[data-new="${form.dataset.new}"]`)].at(-1);
    if (last !== form) return last;
    const place = form.parentElement.cloneNode(true);
    const blank = place.querySelector("form");
    const text = blank.elements.text;
    const [suggestion = "", ...more] = form.dataset.more.trim().split("\n");
    blank.dataset.draft = form.dataset.draft.replace(/\..*/, `.${Date.now()}${++blanks}`);
    blank.dataset.more = more.join("\n");
    text.value = suggestion;
    text.defaultValue = suggestion;
    delete text.dataset.suggested;
    if (suggestion) text.dataset.suggested = "";
    form.elements.text.removeAttribute("id");
    say(blank, suggestion ? words.suggested : "");
    form.parentElement.after(place);
    return blank;
  }

  // The fate of what was typed
  function say(place, words, ...buttons) {
    const whole = holder(place);
    const line = whole.querySelector(".saying");
    const made = [...buttons.map(buttonOf), ...undecided(whole)];
    line.classList.toggle("wrong", made.length > 0);
    line.replaceChildren(words, ...made);
  }

  function buttonOf([label, deed]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn small", textContent: label });
    button.addEventListener("click", deed);
    return button;
  }

  // A goal's mark and its reason share a line: what is said of one takes no choice from the other.
  function undecided(whole) {
    const places = [whole, ...whole.querySelectorAll("[data-draft]")];
    return places.flatMap((place) => {
      const key = place.dataset.draft ?? place.dataset.stray;
      const told = isUndecided(key) && choices.get(key);
      return told ? [`${told.reasons.join(" ")} `, ...choiceOf(place, key, told).map(buttonOf)] : [];
    });
  }

  function choiceOf(place, key, told) {
    return [
      [words.mine, () => saving.retry(key, told.version)],
      [words.theirs, () => take(place, key, told)],
    ];
  }

  function outcome(kind, key, told) {
    const place = host(key) ?? stray(key);
    if (!place) return;
    const retry = [words.retry, () => saving.retry(key)];
    if (kind === "saving") say(place, words.saving);
    if (kind === "waiting") say(place, words.waiting.replace("{seconds}", told.seconds), retry);
    if (kind === "saved") saved(place, key, told);
    if (kind === "refused") say(place, told.reasons.join(" "), retry, discard(place, key));
    if (kind === "changed") {
      choices.set(key, told);
      say(place, "");
    }
  }

  function discard(place, key) {
    return [words.discard, () => {
      drafts.drop(key);
      if (place.dataset.stray) place.remove();
      else say(place, words.discarded);
    }];
  }

  function take(place, key, told) {
    drafts.drop(key);
    fill(place, told);
    versions(place, told.version);
    say(place, "");
  }

  function saved(place, key, told) {
    if (place.dataset.stray) return place.remove();
    if (place.dataset.new) becomes(place, told);
    versions(place, told.version);
    const text = place.elements?.text ?? place.elements?.note;
    if (text && text.value === told[text.name]) text.defaultValue = text.value;
    say(place, place.checkValidity?.() === false ? words.empty : words.saved.replace("{clock}", told.at));
    offerUndo(place, told);
    if (!drafts.all().length) box.hidden = true;
    if (told.query !== table.dataset.query) return;
    document.getElementById("week-heading").outerHTML = told.heading;
    document.getElementById("week-counts").outerHTML = told.counts;
  }

  // A mark and a light are taken back from a toast, too. The first light of a week stays.
  function offerUndo(place, told) {
    const goal = place.matches(".marks") ? place.closest(".goal") : null;
    const color = place.matches("form.light") ? place.elements.color.value : null;
    const before = place.dataset.saved ?? [...place.querySelectorAll("[name=color]")].find((one) => one.defaultChecked)?.value;
    if (color) place.dataset.saved = color;
    if (goal && goal.dataset.status !== "open") toast(place.dataset.says, () => mark(goal, "open"));
    if (color && before && before !== color) toast(place.dataset.says, () => relight(place, before));
  }
  function relight(form, color) {
    form.elements.color.value = color;
    form.querySelector(":checked").dispatchEvent(new Event("input", { bubbles: true }));
  }
  function toast(what, deed) {
    const place = document.getElementById("toasts");
    const told = document.getElementById("week-told").content.firstElementChild.cloneNode(true);
    told.querySelector("span").prepend(`${what} `);
    told.querySelector("button").addEventListener("click", () => {
      told.remove();
      deed();
    });
    place.replaceChildren(told);
    fadeToasts();
  }

  // The field of a new goal is now the field of that goal.
  function becomes(form, told) {
    blankAfter(form);
    const out = form.querySelector("[data-takes-out]");
    form.setAttribute("action", form.dataset.plan.replace("/0/", `/${told.id}/`));
    out.setAttribute("formaction", form.action.replace("/plan/", "/withdraw/"));
    out.hidden = false;
    form.dataset.draft = told.name;
    form.parentElement.dataset.version = told.version;
    delete form.dataset.new;
  }

  function versions(place, version) {
    const whole = holder(place);
    if ("version" in whole.dataset) whole.dataset.version = version;
    for (const one of whole.querySelectorAll("[name=version]")) one.value = version;
    for (const one of whole.querySelectorAll("[data-mark]")) {
      const address = one.getAttribute("formaction");
      one.setAttribute("formaction", address.replace(/\/\d+\/mark\//, `/${version}/mark/`));
    }
  }

  // What an earlier page left behind
  function fill(place, values) {
    if (place.matches(".marks")) holder(place).dataset.status = values.status;
    else for (const one of named(place)) if (one.name in values) put(one, values[one.name]);
    place.dispatchEvent(new Event("filled", { bubbles: true }));
  }

  function put(field, value) {
    if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }

  function blankFor(key) {
    const client = /^new-(\d+-\d+)\./.exec(key)?.[1];
    const open = client && [...table.querySelectorAll(`form[data-draft^="new-${client}."]`)].at(-1);
    if (!open) return null;
    const blank = drafts.get(open.dataset.draft) ? blankAfter(open) : open;
    blank.dataset.draft = key;
    delete blank.elements.text.dataset.suggested;
    return blank;
  }

  // Nothing on this page takes it (another week, a goal that is gone): shown by itself.
  function stray(key) {
    const draft = drafts.get(key);
    const known = box.querySelector(`[data-stray="${key}"]`);
    if (known || !draft) return known;
    const line = document.createElement("p");
    line.dataset.stray = key;
    const { text, note, color, status } = draft.values;
    const typed = text ?? (color ? `${words[color] ?? color} ${note}`.trim() : note) ?? words[status] ?? status;
    const fate = document.createElement("small");
    fate.className = "saying";
    line.append(`${draft.says}: “${typed}” `, fate);
    box.append(line);
    box.hidden = false;
    return line;
  }

  function restore() {
    const left = drafts.left();
    const names = [];
    for (const [key, draft] of left) {
      const place = host(key) ?? blankFor(key);
      saving.resume(key, draft);
      if (place) fill(place, draft.values);
      else stray(key);
      names.push(draft.says);
    }
    if (!names.length) return;
    const told = document.createElement("p");
    const what = [...new Set(names)].join(", ");
    told.textContent = words.back.replace("{what}", what);
    box.prepend(told);
    box.hidden = false;
  }

  // A row that htmx put anew has lost what was being typed in it.
  document.addEventListener("htmx:afterSettle", () => {
    if (!table) return;
    for (const [key, draft] of drafts.all()) {
      const place = host(key);
      if (place) fill(place, draft.values);
    }
  });

  if (table) {
    saving.on(outcome);
    restore();
  }
  return { table, mark, commit, blankAfter };
})();
