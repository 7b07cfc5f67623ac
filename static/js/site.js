// Small comforts; every page is complete without them.
import { get, put, watch } from "./keeping.js";
import "./times.js";
import "./cards.js";
import "./keys.js";
import "./reading.js";

// On a narrow screen the menu is longer than its line: where one is, is seen.
const here = document.querySelector(".sections [aria-current]");
const menu = here?.closest(".sections__lists");
if (menu) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - menu.clientWidth / 3;

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
  // A lazy one further down may be complete without ever having been asked for.
  const isAsked = image.loading !== "lazy" || image.getBoundingClientRect().top < innerHeight;
  if (image.complete && image.naturalWidth === 0 && isAsked) hide(image);
}

// A picture that the site itself has still to fetch is asked for once more.
function hide(image) {
  image.classList.add("is-broken");
  if (!image.src.includes("/pictures/") || image.dataset.again) return;
  image.dataset.again = "1";
  image.addEventListener("load", () => image.classList.remove("is-broken"));
  setTimeout(() => (image.src = image.src), 3000);
}

// Groups of buttons, one of which holds. The first value of each is the site's own.
const SEEN = ["theme", "size", "pictures"]; // stylesheets know these
const groups = [...document.querySelectorAll("[data-setting]")];

for (const group of groups) {
  const first = group.querySelector("button").value;
  group.hidden = false;
  group.addEventListener("click", ({ target }) => {
    const { value } = target.closest("button") ?? {};
    if (value) put(group.dataset.setting, value === first ? "" : value);
  });
}

function show(name) {
  const chosen = get(name);
  if (SEEN.includes(name)) {
    if (chosen) document.documentElement.dataset[name] = chosen;
    else delete document.documentElement.dataset[name];
  }
  for (const group of groups.filter((group) => group.dataset.setting === name)) {
    const buttons = [...group.querySelectorAll("button")];
    const pressed = buttons.find((button) => button.value === chosen) ?? buttons[0];
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
  }
}

for (const name of new Set(groups.map((group) => group.dataset.setting))) show(name);
watch((name) => {
  if (SEEN.includes(name) || groups.some((group) => group.dataset.setting === name)) show(name);
  if (name === "remember" && get("remember")) for (const kept of ["read", "visit"]) put(kept, null);
});
