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
  const said = document.getElementById("said");
  const rows = () => [...bench.querySelectorAll("tbody tr")];
  const here = () => bench.querySelector("tr.is-here");
  const cellOf = (row) => row?.querySelector("[data-voice]");
  let digits = "", digitsTimer = 0;

  function goTo(row, scrolls = true) {
    if (!row) return;
    for (const other of rows()) { other.classList.remove("is-here"); other.removeAttribute("aria-current"); }
    row.classList.add("is-here");
    row.setAttribute("aria-current", "true");
    if (scrolls) { row.tabIndex = -1; row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); }
  }

  async function send(address, values) {
    const body = new URLSearchParams({ csrf_token: bench.dataset.csrf, codes: bench.dataset.codes, ...values });
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "X-Fragment": "row" } });
      const kind = answer.headers.get("Content-Type") ?? "";
      if (!kind.startsWith("application/json")) throw new Error(String(answer.status));
      show(await answer.json());
    } catch { said.textContent = bench.dataset.failed; }
  }

  function show(news) {
    said.textContent = news.message;
    if (news.progress) document.getElementById("progress").textContent = news.progress;
    for (const [number, count] of Object.entries(news.counts ?? {})) {
      const shown = bench.querySelector(`[data-count="${number}"]`);
      if (shown) shown.textContent = count;
    }
    const old = news.row && document.getElementById(`t-${news.text}`);
    if (!old) return;
    const held = document.createElement("template");
    held.innerHTML = news.row.trim();
    const fresh = held.content.querySelector("tr");
    old.replaceWith(fresh);
    goTo(fresh);
  }

  const address = (row, act) => `${bench.dataset.textUrl.replace("ID", row.id.slice(2))}/${act}`;
  /* With the mark of the words the places are counted in: the server refuses them for other words. */
  const marked = (row) => {
    const cell = cellOf(row), passage = passageIn(cell);
    return passage && { ...passage, shown: cell.dataset.shown };
  };

  function putCode(number) {
    const row = here(), passage = row && marked(row);
    if (!passage) { said.textContent = bench.dataset.markFirst; return; }
    send(address(row, "code"), { number, ...passage });
  }

  /* Code numbers may have two digits: wait a moment where a second one is possible. */
  function typeDigit(digit) {
    clearTimeout(digitsTimer);
    digits += digit;
    const known = [...bench.querySelectorAll("[data-count]")].map((code) => code.dataset.count);
    const done = () => { const number = digits; digits = ""; if (known.includes(number)) putCode(number); };
    if (known.some((number) => number.length > digits.length && number.startsWith(digits))) digitsTimer = setTimeout(done, 450);
    else done();
  }

  const step = (by) => {
    const all = rows(), now = all.indexOf(here());
    goTo(all[Math.min(all.length - 1, Math.max(0, now + by))]);
  };
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    a: () => { const cell = cellOf(here()); if (cell) markPassage(cell, 0, lengthOf(cell)); },
    x: () => { const row = here(), passage = row && marked(row); passage ? send(address(row, "mask"), passage) : (said.textContent = bench.dataset.markFirst); },
    "?": () => { const keys = document.querySelector("#all-keys details"); keys.open = !keys.open; keys.querySelector("summary").focus(); },
    Escape: () => getSelection().removeAllRanges(),
    ArrowRight: (event) => here() && markByWord(cellOf(here()), 1, event.shiftKey),
    ArrowLeft: (event) => here() && markByWord(cellOf(here()), -1, event.shiftKey),
  };

  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
      event.preventDefault();
      send(bench.dataset.undo, {});
      return;
    }
    if ((event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === "y" || (event.shiftKey && event.key.toLowerCase() === "z"))) {
      event.preventDefault();
      send(bench.dataset.redo, {});
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "0" && !digits) { const row = here(); if (row) send(address(row, "aside"), { aside: "yes" }); return; }
    if (/^[0-9]$/.test(event.key)) { event.preventDefault(); typeDigit(event.key); return; }
    const act = acts[event.key] ?? acts[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(event); }
  });

  /* Forms inside the grid (remove a code, undo) answer without leaving the page. */
  bench.addEventListener("submit", (event) => {
    const form = event.target;
    if (!/\/(remove|undo|redo)$/.test(form.action)) return;
    event.preventDefault();
    const row = form.closest("tr");
    if (row) goTo(row, false);
    send(form.action, {});
  });
  bench.addEventListener("pointerdown", (event) => goTo(event.target.closest("tbody tr"), false));
  goTo(document.querySelector(`tr:target`) ?? rows()[0], false);
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
