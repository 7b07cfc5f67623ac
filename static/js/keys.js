// Keys, where nobody writes and no modifier is held; a reader may switch them off.
// Links say by `data-keys` which keys lead to them.

import { get } from "./keeping.js";
import { cards, toggleSaved } from "./cards.js";
import { button, make } from "./saying.js";

const PATIENCE = 1500; // between "g" and the key after it
let wentAt = -PATIENCE;
let help;

// What an act answers with false is left to the browser.
const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => here()?.querySelector(".story-card__headline a").click() ?? false,
  s: () => {
    const story = here() ?? document.querySelector(".story[data-story]");
    return story ? toggleSaved(story) : false;
  },
  g: () => void (wentAt = performance.now()),
  "/": () => {
    const field = [...document.querySelectorAll("input[type=search]")].find((one) => one.checkVisibility());
    return field ? field.focus() : follow("/");
  },
  "?": () => showHelp(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]") || get("shortcuts")) return;
  const led = performance.now() - wentAt < PATIENCE;
  wentAt = -PATIENCE;
  const act = led ? () => follow(`g${event.key}`) : Object.hasOwn(ACTS, event.key) && ACTS[event.key];
  if (act && act() !== false) event.preventDefault();
});

function follow(keys) {
  const link = [...document.querySelectorAll("[data-keys]")].find((one) => one.dataset.keys === keys);
  return link ? link.click() : false;
}

function here() {
  return document.activeElement.closest(".story-card[data-story]");
}

// From the card with the focus, or else from the first that is in sight.
function step(by) {
  const open = cards.filter((card) => card.checkVisibility());
  const at = open.indexOf(here());
  const first = open.findIndex((card) => card.getBoundingClientRect().bottom > 0);
  const next = open[at >= 0 ? at + by : Math.max(first, 0)];
  next?.querySelector(".story-card__headline a").focus();
  return Boolean(next);
}

async function showHelp() {
  help ??= await readHelp().catch(() => null);
  if (help) help.showModal();
  else follow("?");
}

// The page of shortcuts says what they are; this shows its table.
async function readHelp() {
  const answer = await fetch(document.querySelector('[data-keys="?"]').href);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const dialog = make("dialog", "help");
  const name = make("h2", "", found.querySelector("h1").textContent);
  name.id = "help-name";
  dialog.setAttribute("aria-labelledby", name.id);
  dialog.append(name, document.importNode(found.querySelector(".keys"), true), button("Close", () => dialog.close()));
  document.body.append(dialog);
  return dialog;
}
