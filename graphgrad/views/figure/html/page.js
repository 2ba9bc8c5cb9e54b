// A page of its own: keys from everywhere, and the link to a step in its address.

function linked() {
  const match = /^#step[=-]?(\d+)$/.exec(location.hash);
  return match ? Number(match[1]) : null;
}

const page = mount(document.querySelector("main"), {
  keys: document,
  screen: document.documentElement,
  start: linked(),
  remember(link) {
    try {
      history.replaceState(null, "", link);
    } catch {
      // A page inside another page may not change its address; it steps all the same.
    }
  },
});

window.addEventListener("hashchange", () => {
  page.stop();
  if (location.hash === "#predict") page.predict();
  else page.show(linked() ?? page.step);
});
if (location.hash === "#predict") page.predict();
