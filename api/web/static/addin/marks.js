// The provenance mark in names of bookmarks and tags of content controls; the server makes and reads it.
const MARK = /^db1[a-z2-7]{32}(_\d{1,4})?$/i;

export function isMark(name) {
  return MARK.test(name);
}

// A bookmark of a name that exists already would move away from its place: count on.
export function distinctName(mark, exists) {
  let name = mark;
  for (let count = 2; exists(name); count++) name = `${mark}_${count}`;
  return name;
}

// Text of an editor without the marks of paragraphs and cells at its ends.
export function cleaned(text) {
  return (text || "").replace(/[\u0007\u000b\u000c]/g, "").replace(/\r\n?/g, "\n").trim();
}
