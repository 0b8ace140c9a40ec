// The three calls the pane makes; an Error's message is for the user.
const UNREACHABLE = "连不上对标服务；请检查网络，或请管理员看服务是否在运行，然后再试。";
export const LONGEST = 4000;

async function sent(path, body, signal) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(UNREACHABLE);
  }
  let said;
  try {
    said = await answer.json();
  } catch (error) {
    throw new Error(answer.ok ? UNREACHABLE : `服务没有正常回答（状态 ${answer.status}）；请稍后再试。`);
  }
  if (!answer.ok) throw new Error(said.detail || UNREACHABLE);
  return said;
}

export function lookUp(text, draft, signal) {
  const asked = { text: text.slice(0, LONGEST), k: 8 };
  return sent("/v1/lookup", Object.assign(asked, draft), signal);
}

export function insertion(place, headers) {
  return sent("/v1/insertions", Object.assign({ headers }, place));
}

export function verify(found) {
  return sent("/v1/citations/verify", found);
}
