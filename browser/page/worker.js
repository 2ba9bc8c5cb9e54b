// Run graphgrad with Pyodide: JSON in, JSON out. What a graph does not need is loaded when it does.

import { instance } from "./viz/viz.js";
import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = new URL("./", self.location.href);
const tell = (stage, why) => self.postMessage({ stage, why });
const bytes = async (url, options) => {
  const found = await fetch(new URL(url, here), options);
  if (!found.ok) throw new Error(`${found.status} ${url}`);
  return found.arrayBuffer();
};

// What is missing, as the answers name it, and the package that brings it.
const BROUGHT_BY = { "browser.no_numpy": "numpy" };
const loaded = new Set();
let manifest, pyodide, site, answer;

async function start() {
  tell("python");
  manifest = await (await fetch(new URL("manifest.json", here))).json();
  const archives = manifest.archives.map((url) => bytes(url));
  const graphviz = instance();
  pyodide = await loadPyodide({ indexURL: new URL("pyodide/", here).href });
  tell("packages");
  site = pyodide.runPython("import site; site.getsitepackages()[0]");
  for (const [at, url] of manifest.archives.entries()) unpack(url, await archives[at]);
  const viz = await graphviz;
  const render = (source, format) => viz.renderString(source, { format, engine: "dot" });
  answer = pyodide.pyimport("graphgrad.live.in_page").started(render);
  tell("ready");
}

function unpack(url, content) {
  const format = url.endsWith(".whl") ? "wheel" : "zip";
  pyodide.unpackArchive(new Uint8Array(content), format, { extractDir: site });
  pyodide.runPython("import importlib; importlib.invalidate_caches()");
}

// Load a package late; tell whether it is there now.
async function load(name) {
  const place = manifest.late[name];
  if (!place || loaded.has(name)) return false;
  tell(name);
  try {
    const { url, integrity } = place;
    unpack(url, await bytes(url, url.startsWith("https:") ? { integrity, mode: "cors" } : {}));
  } catch (error) {
    console.warn(`${name}: ${error.message}`);
    return false;
  }
  loaded.add(name);
  return true;
}

async function answered(message) {
  for (;;) {
    tell("working");
    const found = JSON.parse(answer(JSON.stringify(message)));
    const brought = found.ok ? undefined : BROUGHT_BY[found.mistake.id];
    if (!brought || !(await load(brought))) return found;
  }
}

const started = start().catch((error) => {
  tell("failed", error.message);
  throw error;
});

self.addEventListener("message", async ({ data: { id, message } }) => {
  await started;
  self.postMessage({ id, answer: await answered(message) });
  tell("ready");
});
