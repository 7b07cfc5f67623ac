// Making elements out of words, and one line at the foot of the window that says what
// has been done. Words are only ever text.

import { get, put, whenFull } from "./keeping.js";

export function make(tag, className = "", words = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = words;
  return made;
}

// `about`: what only those need to hear who do not see where the button stands.
export function button(words, does, about = "") {
  const made = make("button", "button button--quiet", words);
  made.type = "button";
  if (about) made.ariaLabel = `${words} ${about}`;
  made.addEventListener("click", () => does(made));
  return made;
}

export function stories(count) {
  return count === 1 ? "1 story" : `${count} stories`;
}

export function say(words, undo) {
  const line = document.querySelector(".notice");
  if (!line) return;
  const close = () => line.replaceChildren();
  const acts = [button("Close", close)];
  if (undo) acts.unshift(button("Undo", () => (close(), undo())));
  line.replaceChildren(make("span", "", words), ...acts);
  // What was acted on is gone, and the focus with it.
  if (undo) acts[0].focus();
}

// Change what is kept under these names, say so, and offer the way back.
export function change(changes, words) {
  const before = Object.keys(changes).map((name) => [name, get(name)]);
  for (const [name, value] of Object.entries(changes)) put(name, value);
  if (words) say(words, () => before.forEach(([name, value]) => put(name, value)));
}

let told = false;
whenFull(() => {
  if (!told) say("Your browser keeps nothing more for this site: this holds for this page only.");
  told = true;
});
