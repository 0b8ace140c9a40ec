"""Stand-ins for WPS and Word: scripts that run before the pane's own, small documents that record calls."""

from __future__ import annotations

WPS = r"""
(() => {
  const state = { text: "前面的话。\r全年公文按期办结率达到94%以上。\r", start: 6, end: 24, calls: [],
    bookmarks: [], tables: [], inTable: null, open: true, told: null };
  window.host = state;
  const range = (start, end) => ({
    get Start() { return start; },
    get End() { return end; },
    get Text() { return state.text.slice(start, end); },
    InsertAfter(text) {
      state.calls.push(["InsertAfter", text]);
      state.text = state.text.slice(0, end) + text + state.text.slice(end);
      end += text.length;
    },
    Select() { state.start = start; state.end = end; },
  });
  const table = (rows) => ({
    rows,
    Borders: { Enable: false },
    get Columns() { return { Count: rows[0].length }; },
    Rows: {
      get Count() { return rows.length; },
      Item: (row) => ({ row }),
      Add: (before) => rows.splice(before ? before.row - 1 : rows.length, 0, rows[0].map(() => "")),
    },
    Cell: (row, column) => {
      if (state.merged) throw new Error("merged");
      return { Range: { get Text() { return rows[row - 1][column - 1] + "\r\u0007"; },
        set Text(text) { rows[row - 1][column - 1] = text; } } };
    },
  });
  state.openTable = (rows, at) => { state.inTable = { table: table(rows), at }; };
  const paragraph = () => {
    const begin = state.text.lastIndexOf("\r", state.start - 1) + 1;
    const stop = state.text.indexOf("\r", state.start);
    return range(begin, stop < 0 ? state.text.length : stop + 1);
  };
  const document = {
    Range: range,
    get Content() { return range(0, state.text.length); },
    Bookmarks: {
      get Count() { return state.bookmarks.length; },
      Item: (position) => ({ Name: state.bookmarks[position - 1].name }),
      Exists: (name) => state.bookmarks.some((one) => one.name === name),
      Add: (name, at) => state.bookmarks.push({ name, words: at.Text }),
    },
    Tables: { Add: (at, rows, columns) => {
      const made = table(Array.from({ length: rows }, () => Array(columns).fill("")));
      state.calls.push(["Tables.Add", at.Start, at.End]);
      state.tables.push(made);
      return made;
    } },
  };
  window.Application = {
    get ActiveDocument() { return state.open ? document : null; },
    Selection: {
      get Start() { return state.start; },
      get End() { return state.end; },
      get Text() { return state.text.slice(state.start, state.end) || state.text[state.start]; },
      get Range() { return range(state.start, state.end); },
      Paragraphs: { Item: () => ({ get Range() { return paragraph(); } }) },
      Information: (kind) => kind === 12 && Boolean(state.inTable),
      Tables: { Item: () => state.inTable.table },
      Cells: { Item: () => ({ RowIndex: state.inTable.at }) },
    },
    ApiEvent: { AddApiEventListener: (name, told) => {
      state.calls.push(["event", name]);
      state.told = told;
    } },
  };
})();
"""

WORD = r"""
(() => {
  const state = { selected: "全年公文按期办结率达到94%以上。", paragraph: "光标所在的一段。", body: "正文。",
    calls: [], controls: [], table: null, told: null, broken: false };
  window.host = state;
  const later = (value) => new Promise((done) => setTimeout(() => done(value), 5));
  const control = () => {
    const select = (where) => () => state.calls.push(["after", where]);
    const made = { tag: "", title: "", getRange: (where) => ({ select: select(where) }) };
    state.controls.push(made);
    return made;
  };
  const selection = {
    paragraphs: { getFirst: () => ({ load() {}, text: state.paragraph }) },
    insertText(text, where) {
      state.calls.push(["insertText", text, where]);
      state.body += text;
      return { select: (at) => state.calls.push(["select", at]), insertContentControl: control };
    },
    insertTable: (...told) => state.calls.push(["insertTable", ...told]),
    get parentTableOrNullObject() {
      return { load() {}, isNullObject: !state.table, values: state.table };
    },
    get parentTableCellOrNullObject() {
      return { load() {}, isNullObject: !state.table, rowIndex: 1,
        insertRows: (...told) => state.calls.push(["insertRows", ...told]) };
    },
  };
  const context = {
    sync: () => later(),
    document: {
      getSelection: () => selection,
      contentControls: { load() {}, get items() { return state.controls; } },
      body: { load() {}, get text() { return state.body; } },
    },
  };
  window.Word = { run: async (batch) => {
    await later();
    if (state.broken) throw new Error("GeneralException");
    return batch(context);
  } };
  window.Office = {
    onReady: () => later({ host: "Word", platform: "PC" }),
    context: { document: {
      getSelectedDataAsync: (kind, done) => {
        state.calls.push(["getSelectedDataAsync", kind]);
        setTimeout(() => done({ status: "succeeded", value: state.selected }), 5);
      },
      setSelectedDataAsync: (text, how, done) => {
        state.calls.push(["setSelectedDataAsync", text, how.coercionType]);
        setTimeout(() => done({ status: "succeeded" }), 5);
      },
      addHandlerAsync: (name, told) => { state.calls.push(["event", name]); state.told = told; },
    } },
  };
})();
"""
