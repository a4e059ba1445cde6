// What a page gains from JavaScript; every page works without it.
"use strict";

const root = document.documentElement;

// Theme: changed at once, and kept in the cookie from which the server renders the next page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  root.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent("themechange"));
  offerNextTheme(theme);
});

const THEMES = [["auto", "system"], ["light", "sun"], ["dark", "moon"]];

function offerNextTheme(current) {
  const next = THEMES[(THEMES.findIndex(([value]) => value === current) + 1) % THEMES.length];
  for (const button of document.querySelectorAll("[data-theme-form] button")) {
    const [value, icon] = next;
    const label = button.form.dataset[value];
    button.value = value;
    button.querySelector("span").textContent = label;
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
    if (button.title) button.title = label;
  }
}

// "Asana read 4 min ago" goes on counting while the page stays open.
function sayAge() {
  for (const element of document.querySelectorAll("[data-read-at]")) {
    const moment = Date.parse(element.dataset.readAt);
    if (Number.isNaN(moment)) continue;
    const minutes = Math.max(0, Math.floor((Date.now() - moment) / 60000));
    const within = minutes > 0 && minutes < 60 && element.dataset.says;
    if (within) element.textContent = within.replace("{minutes}", minutes);
  }
}
setInterval(sayAge, 30000);

// Forms that filter a page send themselves; without JavaScript they have a button.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

// Who signs out leaves nothing half typed behind in this browser.
document.addEventListener("submit", (event) => {
  const user = event.target.dataset?.signsOut;
  if (!user) return;
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(`draft:${user}:`)) localStorage.removeItem(name);
    }
  } catch {
    // No storage, nothing kept.
  }
});

// Work that takes its time says what is being done until the answer comes.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset?.wait || event.defaultPrevented) return;
  const line = document.createElement("p");
  line.className = "waiting";
  line.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", form.dataset.wait);
  line.append(bar, form.dataset.wait);
  form.append(line);
  setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector(".waiting")) location.reload();
});

// One open <details> of the bars at a time, closed by Escape or a click elsewhere.
const MENUS = ".account[open], .phonebar details[open], .pop[open]";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Toasts stay ten seconds, longer while they are pointed at or hold the focus.
function fadeToasts() {
  for (const toast of document.querySelectorAll(".toast:not([data-seen])")) {
    toast.dataset.seen = "";
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
      else toast.remove();
    };
    setTimeout(leave, 10000);
  }
}
document.addEventListener("htmx:afterSettle", fadeToasts);
document.addEventListener("DOMContentLoaded", fadeToasts);

// A part of the page that could not be sent or fetched says so in a toast, until the next works.
// What was not saved is not covered by what was not loaded.
const troubleWords = () => document.getElementById("trouble-words").dataset;

function sayTrouble(event) {
  const { xhr, requestConfig } = event.detail;
  const words = troubleWords();
  const header = (name) => xhr.getResponseHeader(name);
  const unanswered = requestConfig.verb === "get" ? words.notLoaded : words.notSaved;
  const stale = tookToken(header) ? words.signedInAgain : words.signedOut;
  const known = { 0: unanswered, 401: words.signedOut, 403: header("X-CSRFToken") && stale };
  showTrouble(requestConfig.verb, known[xhr.status] || words.refused.replace("{status}", xhr.status));
}
function showTrouble(verb, told) {
  const before = document.querySelector(`[data-trouble="${verb}"] .words`);
  if (verb === "get" && before?.textContent === told) return;
  endTrouble(verb);
  const template = document.getElementById("trouble-words");
  const toast = document.importNode(template.content.firstElementChild, true);
  toast.dataset.seen = "";
  toast.dataset.trouble = verb;
  toast.querySelector(".words").textContent = told;
  const link = toast.querySelector("a");
  link.hidden = told !== troubleWords().signedOut;
  link.search = new URLSearchParams({ next: location.pathname + location.search });
  (document.querySelector("dialog:modal") ?? document.getElementById("toasts")).prepend(toast);
}
function endTrouble(verb) {
  for (const toast of document.querySelectorAll(`[data-trouble="${verb}"]`)) toast.remove();
}
// Who signed in again in another window gets a new token with the first answer.
function tookToken(header) {
  const token = header("X-CSRFToken");
  if (!token || header("X-User") !== document.body.dataset.user) return "";
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  return token;
}
document.addEventListener("htmx:responseError", sayTrouble);
document.addEventListener("htmx:sendError", sayTrouble);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) endTrouble(event.detail.requestConfig.verb);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-ends-trouble]")) event.target.closest(".toast").remove();
});

// The client map: one stop of the Tab key for each pod, arrow keys inside.
const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
function roveTabindex() {
  for (const marks of document.querySelectorAll(".marks:not([data-roving])")) {
    marks.dataset.roving = "";
    for (const [place, mark] of marks.querySelectorAll("a").entries()) mark.tabIndex = place ? -1 : 0;
  }
}
document.addEventListener("keydown", (event) => {
  const marks = event.target.closest?.(".marks");
  if (!marks || !(event.key in STEPS)) return;
  event.preventDefault();
  const all = [...marks.querySelectorAll("a")];
  const next = Math.min(all.length - 1, Math.max(0, all.indexOf(event.target) + STEPS[event.key]));
  event.target.tabIndex = -1;
  all[next].tabIndex = 0;
  all[next].focus();
});
document.addEventListener("htmx:afterSettle", roveTabindex);
document.addEventListener("DOMContentLoaded", roveTabindex);
