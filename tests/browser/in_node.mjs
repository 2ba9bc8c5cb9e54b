// Run a Python script with the parts of a built page, in Node.js: what it prints is what it found.
//
//   node in_node.mjs PAGE SCRIPT [numpy]

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [page, script] = process.argv.slice(2, 4).map((path) => resolve(path));
const manifest = JSON.parse(readFileSync(`${page}/manifest.json`, "utf8"));
const { instance } = await import(pathToFileURL(`${page}/viz/viz.js`));
const { loadPyodide } = await import(pathToFileURL(`${page}/pyodide/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: `${page}/pyodide/` });
const site = pyodide.runPython("import site; site.getsitepackages()[0]");
const late = process.argv.slice(4).map((name) => manifest.late[name].url);
for (const url of [...manifest.archives, ...late]) {
  const format = url.endsWith(".whl") ? "wheel" : "zip";
  pyodide.unpackArchive(new Uint8Array(readFileSync(`${page}/${url}`)), format, { extractDir: site });
}
const viz = await instance();
const render = (source, format) => viz.renderString(source, { format, engine: "dot" });
pyodide.globals.set("answer", pyodide.pyimport("graphgrad.live.in_page").started(render));
pyodide.globals.set("samples", JSON.stringify((await import(pathToFileURL(`${page}/samples.js`))).SAMPLES));
pyodide.runPython(readFileSync(script, "utf8"));
