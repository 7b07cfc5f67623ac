// Lists of the desk: select all, how many are selected, and switches not saved yet.
"use strict";

const form = document.getElementById("changelist-form");
const bar = form?.querySelector(".desk-bar");

if (bar) {
  const boxes = [...form.querySelectorAll(".action-select")];
  const switches = [...form.querySelectorAll(".desk-switch")];
  const count = bar.querySelector(".desk-count");
  const save = bar.querySelector(".desk-save");
  const corner = form.querySelector("th.desk-tick");
  const all = Object.assign(document.createElement("input"), { type: "checkbox" });
  all.setAttribute("aria-label", "Select all on this page");
  corner.replaceChildren(all);

  const changed = () => switches.filter((box) => box.checked !== box.defaultChecked);

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = `${chosen} selected:`;
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-selected", box.checked));
    if (save) {
      const number = changed().length;
      save.textContent = number ? `Save ${number} ${number === 1 ? "change" : "changes"}` : "Save switches";
      save.classList.toggle("is-due", number > 0);
    }
  };

  let last = null;
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (boxes.includes(box)) {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      }
      last = box;
    }
    if (box.name === "action" && changed().length && !confirm("Your switches are not saved yet, and would be lost. Go on?")) {
      event.preventDefault();
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target === all) boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  window.addEventListener("pageshow", show);
}
