// My week saves as one types: one request at a time, in the order of the typing, again and again
// until the server has answered. A row that was changed meanwhile is shown with both texts.
"use strict";

const saving = (() => {
  const PAUSE = 800;
  const PATIENCE = 30000;
  const token = document.querySelector("#week-form input")?.value;
  const listeners = [];
  let wait = 0;
  let timer = 0;
  let busy = false;

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const row = (key) => key.split(".")[0];

  function tell(kind, key, told) {
    for (const listener of listeners) listener(kind, key, told);
  }

  // Keep what a field says now; it is sent after a pause, or at once.
  function keep(key, told, pause = PAUSE) {
    const before = drafts.get(key);
    const draft = { ...told, ...before, values: told.values, at: Date.now(), due: Date.now() + pause };
    if (draft.stuck === "refused") delete draft.stuck;
    drafts.put(key, draft);
    wake(pause);
  }

  function wake(pause = 0) {
    clearTimeout(timer);
    timer = setTimeout(run, pause);
  }

  function next() {
    return drafts
      .all()
      .filter(([, draft]) => !draft.stuck && draft.due <= Date.now())
      .sort(([, one], [, other]) => one.order - other.order)[0];
  }

  async function run() {
    if (busy) return;
    busy = true;
    try {
      for (let found = next(); found; found = next()) {
        if (!(await send(...found))) return;
      }
      const later = drafts.all().filter(([, draft]) => !draft.stuck);
      if (later.length) wake(Math.max(50, Math.min(...later.map(([, d]) => d.due)) - Date.now()));
    } finally {
      busy = false;
    }
  }

  // What was sent once is sent again in the same words until its answer is known: the server may
  // have saved it and only the answer was lost.
  async function send(key, draft) {
    const values = draft.sent ?? draft.values;
    draft.sent = values;
    drafts.put(key, draft);
    const slow = setTimeout(() => tell("saving", key), 300);
    let answer;
    let told = {};
    try {
      answer = await fetch(addressOf(draft), {
        method: "POST",
        redirect: "manual",
        keepalive: true,
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body: new URLSearchParams({ ...values, version: draft.version ?? "" }),
        signal: AbortSignal.timeout(20000),
      });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        told = await answer.json();
      }
    } catch {
      return again();
    } finally {
      clearTimeout(slow);
    }
    if (answer.status >= 500 || answer.status === 429) return again();
    wait = 0;
    if (answer.ok && told.version) saved(key, values, told);
    else stop(key, answer, told);
    return true;
  }

  function addressOf({ action, version }) {
    return action.replace(/\/\d+\/mark\//, `/${version}/mark/`);
  }

  function again() {
    wait = Math.min(PATIENCE, wait ? wait * 2 : 1000);
    for (const [each, draft] of drafts.all()) {
      if (!draft.stuck) tell("waiting", each, { seconds: Math.round(wait / 1000) });
    }
    clearTimeout(timer);
    timer = setTimeout(run, wait);
    return false;
  }

  function saved(key, values, told) {
    const draft = drafts.get(key);
    const name = key.startsWith("new-") ? `goal-${told.id}.plan` : key;
    for (const [other, one] of drafts.all()) {
      if (row(other) === row(name) && other !== key) {
        one.version = told.version;
        drafts.put(other, one);
      }
    }
    drafts.drop(key);
    tell("saved", key, { ...told, name });
    if (!same(draft.values, values)) {
      const { sent, plan, ...more } = draft;
      const action = key === name ? draft.action : plan.replace("/0/", `/${told.id}/`);
      drafts.put(name, { ...more, action, version: told.version });
    }
  }

  function stop(key, answer, told) {
    const draft = drafts.get(key);
    delete draft.sent;
    draft.stuck = answer.status === 409 ? "changed" : "refused";
    drafts.put(key, draft);
    const words = {
      0: "You are signed out. Sign in again in another window, then retry.",
      403: "Not allowed, or you signed in anew. Load the page again: what you typed is kept.",
      404: "This is gone: somebody took it out.",
    };
    const reasons = told.reasons ?? [words[answer.status] ?? `Not saved (${answer.status}).`];
    tell(draft.stuck, key, { ...told, reasons });
  }

  function retry(key, version) {
    const draft = drafts.get(key);
    if (!draft) return;
    delete draft.stuck;
    drafts.put(key, { ...draft, due: Date.now(), version: version ?? draft.version });
    wait = 0;
    wake();
  }

  // Send at once what waits for a pause in the typing.
  function hurry(key) {
    const draft = drafts.get(key);
    if (!draft || draft.stuck) return;
    drafts.put(key, { ...draft, due: Date.now() });
    wake();
  }

  function resume(key, draft) {
    drafts.put(key, { ...draft, stuck: undefined, order: undefined, due: Date.now() });
    wake();
  }

  window.addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) wake();
  });
  return { keep, hurry, retry, resume, on: (listener) => listeners.push(listener) };
})();
