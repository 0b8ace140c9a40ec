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
