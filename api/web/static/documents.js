// Files are taken in one batch after the other; how far each is comes from the service while it works.
// Without this file the form sends the files and waits for the page that says what became of them.

const form = document.querySelector("form.taking");
const chooser = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const list = document.querySelector(".uploads");
const tally = document.querySelector(".tally");
const button = form.querySelector("button");
const limit = Number(form.dataset.limit);
const MOST = 50; // files a batch
const STEPS = [["reading", "读取"], ["extraction", "识别"], ["embedding", "向量"], ["stored", "入库"]];
const PLACE = { waiting: -1, reading: 0, extraction: 1, embedding: 2, stored: 3, unchanged: 3 };
const chosen = new Map(); // name → {file, row, ended}
let busy = false;

document.documentElement.classList.add("with-script");

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function rowOf(name) {
  const steps = element("div", { className: "steps", ariaHidden: "true" });
  for (const [, label] of STEPS) steps.append(element("span", { textContent: label }));
  return element("li", {}, element("span", { className: "name", textContent: name }), steps, element("p", { className: "said", textContent: "等待上传" }));
}

function showSteps(row, stage) {
  const spans = row.querySelectorAll(".steps span");
  if (stage === "failed") {
    const now = row.querySelector(".steps .now") ?? spans[0];
    now.className = "now";
    return;
  }
  const place = PLACE[stage];
  const through = stage === "stored" || stage === "unchanged";
  spans.forEach((span, at) => { span.className = at < place || (through && at === place) ? "done" : at === place ? "now" : ""; });
}

function show(one, stage, said, documents = []) {
  one.row.className = stage;
  showSteps(one.row, stage);
  const line = one.row.querySelector(".said");
  line.textContent = said;
  for (const found of documents) {
    const title = found.title ?? found.source;
    line.append(" ", element("a", { href: `/documents/${found.id}`, textContent: `查看读到的内容：${title}（${found.item_count} 条）` }));
  }
}

function told(value) {
  const one = chosen.get(value.source);
  if (!one) return;
  const { stage } = value;
  one.ended = ["stored", "unchanged", "failed"].includes(stage) ? stage : null;
  one.documents = value.documents;
  const said = {
    waiting: "排队中",
    reading: "正在读取文件",
    extraction: "正在识别条目、指标、标杆和依据",
    embedding: value.total ? `正在计算向量：${value.done}/${value.total} 段` : "正在计算向量",
    stored: value.outcome === "replaced" ? "已更新。" : "已导入。",
    unchanged: "目标库里已有这份文件，没有变化。",
    failed: value.reason,
  }[stage];
  show(one, stage, said, value.documents);
}

function fail(ones, reason) {
  for (const one of ones) {
    if (one.ended) continue;
    one.ended = "failed";
    show(one, "failed", reason);
  }
}

function choose(files) {
  for (const file of files) {
    const before = chosen.get(file.name);
    if (before && !before.ended) continue;
    before?.row.remove();
    const one = { file, row: rowOf(file.name), ended: null, documents: [] };
    chosen.set(file.name, one);
    list.append(one.row);
    if (file.size > limit) fail([one], `文件有 ${(file.size / 1048576).toFixed(1)} MB，超过 ${limit / 1048576} MB 的上限；请拆分或压缩后再传。`);
  }
  list.hidden = chosen.size === 0;
  say();
}

function say() {
  const all = [...chosen.values()];
  const waiting = all.filter((one) => !one.ended).length;
  const count = (stage) => all.filter((one) => one.ended === stage).length;
  if (waiting && !busy) tally.textContent = `已选择 ${waiting} 个文件，点击“上传并导入”开始。`;
  else if (waiting) tally.textContent = `正在导入，还有 ${waiting} 个文件。`;
  else if (all.length) {
    const parts = [[count("stored"), "个已导入"], [count("unchanged"), "个没有变化"], [count("failed"), "个没有导入"]];
    tally.textContent = `完成：${parts.filter(([n]) => n).map(([n, what]) => `${n} ${what}`).join("，")}。`;
  } else tally.textContent = "";
}

function batches(ones) {
  const made = [];
  let [batch, size] = [[], 0];
  for (const one of ones) {
    if (batch.length && (batch.length === MOST || size + one.file.size > limit)) {
      made.push(batch);
      [batch, size] = [[], 0];
    }
    batch.push(one);
    size += one.file.size;
  }
  return batch.length ? [...made, batch] : made;
}

async function send(batch) {
  const body = new FormData();
  for (const one of batch) {
    body.append("file", one.file, one.file.name);
    show(one, "waiting", "正在上传");
  }
  for (const name of ["unit", "year", "city"]) body.append(name, form.elements[name].value);
  const answer = await fetch("/v1/ingests", { method: "POST", body });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  const names = batch.map((one) => one.file.name);
  said.files.forEach((value, at) => { // names are made safe by the service
    if (value.source !== names[at]) chosen.set(value.source, chosen.get(names[at]));
    told(value);
  });
  await follow(said.events, batch);
}

function follow(address, batch) {
  return new Promise((resolve) => {
    const source = new EventSource(address);
    let tries = 0;
    const end = () => { source.close(); resolve(); };
    source.addEventListener("file", (event) => { tries = 0; told(JSON.parse(event.data)); say(); });
    source.addEventListener("done", end);
    source.addEventListener("ended", (event) => { fail(batch, JSON.parse(event.data).reason); end(); });
    source.addEventListener("error", () => {
      tries += 1;
      if (source.readyState !== EventSource.CLOSED && tries < 10) return; // it connects again by itself
      fail(batch, "与服务的连接断开了；请刷新页面，在文档列表里查看是否已经导入。");
      end();
    });
  });
}

async function takeIn() {
  const waiting = [...new Set(chosen.values())].filter((one) => !one.ended);
  if (!waiting.length || busy) return;
  busy = true;
  button.disabled = true;
  button.textContent = "正在导入…";
  say();
  for (const batch of batches(waiting)) {
    try {
      await send(batch);
    } catch (error) {
      const lost = error instanceof TypeError;
      fail(batch, lost ? "没有连上服务；请检查服务是否在运行，然后重新上传。" : error.message);
    }
    say();
  }
  busy = false;
  button.disabled = false;
  button.textContent = "上传并导入";
  chooser.value = "";
  chooser.required = chosen.size === 0;
  say();
  const [only] = waiting;
  if (waiting.length === 1 && only.ended !== "failed" && only.documents.length === 1) location.assign(`/documents/${only.documents[0].id}`);
}

chooser.addEventListener("change", () => choose(chooser.files));
form.addEventListener("submit", (event) => { event.preventDefault(); takeIn(); });
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
// Files may be dropped anywhere on the page: a miss must not take the browser away from it.
document.addEventListener("dragenter", (event) => {
  if (event.dataTransfer?.types.includes("Files")) form.closest("details").open = true;
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  choose(event.dataTransfer.files);
  chooser.required = chosen.size === 0;
});
