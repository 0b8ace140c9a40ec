// Make elements; text is always text, never markup.
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, title, pressed) {
  const made = make("button", "", label);
  made.type = "button";
  if (title) made.title = title;
  made.addEventListener("click", () => pressed(made));
  return made;
}

export function emptied(element) {
  element.textContent = "";
  return element;
}

// The text with the highlights of one field marked; they neither overlap nor leave their order.
export function marked(text, highlights) {
  const parts = [];
  let done = 0;
  const ordered = highlights.slice().sort((one, other) => one.start - other.start);
  for (const light of ordered) {
    if (light.start < done || text.slice(light.start, light.end) !== light.text) continue;
    parts.push(text.slice(done, light.start), make("mark", light.kind, light.text));
    done = light.end;
  }
  parts.push(text.slice(done));
  return parts;
}
