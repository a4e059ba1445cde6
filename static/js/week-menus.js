// The menu of a goal says what is saved of it: it waits for what is still on its way to the server,
// and is asked for anew when that has changed the goal.
"use strict";

(() => {
  const { table } = fields;
  if (!table) return;
  const waiting = new Map(); // a goal -> what fetches its menu

  const goalOf = (key) => /^goal-(\d+)\./.exec(key)?.[1];
  const isOnItsWay = (goal) => drafts.all().some(([key, draft]) => goalOf(key) === goal && !draft.stuck);

  table.addEventListener("htmx:confirm", (event) => {
    const goal = event.target.matches(".pop") && event.target.closest("[data-goal]")?.dataset.goal;
    if (!goal || !isOnItsWay(goal)) return;
    event.preventDefault();
    waiting.set(goal, event.detail.issueRequest);
  });

  function goOn(goal) {
    if (isOnItsWay(goal)) return;
    const fetches = waiting.get(goal);
    waiting.delete(goal);
    if (fetches) fetches();
    else table.querySelector(`[data-goal="${goal}"] .pop:has(form)`)?.dispatchEvent(new Event("stale"));
  }
  saving.on((kind, key) => {
    const goal = goalOf(key);
    // What was typed meanwhile is kept again only after this was told.
    if (goal && kind !== "saving" && kind !== "waiting") queueMicrotask(() => goOn(goal));
  });
})();
