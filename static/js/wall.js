// The screen asks for its numbers once a minute and keeps the last good ones with a loud banner.
// It shifts by two pixels now and then, so that nothing burns in; nothing else moves.
"use strict";

(() => {
  const wall = document.getElementById("wall");
  const part = document.getElementById("wall-part");
  const banner = document.getElementById("wall-banner");
  const views = wall.dataset.views ? wall.dataset.views.split(" ") : ["pace"];
  const EVERY = views.length > 1 ? 30_000 : 60_000;
  const OLD_AFTER = 15 * 60_000;
  let seenAt = Date.now();
  let turn = 0;
  let revoked = false;

  function say(words) {
    banner.hidden = !words;
    if (banner.textContent !== words) banner.textContent = words;
  }
  function clock(moment) {
    return new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  }
  function sayAge() {
    const age = Date.now() - seenAt;
    if (revoked) say(wall.dataset.revoked.replace("{clock}", clock(seenAt)));
    else if (age < OLD_AFTER) say("");
    else say(wall.dataset.old.replace("{minutes}", Math.floor(age / 60_000)));
  }
  async function look() {
    turn = (turn + 1) % views.length;
    try {
      const answer = await fetch(`?part=1&view=${views[turn]}`, { cache: "no-store" });
      revoked = answer.status === 404;
      if (answer.ok) {
        part.innerHTML = await answer.text();
        seenAt = Date.now();
      }
    } catch {
      // Unreachable: the last numbers stay, and the banner says how old they are.
    }
    sayAge();
  }
  setInterval(look, EVERY);
  setInterval(sayAge, 15_000);
  setInterval(() => { wall.dataset.shift = (Number(wall.dataset.shift || 0) + 1) % 4; }, 600_000);
})();
