// What a lookup found, as elements; `act(what, place, name)` is called when a button is pressed.
import { button, emptied, make, marked } from "./elements.js";

const SHORT = 200;

// Where a citation of the service stands, as an insertion asks for it.
export function placeOf(citation) {
  const place = { item_id: citation.item_id };
  return citation.span ? Object.assign(place, citation.span) : place;
}

function placeOfHit(hit) {
  const place = { item_id: hit.item_id };
  const light = hit.highlights.find((one) => one.field === "content");
  if (hit.content.length <= SHORT || !light) return place;
  return Object.assign(place, { field: "content", start: light.start, end: light.end, sentence: true });
}

function whereabouts(parts) {
  return make("p", "where", parts.filter(Boolean).join(" · "));
}

function link(label, documentId, itemId) {
  const made = make("a", "", label);
  made.href = `/documents/${documentId}#item-${itemId}`;
  made.target = "_blank";
  made.rel = "noopener";
  return made;
}

function actions(verb, place, name, act, whole) {
  const row = make("div", "actions");
  const offer = (label, what, title) => {
    row.append(button(`${verb}${label}`, title, (pressed) => act(what, place, name, pressed)));
  };
  if (whole) {
    offer("文字", "text", `${verb}这一条的文字`);
    offer("表格行", "row", verb === "插入" ? "光标在表格里时加一行，否则新建表格" : "复制为一行表格");
  }
  offer("引文", "citation", "原文加出处，以后可以核对原文有没有改");
  return row;
}

function hit(found, verb, act) {
  const name = found.name || found.number || "未命名的条目";
  const card = make("article", "card");
  card.append(make("h3", "", link(name, found.document.id, found.item_id)));
  const number = [found.category, found.number && /^\d+$/.test(found.number) ? `第${found.number}项` : ""].join("");
  const about = found.document;
  card.append(whereabouts([about.unit || about.city, about.year ? `${about.year}年` : "年份不详", number]));
  const lights = found.highlights.filter((one) => one.field === "content");
  const content = make("p", "content", ...marked(found.content, lights));
  card.append(content);
  if (found.content.length > SHORT) {
    content.classList.add("cut");
    card.append(
      button("展开全文", "", (pressed) => {
        const cut = content.classList.toggle("cut");
        pressed.textContent = cut ? "展开全文" : "收起";
        pressed.setAttribute("aria-expanded", String(!cut));
      }),
    );
    card.lastChild.className = "quiet";
    card.lastChild.setAttribute("aria-expanded", "false");
  }
  if (found.versions.length) {
    const years = found.versions.map((one) => [one.unit || one.city, one.year].filter(Boolean).join(" "));
    card.append(make("p", "where", `相同的承诺还见于：${years.slice(0, 4).join("、")}`));
  }
  card.append(actions(verb, placeOfHit(found), name, act, true));
  return card;
}

function warning(one) {
  const card = make("li", `warning ${one.severity}`, make("strong", "", one.title), " ", one.message);
  if (one.proposal) card.append(make("p", "where", `建议：${one.proposal}`));
  return card;
}

function cited(title, citation, verb, act) {
  const row = make("li", "fact", make("strong", "", title));
  const source = citation.source;
  const where = [citation.unit || source, citation.year ? `${citation.year}年` : "年份不详"];
  row.append(make("blockquote", "", citation.quote), whereabouts(where));
  row.append(actions(verb, placeOf(citation), title, act, false));
  return row;
}

const SIGNS = { ">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "", "~": "约", increase: "增", decrease: "减" };

function figure(point, verb, act) {
  const name = point.indicator.name || "数值";
  const amount = point.high === null || point.high === undefined ? point.value : `${point.value}～${point.high}`;
  const sign = SIGNS[point.op] || "";
  const title = `${point.year}年 ${name} ${sign}${amount}${point.unit || ""}`;
  return cited(title, point.citation, verb, act);
}

function section(title, elements, list) {
  if (!elements.length) return null;
  const part = make("details", "part", make("summary", "", `${title}（${elements.length}）`));
  part.open = true;
  part.append(make(list ? "ul" : "div", "rows", ...elements));
  return part;
}

export function showFound(place, found, verb, act) {
  const cities = found.cities.filter((one) => one.evidence.length);
  const bases = found.bases.filter((one) => one.evidence.length);
  const parts = [
    section("提示", found.warnings.map(warning), true),
    section("往年的数值", found.figures.map((one) => figure(one, verb, act)), true),
    section("相近的目标", found.hits.map((one) => hit(one, verb, act)), false),
    section(
      "标杆城市",
      cities.map((one) => cited(one.city, one.evidence[0].citation, verb, act)),
      true,
    ),
    section(
      "制定依据",
      bases.map((one) =>
        cited(one.doc_number ? `${one.title}（${one.doc_number}）` : one.title, one.evidence[0].citation, verb, act),
      ),
      true,
    ),
  ].filter(Boolean);
  emptied(place).append(...parts);
  return parts.length;
}

export function showVerified(place, answer) {
  const rows = answer.marks.map((one) => {
    const row = make("li", `verified ${one.status}`, make("p", "", one.sentence));
    if (one.citation) {
      row.append(make("blockquote", "", one.citation.quote));
      const source = one.citation;
      row.append(make("p", "where", link(source.title || source.source, source.document_id, source.item_id)));
    }
    return row;
  });
  const counts = [
    ["原文未变", answer.unchanged],
    ["原文已改", answer.changed],
    ["出处已移除", answer.removed],
    ["标记不完整", answer.unreadable],
  ];
  const told = counts.filter((one) => one[1]).map((one) => `${one[0]} ${one[1]} 处`);
  emptied(place).append(make("h2", "", "引文核对结果"), make("p", "where", told.join("，")), make("ul", "rows", ...rows));
}
