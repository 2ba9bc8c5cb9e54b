// Carry messages between the front end and the kernel, by traits.

const PATIENCE = 10_000;

// Tell whether what an element stands in is dark, by the first colour that is painted. A canvas reads
// whatever words a style has for a colour.
function isDark(element) {
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  for (let around = element; around; around = around.parentElement ?? around.getRootNode().host) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = getComputedStyle(around).backgroundColor;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, opaque] = brush.getImageData(0, 0, 1, 1).data;
    if (opaque > 127) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  }
  return false;
}

function render({ model, el }) {
  const waiting = new Map();
  const alone = () => ({ ok: false, mistake: { message: model.get("shown").words.alone } });
  const send = (message) => new Promise((done) => {
    const id = crypto.randomUUID();
    waiting.set(id, done);
    model.set("asked", { ...message, id });
    model.save_changes();
    setTimeout(() => waiting.has(id) && heard({ ...alone(), id }), PATIENCE);
  });
  const heard = (answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  };
  const host = document.createElement("div");
  el.append(host);
  const view = live(host, send, { ...model.get("shown"), step: model.get("step") }, {
    remember(step) {
      model.set("step", step);
      model.save_changes();
    },
  });
  const changed = {
    shown: () => view.show(model.get("shown")),
    step: () => model.get("step") !== view.step && view.go(model.get("step")),
    answered: () => heard(model.get("answered")),
  };
  for (const [name, act] of Object.entries(changed)) model.on(`change:${name}`, act);
  const follow = () => {
    if (model.get("follows") && host.isConnected && isDark(el) && view.shown.view.theme === "light") {
      view.ask({ do: "view", theme: "dark" });
    }
  };
  setTimeout(follow, 100); // it stands in the page by then
  return () => {
    for (const [name, act] of Object.entries(changed)) model.off(`change:${name}`, act);
  };
}

export default { render };
