/* The coding grid and the review, by keyboard. The server counts Unicode code points, browsers count UTF-16
   units: every number that leaves or enters passes pointsIn() or unitsFor(). Both pages work without this file. */
"use strict";

/* "👋".length is 2, pointsIn("👋") is 1. */
const pointsIn = (text) => [...text].length;
const unitsFor = (text, points) => [...text].slice(0, points).join("").length;

/* Where a place in the page lies in the text: what script and the server call an offset. */
function offsetOf(cell, node, at, isEnd) {
  if (node === cell) {
    const child = cell.childNodes[at] ?? null;
    return child?.dataset?.start ? Number(child.dataset.start) : lengthOf(cell);
  }
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const part = element.closest("[data-start]");
  if (!part || !cell.contains(part)) return isEnd ? lengthOf(cell) : 0;
  if (element.closest("[data-skip]")) return Number(part.dataset.end);
  if ("mask" in part.dataset) return Number(isEnd && at > 0 ? part.dataset.end : part.dataset.start);
  if (node.nodeType !== Node.TEXT_NODE) return Number(at > 0 ? part.dataset.end : part.dataset.start);
  return Number(part.dataset.start) + pointsIn(node.data.slice(0, at));
}
/* A part's own words, without the code numbers that stand in it. */
const wordsIn = (part) => part.firstChild?.data ?? "";
const lengthOf = (cell) => Math.max(0, ...[...cell.querySelectorAll("[data-end]")].map((part) => Number(part.dataset.end)));

/* The passage that is marked in a cell, or null. */
function passageIn(cell) {
  const marked = getSelection();
  if (!marked.rangeCount || marked.isCollapsed || !cell) return null;
  const range = marked.getRangeAt(0);
  if (!range.intersectsNode(cell)) return null;
  const inside = (node) => cell === node || cell.contains(node);
  const start = inside(range.startContainer) ? offsetOf(cell, range.startContainer, range.startOffset, false) : 0;
  const end = inside(range.endContainer) ? offsetOf(cell, range.endContainer, range.endOffset, true) : lengthOf(cell);
  return start < end ? { start, end } : null;
}

/* Mark a passage, as if with the mouse. */
function markPassage(cell, start, end) {
  const range = document.createRange();
  const place = (offset, isEnd) => {
    for (const part of cell.querySelectorAll("[data-start]")) {
      const from = Number(part.dataset.start), to = Number(part.dataset.end);
      if (offset < from || offset > to || (!isEnd && offset === to && to !== lengthOf(cell))) continue;
      if ("mask" in part.dataset || !part.firstChild) { isEnd ? range.setEndAfter(part) : range.setStartBefore(part); return; }
      const units = unitsFor(part.firstChild.data, offset - from);
      isEnd ? range.setEnd(part.firstChild, units) : range.setStart(part.firstChild, units);
      return;
    }
  };
  place(start, false);
  place(end, true);
  const marked = getSelection();
  marked.removeAllRanges();
  marked.addRange(range);
}

/* The words of a cell as passages: for marking with the arrow keys. */
function wordsOf(cell) {
  const words = [];
  for (const part of cell.querySelectorAll("[data-start]")) {
    const from = Number(part.dataset.start);
    if ("mask" in part.dataset) { words.push({ start: from, end: Number(part.dataset.end) }); continue; }
    const text = wordsIn(part);
    for (const found of text.matchAll(/\S+/gu)) {
      const start = from + pointsIn(text.slice(0, found.index));
      const last = words.at(-1);
      const end = start + pointsIn(found[0]);
      if (last && last.end === start && found.index === 0) last.end = end; /* a word that a code's edge cuts */
      else words.push({ start, end });
    }
  }
  return words;
}

/* Right and left arrow: the next or previous word; with Shift the marked stretch grows or shrinks. */
function markByWord(cell, step, grows) {
  const words = wordsOf(cell);
  if (!words.length) return;
  const now = passageIn(cell);
  if (!now) { const word = step > 0 ? words[0] : words.at(-1); markPassage(cell, word.start, word.end); return; }
  const first = Math.max(0, words.findIndex((word) => word.end > now.start));
  const last = Math.max(first, words.findLastIndex((word) => word.start < now.end));
  if (grows) {
    const until = Math.min(words.length - 1, Math.max(first, last + step));
    markPassage(cell, words[first].start, words[until].end);
  } else {
    const next = words[Math.min(words.length - 1, Math.max(0, (step > 0 ? last : first) + step))];
    markPassage(cell, next.start, next.end);
  }
}

const isTyping = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;

/* ---------- The grid ---------- */
function startBench(bench) {
  const said = document.getElementById("said"), progress = document.getElementById("progress");
  const answers = bench.querySelector("[data-answers]"), tray = bench.querySelector("[data-tray]");
  const filter = bench.querySelector("form.ms-filter");
  const rows = () => [...answers.querySelectorAll("tbody tr")];
  const here = () => answers.querySelector("tr.is-here");
  const cellOf = (row) => row?.querySelector("[data-voice]");
  const numbersOf = (row) => row.dataset.numbers.split(" ").filter(Boolean);
  const isTouch = () => matchMedia("(hover: none), (max-width: 63.99rem)").matches;

  /* ----- which answer is read ----- */
  function goTo(row, scrolls = true) {
    if (!row) return;
    here()?.removeAttribute("aria-current");
    here()?.classList.remove("is-here");
    row.classList.add("is-here");
    row.setAttribute("aria-current", "true");
    if (scrolls) { row.tabIndex = -1; row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); }
    if (!tray) return;
    const where = tray.querySelector("[data-here]"), put = numbersOf(row);
    where.textContent = where.dataset.words.replace("{number}", row.dataset.number);
    for (const code of tray.querySelectorAll("[data-put]")) code.setAttribute("aria-pressed", String(put.includes(code.dataset.put)));
  }
  function step(by) {
    const all = rows(), next = all.indexOf(here()) + by;
    if (next >= all.length) return answers.querySelector("a[rel=next]")?.click();
    goTo(all[Math.max(0, next)]);
  }

  /* ----- saving: the row comes anew, and the numbers beside change by what changed in it ----- */
  async function send(address, values) {
    const body = new URLSearchParams({ csrf_token: bench.dataset.csrf, codes: bench.dataset.codes, ...values });
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "X-Fragment": "row" } });
      const kind = answer.headers.get("Content-Type") ?? "";
      if (!kind.startsWith("application/json")) throw new Error(String(answer.status));
      show(await answer.json());
      return answer.ok;
    } catch { said.textContent = bench.dataset.failed; return false; }
  }
  function show(news) {
    const old = news.row && document.getElementById(`t-${news.text}`);
    if (old) {
      const held = document.createElement("template");
      held.innerHTML = news.row.trim();
      const fresh = held.content.querySelector("tr");
      compare(old, fresh, news.coded ?? null);
      old.replaceWith(fresh);
      goTo(fresh);
    } else if (news.row) load(location.href, { recounts: true }); /* undone on another page */
    said.textContent = news.message;
  }
  function compare(old, fresh, coded) {
    const before = new Set(numbersOf(old)), after = new Set(numbersOf(fresh));
    for (const number of after) if (!before.has(number)) add(number, 1);
    for (const number of before) if (!after.has(number)) add(number, -1);
    count(coded === null ? ("done" in fresh.dataset) - ("done" in old.dataset) : coded - progress.dataset.coded);
  }
  function count(difference) {
    progress.dataset.coded = Number(progress.dataset.coded) + difference;
    progress.textContent = progress.dataset.words.replace("{coded}", progress.dataset.coded);
  }
  function add(number, difference) {
    const shown = bench.querySelector(`[data-count="${number}"]`);
    if (shown) shown.textContent = String(Number(shown.textContent) + difference);
  }

  const address = (row, act) => `${bench.dataset.textUrl.replace("ID", row.id.slice(2))}/${act}`;
  /* With the mark of the words the places are counted in: the server refuses them for other words. */
  const marked = (row) => {
    const cell = cellOf(row), passage = passageIn(cell);
    return passage && { ...passage, shown: cell.dataset.shown };
  };
  /* On the words that are marked; where none are, on the whole answer. */
  function putCode(number, passage = here() && marked(here())) {
    if (here()) send(address(here(), "code"), { number, shown: cellOf(here()).dataset.shown, ...passage });
  }

  /* Yes puts the suggested code like any other; no, and it is not suggested again. */
  function answerSuggestion(what) {
    const form = here()?.querySelector(`[data-${what}] form`);
    if (form) form.requestSubmit(); else said.textContent = bench.dataset.noSuggestion;
  }

  /* ----- filters and pages: the answers come anew, the page stays ----- */
  let loading = Promise.resolve(); /* what is pressed meanwhile waits for the new answers */
  const load = (url, how = {}) => { loading = bring(url, how); return loading; };
  async function bring(url, { remembers = false, recounts = false }) {
    const before = here()?.id;
    answers.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { "X-Fragment": recounts ? "recount" : bench.dataset.codes } });
      const kind = answer.headers.get("Content-Type") ?? "";
      if (answer.redirected || !kind.startsWith("application/json")) { location.href = url; return; }
      const news = await answer.json();
      answers.innerHTML = news.answers;
      bench.dataset.codes = news.layer;
      for (const [number, texts] of Object.entries(news.counts)) {
        const shown = bench.querySelector(`[data-count="${number}"]`);
        if (shown) shown.textContent = texts;
      }
      const whose = bench.querySelector("[data-whose]");
      if (whose) whose.textContent = news.whose;
      const badge = bench.querySelector("[data-badge]");
      if (badge) badge.textContent = news.narrowed || "";
      if (remembers) { history.pushState(null, "", url); said.textContent = news.message; }
      if (news.coded !== null) count(news.coded - progress.dataset.coded);
      goTo((recounts && document.getElementById(before)) || rows()[0], false);
    } catch { location.href = url; }
    answers.removeAttribute("aria-busy");
  }
  filter.addEventListener("submit", (event) => {
    const asked = [...new FormData(filter)].filter(([, value]) => value);
    const elsewhere = asked.some(([name, value]) => ["question", "wave"].includes(name) && !filter.action.endsWith(value));
    if (elsewhere) return;
    event.preventDefault();
    load(`${new URL(filter.action).pathname}?${new URLSearchParams(asked)}`, { remembers: true });
  });
  addEventListener("popstate", () => load(location.href));
  answers.addEventListener("click", (event) => {
    const link = event.target.closest(".ms-pager a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    load(link.href, { remembers: true }).then(() => answers.scrollIntoView({ block: "start" }));
  });

  /* ----- a code by its letters ----- */
  const finder = document.getElementById("find-code"), words = finder.querySelector("input"), list = finder.querySelector("ul");
  const known = [...bench.querySelectorAll("li[data-code]")].map((code) => ({ number: code.dataset.code, name: code.dataset.name, key: code.querySelector(".ms-key").className }));
  let chosen = 0, meant = null;
  function openFinder(letter) {
    if (!here() || !known.length) return;
    meant = marked(here());
    words.value = letter;
    finder.showModal();
    words.focus();
    listCodes();
  }
  /* Those whose words begin so come before those that hold it somewhere. */
  function fitting() {
    const wanted = words.value.trim().toLowerCase();
    const rank = ({ number, name }) => number === wanted ? 0 : ` ${name.toLowerCase()}`.includes(` ${wanted}`) ? 1 : name.toLowerCase().includes(wanted) ? 2 : 3;
    return known.map((code) => [rank(code), code]).filter(([place]) => place < 3).sort(([a], [b]) => a - b).map(([, code]) => code);
  }
  function listCodes() {
    const found = fitting();
    chosen = Math.max(0, Math.min(chosen, found.length - 1));
    list.replaceChildren(...found.map((code, place) => {
      const item = document.createElement("li"), key = document.createElement("span");
      Object.assign(item, { id: `option-${code.number}`, role: "option" });
      Object.assign(key, { className: code.key, textContent: code.number });
      item.setAttribute("aria-selected", String(place === chosen));
      item.dataset.put = code.number;
      item.append(key, code.name);
      return item;
    }));
    if (!found.length) list.textContent = list.dataset.none;
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    words.setAttribute("aria-activedescendant", found[chosen] ? `option-${found[chosen].number}` : "");
  }
  function take(number) {
    finder.close();
    putCode(number, meant);
  }
  words.addEventListener("input", () => { chosen = 0; listCodes(); });
  finder.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); chosen += by; listCodes(); }
    if (event.key === "Enter" && event.target === words) { event.preventDefault(); const code = fitting()[chosen]; if (code) take(code.number); }
  });
  list.addEventListener("click", (event) => { const item = event.target.closest("[data-put]"); if (item) take(item.dataset.put); });

  /* ----- a memo on the answer ----- */
  const note = document.getElementById("note");
  const noted = note.querySelector("textarea");
  noted.addEventListener("input", () => noted.setCustomValidity(""));
  note.querySelector("[data-saves-note]").addEventListener("click", async () => {
    note.close();
    if (await send(address(here(), "memos"), { words: noted.value })) return;
    note.showModal(); /* with what was written, and why it was not saved */
    noted.setCustomValidity(said.textContent);
    noted.reportValidity();
  });

  /* ----- keys ----- */
  const keysWindow = document.getElementById("all-keys");
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    a: () => { const cell = cellOf(here()); if (cell) markPassage(cell, 0, lengthOf(cell)); },
    c: () => openFinder(""),
    m: () => { if (here()) { noted.value = ""; noted.setCustomValidity(""); note.showModal(); } },
    s: () => answerSuggestion("accept"),
    n: () => answerSuggestion("decline"),
    x: () => { const row = here(), passage = row && marked(row); passage ? send(address(row, "mask"), passage) : (said.textContent = bench.dataset.markFirst); },
    0: () => here() && send(address(here(), "aside"), { aside: "yes" }),
    "?": () => keysWindow.showModal(),
    Escape: () => getSelection().removeAllRanges(),
    ArrowRight: (event) => here() && markByWord(cellOf(here()), 1, event.shiftKey),
    ArrowLeft: (event) => here() && markByWord(cellOf(here()), -1, event.shiftKey),
    undo: () => send(bench.dataset.undo, {}),
    redo: () => send(bench.dataset.redo, {}),
  };
  /* Which act a key asks for; null: none of ours. */
  function actOf(event) {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) return key === "y" || (key === "z" && event.shiftKey) ? acts.redo : key === "z" ? acts.undo : null;
    if (/^[1-9]$/.test(key)) return () => known.some(({ number }) => number === key) && putCode(key);
    if (key.length > 1 || !(key in acts)) return acts[event.key] ?? (/^\p{L}$/u.test(key) ? () => openFinder(key) : null);
    return acts[key];
  }
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("summary, a, button") && /^(Enter| )$/.test(event.key)) return;
    const act = actOf(event);
    if (act) { event.preventDefault(); loading.then(() => act(event)); }
  });

  /* ----- mouse and finger ----- */
  for (const opener of bench.querySelectorAll("[data-opens]")) {
    opener.hidden = isTouch();
    opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
  }
  for (const closer of bench.querySelectorAll("[data-closes]")) closer.addEventListener("click", () => closer.closest("dialog").close());
  for (const key of bench.querySelectorAll("li[data-code] .ms-key")) {
    const button = document.createElement("button"), { number, name } = { number: key.textContent, name: key.closest("li").dataset.name };
    Object.assign(button, { type: "button", className: key.className, textContent: number, title: name });
    button.setAttribute("aria-label", `${number} ${name}`);
    button.dataset.put = number;
    key.replaceWith(button);
  }
  bench.addEventListener("mousedown", (event) => { if (event.target.closest("button[data-put]")) event.preventDefault(); }); /* what is marked stays marked */
  bench.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-put], button[data-act]");
    if (button?.dataset.put) putCode(button.dataset.put);
    if (button?.dataset.act) acts[button.dataset.act]();
  });
  /* Forms inside the grid (remove a code, undo) answer without leaving the page. */
  bench.addEventListener("submit", (event) => {
    const form = event.target;
    if (!/\/(remove|undo|redo|code|decline)$/.test(form.action)) return;
    event.preventDefault();
    const row = form.closest("tr");
    if (row) goTo(row, false);
    const given = Object.fromEntries(new FormData(form)), passage = row && form.closest("[data-accept]") && marked(row);
    delete given.csrf_token;
    send(form.action, { ...given, ...passage });
  });
  answers.addEventListener("pointerdown", (event) => goTo(event.target.closest("tbody tr"), false));
  /* On a phone the answer at the upper part of the screen is the one that is read. */
  let waits = false;
  function follow() {
    waits = false;
    const line = innerHeight / 3, row = rows().find((one) => one.getBoundingClientRect().bottom > line);
    if (row && row !== here()) goTo(row, false);
  }
  if (tray && isTouch()) {
    tray.hidden = false;
    addEventListener("scroll", () => { if (!waits) { waits = true; requestAnimationFrame(follow); } }, { passive: true });
  }
  goTo(document.querySelector("tr:target") ?? rows()[0], false);
}

/* ---------- The review ---------- */
function startReview(review) {
  const form = document.getElementById("review");
  const ticks = [...form.querySelectorAll("input[type=checkbox]")];
  const words = form.querySelector("textarea");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const tick = /^[1-9]$/.test(event.key) ? ticks[Number(event.key) - 1] : null;
    if (tick) { event.preventDefault(); tick.checked = !tick.checked; tick.focus(); }
    if (event.key.toLowerCase() === "x") {
      const cell = review.querySelector("[data-voice]"), passage = passageIn(cell);
      if (!passage) return;
      event.preventDefault();
      const text = [...cell.querySelectorAll("[data-start]")].map(wordsIn).join("");
      const chosen = [...text].slice(passage.start, passage.end).join("").trim();
      words.value = words.value ? `${words.value.trimEnd()}\n${chosen}` : chosen;
      getSelection().removeAllRanges();
    }
    if (event.key === "Enter" && !event.target.closest("a, button, summary")) { event.preventDefault(); form.requestSubmit(); }
  });
}

const bench = document.querySelector("[data-bench]");
if (bench) startBench(bench);
const review = document.querySelector("[data-review]");
if (review) startReview(review);
