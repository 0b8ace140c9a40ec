// What is asked about the draft as a whole, or about one item: files in and out, reviews, proposals.

import { Failed, ask, fragment, save } from "./draft_requests.js";
import { newItem } from "./draft_store.js";

const MANY = 3;

export class Whole {
  // `desk` can say, keep (before a big step), changed (after it).
  constructor(store, sheet, desk) {
    this.store = store;
    this.sheet = sheet;
    this.desk = desk;
    this.about = document.getElementById("whole");
    this.proposal = document.getElementById("proposal");
  }

  async busy(button, words, work) {
    if (button?.disabled) return;
    if (button) button.disabled = true;
    this.desk.say(words);
    try {
      await work();
    } catch (error) {
      const isForeseen = error instanceof Failed;
      this.desk.say(isForeseen ? error.message : "出错了；写好的内容没有丢，请再试一次。", true);
      if (!isForeseen) console.error(error);
    } finally {
      if (button) button.disabled = false;
    }
  }

  export(kind, button) {
    return this.busy(button, "正在生成文件…", async () => {
      const response = await ask(`/v1/draft/export?format=${kind}`, this.store.sent());
      await save(response, `业务目标.${kind}`);
      this.desk.say("文件已生成，在浏览器的下载里。");
    });
  }

  async import(input) {
    const [file] = input.files;
    if (!file) return;
    const body = new FormData();
    body.append("file", file);
    await this.busy(null, `正在读取“${file.name}”…`, async () => {
      const { draft, notes } = await (await ask("/v1/draft/parse", body)).json();
      const words = `已从“${file.name}”读入 ${draft.items.length} 条。`;
      this.desk.keep(words);
      const mine = this.store.draft;
      mine.items = mine.items.filter((one) => one.name || one.content);
      mine.items.push(...draft.items.map((one) => newItem(one)));
      for (const field of ["unit", "year", "city"]) mine[field] ||= String(draft[field] ?? "");
      this.desk.changed();
      this.desk.say([words, ...notes].join(""));
    });
    input.value = "";
  }

  forgetFindings() {
    for (const box of [this.about, ...this.sheet.list.querySelectorAll(".findings")]) {
      box.hidden = true;
      box.replaceChildren();
    }
  }

  check(button) {
    return this.busy(button, "正在对照目标库检查全稿…", async () => {
      const sent = this.store.draft.items.filter((one) => one.name.trim() || one.content.trim());
      const content = await fragment("/draft/review", this.store.sent());
      this.forgetFindings();
      for (const one of content.querySelectorAll("[data-item]")) {
        const item = sent[Number(one.dataset.item) - 1];
        const box = item ? this.sheet.entry(item.id)?.querySelector(".findings") : this.about;
        if (!box) continue;
        box.append(one);
        box.hidden = false;
        delete box.dataset.stale;
      }
      this.fold();
      this.desk.say(content.querySelector("[data-summary]").dataset.summary);
    });
  }

  // Many findings about the draft as a whole would push the items out of sight.
  fold() {
    const findings = [...this.about.querySelectorAll(".finding")];
    if (!findings.length) return;
    const box = document.createElement("details");
    box.open = findings.length <= MANY;
    const summary = document.createElement("summary");
    summary.textContent = `关于全稿的 ${findings.length} 条`;
    const listed = document.createElement("div");
    listed.className = "listed";
    listed.append(...findings);
    box.append(summary, listed);
    this.about.append(box);
  }

  propose(item, topic, button) {
    const { unit, year, city } = this.store.sent();
    const missing = !unit ? "unit" : !year ? "year" : null;
    if (missing) {
      this.desk.say(`生成建议稿前，请先在上方填写${missing === "unit" ? "单位" : "年份（四位数字）"}。`, true);
      document.querySelector(`[data-whose=${missing}]`).focus();
      return undefined;
    }
    return this.busy(button, `正在为“${topic.slice(0, 20)}”生成建议稿…`, async () => {
      const content = await fragment("/draft/propose", { topics: [topic], unit, year, city });
      this.sheet.current = item.id;
      const isFound = content.querySelector(".proposal") !== null;
      document.getElementById("proposal-body").replaceChildren(content);
      this.proposal.hidden = false;
      this.proposal.closest("aside").scrollTop = 0;
      this.desk.say(isFound
        ? "建议稿在往年内容的上方：可以整份采用，也可以只挑写法、标杆或依据。"
        : "没有查到可以参照的往年目标，原因见往年内容的上方。");
    });
  }

  proposeFor(item, button) {
    const topic = (item.name.trim() || item.content.trim().split(/[。；\n]/)[0]).slice(0, 200);
    if (topic) return this.propose(item, topic, button);
    this.desk.say("请先写下这一条的名称，再生成建议稿。", true);
    this.sheet.focus(item, "name");
    return undefined;
  }
}
