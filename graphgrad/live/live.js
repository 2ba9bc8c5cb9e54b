// A figure that can be changed: menus, values and mistakes around the stepping of `mount`.

// Show a live session in `host`. `send(message)` returns a promise of the session's answer; messages
// go one after the other. `outside` may name: `start`, the first step; `remember(step)`, called
// whenever the reader goes somewhere; `dark`, whether what surrounds it is dark.
// Return {step, show, go, ask}: `show(shown)` takes what another door was answered.
function live(host, send, first, outside = {}) {
  const shadow = (host.shadowRoot || host.attachShadow({ mode: "open" }));
  const make = (tag, given = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...inside);
    return element;
  };
  const style = make("style");
  const parts = {};
  for (const name of ["head", "leaves", "mistake", "notes", "stepped"]) {
    parts[name] = make("div", { className: name });
  }
  const mounted = make("div", { className: "mounted live" }, ...Object.values(parts));
  shadow.replaceChildren(style, mounted);
  host.dataset.lmSuppressShortcuts = "true"; // the keys are ours, not those of JupyterLab
  parts.mistake.setAttribute("role", "alert");
  let shown = first;
  let stepping = null;
  let asking = Promise.resolve();
  let size = 1;

  // A place is one in a text that was opened; what was typed into a field is said before.
  function told(message, mistake) {
    if (message.do === "open") return mistake.text;
    return message.do === "set" && mistake.id ? `${message.name} = ${message.value}: ${mistake.message}` : mistake.message;
  }

  // Send a message when the ones before it are answered; tell the mistake, show what is shown.
  function ask(message) {
    asking = asking.then(async () => {
      mounted.setAttribute("aria-busy", "true");
      try {
        const answer = await send({ step: stepping.step, ...message });
        parts.mistake.textContent = answer.ok ? "" : told(message, answer.mistake);
        if (answer.shown) show(answer.shown);
        return answer;
      } finally {
        mounted.removeAttribute("aria-busy");
      }
    });
    return asking;
  }

  function show(wanted) {
    const [open, field] = [isOpen(), shadow.activeElement];
    const answered = stepping?.predicting ? stepping.answered : null;
    const focused = field && (field.dataset.name ? `[data-name="${CSS.escape(field.dataset.name)}"]`
      : parts.stepped.contains(field) ? ".stepped" : "");
    stepping?.stop();
    parts.mistake.textContent = ""; // it was about what stood here before
    shown = wanted;
    style.textContent = shown.style;
    mounted.lang = shown.language;
    parts.notes.replaceChildren(...shown.notes.map((note) => make("p", { textContent: note })));
    parts.head.replaceChildren(make("h2", { textContent: shown.title }), ...menus(), ...buttons());
    parts.leaves.replaceChildren(...leaves(open));
    const before = parts.stepped;
    // The HTML is written by Python, names escaped.
    parts.stepped = make("div", { className: "stepped", tabIndex: 0, innerHTML: shown.body });
    parts.stepped.addEventListener("keydown", pressed);
    before.replaceWith(parts.stepped);
    parts.stepped.querySelector(".keys").append(" ", shown.words.keys);
    const remember = (link, step) => outside.remember?.(step);
    stepping = mount(parts.stepped, { screen: mounted, start: shown.step, remember });
    resize(1);
    if (answered) stepping.predict(answered);
    if (focused) shadow.querySelector(focused)?.focus({ preventScroll: true });
  }

  const LARGER = 1.25;

  // Draw the figure larger by a factor; it scrolls where it is larger than its place.
  function resize(factor) {
    size = factor ? Math.min(Math.max(size * factor, 1), 16) : 1;
    const svg = parts.stepped.querySelector("svg.graphgrad");
    svg.style.width = `${size * 100}%`;
    svg.style.maxHeight = size > 1 ? "none" : "";
    stepping.centre();
  }

  const MOST_ROWS = 500; // rows of data that a menu offers

  function menus() {
    const count = shown.rows > 1 ? Math.min(shown.rows, MOST_ROWS) : 0;
    const rows = make("select", {}, ...Array.from({ length: count }, (_, at) =>
      make("option", { value: at + 1, textContent: at + 1, selected: at + 1 === shown.row })));
    rows.dataset.name = "row";
    rows.addEventListener("change", () => ask({ do: "row", row: Number(rows.value) }));
    const chosen = shown.menus.map(([name, choices]) => {
      const menu = make("select", {}, ...choices.map(([value, word]) =>
        make("option", { value, textContent: word, selected: value === shown.view[name] })));
      menu.dataset.name = name;
      menu.addEventListener("change", () => ask({ do: "view", [name]: menu.value }));
      return make("label", {}, shown.words[name], menu);
    });
    return count ? [...chosen, make("label", {}, shown.words.row, rows)] : chosen;
  }

  function buttons() {
    const entries = make("button", { type: "button", textContent: shown.words.entries });
    entries.dataset.name = "entries";
    entries.setAttribute("aria-pressed", String(shown.view.entries));
    entries.addEventListener("click", () => deeds.a());
    const signed = (name, sign, act, disabled = false) => {
      const button = make("button", { type: "button", textContent: sign, title: shown.words[name], disabled });
      button.setAttribute("aria-label", shown.words[name]);
      button.dataset.name = name;
      button.addEventListener("click", act);
      return button;
    };
    const others = [
      signed("smaller", "−", () => resize(1 / LARGER)), signed("larger", "+", () => resize(LARGER)),
      signed("undo", "↶", () => ask({ do: "undo" }), !shown.undo),
      signed("redo", "↷", () => ask({ do: "redo" }), !shown.redo),
    ];
    return [...(shown.arrays || shown.view.entries ? [entries] : []), ...others];
  }

  const FEW = 12; // fields that are shown without being asked for
  const isOpen = () => parts.leaves.querySelector("details")?.open;

  function leaves(open) {
    const fields = shown.leaves.map((leaf) => {
      const field = make("input", {
        type: "text", value: leaf.brief ?? "", spellcheck: false, autocomplete: "off",
        disabled: leaf.value === null && leaf.long, placeholder: leaf.long ? leaf.shape : "",
        title: `${leaf.name} = ${leaf.value ?? "…"}: ${leaf.word}, ${leaf.shape}`,
      });
      field.size = Math.min(Math.max(field.value.length, 4), 60);
      field.dataset.name = leaf.name;
      const given = () => {
        if (field.value.trim() === (leaf.value ?? "") || field.value === leaf.brief) return;
        ask({ do: "set", name: leaf.name, value: field.value });
      };
      // A number of many digits is written in few until somebody is at it.
      const written = (text) => { if (field.value !== text) field.value = text; };
      field.addEventListener("focus", () => { if (field.value === leaf.brief) written(leaf.value ?? ""); });
      field.addEventListener("blur", () => { if (field.value === leaf.value) written(leaf.brief ?? ""); });
      field.addEventListener("change", given);
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        field.value = leaf.value ?? "";
        parts.mistake.textContent = "";
        parts.stepped.focus({ preventScroll: true });
      });
      return make("label", { className: leaf.role }, leaf.name, field);
    });
    if (!fields.length) return [];
    const row = make("div", { className: "fields" }, ...fields);
    const details = make("details", { open: open ?? fields.length <= FEW });
    details.append(make("summary", { textContent: shown.words.leaves }), row);
    return [details];
  }

  // The keys of the stepper in a terminal, beside those of the page.
  const deeper = (by) => {
    const depths = Object.fromEntries(shown.menus).detail.map(([value]) => value).filter(Boolean);
    const at = depths.indexOf(shown.view.detail || "line");
    const detail = depths[Math.min(Math.max(at + by, 0), depths.length - 1)];
    if (detail !== shown.view.detail) ask({ do: "view", detail });
  };
  const press = (id) => parts.stepped.querySelector(`#${id}:not(:disabled)`)?.click();
  const deeds = {
    n: () => stepping.go(stepping.step + 1), l: () => stepping.go(stepping.step + 1),
    p: () => stepping.go(stepping.step - 1), h: () => stepping.go(stepping.step - 1),
    g: () => stepping.go(0), G: () => stepping.go(shown.last), f: () => stepping.go(0),
    b: () => stepping.go(shown.forward),
    x: () => press("predicting"), r: () => press("reveal"),
    m: () => deeper(1), M: () => deeper(-1),
    a: () => (shown.arrays || shown.view.entries) && ask({ do: "view", entries: !shown.view.entries }),
    z: () => resize(LARGER), Z: () => resize(1 / LARGER), "=": () => resize(0),
    u: () => ask({ do: "undo" }), U: () => ask({ do: "redo" }),
    e: () => {
      const details = parts.leaves.querySelector("details");
      if (details) details.open = true;
      details?.querySelector("input:not(:disabled)")?.select();
    },
  };
  // Take back what was typed and refused.
  function forget() {
    parts.mistake.textContent = "";
    parts.leaves.replaceChildren(...leaves(isOpen()));
  }

  function pressed(event) {
    event.stopPropagation(); // what is around us has keys of its own
    if (event.key === "Escape") forget();
    if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(deeds, event.key)) return;
    if (event.target.matches("input[type=text]")) return;
    event.preventDefault();
    deeds[event.key]();
  }

  parts.leaves.addEventListener("keydown", (event) => event.stopPropagation());
  show(first);
  if (outside.dark && shown.view.theme === "light") ask({ do: "view", theme: "dark" });
  return {
    get step() { return stepping.step; },
    get shown() { return shown; },
    show, ask, go: (step) => stepping.go(step),
  };
}
