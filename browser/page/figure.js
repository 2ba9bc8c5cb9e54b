// Show a figure with its steps in a part of the page that nothing else can reach into.

import { mount } from "./stepping.js";

// Return {step, show, stale} of the figure in an element.
export function figureIn(host) {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [sheet];
  let stepper;
  let heard = () => {};
  document.addEventListener("keydown", (event) => heard(event));
  const keys = { addEventListener: (_kind, listener) => { heard = listener; } }; // the last figure's only
  return {
    get step() { return stepper?.step ?? 0; },
    show({ body, style, step }) {
      stepper?.stop();
      sheet.replaceSync(style);
      const part = document.createElement("div");
      part.className = "mounted";
      part.innerHTML = body; // graphgrad's own, every text in it escaped; the policy lets no script of it run
      root.replaceChildren(part);
      stepper = mount(part, { keys, screen: host, start: step });
      host.classList.remove("stale");
    },
    stale(is) { host.classList.toggle("stale", is); },
  };
}
