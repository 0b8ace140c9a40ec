"use strict";
// A language model's words as they come, each sentence already held to the citations by the server.

const rewriting = document.getElementById("rewriting");

function withMarks(text) {
  const pieces = document.createDocumentFragment();
  for (const piece of text.split(/(\[[0-9]{1,3}\])/)) {
    const number = /^\[([0-9]{1,3})\]$/.exec(piece);
    if (number && document.getElementById(`citation-${number[1]}`)) {
      const link = document.createElement("a");
      link.className = "mark";
      link.href = `#citation-${number[1]}`;
      link.textContent = piece;
      pieces.append(link);
    } else pieces.append(piece);
  }
  return pieces;
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    let end = buffer.indexOf("\n\n");
    while (end >= 0) {
      const [name, ...data] = buffer.slice(0, end).split("\n");
      yield { name: name.replace(/^event: /, ""), value: JSON.parse(data.join("\n").replace(/^data: /, "")) };
      buffer = buffer.slice(end + 2);
      end = buffer.indexOf("\n\n");
    }
  }
}

async function rewrite() {
  const asked = rewriting.dataset;
  const written = rewriting.querySelector(".written");
  const progress = rewriting.querySelector(".progress");
  const removed = rewriting.querySelector("details");
  const body = { question: asked.question, llm: true, understand: !asked.literal };
  for (const name of ["unit", "category", "city"]) if (asked[name]) body[name] = asked[name];
  if (asked.year) body.year = Number(asked.year);
  const response = await fetch("/v1/ask/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error((await response.json()).detail);
  for await (const { name, value } of events(response)) {
    if (name === "sentence") written.append(withMarks(value.sentence));
    if (name === "removed") {
      const line = document.createElement("li");
      line.textContent = `${value.sentence}（${value.reason}${value.detail ? `：${value.detail}` : ""}）`;
      removed.querySelector("ul").append(line);
      removed.hidden = false;
    }
    if (name === "done") {
      if (value.llm && value.llm.use === "written") written.replaceChildren(withMarks(value.answer));
      else written.replaceChildren();
      progress.textContent = value.llm ? value.llm.note : "";
    }
  }
}

if (rewriting) {
  rewrite().catch((error) => {
    const reason = error instanceof TypeError ? "连接中断" : error.message;
    rewriting.querySelector(".progress").textContent = `没有得到改写：${reason}。上面的回答仍然有效。`;
  });
}
