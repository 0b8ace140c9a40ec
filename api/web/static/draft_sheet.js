// The items on the page, one entry each. The store is the truth; an entry writes to it at every input.

import { FIELDS } from "./draft_store.js";

const grows = !CSS.supports("field-sizing", "content");

function fit(area) {
  if (!grows) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

export class Sheet {
  constructor(store) {
    this.store = store;
    this.list = document.getElementById("items");
    this.template = document.getElementById("item-template");
    this.carets = new Map(); // where the caret stood last in an item's content
    this.current = null;
  }

  render() {
    const { items } = this.store.draft;
    const old = new Map([...this.list.children].map((entry) => [entry.dataset.id, entry]));
    const wanted = items.map((item) => old.get(item.id) ?? this.made(item));
    const kept = new Set(wanted);
    for (const entry of [...this.list.children]) if (!kept.has(entry)) entry.remove();
    wanted.forEach((entry, place) => {
      if (this.list.children[place] !== entry) this.list.insertBefore(entry, this.list.children[place] ?? null);
      entry.querySelector(".ordinal").textContent = place + 1;
      entry.setAttribute("aria-label", `第 ${place + 1} 条`);
      this.fill(entry, items[place]);
    });
    for (const input of document.querySelectorAll("[data-whose]")) {
      const value = this.store.draft[input.dataset.whose];
      if (input.value !== value) input.value = value;
    }
  }

  made(item) {
    const entry = this.template.content.firstElementChild.cloneNode(true);
    entry.dataset.id = item.id;
    return entry;
  }

  fill(entry, item) {
    for (const input of entry.querySelectorAll("[data-field]")) {
      const value = item[input.dataset.field];
      if (input.value !== value) input.value = value;
      if (input.localName === "textarea") fit(input);
    }
    this.showTaken(entry, item);
  }

  entry(id) {
    return [...this.list.children].find((one) => one.dataset.id === id) ?? null;
  }

  input(id, field) {
    return this.entry(id)?.querySelector(`[data-field="${field}"]`) ?? null;
  }

  // The item that an element belongs to, else the one written in last.
  itemOf(element) {
    const entry = element?.closest?.(".entry");
    return this.store.item(entry?.dataset.id ?? this.current);
  }

  typed(input) {
    const item = this.itemOf(input);
    item[input.dataset.field] = input.value;
    if (input.localName === "textarea") fit(input);
    this.showTaken(input.closest(".entry"), item);
    const findings = input.closest(".entry").querySelector(".findings");
    if (!findings.hidden) findings.dataset.stale = "";
  }

  // Put text at the caret of a field, in place of what is selected there; typing's own undo can take it back.
  insert(item, field, words) {
    const input = this.input(item.id, field);
    const remembered = this.carets.get(`${item.id} ${field}`) ?? [input.value.length, input.value.length];
    // What was typed a moment ago is not told of yet.
    const [start, end] =
      document.activeElement === input ? [input.selectionStart, input.selectionEnd] : remembered;
    this.write(item, field, input.value.slice(0, start) + words + input.value.slice(end));
    const caret = start + words.length;
    this.carets.set(`${item.id} ${field}`, [caret, caret]);
    if (document.activeElement === input) input.setSelectionRange(caret, caret);
  }

  // Make a field say `words`; while it has the focus, in a way that Ctrl+Z undoes.
  write(item, field, words) {
    const input = this.input(item.id, field);
    if (input.value !== words) {
      const value = input.value;
      let head = 0;
      while (head < value.length && head < words.length && value[head] === words[head]) head++;
      let tail = 0;
      while (tail < Math.min(value.length, words.length) - head && value.at(-1 - tail) === words.at(-1 - tail)) tail++;
      const middle = words.slice(head, words.length - tail);
      let done = false;
      if (document.activeElement === input) {
        input.setSelectionRange(head, value.length - tail);
        done = middle ? document.execCommand("insertText", false, middle) : document.execCommand("delete");
      }
      if (!done || input.value !== words) input.value = words;
    }
    item[field] = input.value;
    if (input.localName === "textarea") fit(input);
    this.showTaken(input.closest(".entry"), item);
  }

  showTaken(entry, item) {
    const box = entry.querySelector(".taken");
    box.hidden = item.inserted.length === 0;
    if (box.hidden) return;
    box.querySelector("summary").textContent = `取自往年的内容（${item.inserted.length}）`;
    box.querySelector("ul").replaceChildren(...item.inserted.map((one, place) => this.takenLine(item, one, place)));
  }

  takenLine(item, one, place) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/documents/${Number(one.document_id)}#item-${Number(one.item_id)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = one.label || "出处";
    const words = document.createElement("q");
    words.textContent = one.text.length > 60 ? `${one.text.slice(0, 59)}…` : one.text;
    line.append(words, " ", link);
    if (!item[FIELDS.includes(one.into) ? one.into : "content"].includes(one.text.trim())) {
      const changed = document.createElement("small");
      changed.textContent = "（已改动，请核对）";
      line.append(" ", changed);
    }
    const forget = document.createElement("button");
    forget.type = "button";
    forget.dataset.do = "forget";
    forget.dataset.place = place;
    forget.textContent = "×";
    forget.setAttribute("aria-label", `不再记这处出处：${link.textContent}`);
    line.append(" ", forget);
    return line;
  }

  focus(item, field = "content") {
    const input = item && this.input(item.id, field);
    input?.focus();
    input?.scrollIntoView({ block: "nearest" });
  }

  // The table that is printed in the place of the fields.
  print() {
    const { unit, year, items } = this.store.draft;
    const title = document.createElement("h1");
    title.textContent = `${year ? `${year}年度` : ""}业务目标${unit ? `（${unit}）` : ""}`;
    const table = document.createElement("table");
    const names = ["类别", "序号", "目标名称", "目标内容", "标杆", "制定依据", "责任单位", "完成时限"];
    const head = table.createTHead().insertRow();
    for (const name of names) head.append(Object.assign(document.createElement("th"), { textContent: name }));
    const body = table.createTBody();
    items.forEach((item, place) => {
      const mark = [item.benchmark_city, item.benchmark_value].filter(Boolean).join("：");
      const cells = [item.category, String(place + 1), item.name, item.content, mark, item.basis_text, item.responsible, item.deadline];
      const row = body.insertRow();
      for (const words of cells) row.insertCell().textContent = words;
    });
    document.getElementById("printed").replaceChildren(title, table);
  }
}
