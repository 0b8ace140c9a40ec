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

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const number = (cell) => parseFloat(cell.dataset.value ?? cell.textContent);
  const compare = (one, other) => {
    const [left, right] = [number(one), number(other)];
    if (Number.isNaN(left) || Number.isNaN(right)) return one.textContent.localeCompare(other.textContent, "zh");
    return left - right;
  };
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
      body.append(...(descending ? rows.reverse() : rows));
    });
  });
}
