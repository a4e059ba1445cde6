// My week with the keyboard alone. Single keys work only while nothing is being typed, and can be
// switched off; every one of them has a control on the page.
"use strict";

(() => {
  const { table } = fields;
  if (!table) return;
  const bar = document.getElementById("week-keys");
  let current = null;
  let lastMarked = null;

  const rows = () => [...table.querySelectorAll("[data-row]")];
  const row = () => document.activeElement.closest("[data-row]") ?? current ?? rows()[0];
  const toMark = (within = table) => [
    ...within.querySelectorAll('.goal[data-status="open"] [data-mark][value="met"]'),
  ];
  const blanks = (within = table) => [...within.querySelectorAll("form[data-new]")];
  const go = (element) => element?.focus();

  // Where the work goes on after an element: the next thing to mark, or the next client to plan.
  function after(element, found) {
    const later = found.filter(
      (one) => element.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return later[0] ?? found[0];
  }
  function goOn(from) {
    go(after(from, toMark()) ?? document.querySelector(".head .toggle a:not([aria-current])"));
  }

  // Marking
  function mark(goal, status) {
    fields.mark(goal, status);
    lastMarked = goal;
    if (status === "missed") go(goal.querySelector(".reason [name=note]"));
    else if (status === "open") go(toMark(goal)[0]);
    else goOn(goal);
  }
  function goalHere() {
    const here = document.activeElement.closest(".goal");
    return here?.querySelector("[data-mark]") ? here : toMark(row())[0]?.closest(".goal");
  }
  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (!button) return;
    event.preventDefault();
    mark(button.closest(".goal"), button.value);
  });

  // A light, and then on: to its note when it is red, else to what is left to mark.
  function light(color) {
    const here = row();
    const choice = here.querySelector(`.light [value=${color}]`);
    if (!choice) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    if (color === "red") go(here.querySelector(".light [name=note]"));
    else leaveLight(here);
  }
  function leaveLight(here) {
    const next = rows()[rows().indexOf(here) + 1];
    go(toMark(here)[0] ?? (next ? stop(next) : here));
  }

  // Enter in a field: it is saved, and the next one is there.
  let withShift = false;
  table.addEventListener("keydown", (event) => {
    withShift = event.shiftKey;
    if (event.key === "Escape" && keys.isTyping(event.target)) leave(event.target);
  });
  table.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    if (event.submitter && "takesOut" in event.submitter.dataset) return drafts.drop(form.dataset.draft);
    event.preventDefault();
    const said = fields.commit(form);
    if (form.matches(".plan")) return plannedOn(form, said);
    if (form.matches(".reason")) return goOn(form);
    if (form.matches(".light")) return leaveLight(form.closest("[data-row]"));
    go(toMark(form.closest("[data-row]"))[0] ?? form.closest("[data-row]"));
  });
  function plannedOn(form, said) {
    const here = form.closest("[data-row]");
    if (form.dataset.new && said) fields.blankAfter(form);
    if (withShift || !form.dataset.new) return go(blanks(here).at(-1)?.elements.text);
    const next = rows()[rows().indexOf(here) + 1];
    go(next ? (blanks(next).at(-1)?.elements.text ?? next) : here);
  }
  function leave(field) {
    if (field.closest(".pop")) return;
    go(field.closest(".goal")?.querySelector(".undo") ?? field.closest("[data-row]"));
  }

  const KEYS = {
    h: () => goalHere() && mark(goalHere(), "met"),
    m: () => goalHere() && mark(goalHere(), "missed"),
    u: () => {
      const here = document.activeElement.closest(".goal");
      const goal = here && here.dataset.status !== "open" ? here : lastMarked;
      if (goal?.isConnected) mark(goal, "open");
    },
    p: () => row().querySelector("[data-postpone]")?.click(),
    c: () => row().querySelector("[id^=contact-]")?.click(),
    1: () => light("green"),
    2: () => light("yellow"),
    3: () => light("red"),
    n: () => go(row().querySelector(".note [name=text]")),
    w: () => document.querySelector(".head .toggle a:not([aria-current])")?.click(),
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
  };
  function step(by) {
    const all = rows();
    const isIn = document.activeElement.closest("[data-row]");
    const next = isIn ? all[all.indexOf(isIn) + by] : all[0];
    if (next) go(stop(next));
  }
  function stop(here) {
    return toMark(here)[0] ?? here;
  }
  document.addEventListener("keydown", (event) => {
    if (!keys.areOn() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (keys.isTyping(event.target) || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.matches("[data-row]")) {
      event.preventDefault();
      go(blanks(event.target).at(-1)?.elements.text ?? event.target.querySelector(".note [name=text]"));
      return;
    }
    const deed = KEYS[keys.letter(event)];
    if (!deed || (event.repeat && !event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    deed();
  });
  table.addEventListener("focusin", (event) => {
    current = event.target.closest("[data-row]") ?? current;
  });

  // Switched off, the keys are shown as they are: without effect.
  const say = () => bar.classList.toggle("off", !keys.areOn());
  document.addEventListener("keyschange", say);
  say();
  bar.hidden = false;

  // At a desk the keyboard starts where there is something to do.
  const atDesk = window.matchMedia("(hover: hover) and (min-width: 980px)").matches;
  if (atDesk && !location.hash && document.activeElement === document.body) {
    const plans = blanks().find((form) => !form.parentElement.previousElementSibling);
    (toMark()[0] ?? plans?.elements.text)?.focus({ preventScroll: true });
  }
})();
