// What this browser keeps for its reader, under the names of `SOUND`. Whatever comes out
// of storage or out of a file is looked at first; what is wrong with it is left away.

const SETTINGS = {
  theme: ["light", "dark"],
  size: ["small", "large"],
  pictures: ["off"],
  shortcuts: ["off"],
  remember: ["off"],
};
const SOUND = {
  saved: (value) => list(value, savedStory, 500),
  muted: (value) => list(value, mutedName, 500),
  read: (value) => list(value, readStory, 1000),
  visit: (value) => ({
    start: number(value?.start),
    at: number(value?.at),
    newest: moment(value?.newest),
    before: moment(value?.before),
  }),
};
for (const [name, values] of Object.entries(SETTINGS)) {
  SOUND[name] = (value) => (values.includes(value) ? value : "");
}
export const NAMES = Object.keys(SOUND);

const memory = new Map(); // what storage would not take
const watchers = [];
let complain = () => {};

export function get(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    const kept = localStorage.getItem(name);
    return SOUND[name](name in SETTINGS ? kept : JSON.parse(kept));
  } catch {
    return SOUND[name](null);
  }
}

// `quietly`: nobody asked for it, so nobody is told where it fails.
export function put(name, value, quietly = false) {
  const sound = SOUND[name](value);
  const nothing = !sound || sound.length === 0 || sound.at === 0;
  memory.delete(name);
  try {
    if (nothing) localStorage.removeItem(name);
    else localStorage.setItem(name, name in SETTINGS ? sound : JSON.stringify(sound));
  } catch {
    memory.set(name, sound);
    if (!quietly) complain();
  }
  tell([name]);
}

// Called with the name of what has changed, here or in another tab.
export function watch(watcher) {
  watchers.push(watcher);
}

export function whenFull(said) {
  complain = said;
}

function tell(names) {
  for (const name of names) for (const watcher of watchers) watcher(name);
}

addEventListener("storage", ({ key }) => tell(NAMES.filter((name) => key === null || key === name)));
// Who comes back finds the page as it was left, whatever was kept since.
addEventListener("pageshow", ({ persisted }) => persisted && tell(NAMES));

// Each once, the first of those with one `id`; a bounded number.
function list(value, sound, most) {
  const found = new Map();
  for (const one of Array.isArray(value) ? value : []) {
    const made = sound(one);
    if (made && !found.has(made.id) && found.size < most) found.set(made.id, made);
  }
  return [...found.values()];
}

function savedStory(value) {
  const made = {
    id: word(value?.id),
    title: text(value?.title, 500),
    url: ownPath(value?.url),
    by: text(value?.by, 200),
    at: moment(value?.at),
  };
  return made.id && made.title && made.url.includes(`/stories/${made.id}/`) && made;
}

// Its id says the kind as well: "publisher:example.com", "topic:ai".
function mutedName(value) {
  const id = text(value?.id, 300);
  return /^(publisher|topic):[^\s/:]+$/.test(id) && { id, name: text(value.name, 200) || id };
}

function readStory(value) {
  const id = word(value?.id);
  return id && { id, at: number(value.at) };
}

function word(value) {
  return typeof value === "string" && /^[a-z0-9]{1,40}$/.test(value) ? value : "";
}

// One line, without what turns the direction of the text around it.
function text(value, most) {
  if (typeof value !== "string") return "";
  return value.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, " ").trim().slice(0, most);
}

function number(value) {
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function moment(value) {
  const at = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}

// The path of an address of this site, "" for any other.
function ownPath(value) {
  try {
    const { origin, pathname } = new URL(text(value, 1000), location.origin);
    return origin === location.origin && !pathname.startsWith("//") ? pathname : "";
  } catch {
    return "";
  }
}
