// Keys reach the app as soon as its terminal is there, without a click.
"use strict";
const waiting = new MutationObserver(() => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  if (keyboard) {
    waiting.disconnect();
    keyboard.focus();
    window.addEventListener("focus", () => keyboard.focus());
  }
});
waiting.observe(document.documentElement, { childList: true, subtree: true });
