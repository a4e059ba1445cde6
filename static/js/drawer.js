// Why a number is what it is, in a drawer beside the page. Its address is the page of the same.
// Loaded when it is first asked for.
const template = document.getElementById("why-drawer");
let dialog = null;
let isLeaving = false;

function make() {
  dialog = template.content.firstElementChild.cloneNode(true);
  document.getElementById("main").append(dialog);
  dialog.addEventListener("close", closed);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
  });
}

export async function open(address) {
  const depth = (history.state?.why ? history.state.depth : 0) + 1;
  history.pushState({ why: address, depth }, "", address);
  await show(address);
}

// Back and forward through what was open in it.
export async function restore(state) {
  await show(state.why);
}

async function show(address) {
  if (!dialog?.isConnected) make();
  dialog.querySelector("[data-as-page]").href = address;
  if (!dialog.open) dialog.showModal();
  const drawn = dialog.querySelector(".drawn");
  dialog.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", address, { target: drawn, swap: "innerHTML show:none" }).catch(() => {});
  dialog.removeAttribute("aria-busy");
  if (!drawn.childElementCount) drawn.textContent = dialog.dataset.failed;
  dialog.scrollTop = 0;
  const weeks = drawn.querySelector(".scroll:has(.weeks)");
  if (weeks) weeks.scrollLeft = weeks.scrollWidth; // this week is the last
  dialog.querySelector("h1, h2")?.focus();
}

// Closed by its button or Escape: the address of the page comes back. Closed by Back: it is back.
function closed() {
  if (isLeaving) return (isLeaving = false);
  const depth = history.state?.why ? history.state.depth : 0;
  if (depth) history.go(-depth);
  return depth;
}

window.addEventListener("popstate", (event) => {
  if (event.state?.why || !dialog?.open) return;
  isLeaving = true;
  dialog.close();
});
