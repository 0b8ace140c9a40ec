"use strict";
// Copying citations, choosing what is compared, sorting tables: everything else works without this file.

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea"); // pages served over plain HTTP have no clipboard of their own
  area.value = text;
  area.className = "hidden";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("copy");
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const focused = document.activeElement;
    try {
      await copyText(button.dataset.copy);
      say("引文已复制，可以粘贴到文稿里。");
    } catch {
      say("浏览器不允许复制；请选中文字后按 Ctrl+C。");
    }
    focused.focus();
  });
}

const comparing = document.getElementById("compare");
if (comparing) {
  const most = 6;
  const button = comparing.querySelector("button");
  const boxes = [...document.querySelectorAll("input[name=items][form=compare]")];
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    button.disabled = chosen < 2;
    button.textContent = chosen ? `并排对照所选的 ${chosen} 条` : "并排对照所选条目";
    for (const box of boxes) box.disabled = chosen >= most && !box.checked;
    comparing.classList.toggle("ready", chosen >= 2);
  };
  for (const box of boxes) box.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
}

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const number = (cell) => parseFloat(cell.dataset.value ?? cell.textContent);
  const compare = (one, other) => {
    const [left, right] = [number(one), number(other)];
    if (Number.isNaN(left) || Number.isNaN(right)) return one.textContent.localeCompare(other.textContent, "zh");
    return left - right;
  };
  headings.forEach((heading, column) => {
    const link = heading.querySelector("a");
    if (!link) return;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
      body.append(...(descending ? rows.reverse() : rows));
      const address = new URL(link.href);
      if (descending) address.searchParams.set("order", "desc");
      else address.searchParams.delete("order");
      history.replaceState(null, "", address);
    });
  });
}
