// Talk to the worker that runs Python: one question at a time, each within its budget of seconds.

const BUDGETS = { open: 30, set: 30, view: 30, save: 10, file: 30, check: 90 };

// Return {ask}. `told` hears {stage, why} while Python loads and works, `stopped` the seconds that a
// question took at most when it took longer: then the worker is ended and a new one started.
export function pythonIn(told, stopped) {
  let worker, waiting, ready, count = 0;
  const queue = [];

  function start() {
    ready = false;
    worker = new Worker("worker.js", { type: "module" });
    worker.addEventListener("message", heard);
    worker.addEventListener("error", (event) => told({ stage: "failed", why: event.message || "worker" }));
  }

  function heard({ data }) {
    if (data.stage === "ready") ready = true;
    if (data.stage) {
      told(data);
      if (data.stage === "working") countDown();
    } else if (waiting?.id === data.id) {
      const done = waiting;
      finish();
      done.resolve(data.answer);
    }
    next();
  }

  function finish() {
    clearTimeout(waiting.timer);
    waiting = undefined;
  }

  // What is loaded late counts as loading; the budget is that of the computation.
  function countDown() {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    const seconds = budget(waiting.message.do);
    waiting.timer = setTimeout(() => {
      const late = waiting;
      finish();
      worker.terminate();
      start();
      stopped(seconds);
      late.resolve(null);
    }, seconds * 1000);
  }

  function next() {
    if (waiting || !ready || queue.length === 0) return;
    waiting = queue.shift();
    worker.postMessage({ id: waiting.id, message: waiting.message });
  }

  // Return a promise of the answer; null if another question of its kind took its place, or it was stopped.
  function ask(message) {
    return new Promise((resolve) => {
      const at = queue.findIndex((other) => other.message.do === message.do && message.do !== "set");
      if (at >= 0) queue.splice(at, 1)[0].resolve(null);
      queue.push({ id: ++count, message, resolve });
      next();
    });
  }

  start();
  return { ask };
}

function budget(deed) {
  const asked = Number(new URLSearchParams(location.search).get("seconds"));
  return asked > 0 ? asked : BUDGETS[deed] ?? 30;
}
