// The pane: what is selected or typed is looked up, and what was found goes into the document.
import { findHost } from "./host.js";
import { LONGEST, insertion, lookUp, verify } from "./service.js";
import { showFound, showVerified } from "./results.js";

const PAUSE = 250;
const SHORTEST = 2;
const KEPT = ["unit", "year"];

const pane = document.querySelector("#pane");
const box = pane.querySelector("#passage");
const follow = pane.querySelector("#follow");
const results = pane.querySelector("#results");
const status = pane.querySelector("#status");
const problem = pane.querySelector("#problem");

let host = null;
let timer = 0;
let pending = null;
let asked = "";
let written = null; // what is at the cursor after an insertion: our own words are not looked up

function say(sentence) {
  status.textContent = sentence;
}

function fail(error, again) {
  problem.hidden = false;
  problem.querySelector("p").textContent = error.message || String(error);
  const retry = problem.querySelector("button");
  retry.hidden = !again;
  retry.onclick = again || null;
  say("");
}

function settle() {
  problem.hidden = true;
}

function kept(name) {
  try {
    return window.localStorage.getItem(`duibiao.${name}`) || "";
  } catch (error) {
    return ""; // storage is switched off: the fields start empty
  }
}

function keep(name, value) {
  try {
    window.localStorage.setItem(`duibiao.${name}`, value);
  } catch (error) {
    // Storage is switched off: nothing is remembered.
  }
}

function draft() {
  const unit = pane.querySelector("#unit").value.trim();
  const year = pane.querySelector("#year").value.trim();
  const known = {};
  if (unit) known.unit = unit;
  if (/^\d{4}$/.test(year)) known.year = Number(year);
  return known;
}

async function look() {
  const text = box.value.trim();
  if (pending) pending.abort();
  const question = JSON.stringify([text, draft()]);
  if (text.length < SHORTEST) {
    asked = "";
    results.textContent = "";
    settle();
    say(host.inserts ? "在文档里选中一句话，或在上面输入几个字。" : "把文字粘贴到上面的框里，或输入几个字。");
    return;
  }
  asked = question;
  pending = new AbortController();
  const mine = pending;
  results.setAttribute("aria-busy", "true");
  say("正在查找…");
  try {
    const found = await lookUp(text, draft(), mine.signal);
    if (mine !== pending) return;
    settle();
    const parts = showFound(results, found, host.inserts ? "插入" : "复制", act);
    const cut = text.length > LONGEST ? `只按前 ${LONGEST} 个字查找。` : "";
    say(parts ? `找到 ${found.hits.length} 条相近的目标。${cut}` : `没有找到相近的目标；请换个说法，或多选几个字。${cut}`);
  } catch (error) {
    if (error.name === "AbortError" || mine !== pending) return;
    asked = "";
    results.textContent = "";
    fail(error, look);
  } finally {
    if (mine === pending) results.removeAttribute("aria-busy");
  }
}

function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (JSON.stringify([box.value.trim(), draft()]) !== asked) look();
  }, PAUSE);
}

// The words of the document come into the box, unless somebody is typing there.
async function followSelection() {
  if (!follow.checked || document.activeElement === box) return;
  let text;
  try {
    text = await host.selection();
  } catch (error) {
    return; // no document is open just now; the button tells why
  }
  if (!text || text === box.value || text === written) return;
  written = null;
  box.value = text;
  lookSoon();
}

async function take() {
  settle();
  try {
    const text = await host.selection();
    if (!text) throw new Error("没有选中文字；请先在文档里选中一句话，或把光标放到要查的那一段。");
    box.value = text;
    clearTimeout(timer);
    await look();
  } catch (error) {
    fail(error, null);
  }
}

async function act(what, place, name, pressed) {
  pressed.disabled = true;
  settle();
  const followed = follow.checked;
  follow.checked = false;
  const verb = host.inserts ? "已插入" : "已复制";
  try {
    if (what === "text") await host.insertText((await insertion(place, [])).text);
    else if (what === "row") {
      const made = await insertion(place, await host.headers());
      await host.insertRow(made.headers, made.cells);
    } else await host.insertCitation((await insertion(place, [])).citation);
    if (host.inserts) written = await host.selection();
    say(`${verb}“${name}”${{ text: "的文字", row: "的表格行", citation: "的引文" }[what]}。`);
  } catch (error) {
    fail(error, () => act(what, place, name, pressed));
  } finally {
    pressed.disabled = false;
    follow.checked = followed;
  }
}

async function check() {
  settle();
  say("正在核对引文…");
  try {
    const answer = await verify(await host.marks());
    const place = pane.querySelector("#verified");
    place.hidden = false;
    if (!answer.marks.length) {
      place.textContent = "";
      place.hidden = true;
      const where = host.inserts ? "文档里" : "上面的文字里";
      say(`${where}没有对标引文；用“${host.inserts ? "插入" : "复制"}引文”放进去的出处才能核对。`);
      return;
    }
    showVerified(place, answer);
    say(`核对了 ${answer.marks.length} 处引文。`);
    place.scrollIntoView({ block: "nearest" });
  } catch (error) {
    fail(error, check);
  }
}

async function begin() {
  const found = await findHost(pane, box);
  host = found.host;
  pane.dataset.found = host.name;
  const note = pane.querySelector("#host-note");
  note.textContent = found.note;
  note.hidden = !found.note;
  for (const element of pane.querySelectorAll("[data-only=editor]")) element.hidden = !host.inserts;
  for (const name of KEPT) {
    const field = pane.querySelector(`#${name}`);
    field.value = kept(name);
    field.addEventListener("input", () => {
      keep(name, field.value.trim());
      lookSoon();
    });
  }
  box.addEventListener("input", lookSoon);
  pane.querySelector("#take").addEventListener("click", take);
  pane.querySelector("#check").addEventListener("click", check);
  pane.querySelector("#look").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
  follow.addEventListener("change", followSelection);
  host.watch(followSelection);
  await followSelection();
  if (!box.value.trim()) await look();
  else lookSoon();
  if (new URLSearchParams(window.location.search).get("do") === "check") check();
}

begin();
