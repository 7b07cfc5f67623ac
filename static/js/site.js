// Small comforts; every page is complete without them.

// A picture that fails gives way to the name behind it. `error` does not bubble,
// so it is met on the way down.
document.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLImageElement) hide(event.target);
  },
  true,
);
for (const image of document.images) {
  if (image.complete && image.naturalWidth === 0 && image.loading !== "lazy") hide(image);
}

function hide(image) {
  image.classList.add("is-broken");
}

// The theme: Auto follows the system, the others are kept on this machine only.
const chooser = document.querySelector("[data-theme-chooser]");
if (chooser) {
  chooser.hidden = false;
  chooser.addEventListener("click", (event) => {
    const button = event.target.closest("button[value]");
    if (button) choose(button.value);
  });
  show();
}

function choose(theme) {
  const chosen = theme === "light" || theme === "dark";
  if (chosen) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  try {
    if (chosen) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Storage is closed: the choice holds for this page.
  }
  show();
}

function show() {
  const theme = document.documentElement.dataset.theme ?? "auto";
  for (const button of chooser.querySelectorAll("button[value]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
