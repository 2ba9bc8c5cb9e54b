// Keys reach the app as soon as its terminal is there, without a click.
"use strict";
// The token in the address has done its work: the cookie stands for it from here on.
const address = new URL(location.href);
if (address.searchParams.has("token")) {
  address.searchParams.delete("token");
  history.replaceState(null, "", address.pathname + address.search);
}
const waiting = new MutationObserver(() => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  if (keyboard) {
    waiting.disconnect();
    keyboard.focus();
    window.addEventListener("focus", () => keyboard.focus());
  }
});
waiting.observe(document.documentElement, { childList: true, subtree: true });
