// Play the steps one after the other, and fill the screen.

const PAUSE = 1600;

function playingOf(stepper) {
  const { told, outside, root } = stepper;
  const playing = {
    timer: 0,
    button: stepper.byId("play"),
    start() {
      if (stepper.step === told.last) stepper.show(0);
      playing.timer = setInterval(playing.next, PAUSE);
      playing.mark(true);
    },
    next() {
      if (!root.isConnected) return playing.stop(); // another figure stands in its place
      stepper.show(stepper.step + 1);
      stepper.remember();
      if (stepper.step === told.last) playing.stop();
    },
    stop() {
      if (!playing.timer) return;
      clearInterval(playing.timer);
      playing.timer = 0;
      playing.mark(false);
    },
    mark(on) {
      const words = on ? told.words.pause : told.words.play;
      playing.button.setAttribute("aria-label", words);
      playing.button.title = words;
      playing.button.textContent = on ? "⏸\uFE0E" : "▶\uFE0E";
    },
  };
  playing.button.addEventListener("click", () => (playing.timer ? playing.stop() : playing.start()));

  const whole = stepper.byId("whole");
  whole.hidden = !document.fullscreenEnabled;
  whole.addEventListener("click", () => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : outside.screen.requestFullscreen();
    change.catch(() => {}); // a frame may refuse; the page works all the same
  });
  return playing;
}
