// The page: what is typed goes to Python, what Python answers is shown. See python.js for the worker.

import { STYLES } from "./choices.js";
import { editorIn } from "./editor.js";
import { figureIn } from "./figure.js";
import { linkOf, stateOf } from "./links.js";
import { pythonIn } from "./python.js";
import { SAMPLES } from "./samples.js";
import { WORDS } from "./words.js";

const FIRST = "colah";
const PATIENCE = 350; // milliseconds after the last key before the text is read

const byId = (id) => document.getElementById(id);
const [text, answers, mistake, stage, said] = ["text", "answers", "mistake", "stage", "said"].map(byId);
const editor = editorIn(text, document.querySelector(".numbers"), document.querySelector(".marks"));
const figure = figureIn(byId("figure"));
const python = pythonIn(onStage, onStopped);

let language = kept("language", (code) => Object.hasOwn(WORDS, code)) ?? Object.keys(WORDS)[0];
let current; // the last figure's `shown`
let timer = 0;
let note = {}; // the stage in force, to be worded again in another language

// ---- words ----

function worded(name, fields = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (whole, field) => fields[field] ?? whole);
}

function kept(name, isFit) {
  try {
    const found = localStorage.getItem(`graphgrad-${name}`);
    return isFit(found) ? found : null;
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
  byId("sample").options[0].textContent = worded("sample.none");
  onStage(note);
}

function onStage(told) {
  if (told.stage === "asking") return;
  note = told;
  const name = told.stage === "working" || told.stage ? `stage.${told.stage}` : "stage.python";
  stage.textContent = worded(name, { why: told.why });
  stage.classList.toggle("busy", !["ready", "failed"].includes(told.stage));
}

function say(name, fields) {
  said.hidden = !name;
  said.textContent = name ? worded(name, fields) : "";
}

function onStopped(seconds) {
  say("stopped", { seconds });
  byId("again").hidden = false;
  figure.stale(true);
}

// ---- asking Python ----

async function ask(message) {
  onStage({ stage: "working" });
  const answer = await python.ask(message);
  if (!answer) return null; // stopped, or another question took its place
  complain(answer.ok ? null : answer.mistake);
  if (answer.ok && answer.shown) show(answer.shown);
  return answer;
}

function complain(found) {
  mistake.hidden = !found;
  mistake.textContent = found ? found.text : "";
  editor.mark(found?.place ?? null);
  byId("old").hidden = !(found && current);
  figure.stale(Boolean(found));
}

function show(shown) {
  current = shown;
  byId("again").hidden = true;
  figure.show(shown);
  const notes = shown.notes.map((words) => Object.assign(document.createElement("li"), { textContent: words }));
  byId("notes").replaceChildren(...notes);
  showValues(shown.leaves);
}

const view = () => ({ style: byId("style").value, entries: byId("entries").checked });

function open(step = figure.step) {
  clearTimeout(timer);
  return ask({ do: "open", text: editor.text, language, view: view(), step });
}

// ---- values ----

function showValues(leaves) {
  const focused = document.activeElement?.dataset?.leaf;
  byId("values").replaceChildren(...leaves.map((leaf) => {
    const label = document.createElement("label");
    const name = Object.assign(document.createElement("span"), { textContent: leaf.name, title: leaf.word });
    const field = Object.assign(document.createElement("input"), { value: leaf.value ?? "", type: "text" });
    field.dataset.leaf = leaf.name;
    field.addEventListener("change", () => setValue(field));
    label.append(name, field);
    return label;
  }));
  if (focused) document.querySelector(`input[data-leaf="${CSS.escape(focused)}"]`)?.focus();
}

async function setValue(field) {
  const answer = await ask({ do: "set", name: field.dataset.leaf, value: field.value, step: figure.step });
  field.classList.toggle("wrong", Boolean(answer && !answer.ok));
  if (!answer?.ok) return editor.mark(null);
  const written = await ask({ do: "save" });
  if (written?.ok) editor.text = written.text;
}

// ---- answers, links, files ----

byId("check").addEventListener("click", async () => {
  const answer = await ask({ do: "check", answers: answers.value });
  if (!answer) return;
  byId("report").hidden = false;
  byId("report").textContent = answer.ok ? [answer.lines].flat().join("\n") : answer.mistake.text;
  if (!answer.ok) complain(null);
});

byId("share").addEventListener("click", async () => {
  const told = { text: editor.text, answers: answers.value, ...view(), step: figure.step };
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
  const answer = await ask({ do: "file", format, step: figure.step });
  if (answer?.ok) download(answer.name, answer.content);
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
  download("graph.gg", editor.text);
});

// ---- choosing ----

function choices(select, names) {
  select.append(...names.map((name) => new Option(name, name)));
}

function take(sample) {
  editor.text = sample.text;
  answers.value = sample.answers;
  byId("report").hidden = true;
}

byId("sample").append(new Option("", ""));
choices(byId("sample"), SAMPLES.map(({ name }) => name));
choices(byId("style"), STYLES);
choices(byId("language"), Object.keys(WORDS));
byId("language").value = language;

byId("sample").addEventListener("change", (event) => {
  const sample = SAMPLES.find(({ name }) => name === event.target.value);
  if (!sample) return;
  take(sample);
  open(0);
});
for (const id of ["style", "entries"]) byId(id).addEventListener("change", () => open());
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
  clearTimeout(timer);
  timer = setTimeout(open, PATIENCE);
});

// ---- start ----

async function begin() {
  const state = await stateOf(location.hash);
  if (state === null) say("link_broken");
  if (!state) {
    take(SAMPLES.find(({ name }) => name === FIRST) ?? SAMPLES[0]);
    byId("sample").value = FIRST;
    return open(0);
  }
  take(state);
  byId("sample").value = "";
  if (STYLES.includes(state.style)) byId("style").value = state.style;
  byId("entries").checked = state.entries;
  return open(state.step);
}

async function keep() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("service_worker.js");
  await navigator.serviceWorker.ready;
  byId("offline").hidden = false;
}

async function tellVersions() {
  const { pyodide, versions, build } = await (await fetch("manifest.json")).json();
  const parts = [["Python", pyodide.python], ["Pyodide", pyodide.version], ...Object.entries(versions)];
  byId("versions").textContent = `${build}: ${parts.map((part) => part.join(" ")).join(", ")}`;
}

speak();
window.addEventListener("hashchange", begin);
begin().then(keep).catch((error) => console.warn(error));
tellVersions();
