// Show a step: switch the classes of the figure and the cells of the tables, say it in words.

// Return the stepping of one figure. `root` holds the figure and its controls, on a page or in a
// part of one; `outside` is what surrounds it: a link to a state, the element that fills the screen.
function stepperOf(root, outside) {
  const byId = (id) => root.querySelector(`#${id}`);
  const told = JSON.parse(byId("steps").textContent);
  const figure = root.querySelector("svg.graphgrad");
  const [slider, caption, count, back, next] = ["slider", "caption", "count", "back", "next"].map(byId);
  const nodes = [...figure.querySelectorAll(".node")];
  const edges = [...figure.querySelectorAll(".edge")];
  const later = [...root.querySelectorAll(".text[data-step], td[data-step]")];
  const number = (element, name) => Number(element.dataset[name] || 0);
  const acts = new Map([...nodes, ...edges].map((part) =>
    [part, new Set((part.dataset.acts || "").split(" ").filter(Boolean).map(Number))]));
  let step = -1;
  new ResizeObserver(() => centre()).observe(figure.parentElement); // as in full screen

  // What another mode may change: how far one may go, what is said, the link to a state.
  const mode = {
    allowed: (wanted) => wanted,
    caption: () => told.captions[step],
    shown: () => {},
    link: () => "#step" + step,
  };

  function show(wanted) {
    const asked = Math.min(Math.max(Math.trunc(wanted) || 0, 0), told.last);
    const found = mode.allowed(asked);
    if (found !== step) {
      step = found;
      draw();
    }
    slider.value = step;
    mode.shown();
  }

  function draw() {
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
    centre();
    slider.setAttribute("aria-valuetext", told.counts[step]);
    count.textContent = told.counts[step];
    say();
    back.disabled = step === 0;
    next.disabled = step === told.last;
  }

  // Where the figure is larger than its place, bring what the step works on into view.
  function centre() {
    const frame = figure.parentElement;
    const drawn = figure.querySelector(".node.current, .node.asked") ?? nodes[0];
    if (!drawn) return;
    const [part, around] = [drawn, frame].map((element) => element.getBoundingClientRect());
    if (frame.scrollWidth > frame.clientWidth) {
      frame.scrollLeft += part.left + part.width / 2 - around.left - around.width / 2;
    }
    if (frame.scrollHeight > frame.clientHeight) {
      frame.scrollTop += part.top + part.height / 2 - around.top - around.height / 2;
    }
  }

  function say() {
    const words = mode.caption();
    if (caption.textContent !== words) caption.textContent = words;
  }

  function go(wanted) {
    stepper.stop();
    show(wanted);
    remember();
  }

  const remember = () => outside.remember(mode.link(), step);

  const stepper = {
    root, outside, told, byId, nodes, slider, back, next, mode, show, go, say, remember, centre,
    get step() { return step; },
    get focused() { return root.getRootNode().activeElement; },
    stop: () => {},
  };
  return stepper;
}
