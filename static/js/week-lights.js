// The lights of My week: a red one asks for a note, and says so until there are ten characters.
"use strict";

(() => {
  const { table } = fields;
  if (!table) return;
  const SHORTEST_NOTE = 10;

  function show(form) {
    const { color, note } = form.elements;
    form.querySelector(".lacks").hidden = color.value !== "red" || note.value.trim().length >= SHORTEST_NOTE;
  }
  for (const kind of ["input", "filled"]) {
    table.addEventListener(kind, ({ target }) => {
      const form = target.closest("form.light");
      if (form) show(form);
    });
  }
})();
