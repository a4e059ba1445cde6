// My week saves as one types: one request at a time, in the order of the typing, again and again
// until the server has answered. A row that was changed meanwhile is shown with both texts.
"use strict";

const saving = (() => {
  const PAUSE = 800;
  const PATIENCE = 30000;
  let token = document.querySelector("#week-form input")?.value;
  let isTokenNew = false;
  const listeners = [];
  let wait = 0;
  let timer = 0;
  let busy = false;

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const row = (key) => (key.startsWith("new-") ? key : key.split(".")[0]);

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

  // What was sent and has no answer yet holds back the rest of its row: only the answer tells the
  // row's version.
  const holdsBack = (one, other) => one.sent && (!other.sent || one.order < other.order);
  function free() {
    const going = drafts.all().filter(([, draft]) => !draft.stuck);
    const isHeld = ([key, draft]) => going.some(
      ([other, one]) => other !== key && row(other) === row(key) && holdsBack(one, draft),
    );
    return going.filter((found) => !isHeld(found));
  }

  function next() {
    return free()
      .filter(([, draft]) => draft.due <= Date.now())
      .sort(([, one], [, other]) => one.order - other.order)[0];
  }

  async function run() {
    if (busy) return;
    busy = true;
    try {
      for (let found = next(); found; found = next()) {
        if (!(await send(...found))) return;
      }
      const later = free().map(([, draft]) => draft.due);
      if (later.length) wake(Math.max(50, Math.min(...later) - Date.now()));
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
    const slow = setTimeout(() => drafts.get(key) && tell("saving", key), 300);
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
    wait = 0;
    if (answer.status === 403 && hasNewToken(answer)) return true;
    isTokenNew = false;
    if (answer.status >= 500 || answer.status === 429) putOff(key);
    else if (answer.ok && told.version) saved(key, values, told);
    else stop(key, answer, told);
    return true;
  }

  // Who signed in again in another window: the same is sent once more with the new token.
  function hasNewToken(answer) {
    const given = !isTokenNew && tookToken((name) => answer.headers.get(name));
    if (given) token = given;
    return (isTokenNew = Boolean(given));
  }

  function addressOf({ action, version }) {
    return action.replace(/\/\d+\/mark\//, `/${version}/mark/`);
  }

  // The server is there and could not take this one: it is tried later, the others go on.
  function putOff(key) {
    const draft = drafts.get(key);
    if (!draft) return;
    draft.wait = Math.min(PATIENCE, draft.wait ? draft.wait * 2 : 1000);
    drafts.put(key, { ...draft, due: Date.now() + draft.wait });
    tell("waiting", key, { seconds: Math.round(draft.wait / 1000) });
  }

  // The server is not there: everything waits.
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
    const draft = drafts.get(key); // none when the field was emptied meanwhile
    const name = key.startsWith("new-") ? `goal-${told.id}.plan` : key;
    for (const [other, one] of drafts.all()) {
      // What is undecided keeps the version that it was typed on, or it would replace theirs.
      if (row(other) === row(name) && other !== key && one.stuck !== "changed") {
        one.version = told.version;
        drafts.put(other, one);
      }
    }
    drafts.drop(key);
    tell("saved", key, { ...told, name });
    if (draft && !same(draft.values, values)) {
      const { sent, plan, wait: over, ...more } = draft;
      const action = key === name ? draft.action : plan.replace("/0/", `/${told.id}/`);
      drafts.put(name, { ...more, action, version: told.version });
    }
  }

  function stop(key, answer, told) {
    const draft = drafts.get(key);
    if (!draft) return;
    delete draft.sent;
    delete draft.wait;
    draft.stuck = answer.status === 409 ? "changed" : "refused";
    drafts.put(key, draft);
    const words = document.getElementById("week-words").dataset;
    const isStale = answer.headers.has("X-CSRFToken"); // of another sign-in
    const known = { 0: words.signedOut, 403: isStale ? words.signedOut : words.forbidden, 404: words.gone };
    const other = words.refused.replace("{status}", answer.status);
    const reasons = told.reasons ?? [known[answer.status] ?? other];
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
