// Word: Office.js, from the address that the administrator set. Without it the pane goes on as in a browser.
import { cleaned, isMark } from "./marks.js";

const PATIENCE = 8000;

function loaded(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error("unreachable"));
    document.head.append(script);
  });
}

function inTime(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
  return Promise.race([promise, late]);
}

// Return "" once Word can be written to, else why not.
export async function wordIsReady(address) {
  const instead = "现在只能复制粘贴：把文字粘贴到上面的框里查找，再把结果复制回文档。";
  if (!window.Office && !address) return `管理员没有设置 Office.js 的地址，窗格不能直接读写 Word 文档。${instead}`;
  try {
    if (!window.Office) await inTime(loaded(address));
    const about = await inTime(window.Office.onReady());
    if (about && about.host === "Word") return "";
  } catch (error) {
    return `没有连上 Office.js（${address}），可能是内网不能访问这个地址。${instead}`;
  }
  return `这个页面不是在 Word 里打开的。${instead}`;
}

function asked(call) {
  return new Promise((resolve, reject) => {
    call((answer) => {
      if (answer.status === "succeeded") resolve(answer.value);
      else reject(new Error(`Word 没有完成这一步：${answer.error ? answer.error.message : "原因不明"}。`));
    });
  });
}

async function run(batch) {
  try {
    return await window.Word.run(batch);
  } catch (error) {
    throw new Error(`Word 没有完成这一步：${error.message}；请把光标放到正文里再试。`);
  }
}

export class Word {
  constructor() {
    this.name = "word";
    this.inserts = true;
  }

  async selection() {
    const text = cleaned(
      await asked((done) => window.Office.context.document.getSelectedDataAsync("text", done)),
    );
    if (text || !window.Word) return text;
    return run(async (context) => {
      const paragraph = context.document.getSelection().paragraphs.getFirst();
      paragraph.load("text");
      await context.sync();
      return cleaned(paragraph.text);
    });
  }

  watch(told) {
    window.Office.context.document.addHandlerAsync("documentSelectionChanged", told);
  }

  async headers() {
    if (!window.Word) return [];
    return run(async (context) => {
      const table = context.document.getSelection().parentTableOrNullObject;
      table.load("values");
      await context.sync();
      return table.isNullObject ? [] : table.values[0].map(cleaned);
    });
  }

  async insertText(text) {
    if (!window.Word) {
      const document = window.Office.context.document;
      const before = await asked((done) => document.getSelectedDataAsync("text", done));
      await asked((done) => document.setSelectedDataAsync(before + text, { coercionType: "text" }, done));
      return;
    }
    await run(async (context) => {
      context.document.getSelection().insertText(text, "End").select("End");
      await context.sync();
    });
  }

  async insertCitation(citation) {
    if (!window.Word) {
      await this.insertText(citation.plain_sentence);
      return;
    }
    await run(async (context) => {
      const inserted = context.document.getSelection().insertText(citation.sentence, "End");
      const control = inserted.insertContentControl();
      control.tag = citation.mark;
      control.title = "对标引文";
      control.getRange("After").select();
      await context.sync();
    });
  }

  async insertRow(headers, cells) {
    if (!window.Word) {
      await this.insertText(`${cells.join("\t")}\n`);
      return;
    }
    await run(async (context) => {
      const selected = context.document.getSelection();
      const cell = selected.parentTableCellOrNullObject;
      cell.load("rowIndex");
      await context.sync();
      if (cell.isNullObject) selected.insertTable(2, headers.length, "After", [headers, cells]);
      else cell.insertRows("After", 1, [cells]);
      await context.sync();
    });
  }

  async marks() {
    if (!window.Word) return { marks: [], text: await this.selection() };
    return run(async (context) => {
      const controls = context.document.contentControls;
      controls.load("items/tag");
      const body = context.document.body;
      body.load("text");
      await context.sync();
      const marks = controls.items.map((one) => one.tag || "").filter(isMark).map((tag) => tag.slice(0, 35));
      return { marks, text: body.text };
    });
  }
}
