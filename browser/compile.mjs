// Compile Python archives for the page, with the very Python that will run them.
//
//   node compile.mjs PYODIDE OUT ARCHIVE...
//
// A browser then imports bytecode: compiling takes longer than all else before the first figure.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [home, out, ...archives] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: `${home}/` });
for (const path of archives) {
  const format = path.endsWith(".whl") ? "wheel" : "zip";
  pyodide.unpackArchive(new Uint8Array(readFileSync(path)), format, { extractDir: "/site" });
}
pyodide.runPython(`
import py_compile, zipfile
from pathlib import Path

site = Path("/site")
with zipfile.ZipFile("/out.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".py":
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            compiled = str(path) + "c"
            py_compile.compile(str(path), compiled, name, doraise=True, invalidation_mode=mode)
            path, name = Path(compiled), name + "c"
        told = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))  # the same parts, the same archive
        told.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(told, path.read_bytes())
`);
writeFileSync(out, pyodide.FS.readFile("/out.zip"));
