// What was typed in My week and is not saved yet. It is kept in this browser for one person, so
// that it outlives a dead server and a closed page; it goes once it is saved, and at sign-out.
"use strict";

const drafts = (() => {
  const home = document.getElementById("week");
  const prefix = home ? `draft:${home.dataset.user}:` : null;
  const kept = new Map(); // what this page holds; the storage of the browser is its copy
  let counter = 0;

  // A private window or a full disk must not stop the typing: then only this page remembers.
  function quietly(deed) {
    try {
      return deed(window.localStorage);
    } catch {
      return null;
    }
  }

  function put(key, draft) {
    draft.order ??= ++counter;
    kept.set(key, draft);
    quietly((storage) => storage.setItem(prefix + key, JSON.stringify(draft)));
  }

  function drop(key) {
    kept.delete(key);
    quietly((storage) => storage.removeItem(prefix + key));
  }

  // Those that an earlier page of the same person left behind, in the order of their typing.
  function left() {
    const found = quietly((storage) =>
      Object.keys(storage)
        .filter((name) => name.startsWith(prefix))
        .map((name) => [name.slice(prefix.length), JSON.parse(storage.getItem(name))]),
    );
    return (found ?? []).sort(([, one], [, other]) => one.at - other.at);
  }

  return { put, drop, left, get: (key) => kept.get(key), all: () => [...kept] };
})();
