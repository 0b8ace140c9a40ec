"use strict";
// Everything works without this file; it only saves a click or a reach for the mouse.

const form = document.querySelector("form.ask");
if (form) {
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      if (form.elements.q.value.trim()) form.requestSubmit();
    });
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

const upload = document.querySelector("form.upload");
if (upload) {
  upload.addEventListener("submit", () => {
    const button = upload.querySelector("button");
    button.disabled = true;
    button.textContent = "正在读取…";
  });
  window.addEventListener("pageshow", () => {
    const button = upload.querySelector("button");
    button.disabled = false;
    button.textContent = "上传并导入";
  });
}
