/* The questionnaire editor: fields that fit the kind, and a preview while one types. The pages work without it. */
"use strict";

/* Only the fields of the chosen kind are shown; the others stay in the page with what was typed. */
const kind = document.querySelector("select[name=kind]");
function showFields() {
  for (const part of document.querySelectorAll("[data-kinds]")) part.hidden = !part.dataset.kinds.split(" ").includes(kind.value);
}
if (kind) { kind.addEventListener("change", showFields); showFields(); }

/* A condition shows the fields its way of choosing and the chosen question need. */
const when = document.querySelector("select[name=when]");
const about = document.querySelector("select[name=about]");
function showCondition() {
  for (const part of document.querySelectorAll("[data-when]")) {
    const asks = part.dataset.about?.split(" ") ?? [about.value];
    part.hidden = !(part.dataset.when.split(" ").includes(when.value) && asks.includes(about.value));
  }
}
if (when) { for (const one of [when, about]) one.addEventListener("change", showCondition); showCondition(); }

/* The preview follows the form. Answers that arrive late are dropped. */
for (const seen of document.querySelectorAll("[data-preview]")) {
  const form = document.getElementById(seen.dataset.preview);
  const buttons = [...document.querySelectorAll("[data-preview-buttons] button")];
  let language = buttons.find((one) => one.hasAttribute("aria-current"))?.value ?? "sv";
  let timer, latest = 0;
  const renew = async () => {
    const mine = ++latest;
    const typed = new FormData(form);
    typed.set("show_in", language);
    try {
      const answered = await fetch(form.action, { method: "POST", body: typed });
      if (mine !== latest || !answered.ok) return;
      const page = new DOMParser().parseFromString(await answered.text(), "text/html");
      const fresh = page.getElementById(seen.id);
      if (fresh) seen.replaceChildren(...fresh.childNodes);
    } catch { /* the next change tries again */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(renew, 350); });
  for (const button of buttons) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      language = button.value;
      for (const one of buttons) one.toggleAttribute("aria-current", one === button);
      button.setAttribute("aria-current", "true");
      renew();
    });
  }
}

/* Questions can be dragged to their place by the number before them; the row's own form does the moving. */
for (const list of document.querySelectorAll("[data-reorder]")) {
  let dragged = null;
  const rows = () => [...list.children].filter((row) => row.querySelector("form[data-place]"));
  for (const handle of list.querySelectorAll(".ms-place")) {
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = handle.parentElement;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(dragged, 8, 8);
    });
  }
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-reorder] > li");
    if (!dragged || !over) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
  });
  list.addEventListener("dragend", () => {
    const form = dragged?.querySelector("form[data-place]");
    const place = rows().indexOf(dragged) + 1;
    const field = form?.elements.to;
    dragged = null;
    if (!field || Number(field.value) === place) return;
    field.value = place;
    form.requestSubmit();
  });
}
