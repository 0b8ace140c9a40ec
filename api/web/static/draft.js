// The workspace. Without this file /draft is a plain form that looks one text up.

import { addedItem, fits, isBig, take } from "./draft_offers.js";
import { Lookup } from "./draft_lookup.js";
import { Sheet } from "./draft_sheet.js";
import { Store, newItem } from "./draft_store.js";
import { Whole } from "./draft_whole.js";

const byId = (id) => document.getElementById(id);
const workspace = byId("workspace");
const said = byId("said");
const store = new Store((words) => say(words, true));
const sheet = new Sheet(store);
const lookup = new Lookup(store);
const whole = new Whole(store, sheet, { say, keep: big, changed });

function say(words, isFault = false) {
  said.classList.toggle("fault", isFault);
  said.textContent = words;
}

function showUndo() {
  const kept = store.kept();
  byId("undo").hidden = !kept;
  byId("undo-said").textContent = kept ? kept.said : "";
}

function changed() {
  store.save();
  sheet.render();
  showUndo();
}

function big(words) {
  store.keep(words);
  showUndo();
}

// ---- items

function add(given = {}, focus = "name") {
  const item = newItem(given);
  store.draft.items.push(item);
  changed();
  sheet.current = item.id;
  if (focus) sheet.focus(item, focus);
  return item;
}

function place(item) {
  return store.draft.items.indexOf(item);
}

function move(item, by) {
  const from = place(item);
  const to = from + by;
  if (to < 0 || to >= store.draft.items.length) return;
  store.draft.items.splice(from, 1);
  store.draft.items.splice(to, 0, item);
  changed();
  say(`已移到第 ${to + 1} 条。`);
}

function remove(item) {
  const at = place(item);
  big(`已删除第 ${at + 1} 条“${(item.name || item.content || "空白条目").slice(0, 20)}”。`);
  store.draft.items.splice(at, 1);
  if (!store.draft.items.length) store.draft.items.push(newItem());
  changed();
  sheet.focus(store.draft.items[Math.min(at, store.draft.items.length - 1)], "name");
  say(store.kept()?.said ?? "");
}

function clear() {
  const count = store.draft.items.filter((one) => one.name || one.content).length;
  if (!count) {
    say("草稿本来就是空的。");
    return;
  }
  big(`已清空 ${count} 条。`);
  const { unit, year, city } = store.draft;
  store.draft = { unit, year, city, items: [newItem()] };
  lookup.clear();
  whole.forgetFindings();
  changed();
  say(`已清空 ${count} 条；按“撤销”可以找回。`);
}

function undo() {
  const what = store.undo();
  if (!what) {
    say("没有可以撤销的操作。");
    return;
  }
  whole.forgetFindings();
  changed();
  say(`已撤销：${what}`);
}

// ---- offers and edits

function takeOffer(button) {
  const item = sheet.itemOf(document.activeElement) ?? store.draft.items.at(-1);
  if (!item) return;
  const offer = JSON.parse(button.dataset.offer);
  if (isBig(item, offer)) big(`第 ${place(item) + 1} 条原来的文字被替换了。`);
  take(sheet, item, offer);
  store.save();
  showUndo();
  lookup.schedule(item, sheet.input(item.id, "content"));
  say(`第 ${place(item) + 1} 条：已${label(button).replace(/[。；]+$/, "")}。`);
}

function label(button) {
  return button.title || button.textContent.trim();
}

function takeEdit(button) {
  const edit = JSON.parse(button.dataset.edit);
  if (edit.added) {
    big(`补上了一条“${(edit.added.name || edit.added.content).slice(0, 20)}”。`);
    store.draft.items.push(addedItem(edit));
    changed();
    done(button, `已补在第 ${store.draft.items.length} 条`);
    return;
  }
  const item = sheet.itemOf(button);
  if (!fits(item, edit)) {
    say(`第 ${place(item) + 1} 条的这一处检查之后改过了，没有替换；请对照建议手工修改。`, true);
    return;
  }
  big(`第 ${place(item) + 1} 条采用了建议的写法。`);
  take(sheet, item, edit);
  store.save();
  done(button, "已采用");
}

function done(button, words) {
  button.disabled = true;
  button.textContent = words;
  button.closest(".finding").classList.add("done");
  say(`${words}。`);
}

// ---- proposals

function proposeTopic(button) {
  const topic = byId("topic").value.trim();
  if (!topic) {
    byId("topic").focus();
    say("请先写出新一条的主题。", true);
    return;
  }
  const last = store.draft.items.at(-1);
  const item = last && !last.name && !last.content ? last : add({}, null);
  sheet.current = item.id;
  whole.propose(item, topic, button);
}

// ---- events

const actions = {
  check: (button) => whole.check(button),
  docx: (button) => whole.export("docx", button),
  xlsx: (button) => whole.export("xlsx", button),
  txt: (button) => whole.export("txt", button),
  print: () => window.print(),
  clear,
  undo,
  add: () => add(),
  "close-proposal": () => {
    byId("proposal").hidden = true;
    sheet.focus(store.item(sheet.current));
  },
  propose: (button) => whole.proposeFor(sheet.itemOf(button), button),
  up: (button) => move(sheet.itemOf(button), -1),
  down: (button) => move(sheet.itemOf(button), 1),
  remove: (button) => remove(sheet.itemOf(button)),
  forget: (button) => {
    sheet.itemOf(button).inserted.splice(Number(button.dataset.place), 1);
    changed();
  },
};

workspace.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.offer) takeOffer(button);
  else if (button.dataset.edit) takeEdit(button);
  else if (button.type === "button") actions[button.dataset.do]?.(button);
});

// A click on an offer leaves the caret where it is.
workspace.addEventListener("mousedown", (event) => {
  if (event.target.closest("button.act[data-offer]")) event.preventDefault();
});

byId("adding").addEventListener("submit", (event) => {
  event.preventDefault();
  proposeTopic(event.submitter);
});

workspace.addEventListener("change", (event) => {
  if (event.target.dataset.do === "import") whole.import(event.target);
});

workspace.addEventListener("input", (event) => {
  const input = event.target;
  if (input.dataset.whose) store.draft[input.dataset.whose] = input.value;
  if (input.dataset.field) sheet.typed(input);
  if (input.dataset.whose || input.dataset.field) store.save();
  if (input.dataset.field && !event.isComposing) lookUp(input);
});
workspace.addEventListener("compositionend", (event) => lookUp(event.target));

function lookUp(input) {
  if (!input.dataset?.field) return;
  const item = sheet.itemOf(input);
  sheet.current = item.id;
  lookup.schedule(item, input);
}

document.addEventListener("selectionchange", () => remember(document.activeElement));
workspace.addEventListener("select", (event) => remember(event.target));
workspace.addEventListener("focusin", (event) => remember(event.target));

function remember(input) {
  if (!input?.dataset?.field || !input.closest(".entry")) return;
  const item = sheet.itemOf(input);
  sheet.current = item.id;
  sheet.carets.set(`${item.id} ${input.dataset.field}`, [input.selectionStart, input.selectionEnd]);
  lookup.schedule(item, input);
}

function step(by) {
  const at = place(store.item(sheet.current)) + by;
  if (store.draft.items[at]) sheet.focus(store.draft.items[at]);
}

const shortcuts = {
  KeyN: () => add(),
  KeyG: () => whole.proposeFor(store.item(sheet.current) ?? store.draft.items[0]),
  KeyC: () => whole.check(document.querySelector("[data-do=check]")),
  KeyZ: undo,
  ArrowUp: () => step(-1),
  ArrowDown: () => step(1),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.ctrlKey && !event.altKey && event.key === "Enter") {
    const input = document.activeElement?.dataset.field ? document.activeElement : null;
    event.preventDefault();
    lookup.look(sheet.itemOf(input) ?? store.draft.items[0], input, true);
    return;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit) {
    const button = byId("found").querySelector(`[data-key="${digit}"]`);
    event.preventDefault();
    if (button) takeOffer(button);
    else say(`右边没有标着 ${digit} 的内容。`);
  } else if (shortcuts[event.code]) {
    event.preventDefault();
    shortcuts[event.code]();
  }
});

// Two tabs write the same draft: the one that is not in use follows the other.
window.addEventListener("storage", (event) => {
  if (!store.isOurs(event) || document.hasFocus()) return;
  store.reload();
  changed();
});
window.addEventListener("beforeprint", () => sheet.print());

if (!store.draft.items.length) store.draft.items.push(newItem());
byId("plain").hidden = true;
workspace.hidden = false;
sheet.render();
showUndo();
