// The draft, kept in this browser; every change is written at once. What the last big step replaced is kept
// beside it, so that it can be undone, even after the page was closed.

const KEY = "duibiao.draft";
const KEPT = "duibiao.draft.before";
const WHOSE = ["unit", "year", "city"];
export const FIELDS = [
  "name", "content", "category", "benchmark_city", "benchmark_value", "basis_text", "responsible", "deadline",
];

const text = (value) => (typeof value === "string" ? value : "");

export function newItem(given = {}) {
  const item = { id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), inserted: [] };
  for (const field of FIELDS) item[field] = text(given[field]);
  if (Array.isArray(given.inserted)) {
    item.inserted = given.inserted.filter((one) => one && typeof one.text === "string" && one.item_id);
  }
  return item;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function sound(kept) {
  const draft = { unit: "", year: "", city: "", items: [] };
  for (const field of WHOSE) draft[field] = text(kept?.[field]);
  const items = Array.isArray(kept?.items) ? kept.items.filter((one) => one && typeof one === "object") : [];
  draft.items = items.map((one) => ({ ...newItem(one), ...(text(one.id) && { id: one.id }) }));
  return draft;
}

export class Store {
  constructor(failed) {
    this.failed = failed;
    this.draft = sound(read(KEY));
  }

  save() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.draft));
    } catch {
      this.failed("浏览器没能保存草稿（禁止了存储，或空间已满）；请先导出，再继续写。");
    }
  }

  reload() {
    this.draft = sound(read(KEY));
  }

  // Remember the draft as it is before a step that `said` names.
  keep(said) {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ said, draft: this.draft }));
    } catch {
      this.failed("浏览器没能保存改动之前的草稿；这一步不能撤销。");
    }
  }

  kept() {
    const kept = read(KEPT);
    return kept && typeof kept.said === "string" && kept.draft ? kept : null;
  }

  undo() {
    const kept = this.kept();
    if (!kept) return null;
    this.draft = sound(kept.draft);
    localStorage.removeItem(KEPT);
    this.save();
    return kept.said;
  }

  forget() {
    localStorage.removeItem(KEPT);
  }

  item(id) {
    return this.draft.items.find((one) => one.id === id);
  }

  isOurs(event) {
    return event.key === KEY;
  }

  // What the service is sent: numbers as numbers, nothing for what is empty.
  sent() {
    const { unit, year, city, items } = this.draft;
    return {
      unit: unit.trim() || null,
      city: city.trim() || null,
      year: /^\d{4}$/.test(year.trim()) ? Number(year) : null,
      items: items.map((item) => ({
        ...Object.fromEntries(FIELDS.map((field) => [field, field === "content" ? item[field] : item[field] || null])),
        inserted: item.inserted.map(({ text, into, document_id, item_id, field, start, end }) => (
          { text, into, document_id, item_id, field, start, end })),
      })),
    };
  }
}
