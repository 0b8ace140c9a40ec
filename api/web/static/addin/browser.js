// No editor: text comes in by pasting, results go out by the clipboard.
export class Browser {
  constructor(box) {
    this.name = "browser";
    this.inserts = false;
    this.box = box;
  }

  async selection() {
    return this.box.value.trim();
  }

  watch() {}

  async headers() {
    return [];
  }

  async insertText(text) {
    await copy(text);
  }

  async insertRow(headers, cells) {
    await copy(cells.map((cell) => cell.replace(/\s+/g, " ")).join("\t"));
  }

  async insertCitation(citation) {
    await copy(citation.plain_sentence);
  }

  async marks() {
    return { marks: [], text: this.box.value };
  }
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch (error) {
      // Not allowed here: the old way may be.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden";
  area.setAttribute("aria-hidden", "true");
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (before) before.focus();
  if (!copied) throw new Error("浏览器不允许复制；请用鼠标选中文字，按 Ctrl+C 复制。");
}
