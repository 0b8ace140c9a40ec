// The report works without this file; it adds ticking all rules, copying, dropping a file, and word of progress.

const form = document.querySelector(".check-form");
const rules = form.querySelector(".rules");
const boxes = [...rules.querySelectorAll("input[type=checkbox]")];

function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}

function tick(isOn) {
  for (const box of boxes) box.checked = isOn;
}

const ticks = document.createElement("div");
ticks.className = "tick";
ticks.append(button("全选", () => tick(true)), button("全不选", () => tick(false)));
rules.append(ticks);

const send = form.querySelector("button[type=submit]");
const said = document.createElement("span");
said.className = "wait";
said.setAttribute("role", "status");
send.after(said);

form.addEventListener("submit", (event) => {
  const missing = !form.elements.file.files.length && !form.elements.text.value.trim();
  if (missing || !boxes.some((box) => box.checked)) {
    event.preventDefault();
    said.textContent = missing ? "请选择草稿文件，或把文字贴在文本框里。" : "请至少勾选一条规则。";
    (missing ? form.elements.text : boxes[0]).focus();
    return;
  }
  send.disabled = true;
  said.textContent = "正在读取并对照目标库，整份文件要几秒…";
});
window.addEventListener("pageshow", () => {
  send.disabled = false;
  said.textContent = "";
});

const drop = form.querySelector(".drop");
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) form.elements.file.files = event.dataTransfer.files;
  });
}

if (navigator.clipboard) {
  for (const wording of document.querySelectorAll(".wording")) {
    const copy = button("复制", async () => {
      try {
        await navigator.clipboard.writeText(wording.textContent);
        copy.textContent = "已复制";
      } catch {
        copy.textContent = "没能复制，请手工选中";
      }
    });
    copy.className = "copy";
    wording.after(copy);
  }
}
