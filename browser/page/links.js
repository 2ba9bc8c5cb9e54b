// Put a text into a link and read it back. The part of an address behind # is sent to no server.

const LARGEST = 200_000; // characters that a link may hold once it is unpacked
const VIEW = ["style", "detail", "entries"]; // what a link may say of the view

async function through(stream, content) {
  const reader = new Blob([content]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > 4 * LARGEST) throw new Error("too long");
    parts.push(value);
  }
}

const isFit = ([name, value]) => typeof value === (name === "entries" ? "boolean" : "string");

export async function linkOf(state) {
  const view = Object.fromEntries(VIEW.map((name) => [name, state.view[name]]));
  const told = JSON.stringify({ ...state, view });
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(told));
  const letters = btoa(String.fromCharCode(...packed));
  return "#g=" + letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// Return what a link holds; undefined if it holds nothing, null if it cannot be read. Whoever wrote
// the link is unknown: only texts and a number are taken, and only graphgrad's own reader reads them.
export async function stateOf(hash) {
  if (!hash.startsWith("#g=")) return undefined;
  try {
    const letters = hash.slice(3).replaceAll("-", "+").replaceAll("_", "/");
    const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      await through(new DecompressionStream("deflate-raw"), packed));
    const found = JSON.parse(text);
    if (typeof found.text !== "string") return null;
    const view = Object.fromEntries(VIEW.map((name) => [name, found.view?.[name]]).filter(isFit));
    const step = Math.max(0, Math.trunc(Number(found.step)) || 0);
    return { text: found.text, answers: String(found.answers ?? ""), view, step };
  } catch {
    return null;
  }
}
