// Stories as this reader knows them: saved, muted, opened, new since the last visit.

import { get, put, watch } from "./keeping.js";
import { button, change, make, stories } from "./saying.js";

const page = document.querySelector(".story[data-story]");
export const cards = [...document.querySelectorAll(".story-card[data-story]")];
const note = make("p", "list-note");
let shown = false; // what is muted, on this page

// Visits end after half an hour of nothing; what has come since the one before is new.
const now = Date.now();
const last = get("visit");
const goesOn = now - last.at <= 30 * 60_000;
const start = goesOn ? last.start : now;
const before = goesOn ? last.before : last.newest;

function rememberVisit() {
  const seen = [...document.querySelectorAll("[data-latest]")].map((card) => Date.parse(card.dataset.latest));
  const newest = Math.max(Date.parse(last.newest) || 0, ...seen.filter(Boolean));
  put("visit", { start, at: now, before, newest: newest && new Date(newest).toISOString() }, true);
  if (!page) return;
  const id = page.dataset.story;
  put("read", [{ id, at: now }, ...get("read").filter((one) => one.id !== id)], true);
}

// As they are muted: "publisher:example.com", "topic:ai".
function idsOf({ dataset: { by, topics = "" } }) {
  return [`publisher:${by}`, ...topics.split(" ").filter(Boolean).map((slug) => `topic:${slug}`)];
}

// By the link that leads there, if the card has one.
function nameOf(card, id) {
  const [kind, key] = id.split(":");
  const path = `/${kind === "topic" ? "topics" : "providers"}/${key}/`;
  const link = [...card.querySelectorAll("a")].find(({ pathname }) => pathname.endsWith(path));
  return link?.textContent.trim() || key;
}

function storyOf(card) {
  const link = card === page ? null : card.querySelector(".story-card__headline a");
  return {
    id: card.dataset.story,
    title: (link ?? card.querySelector("h1")).textContent.trim(),
    url: link?.pathname ?? location.pathname,
    by: nameOf(card, idsOf(card)[0]),
    at: card.dataset.latest,
  };
}

export function toggleSaved(card) {
  const saved = get("saved");
  const others = saved.filter(({ id }) => id !== card.dataset.story);
  put("saved", others.length < saved.length ? others : [storyOf(card), ...saved]);
}

function toggleMuted({ id, name }) {
  const muted = get("muted");
  const others = muted.filter((one) => one.id !== id);
  const isMuted = others.length < muted.length;
  change({ muted: isMuted ? others : [{ id, name }, ...muted] }, `${isMuted ? "No longer muted" : "Muted"}: ${name}.`);
}

// At the end of the line that says who and when.
function addActs(card) {
  const title = card.querySelector(".story-card__headline, h1").textContent.trim();
  const save = button("Save", () => toggleSaved(card), title);
  save.classList.add("acts__save");
  const mute = button("Mute", () => toggleMenu(card, mute), `a publisher or topic of ${title}`);
  mute.setAttribute("aria-expanded", "false");
  const acts = make("span", "acts");
  acts.append(save, mute);
  [...card.querySelectorAll(card === page ? "header .meta" : ".story-card__facts > .meta")].at(-1)?.append(acts);
}

function toggleMenu(card, mute) {
  let menu = card.querySelector(".acts__menu");
  mute.setAttribute("aria-expanded", String(!menu));
  if (menu) return menu.remove();
  menu = make("div", "acts__menu", "Mute: ");
  const names = idsOf(card).map((id) => ({ id, name: nameOf(card, id) }));
  menu.append(...names.map((one) => button(one.name, () => toggleMuted(one))));
  mute.closest(".meta").after(menu);
}

function mark(card, words, kind) {
  let mark = card.querySelector(".seen-mark");
  if (!words) return mark?.remove();
  if (!mark) card.querySelector(".acts").before((mark = make("span")));
  mark.className = `seen-mark seen-mark--${kind}`;
  mark.textContent = words;
}

// A topic's own page shows what is muted by that topic: it was asked for.
const own = document.querySelector("[data-mute]")?.dataset.mute;

function refresh() {
  const saved = new Set(get("saved").map(({ id }) => id));
  const muted = new Set(get("muted").map(({ id }) => id));
  const read = new Map(get("read").map(({ id, at }) => [id, at]));
  const kinds = new Set();
  let hidden = 0;
  let fresh = 0;
  for (const card of page ? [page, ...cards] : cards) {
    const { story, latest } = card.dataset;
    const save = card.querySelector(".acts__save");
    save.setAttribute("aria-pressed", String(saved.has(story)));
    const words = saved.has(story) ? "Saved" : "Save";
    save.ariaLabel = save.ariaLabel.replace(/^\w+/, words);
    save.textContent = words;
    if (card === page) continue;
    const by = idsOf(card).find((id) => id !== own && muted.has(id))?.split(":")[0];
    if (by) kinds.add(`${by}s`);
    hidden += Boolean(by);
    (card.closest("li") ?? card).hidden = Boolean(by) && !shown;
    const isFresh = Boolean(before) && Date.parse(latest) > Date.parse(before) && !(read.get(story) >= start);
    fresh += isFresh && !by;
    card.classList.toggle("is-read", read.has(story) && !isFresh);
    mark(card, isFresh ? "New" : read.has(story) ? "Read" : "", isFresh ? "new" : "read");
  }
  tell(fresh, hidden, kinds);
}

function tell(fresh, hidden, kinds) {
  const said = [];
  const head = document.querySelector("main .page-head");
  const isShort = !head && matchMedia("(max-width: 67.99rem)").matches;
  const isNew = isShort ? " new" : ` here ${fresh === 1 ? "is" : "are"} new since your last visit. `;
  if (fresh) said.push(make("span", "", stories(fresh) + isNew));
  if (hidden) {
    const why = `muted ${[...kinds].sort().join(" and ")}`;
    said.push(make("span", "", isShort ? ` ${hidden} muted ` : `${stories(hidden)} ${shown ? "shown" : "hidden"}: ${why} `));
    said.push(button(shown ? "Hide" : "Show", () => ((shown = !shown), refresh(), note.querySelector("button")?.focus())));
  }
  note.replaceChildren(...said);
  // The front page has no head: where the masthead has no room, the note takes that of the
  // date, so that nothing moves.
  const date = document.querySelector(".masthead__date");
  if (isShort) date.hidden = said.length > 0;
  note.classList.toggle("masthead__date", isShort);
  if (!said.length) return note.remove();
  if (head) head.append(note);
  else if (isShort) date.after(note);
  else document.querySelector(".masthead").prepend(note);
}

// Publishers and topics are muted on their own pages, too.
function muteHere(head) {
  const { mute, name } = head.dataset;
  const [kind] = mute.split(":");
  const act = button("", () => toggleMuted({ id: mute, name }));
  const show = () => {
    const isMuted = get("muted").some(({ id }) => id === mute);
    act.textContent = isMuted ? `Unmute this ${kind}` : `Mute this ${kind}`;
  };
  show();
  watch(show);
  head.append(act);
}

if (!get("remember")) rememberVisit();
for (const head of document.querySelectorAll("[data-mute]")) muteHere(head);
for (const card of page ? [page, ...cards] : cards) addActs(card);
if (page || cards.length) {
  refresh();
  watch((name) => ["saved", "muted", "read"].includes(name) && refresh());
}
