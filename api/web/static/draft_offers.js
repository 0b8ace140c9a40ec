// Taking an offer: words of the catalog go into an item, and where they come from is kept with it.

import { FIELDS, newItem } from "./draft_store.js";

const MANY = 200;

function remember(item, step, source) {
  if (!source || !step.text.trim()) return;
  const taken = {
    text: step.text.trim(), into: step.into, document_id: source.document_id, item_id: source.item_id,
    field: source.field, start: source.start, end: source.end, label: source.label,
  };
  const same = (one) => one.text === taken.text && one.into === taken.into && one.item_id === taken.item_id;
  if (!item.inserted.some(same)) item.inserted.push(taken);
  if (item.inserted.length > MANY) item.inserted.shift();
}

function joined(field, before, words) {
  if (!before.trim() || field !== "basis_text") return before + words;
  if (before.includes(words)) return before;
  return `${before.trimEnd().replace(/[。；;]$/, "")}；${words}`;
}

// Where the words that a step replaces stand now; null where the drafter has changed them since.
function placeOf(value, step) {
  if (value.slice(step.start, step.end) === step.quote) return step.start;
  const first = value.indexOf(step.quote);
  return first >= 0 && value.indexOf(step.quote, first + 1) < 0 ? first : null;
}

function replaced(value, step) {
  const start = placeOf(value, step);
  return start === null ? null : value.slice(0, start) + step.text + value.slice(start + step.quote.length);
}

// Whether what the steps replace still stands in the item.
export function fits(item, offer) {
  return offer.steps.every((step) => step.how !== "replace" || placeOf(item[step.into], step) !== null);
}

// Take steps that fit on an item.
export function take(sheet, item, offer) {
  const changed = { ...item };
  offer.steps.forEach((step, place) => {
    if (!FIELDS.includes(step.into)) return;
    if (step.how === "insert") {
      sheet.insert(item, step.into, step.text);
      changed[step.into] = item[step.into];
    } else {
      const before = changed[step.into];
      if (step.how === "set") changed[step.into] = step.text;
      else if (step.how === "fill") changed[step.into] = before.trim() ? before : step.text;
      else if (step.how === "append") changed[step.into] = joined(step.into, before, step.text);
      else if (step.how === "replace") changed[step.into] = replaced(before, step);
      if (step.how === "set" && step.text === "") item.inserted = item.inserted.filter((one) => one.into !== step.into);
    }
    if (step.how !== "fill" || changed[step.into] === step.text) remember(item, step, offer.sources[place]);
  });
  for (const field of FIELDS) if (changed[field] !== item[field]) sheet.write(item, field, changed[field]);
  sheet.showTaken(sheet.entry(item.id), item);
}

// A step that throws away what stood there is worth an undo of its own; an insertion is not.
export function isBig(item, offer) {
  return offer.steps.some((step) => step.how === "set" && item[step.into].trim() && item[step.into] !== step.text);
}

export function addedItem(edit) {
  const item = newItem(edit.added);
  if (edit.source && item.content) {
    item.inserted = [{ ...edit.source, text: item.content, into: "content", start: null, end: null }];
  }
  return item;
}
