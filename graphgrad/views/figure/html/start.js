// Listen to keys, clicker, slider, buttons and the link, and show the first step.

const keys = {
  ArrowRight: () => step + 1, PageDown: () => step + 1, " ": () => step + 1,
  ArrowLeft: () => step - 1, PageUp: () => step - 1,
  Home: () => 0, End: () => told.last,
};
const CLICKER = ["PageDown", "PageUp"];

// Tell whether a key belongs to what has the focus: letters to a field, Space to a button.
function isTaken(event) {
  const target = event.target;
  if (target.matches("input[type=text]")) return !CLICKER.includes(event.key);
  return event.key === " " && Boolean(target.closest("button, summary"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(keys, event.key)) return;
  if (isTaken(event)) return;
  event.preventDefault();
  go(event.key === " " && event.shiftKey ? step - 1 : keys[event.key]());
});
slider.addEventListener("input", () => go(Number(slider.value)));
back.addEventListener("click", () => go(step - 1));
next.addEventListener("click", () => go(step + 1));

function linked() {
  const match = /^#step[=-]?(\d+)$/.exec(location.hash);
  return match ? Number(match[1]) : null;
}

window.addEventListener("hashchange", () => {
  playing.stop();
  if (location.hash === "#predict") predicting?.enter();
  else show(linked() ?? step);
});
show(linked() ?? told.start);
if (location.hash === "#predict") predicting?.enter();
