// The page "Your reading": all that this browser keeps, to look at, undo and take along.

import { get, NAMES, watch } from "./keeping.js";
import { button, change, make, say, stories } from "./saying.js";

const LARGEST = 1_000_000; // characters of a file that is read
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
const main = document.querySelector("[data-reading]");
const part = (name) => main.querySelector(`[data-part="${name}"]`);

function savedItem({ id, title, url, by, at }) {
  const item = make("li", "reading__item");
  const link = make("a", "reading__title", title);
  link.href = url;
  link.dir = "auto";
  const facts = make("p", "meta");
  if (by) facts.append(make("span", "", by));
  if (at) facts.append(make("span", "", day.format(new Date(at))));
  facts.append(button("Remove", () => remove("saved", id, title), title));
  item.append(link, facts);
  return item;
}

function mutedItem({ id, name }) {
  const item = make("li", "reading__item meta");
  item.append(make("strong", "", name), make("span", "", id.split(":")[0]));
  item.append(button("Unmute", () => remove("muted", id, name), name));
  return item;
}

function remove(kind, gone, name) {
  change({ [kind]: get(kind).filter(({ id }) => id !== gone) }, `Removed: ${name}.`);
}

const ITEMS = { saved: savedItem, muted: mutedItem };

function show() {
  for (const [name, item] of Object.entries(ITEMS)) {
    part(name).querySelector("ol").replaceChildren(...get(name).map(item));
  }
  part("read").querySelector("[data-count]").textContent = stories(get("read").length);
  for (const name of ["saved", "muted", "read"]) {
    const any = get(name).length > 0;
    part(name).querySelector("[data-none]").hidden = any;
    for (const some of part(name).querySelectorAll("[data-some]")) some.hidden = !any;
  }
}

const ACTS = {
  "clear-saved": () => change({ saved: [] }, `Removed: ${stories(get("saved").length)}.`),
  "clear-muted": () => change({ muted: [] }, "Nothing is muted any more."),
  "clear-read": () => change({ read: [] }, "What you opened is forgotten."),
  forget: () => change(Object.fromEntries(NAMES.map((name) => [name, null])), "Everything is forgotten."),
  export: () => {
    const kept = Object.fromEntries(NAMES.map((name) => [name, get(name)]));
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 1)], { type: "application/json" }));
    link.download = "your-reading.json";
    link.click();
  },
};

function begin() {
  main.addEventListener("click", ({ target }) => ACTS[target.closest("[data-act]")?.dataset.act]?.());
  main.querySelector("[type=file]").addEventListener("change", ({ target }) => {
    if (target.files[0]) bringIn(target.files[0]).finally(() => (target.value = ""));
  });
  main.hidden = false;
  show();
  watch(show);
}

// Lists are joined with what is here; a setting of the file replaces the one here.
async function bringIn(file) {
  let given;
  try {
    given = file.size <= LARGEST && JSON.parse(await file.text());
  } catch {
    given = null;
  }
  if (!given || typeof given !== "object" || !NAMES.some((name) => Object.hasOwn(given, name))) {
    return say("This file holds nothing that was exported here. Nothing has changed.");
  }
  const changes = {};
  for (const name of NAMES.filter((name) => name !== "visit" && Object.hasOwn(given, name))) {
    const here = get(name);
    changes[name] = Array.isArray(here) ? [...here, ...(Array.isArray(given[name]) ? given[name] : [])] : given[name];
  }
  change(changes, "The file has been brought in.");
}

if (main) begin();
