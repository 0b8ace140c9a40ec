"use strict";
// The words that a citation points to, marked in the source: /documents/7?at=content.10-25#item-41.

function markCited() {
  const at = /^([a-z_]+)\.([0-9]+)-([0-9]+)$/.exec(new URLSearchParams(location.search).get("at") ?? "");
  const item = location.hash.startsWith("#item-") && document.getElementById(location.hash.slice(1));
  if (!at || !item) return;
  const [, name, first, last] = at;
  const field = item.querySelector(`[data-field="${name}"]`) ?? (name === "content" ? item.querySelector(".content") : null);
  if (!field) return;
  const [start, end] = [first, last].map((place) => codeUnits(field.textContent, Number(place)));
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  const pieces = [];
  for (let done = 0; walker.nextNode(); done += walker.currentNode.length) {
    const left = Math.max(start - done, 0);
    const right = Math.min(end - done, walker.currentNode.length);
    if (left < right) pieces.push([walker.currentNode, left, right]);
  }
  for (const [node, left, right] of pieces) {
    const range = document.createRange();
    range.setStart(node, left);
    range.setEnd(node, right);
    const mark = document.createElement("mark");
    mark.className = "cited";
    range.surroundContents(mark);
  }
  const mark = field.querySelector("mark.cited");
  if (mark) mark.scrollIntoView({ block: "center" });
}

// Places are counted in characters; a rare one takes two units of a string.
function codeUnits(text, place) {
  return [...text].slice(0, place).join("").length;
}

markCited();
