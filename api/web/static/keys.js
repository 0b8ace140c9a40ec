"use strict";
// The keys that the help lists. Every one of them does what a link or a button does too.

const help = document.getElementById("help");
const toast = document.getElementById("toast");
const singleKeys = document.getElementById("single-keys");
let prefix = "";
let fading = 0;

function say(sentence) {
  toast.textContent = sentence;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.textContent = ""; }, 4000);
}

function remembered(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

singleKeys.checked = remembered("single-keys") !== "off";
singleKeys.addEventListener("change", () => {
  try { localStorage.setItem("single-keys", singleKeys.checked ? "on" : "off"); } catch { /* not remembered */ }
});

function toggleHelp() {
  if (help.open) help.close();
  else help.showModal();
}

document.querySelector("header .help").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggleHelp();
});
help.querySelector("[data-close]").addEventListener("click", () => help.close());

const hits = [...document.querySelectorAll(".hits article[tabindex], .hits > li > article")];
const current = () => hits.findIndex((hit) => hit.contains(document.activeElement));

function go(step) {
  if (!hits.length) return;
  const next = Math.min(Math.max(current() + step, 0), hits.length - 1);
  hits[next].tabIndex = -1;
  hits[next].focus();
  hits[next].scrollIntoView({ block: "nearest" });
}

function within(selector, act) {
  const hit = hits[current()];
  const found = hit && hit.querySelector(selector);
  if (found) act(found);
  return Boolean(found);
}

function focusField() {
  const field = document.querySelector("main input[type=search]");
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

const click = (element) => element.click();
const actions = {
  "/": focusField,
  "?": () => { toggleHelp(); return true; },
  j: () => { go(1); return hits.length > 0; },
  k: () => { go(-1); return hits.length > 0; },
  x: () => within("input[name=items]", click),
  c: () => within("button.copy", click),
  h: () => within('a[href$="/history"]', click),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  const typing = target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (event.key === "Escape" && typing) { typing.blur(); return; }
  if (typing || (!singleKeys.checked && event.key !== "?")) return;
  if (help.open && event.key !== "?") return;
  if (prefix === "g" && /^[1-9]$/.test(event.key)) {
    const tab = document.querySelectorAll("header nav a")[Number(event.key) - 1];
    if (tab) tab.click();
  }
  prefix = event.key === "g" ? "g" : "";
  if (event.key === "Enter" && hits.includes(target)) {
    within("h2 a, h3 a, a", click);
    return;
  }
  const act = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
  if (act && act()) event.preventDefault();
});
