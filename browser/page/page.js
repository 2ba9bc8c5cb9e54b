// The page: what is typed goes to Python, what Python answers is shown. See python.js for the worker.

import { FUNCTIONS } from "./choices.js";
import { editorIn } from "./editor.js";
import { linkOf, stateOf } from "./links.js";
import { live } from "./live.js";
import { pythonIn } from "./python.js";
import { SAMPLES } from "./samples.js";
import { WORDS } from "./words.js";

const FIRST = "colah";
const PATIENCE = 350; // milliseconds after the last key before the text is read
const CHANGES = ["set", "undo", "redo"]; // what the text must follow

const byId = (id) => document.getElementById(id);
const [text, answers, mistake, stage, said, figure] =
  ["text", "answers", "mistake", "stage", "said", "figure"].map(byId);
const editor = editorIn(text, document.querySelector(".numbers"), document.querySelector(".marks"));
const python = pythonIn(onStage, onStopped);

let language = remembered() ?? Object.keys(WORDS)[0];
let session; // the live figure, once there is one
let wanted = {}; // the view that a link asks for, until there is a figure
let timer = 0;
let note = { stage: "python" }; // the stage in force, to be worded again in another language

// ---- words ----

function worded(name, fields = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (whole, field) => fields[field] ?? whole);
}

function remembered() {
  try {
    const found = localStorage.getItem("graphgrad-language");
    return Object.hasOwn(WORDS, found) ? found : null;
  } catch {
    return null; // a browser may forbid it; the page works all the same
  }
}

function speak() {
  document.documentElement.lang = language;
  document.title = worded("title");
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = worded(element.dataset.word);
  }
  const [none, ...samples] = byId("sample").options;
  none.textContent = worded("sample.none");
  samples.forEach((option, at) => {
    option.textContent = `${SAMPLES[at].titles[language]} (${option.value})`;
  });
  onStage(note);
}

function onStage(told) {
  note = told;
  const wrong = told.stage === "ready" && !mistake.hidden;
  stage.textContent = worded(wrong ? "stage.mistake" : `stage.${told.stage}`, { why: told.why });
  stage.classList.toggle("busy", !["ready", "failed"].includes(told.stage));
}

function say(name, fields) {
  said.hidden = !name;
  said.textContent = name ? worded(name, fields) : "";
}

function onStopped(seconds) {
  say("stopped", { seconds });
  byId("again").hidden = false;
  figure.classList.add("stale");
}

// ---- asking Python ----

// Open the text: its figure is shown, or its first mistake, and the last figure stays.
async function open(step = session?.step ?? 0) {
  clearTimeout(timer);
  const message = { do: "open", text: editor.text, language, view: wanted, step };
  const answer = await python.ask(message);
  if (!answer) return; // it was stopped, or another text took its place
  complain(answer.ok ? null : answer.mistake);
  if (!answer.ok) return;
  wanted = {};
  byId("again").hidden = true;
  figure.removeAttribute("aria-busy");
  if (session) session.show(answer.shown);
  else session = live(figure, send, answer.shown);
}

// Answer what the figure asks; where a value was changed, the text follows.
async function send(message) {
  const answer = await python.ask(message);
  if (!answer) return { ok: false, mistake: { text: said.textContent } };
  if (answer.ok && CHANGES.includes(message.do)) {
    const written = await python.ask({ do: "save" });
    if (written?.ok) editor.text = written.text;
    complain(null);
  }
  return answer;
}

function complain(found) {
  mistake.hidden = !found;
  mistake.textContent = found ? found.text : "";
  editor.mark(found?.place ?? null);
  byId("old").hidden = !(found && session);
  figure.classList.toggle("stale", Boolean(found));
  onStage(note);
}

// ---- answers, links, files ----

byId("check").addEventListener("click", async () => {
  const answer = await python.ask({ do: "check", answers: answers.value });
  if (!answer) return;
  byId("report").hidden = false;
  byId("report").textContent = answer.ok ? [answer.lines].flat().join("\n") : answer.mistake.text;
});

byId("share").addEventListener("click", async () => {
  const view = session?.shown.view ?? {};
  const told = { text: editor.text, answers: answers.value, view, step: session?.step ?? 0 };
  history.replaceState(null, "", await linkOf(told));
  try {
    await navigator.clipboard.writeText(location.href);
    say("share.done");
  } catch {
    say("share.by_hand");
  }
});

async function saveAs(format) {
  byId("saving").open = false;
  const answer = await python.ask({ do: "file", format, step: session?.step ?? 0 });
  if (answer?.ok) download(`${fileName()}.${format}`, answer.content);
}

// The title in letters, digits and hyphens, which every system takes as a file's name.
function fileName() {
  const letters = (session?.shown.title ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-+|-+$/g, "") || "graph";
}

function download(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

byId("save-svg").addEventListener("click", () => saveAs("svg"));
byId("save-html").addEventListener("click", () => saveAs("html"));
byId("save-gg").addEventListener("click", () => {
  byId("saving").open = false;
  download(`${fileName()}.gg`, editor.text);
});

// ---- choosing ----

let taken = { text: "", answers: "" }; // the sample or link that was opened last

function take(sample) {
  taken = sample;
  editor.text = sample.text;
  answers.value = sample.answers;
  byId("report").hidden = true;
}

// A report is that of another text now; so are answers that nobody touched, once no line is left of theirs.
function forget() {
  byId("report").hidden = true;
  const lines = new Set(editor.text.split("\n").map((line) => line.trim()));
  const isOther = !taken.text.split("\n").some((line) => line.trim() && lines.has(line.trim()));
  if (isOther && answers.value === taken.answers) answers.value = "";
}

byId("sample").append(new Option("", ""), ...SAMPLES.map(({ name }) => new Option(name, name)));
byId("language").append(...Object.keys(WORDS).map((code) => new Option(code, code)));
byId("language").value = language;

byId("sample").addEventListener("change", (event) => {
  const sample = SAMPLES.find(({ name }) => name === event.target.value);
  if (!sample) return;
  say("");
  take(sample);
  open(0);
});
byId("functions").textContent = FUNCTIONS.join(", ");
byId("how").addEventListener("click", () => {
  byId("how-to").hidden = !byId("how-to").hidden;
  byId("how").setAttribute("aria-expanded", String(!byId("how-to").hidden));
});
byId("again").addEventListener("click", () => open());
byId("language").addEventListener("change", (event) => {
  language = event.target.value;
  try {
    localStorage.setItem("graphgrad-language", language);
  } catch {
    // it is asked again next time
  }
  speak();
  open();
});
text.addEventListener("input", () => {
  say("");
  byId("sample").value = "";
  forget();
  clearTimeout(timer);
  timer = setTimeout(open, PATIENCE);
});

// ---- start ----

async function begin() {
  const state = await stateOf(location.hash);
  if (state === null) say("link_broken");
  byId("sample").value = state ? "" : FIRST;
  take(state || SAMPLES.find(({ name }) => name === FIRST));
  wanted = state?.view ?? {};
  await open(state?.step ?? 0);
}

// Keep the page for a time without a network, once the first figure is there.
async function keep() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("service_worker.js");
  await navigator.serviceWorker.ready;
  byId("offline").hidden = false;
}

async function tellVersions() {
  const { pyodide, versions, build, archives } = await (await fetch("manifest.json")).json();
  const parts = [["Python", pyodide.python], ["Pyodide", pyodide.version], ...Object.entries(versions)];
  byId("versions").textContent = `${build}: ${parts.map((part) => part.join(" ")).join(", ")}`;
  byId("algebra").hidden = archives.some((url) => url.includes("flint"));
}

speak();
window.addEventListener("hashchange", begin);
tellVersions();
begin().then(keep).catch((error) => console.warn(error));
