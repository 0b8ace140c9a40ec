// Asking the service. Every failure becomes one sentence that says what to do.

const DOWN = "连不上对标服务：它可能没有在运行，或者网络断开了。写好的内容都在这台电脑的浏览器里，不会丢；服务恢复后再试。";

export class Failed extends Error {}

async function sentence(response) {
  const body = await response.text().catch(() => "");
  if ((response.headers.get("content-type") ?? "").includes("json")) {
    try {
      return JSON.parse(body).detail;
    } catch {
      return null;
    }
  }
  const page = new DOMParser().parseFromString(body, "text/html");
  return page.querySelector(".notice.error")?.textContent.trim();
}

// Resolve to the response. Throw Failed with a sentence, or AbortError.
export async function ask(path, body, signal) {
  const sent = body instanceof FormData
    ? { body }
    : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  let response;
  try {
    response = await fetch(path, { method: "POST", signal, ...sent });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failed(DOWN);
  }
  if (!response.ok) {
    throw new Failed(await sentence(response) || `服务出错（${response.status}）；写好的内容没有丢，请稍后再试。`);
  }
  return response;
}

// A stretch of page that the service wrote: text from documents is escaped there.
export async function fragment(path, body, signal) {
  const response = await ask(path, body, signal);
  const template = document.createElement("template");
  try {
    template.innerHTML = await response.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failed(DOWN);
  }
  return template.content;
}

export function notice(words, retry) {
  const line = document.createElement("p");
  line.className = "notice error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  if (retry) {
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "再试一次";
    again.addEventListener("click", retry);
    line.append(" ", again);
  }
  return line;
}

export function fileName(response, otherwise) {
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "");
  return named ? decodeURIComponent(named[1]) : otherwise;
}

export async function save(response, otherwise) {
  const link = document.createElement("a");
  const address = URL.createObjectURL(await response.blob());
  link.href = address;
  link.download = fileName(response, otherwise);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
