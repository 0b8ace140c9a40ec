// Which editor the pane stands in. Each adapter offers the same:
//   name        wps, word or browser
//   inserts     whether it writes into a document; otherwise everything goes to the clipboard
//   selection() the selected words, or the paragraph at the cursor, or ""
//   watch(told) calls `told` whenever the selection may have changed
//   headers()   the header cells of the table at the cursor, or none
//   insertText(text), insertRow(headers, cells), insertCitation(citation)
//   marks()     the provenance marks in the document: {marks, text}
// What fails throws an Error whose message is for the user.
import { Browser } from "./browser.js";
import { Word, wordIsReady } from "./word.js";
import { Wps, wpsApplication } from "./wps.js";

export async function findHost(pane, box) {
  if (wpsApplication()) return { host: new Wps(), note: "" };
  if (pane.dataset.host !== "word") return { host: new Browser(box), note: "" };
  const problem = await wordIsReady(pane.dataset.officeJs);
  if (!problem) return { host: new Word(), note: "" };
  return { host: new Browser(box), note: problem };
}
