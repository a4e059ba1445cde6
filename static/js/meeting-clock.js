// Times in a meeting go on while the page is open: "{minutes} of 45 min", "{minutes} min {seconds} s".
"use strict";
(() => {
  const begun = new WeakMap(); // when each was drawn; what is swapped in begins anew

  function say() {
    for (const element of document.querySelectorAll("[data-gone]")) {
      if (!begun.has(element)) begun.set(element, Date.now());
      const gone = Number(element.dataset.gone) + Math.floor((Date.now() - begun.get(element)) / 1000);
      if (element.localName === "progress") element.value = Math.min(gone, element.max);
      const says = element.dataset.says
        ?.replace("{minutes}", Math.floor(gone / 60))
        .replace("{seconds}", gone % 60);
      if (says && says !== element.textContent) element.textContent = says;
    }
  }
  say();
  setInterval(say, 1000);
})();
