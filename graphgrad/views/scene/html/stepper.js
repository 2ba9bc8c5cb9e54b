"use strict";
(() => {
  const told = JSON.parse(document.getElementById("steps").textContent);
  const figure = document.querySelector("svg.graphgrad");
  const [slider, caption, count] = ["slider", "caption", "count"].map((id) => document.getElementById(id));
  const [back, next] = ["back", "next"].map((id) => document.getElementById(id));
  const nodes = [...figure.querySelectorAll(".node")];
  const edges = [...figure.querySelectorAll(".edge")];
  const later = [...document.querySelectorAll(".text[data-step], td[data-step]")];
  const number = (element, name) => Number(element.dataset[name] || 0);
  const acts = new Map([...nodes, ...edges].map((part) =>
    [part, new Set((part.dataset.acts || "").split(" ").filter(Boolean).map(Number))]));
  let step = -1;

  function show(wanted) {
    const asked = Math.min(Math.max(Math.trunc(wanted) || 0, 0), told.last);
    if (asked === step) return;
    step = asked;
    for (const node of nodes) node.classList.toggle("pending", number(node, "step") > step);
    for (const edge of edges) {
      const pulled = number(edge, "backwardStep");
      const pending = number(edge, "step") > step;
      const backward = !pending && pulled > 0 && pulled <= step;
      edge.classList.toggle("pending", pending);
      edge.classList.toggle("backward", backward);
      edge.classList.toggle("forward", !pending && !backward);
    }
    for (const [part, steps] of acts) part.classList.toggle("current", steps.has(step));
    for (const element of later) element.classList.toggle("later", number(element, "step") > step);
    figure.dataset.step = step;
    slider.value = step;
    slider.setAttribute("aria-valuetext", told.counts[step]);
    count.textContent = told.counts[step];
    caption.textContent = told.captions[step];
    back.disabled = step === 0;
    next.disabled = step === told.last;
  }

  function go(wanted) {
    show(wanted);
    try {
      history.replaceState(null, "", "#step" + step);
    } catch {
      // A page inside another page may not change its address; it steps all the same.
    }
  }

  function asked() {
    const match = /^#step[=-]?(\d+)$/.exec(location.hash);
    return match ? Number(match[1]) : null;
  }

  const keys = {
    ArrowRight: () => step + 1, PageDown: () => step + 1, " ": () => step + 1,
    ArrowLeft: () => step - 1, PageUp: () => step - 1,
    Home: () => 0, End: () => told.last,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(keys, event.key)) return;
    if (event.key === " " && event.target.closest("button")) return;
    event.preventDefault();
    go(event.key === " " && event.shiftKey ? step - 1 : keys[event.key]());
  });
  slider.addEventListener("input", () => go(Number(slider.value)));
  back.addEventListener("click", () => go(step - 1));
  next.addEventListener("click", () => go(step + 1));
  window.addEventListener("hashchange", () => show(asked() ?? step));
  show(asked() ?? told.start);
})();
