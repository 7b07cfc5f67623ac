// Keys of the queue, and acts without leaving the page; without this all goes by forms.

const KEPT = "desk-keys"; // "off" where an editor switched them off
const AHEAD = 5; // rows from the end at which the next page is asked for
const said = document.querySelector("#queue-said");
const list = document.querySelector("#queue-rows");
const dialog = document.querySelector("#queue-dialog");
const search = document.querySelector("#queue-q");
const acts = []; // what `u` takes back, the latest last
let sending = Promise.resolve();
let coming = null; // the next page, while it is being asked for

// A picture that fails leaves an empty place. `error` does not bubble.
document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && target.remove(), true);

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // It holds for this page only.
  }
}

const on = document.querySelector("#queue-keys-on");
on.checked = kept() !== "off";
on.addEventListener("change", () => keep(on.checked ? "on" : "off"));
const help = document.querySelector("#queue-help");
help.hidden = false;
help.addEventListener("click", () => dialog.showModal());
document.querySelector("#queue-dialog-close").addEventListener("click", () => dialog.close());
for (const button of said.querySelectorAll("button[name=undo]")) acts.push(button.value);

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  p: () => press("publish"),
  w: () => press("withdraw"),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  u: () => takeBack(),
  v: () => {
    const link = here()?.querySelector("[data-preview]");
    if (link) location.assign(link.href);
  },
  "/": () => search.focus(),
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return leave(event);
  if (!on.checked && event.key !== "?") return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
  if (event.repeat && !"jk".includes(event.key)) return; // a key held down decides once
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

function leave(event) {
  const open = event.target.closest("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (event.target.closest("input, textarea, select")) {
    focusOn(rows().find((row) => !isDone(row)));
  }
}

function rows() {
  return list ? [...list.children] : [];
}

function here() {
  return document.activeElement.closest?.(".queue-row") ?? null;
}

function isDone(row) {
  return row.classList.contains("is-done");
}

function focusOn(row) {
  if (!row) return false;
  row.querySelector(".queue-row__title a").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  return true;
}

// From the row with the focus, or else to the first that is in sight.
function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  const first = all.findIndex((row) => row.getBoundingClientRect().bottom > 60);
  const next = at >= 0 ? all[at + by] : all[Math.max(first, 0)];
  if (all.length - all.indexOf(next) <= AHEAD) more();
  if (next) focusOn(next);
  else if (by > 0) more().then((came) => came && focusOn(came));
}

// To the next row that is not decided on: further down, else on the next page, else above.
async function goOn(row) {
  const all = rows();
  const at = all.indexOf(row);
  const below = all.slice(at + 1).find((one) => !isDone(one));
  if (all.length - at <= AHEAD) more();
  focusOn(below) || focusOn(await more()) || focusOn(all.find((one) => !isDone(one)));
}

// The first row of the next page, which is put below; nothing where there is none.
function more() {
  const link = document.querySelector("#queue-next");
  if (!link || !list) return coming ?? Promise.resolve(null);
  coming ??= fetch(link.href)
    .then(async (answer) => {
      const page = parsed(await answer.text());
      const came = [...page.querySelectorAll(".queue-row")];
      list.append(...came);
      const next = page.querySelector("#queue-next");
      if (next) link.replaceWith(next);
      else link.remove();
      coming = null;
      return came[0] ?? null;
    })
    .catch(() => (coming = null));
  return coming;
}

function press(name) {
  const row = here();
  if (row && !isDone(row)) row.querySelector(`button[name=${name}]`)?.click();
}

function takeBack() {
  const act = acts.at(-1);
  if (!act) return show("Nothing was done here that could be undone.");
  const data = new FormData(document.querySelector("#queue-bulk, .queue-row__decide"));
  const token = data.get("csrfmiddlewaretoken");
  const asked = new FormData();
  asked.set("csrfmiddlewaretoken", token);
  asked.set("undo", act);
  return send(asked, null);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.closest(".queue, .queue-said")) return;
  const data = new FormData(form, event.submitter);
  // Of very many the site asks again, on a page of its own.
  if (form.id === "queue-bulk" && data.getAll("story").length > 50) return;
  event.preventDefault();
  send(data, form.closest(".queue-row"));
});

// One act after the other: each is compared with what the one before left.
function send(data, row) {
  data.set("fragment", "1");
  row?.classList.add("is-busy");
  const isUndo = data.has("undo");
  if (row) goOn(row);
  sending = sending.then(async () => {
    try {
      const answer = await fetch(location.href, { method: "POST", body: data });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      take(parsed(await answer.text()), isUndo ? data.get("undo") : null);
    } catch {
      show("That did not reach the site, or you are logged out: load the page again.", "error");
    }
    row?.classList.remove("is-busy");
  });
  return sending;
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function take(answer, undone) {
  said.replaceChildren(...answer.querySelectorAll(".queue-said__one"));
  const act = said.querySelector("button[name=undo]")?.value;
  if (act) acts.push(act);
  const states = [...answer.querySelectorAll(".queue-state")];
  if (undone && states.length) acts.splice(acts.indexOf(undone), 1);
  let first = null;
  for (const one of states) {
    const row = document.querySelector(`#story-${CSS.escape(one.dataset.story)}`);
    if (!row) continue;
    mark(row, one.dataset.state, one.textContent);
    if (one.dataset.shown) {
      for (const field of row.querySelectorAll("input[name=shown]")) field.value = one.dataset.shown;
    }
    if (one.dataset.state === "waits") first ??= row;
  }
  if (undone) focusOn(first);
}

function mark(row, state, words) {
  const told = row.querySelector(".queue-row__state");
  told.textContent = words;
  told.hidden = !words;
  row.dataset.state = state;
  row.classList.toggle("is-done", state === "published" || state === "withdrawn");
  const box = row.querySelector("input[type=checkbox]");
  if (box && isDone(row)) box.checked = false;
}

function show(words, level = "warning") {
  const one = document.createElement("div");
  one.className = `queue-said__one queue-said__one--${level}`;
  one.append(Object.assign(document.createElement("p"), { textContent: words }));
  said.replaceChildren(one);
}
