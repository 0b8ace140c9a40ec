"use strict";
// Everything works without this file; it only saves a click or a reach for the mouse.

const form = document.querySelector("form.ask");
if (form) {
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      if (form.elements.q?.value.trim()) form.requestSubmit();
    });
  }
}
