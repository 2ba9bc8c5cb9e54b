// Mount the stepping of a figure: listen to keys, clicker, slider and buttons, show the first step.

const CLICKER = ["PageDown", "PageUp"];

// Tell whether a key belongs to what has the focus: letters to a field, Space to a button.
function isTaken(event) {
  const target = event.composedPath()[0];
  if (target.matches("input[type=text], textarea, select")) return !CLICKER.includes(event.key);
  return event.key === " " && Boolean(target.closest("button, summary"));
}

// Return {step, predicting, answered, show, go, stop, centre, predict} of the figure in `root`. `outside` may name:
// `keys`, what hears the keys; `screen`, what fills the screen; `start`, the first step shown;
// `remember(link, step)`, called whenever the reader goes somewhere.
function mount(root, outside = {}) {
  const around = { keys: root, screen: root, remember: () => {}, ...outside };
  const stepper = stepperOf(root, around);
  const playing = playingOf(stepper);
  stepper.stop = playing.stop;
  const predicting = stepper.told.predict && predictingOf(stepper);
  const keys = {
    ArrowRight: () => stepper.step + 1, PageDown: () => stepper.step + 1, " ": () => stepper.step + 1,
    ArrowLeft: () => stepper.step - 1, PageUp: () => stepper.step - 1,
    Home: () => 0, End: () => stepper.told.last,
  };
  around.keys.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(keys, event.key)) return;
    if (isTaken(event)) return;
    event.preventDefault();
    stepper.go(event.key === " " && event.shiftKey ? stepper.step - 1 : keys[event.key]());
  });
  stepper.slider.addEventListener("input", () => stepper.go(Number(stepper.slider.value)));
  stepper.back.addEventListener("click", () => stepper.go(stepper.step - 1));
  stepper.next.addEventListener("click", () => stepper.go(stepper.step + 1));
  stepper.show(around.start ?? stepper.told.start);
  return {
    get step() { return stepper.step; },
    get predicting() { return Boolean(predicting?.on); },
    show: stepper.show,
    go: stepper.go,
    stop: playing.stop,
    centre: stepper.centre,
    get answered() { return predicting?.given() ?? []; },
    predict: (answers = []) => predicting?.take(answers),
  };
}
