// Ctrl K: what is called so, as one types. Loaded when it is first asked for.
const dialog = document.getElementById("palette");
const field = dialog.querySelector("input");
const list = dialog.querySelector("[role=listbox]");
const told = dialog.querySelector("[role=status]");
const PAUSE = 60;
let asking = null;
let timer = 0;

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.removeAttribute("aria-selected");
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function ask() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const address = new URL(field.form.action);
  address.searchParams.set("q", field.value);
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: mine.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    show(await answer.text(), address.searchParams.get("q"));
  } catch (error) {
    if (error.name !== "AbortError") told.textContent = dialog.dataset.failed;
  } finally {
    if (asking === mine) asking = null;
  }
}

function show(lines, typed) {
  list.innerHTML = lines;
  list.dataset.of = typed;
  for (const [place, option] of options().entries()) option.id = `found-${place}`;
  told.textContent = list.querySelector("[data-told]").textContent;
  choose(field.value.trim() ? options()[0] : null);
}

function step(by) {
  const all = options();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Korean is still being put together
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else return;
  event.preventDefault();
});
field.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  if (list.dataset.of !== field.value) await ask();
  const found = chosen() ?? (field.value.trim() ? options()[0] : null);
  if (found) location.assign(found.href);
  else if (field.value.trim()) field.form.submit();
});
list.addEventListener("click", (event) => {
  if (event.target.closest("a") && !event.ctrlKey && !event.metaKey) dialog.close();
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
});

export function start() {
  return ask();
}
