// WPS Writer: its JS API is synchronous and follows the object model of Word.
import { cleaned, distinctName, isMark } from "./marks.js";

const IN_TABLE = 12; // wdWithInTable
const LOOK_AGAIN = 1000;

export function wpsApplication() {
  if (window.Application) return window.Application;
  if (window.wps && typeof window.wps.WpsApplication === "function") return window.wps.WpsApplication();
  return null;
}

export class Wps {
  constructor() {
    this.name = "wps";
    this.inserts = true;
  }

  get document() {
    const found = wpsApplication().ActiveDocument;
    if (!found) throw new Error("没有打开的文档；请先在 WPS 里打开或新建一份文档。");
    return found;
  }

  get selected() {
    return this.document && wpsApplication().Selection;
  }

  async selection() {
    const selected = this.selected;
    if (selected.Start !== selected.End) return cleaned(selected.Text);
    return cleaned(selected.Paragraphs.Item(1).Range.Text);
  }

  watch(told) {
    const application = wpsApplication();
    const events = application.ApiEvent || (window.wps && window.wps.ApiEvent);
    if (events) events.AddApiEventListener("WindowSelectionChange", told);
    // Typing moves no selection event in some versions: look from time to time as well.
    setInterval(told, LOOK_AGAIN);
  }

  async headers() {
    const table = this.table();
    return table ? this.cellsOf(table, 1) : [];
  }

  table() {
    return this.selected.Information(IN_TABLE) ? this.selected.Tables.Item(1) : null;
  }

  cellsOf(table, row) {
    try {
      const cells = [];
      for (let column = 1; column <= table.Columns.Count; column++) {
        cells.push(cleaned(table.Cell(row, column).Range.Text));
      }
      return cells;
    } catch (error) {
      throw new Error("光标所在的表格有合并的单元格，不能整行插入；请把光标移到表格外面，或改用“插入文字”。");
    }
  }

  // The end of the selection: of a paragraph that is selected as a whole, the place before its mark.
  place() {
    const range = this.selected.Range;
    const end = range.End > range.Start && /[\r\u0007]$/.test(range.Text) ? range.End - 1 : range.End;
    return this.document.Range(end, end);
  }

  // Write behind the selection, never over it; return where the words stand.
  append(text) {
    const range = this.place();
    const start = range.End;
    range.InsertAfter(text.replace(/\r?\n/g, "\r"));
    const end = range.End;
    this.document.Range(end, end).Select();
    return { start, end };
  }

  async insertText(text) {
    this.append(text);
  }

  async insertCitation(citation) {
    const { start, end } = this.append(citation.sentence);
    const bookmarks = this.document.Bookmarks;
    const name = distinctName(citation.mark, (one) => bookmarks.Exists(one));
    bookmarks.Add(name, this.document.Range(start, end));
  }

  async insertRow(headers, cells) {
    const table = this.table();
    if (table) {
      this.fill(table, this.rowBelow(table), cells);
      return;
    }
    const made = this.document.Tables.Add(this.place(), 2, headers.length);
    made.Borders.Enable = true;
    this.fill(made, 1, headers);
    this.fill(made, 2, cells);
  }

  rowBelow(table) {
    const row = this.selected.Cells.Item(1).RowIndex;
    if (row < table.Rows.Count) table.Rows.Add(table.Rows.Item(row + 1));
    else table.Rows.Add();
    return row + 1;
  }

  fill(table, row, cells) {
    cells.forEach((cell, position) => {
      table.Cell(row, position + 1).Range.Text = cell.replace(/\r?\n/g, "\r");
    });
  }

  async marks() {
    const bookmarks = this.document.Bookmarks;
    const marks = [];
    for (let position = 1; position <= bookmarks.Count; position++) {
      const name = bookmarks.Item(position).Name;
      if (isMark(name)) marks.push(name.slice(0, 35));
    }
    return { marks, text: this.document.Content.Text };
  }
}
