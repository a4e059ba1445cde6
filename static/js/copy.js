// A button that copies a field; without JavaScript one selects and copies by hand.
"use strict";

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  if (field.localName === "input") field.select();
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
    } catch {
      field.select();
      button.textContent = button.dataset.byHand;
    }
  });
}
