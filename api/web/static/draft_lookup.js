// Looking up what stands around the caret while somebody writes. The answer never moves the focus: if the
// reader is in the panel when it comes, it waits until they have left.

import { Failed, fragment, notice } from "./draft_requests.js";

const PAUSE = 110; // after the last key, ms; the answer itself takes 30 to 80
const SLOW = 500;
const LONGEST = 1000;
const SHORT = 12;
const ENDS = /[。！？!?；;\n]/;

// The sentence around a place of a text.
export function sentenceAt(text, place) {
  let start = place;
  if (start > 0 && ENDS.test(text[start - 1]) && !text.slice(start).trimStart()) start--;
  while (start > 0 && !ENDS.test(text[start - 1])) start--;
  let end = Math.max(place, start);
  while (end < text.length && !ENDS.test(text[end])) end++;
  return text.slice(start, end).trim();
}

export function passageOf(item, input) {
  const field = input?.dataset.field;
  if (field === "name" || !input) return (item.name.trim() || item.content.trim()).slice(0, LONGEST);
  if (field !== "content") return (item.content.trim() || item.name.trim()).slice(0, LONGEST);
  const selected = input.value.slice(input.selectionStart, input.selectionEnd).trim();
  if (selected.length > 1) return selected.slice(0, LONGEST);
  const sentence = sentenceAt(input.value, input.selectionStart);
  const name = item.name.trim();
  const passage = sentence.length < SHORT && name && !sentence.includes(name) ? `${name} ${sentence}` : sentence;
  return (passage.trim() || name).slice(0, LONGEST);
}

export class Lookup {
  constructor(store) {
    this.store = store;
    this.panel = document.getElementById("found");
    this.said = document.getElementById("looked");
    this.shown = null; // what the panel answers
    this.waiting = null; // what has been asked for
    this.held = null;
    this.panel.addEventListener("focusout", () => setTimeout(() => this.release()));
  }

  schedule(item, input) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(item, input), PAUSE);
  }

  async look(item, input, again = false) {
    clearTimeout(this.timer);
    if (!item) return;
    const passage = passageOf(item, input);
    const { unit, year, city } = this.store.sent();
    const asked = JSON.stringify([passage, unit, year, city]);
    if (!again && (asked === this.waiting || (asked === this.shown && !this.waiting))) return;
    this.abort?.abort();
    this.held = null;
    if (passage.length < 2) {
      this.waiting = null;
      return;
    }
    this.waiting = asked;
    const abort = (this.abort = new AbortController());
    const slow = setTimeout(() => this.say("正在查…"), SLOW);
    this.panel.setAttribute("aria-busy", "true");
    try {
      const content = await fragment("/draft/lookup", { text: passage, unit, year, city }, abort.signal);
      if (abort.signal.aborted) return;
      this.waiting = null;
      this.put(asked, content);
    } catch (error) {
      if (error.name === "AbortError" || abort.signal.aborted) return;
      this.waiting = this.shown = null;
      const words = error instanceof Failed ? error.message : "查询时出错；写好的内容没有丢，请再试。";
      this.panel.replaceChildren(notice(words, () => {
        input?.focus(); // with the focus in the panel the answer would wait
        this.look(item, input, true);
      }));
      this.say("");
    } finally {
      clearTimeout(slow);
      if (this.abort === abort) this.panel.removeAttribute("aria-busy");
    }
  }

  put(asked, content) {
    if (this.panel.contains(document.activeElement)) {
      this.held = [asked, content];
      return;
    }
    this.shown = asked;
    const summary = content.querySelector("[data-summary]")?.dataset.summary ?? "";
    this.panel.replaceChildren(content);
    this.panel.closest("aside").scrollTop = 0;
    this.say(summary);
  }

  release() {
    if (!this.held || this.panel.contains(document.activeElement)) return;
    const [asked, content] = this.held;
    this.held = null;
    this.put(asked, content);
  }

  say(words) {
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  clear() {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.shown = this.waiting = this.held = null;
  }
}
