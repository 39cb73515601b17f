/* Interviews where there is no connection. Decision: docs/decisions/0013.

   Each save draws a key, encrypts the interview with it and wraps the key twice: by the PIN of the
   device, and to the public key of the audit. "Done" drops the first. What is sent is forgotten here
   only when the platform has answered with the digest of these very bytes. */
"use strict";
(() => {
const root = document.getElementById("field");
if (!root) return;

const ROUNDS = 600000; // PBKDF2-SHA-256
const MOST_TRIES = 10;
const MOST_BYTES = 250000;
const IDLE_MS = 5 * 60 * 1000;
const SAVE_MS = 500;
const PATIENCE_MS = 30000;
const SHORTEST_PIN = 6;
const WEEKS = 12;

const part = (id) => document.getElementById(id);
const say = (key, values = {}) => {
  let words = root.querySelector(`[data-say="${key}"]`).innerHTML;
  const text = document.createElement("p");
  text.innerHTML = words;
  words = text.textContent;
  for (const [name, value] of Object.entries(values)) words = words.replace(`{${name}}`, value);
  return words;
};
const tell = (key, values, kind) => {
  const box = part("said");
  box.hidden = !key;
  box.toggleAttribute("data-kind", Boolean(kind));
  if (kind) box.dataset.kind = kind;
  box.firstElementChild.textContent = key ? say(key, values) : "";
  box.dataset.says = key;
  if (TELLS_OFFLINE.includes(key)) line();
};
const TELLS_OFFLINE = ["offline", "waits"];
/* That there is no connection is said once. */
const line = () => {
  const isTold = navigator.onLine || TELLS_OFFLINE.includes(part("said").dataset.says);
  if (part("line")) part("line").textContent = isTold ? "" : say("offline");
};
const show = (view) => {
  for (const one of root.querySelectorAll("[data-view]")) one.hidden = one.dataset.view !== view;
};

/* ---- What is kept: one transaction a save, on the disk before it counts ---- */

let db;
const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("medskapa-field", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("device", { keyPath: "id" });
    asked.result.createObjectStore("audits", { keyPath: "id" });
    asked.result.createObjectStore("interviews", { keyPath: "ref" });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
const act = (mode, work) => new Promise((resolve, reject) => {
  const turn = db.transaction(["device", "audits", "interviews"], mode, { durability: "strict" });
  const box = {};
  turn.oncomplete = () => resolve(box.value);
  turn.onabort = turn.onerror = () => reject(turn.error ?? new Error("aborted"));
  work((name) => turn.objectStore(name), box);
});
const read = (ask) => act("readonly", (store, box) => { ask(store).onsuccess = (event) => { box.value = event.target.result; }; });
const one = (name, key) => read((store) => store(name).get(key));
const all = (name) => read((store) => store(name).getAll());
const put = (name, row) => act("readwrite", (store) => store(name).put(row));

/* ---- Keys ---- */

const utf8 = new TextEncoder();
const text = new TextDecoder();
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
const unbase64 = (words) => Uint8Array.from(atob(words), (sign) => sign.charCodeAt(0));
const joined = (...all) => {
  const whole = new Uint8Array(all.reduce((size, bytes) => size + bytes.byteLength, 0));
  let at = 0;
  for (const bytes of all) { whole.set(new Uint8Array(bytes), at); at += bytes.byteLength; }
  return whole;
};
const aes = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
const lockUp = async (key, plain, context) => {
  const iv = random(12);
  return { iv, sealed: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: context }, key, plain)) };
};
const unlock = (key, box, context) => crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv, additionalData: context }, key, box.sealed);

async function keyOfPin(pin, salt) {
  const words = await crypto.subtle.importKey("raw", utf8.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function keyForAudit(publicKey, context) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const once = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const theirs = await crypto.subtle.importKey("raw", publicKey, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
  const agreed = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: context }, agreed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return { key, point: await crypto.subtle.exportKey("raw", once.publicKey) };
}

/* point (65) · nonce (12) · wrapped key (48) · nonce (12) · sealed interview: audits/rules/field.py */
const HEAD = 65 + 12 + 48;
const contextOf = (audit, ref, version) => utf8.encode(`medskapa field interview 1|${audit}|${ref}|${version}`);
async function seal(audit, ref, version, told) {
  const context = contextOf(audit.id, ref, version);
  const raw = random(32);
  const { key, point } = await keyForAudit(audit.key, context);
  const wrapped = await lockUp(key, raw, context);
  const body = await lockUp(await aes(raw), utf8.encode(JSON.stringify(told)), context);
  const sealed = joined(point, wrapped.iv, wrapped.sealed, body.iv, body.sealed);
  return { sealed, raw, digest: hex(await crypto.subtle.digest("SHA-256", sealed)) };
}
async function openDraft(row) {
  const context = contextOf(row.audit, row.ref, row.version);
  const raw = await unlock(pinKey, row.pin, context);
  const body = { iv: row.sealed.slice(HEAD, HEAD + 12), sealed: row.sealed.slice(HEAD + 12) };
  return JSON.parse(text.decode(await unlock(await aes(raw), body, context)));
}

/* ---- The PIN of the device ---- */

let pinKey = null;
const MARK = utf8.encode("medskapa");

const isWeak = (pin) => {
  const signs = [...pin];
  if (signs.length < SHORTEST_PIN) return true;
  const steps = signs.slice(1).map((sign, at) => sign.codePointAt(0) - signs[at].codePointAt(0));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
};
async function choosePin(pin) {
  const salt = random(16);
  pinKey = await keyOfPin(pin, salt);
  await put("device", { id: "device", salt, tries: 0, check: await lockUp(pinKey, MARK, MARK) });
}
/* A try is counted before it is made: killing the browser gives none back. */
async function tryPin(pin) {
  const device = await one("device", "device");
  if (!device) return false;
  device.tries += 1;
  await put("device", device);
  const key = await keyOfPin(pin, device.salt);
  try {
    await unlock(key, device.check, MARK);
  } catch {
    if (device.tries >= MOST_TRIES) { await forgetPin(); tell("sealed", {}, "wait"); }
    else tell("wrong", { n: MOST_TRIES - device.tries }, "alarm");
    return false;
  }
  await put("device", { ...device, tries: 0 });
  pinKey = key;
  return true;
}
/* What the PIN opened is opened by nobody here any more; the copies sealed to the audit stay. */
const forgetPin = () => act("readwrite", (store) => {
  pinKey = null;
  store("device").clear();
  for (const name of ["audits", "interviews"]) {
    store(name).openCursor().onsuccess = (event) => {
      const at = event.target.result;
      if (!at) return;
      at.update(name === "audits" ? { ...at.value, box: null } : { ...at.value, pin: null, done: true });
      at.continue();
    };
  }
});

/* ---- Taking an audit along (a signed-in page) ---- */

async function keepPage() {
  const kept = await navigator.serviceWorker.register(root.dataset.worker);
  const worker = kept.installing ?? kept.waiting ?? kept.active;
  await new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated" || worker.state === "installed") resolve();
      if (worker.state === "redundant") reject(new Error("not kept"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
  await navigator.storage?.persist?.();
}

async function takeAlong(form) {
  const body = new FormData(); // the PIN never leaves the device
  body.set("csrf_token", form.elements.namedItem("csrf_token").value);
  const answer = await fetch(root.dataset.take, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) { tell("failed", {}, "alarm"); return; }
  const { id, token, key, ...bundle } = await answer.json();
  const box = await lockUp(pinKey, utf8.encode(JSON.stringify(bundle)), utf8.encode(id));
  const before = await one("audits", id);
  await put("audits", { id, token, key: unbase64(key), box, count: before?.count ?? 0 });
  try { await keepPage(); } catch { tell("unkept", {}, "alarm"); return; }
  location.assign(root.dataset.shell);
}

async function beginTaking() {
  show(await one("device", "device") ? "known" : "choose");
  const working = (form, work) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    await work(form).catch(() => tell("failed", {}, "alarm"));
    for (const button of buttons) button.disabled = false;
  });
  working(part("choose"), async (form) => {
    const pin = part("pin").value;
    if (isWeak(pin)) return tell("short", {}, "alarm");
    if (pin !== part("again").value) return tell("different", {}, "alarm");
    tell("");
    if (!(await one("device", "device"))) await choosePin(pin);
    else if (!(await tryPin(pin))) return undefined;
    return takeAlong(form);
  });
  working(part("known-pin"), async (form) => {
    tell("");
    if (await tryPin(part("known").value)) return takeAlong(form);
    if (!(await one("device", "device"))) show("choose");
    return undefined;
  });
}

/* ---- Sending ---- */

let problems = {};
async function send() {
  if (!navigator.locks) return sendAll();
  return navigator.locks.request("medskapa-field-send", { ifAvailable: true }, (turn) => turn && sendAll());
}
async function sendAll() {
  let sent = 0;
  let trouble = "";
  for (const row of await all("interviews")) {
    if (!row.done) continue;
    const audit = await one("audits", row.audit);
    const told = { token: audit?.token ?? "", ref: row.ref, version: row.version, digest: row.digest, sealed: base64(row.sealed) };
    let status = 0;
    let proof = {};
    try {
      const answer = await fetch(root.dataset.deposit, { method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told), signal: AbortSignal.timeout(PATIENCE_MS) });
      status = answer.status;
      proof = await answer.json();
    } catch { if (!status) { trouble = "offline"; break; } }
    delete problems[row.ref];
    if (status === 200 && proof.digest === row.digest) { await forget(row); sent += 1; }
    else if (status === 409) problems[row.ref] = "newer";
    else if (status === 410) problems[row.ref] = "over";
    else if (status === 404) problems[row.ref] = "unknown";
    else trouble = "failed";
  }
  if (sent) tell("sent", { n: sent });
  else if (trouble) tell(trouble, {}, "wait");
  await count();
  if (!root.querySelector('[data-view="list"]').hidden) await list();
  return sent;
}
/* Only these very bytes: a later save under the same reference stays. */
const forget = (row) => act("readwrite", (store) => {
  store("interviews").get(row.ref).onsuccess = (event) => {
    if (event.target.result?.digest === row.digest) store("interviews").delete(row.ref);
  };
});
async function count() {
  const waiting = (await all("interviews")).filter((row) => row.done).length;
  part("sending").hidden = !waiting;
  part("count").textContent = say("count", { n: waiting });
}

/* ---- What is on the device ---- */

let audits = [];
async function list() {
  const found = [];
  for (const row of await all("audits")) {
    if (!row.box) continue;
    found.push({ ...row, ...JSON.parse(text.decode(await unlock(pinKey, row.box, utf8.encode(row.id)))) });
  }
  const rows = await all("interviews");
  const drawn = await Promise.all(found.map(async (audit) => {
    const own = rows.filter((row) => row.audit === audit.id).sort((a, b) => a.number - b.number);
    return Promise.all(own.map(rowPart));
  }));
  audits = found;
  if (now) return; // somebody began to write while this was drawn
  const places = part("audits");
  for (const place of [...places.children]) if (!found.some((audit) => audit.id === place.dataset.audit)) place.remove();
  found.forEach((audit, at) => drawAudit(audit, drawn[at]));
  show(found.length ? "list" : "none");
}
/* A place stays while its rows are drawn anew: a button that is being pressed is not taken away. */
function drawAudit(audit, entries) {
  const place = part("audits").querySelector(`[data-audit="${audit.id}"]`) ?? auditPart(audit.id);
  place.querySelector("h2").textContent = audit.title;
  const rows = place.querySelector("ul");
  rows.replaceChildren(...entries);
  rows.hidden = !entries.length;
  place.querySelector("button[value=off]").hidden = entries.length > 0;
}
function auditPart(id) {
  const place = part("an-audit").content.cloneNode(true).firstElementChild;
  place.dataset.audit = id;
  const off = place.querySelector("button[value=off]");
  off.closest("form").addEventListener("submit", (event) => {
    event.preventDefault();
    delete event.target.dataset.sent;
    const audit = audits.find((each) => each.id === id);
    if (event.submitter === off) takeOff(audit); else begin(audit);
  });
  part("audits").append(place);
  return place;
}
async function rowPart(row) {
  const place = part("a-row").content.cloneNode(true);
  place.querySelector("h3").textContent = say("interview", { n: row.number });
  const state = place.querySelector(".ms-status");
  state.dataset.status = row.done ? "soon" : "going";
  state.textContent = say(row.done ? "waiting" : "draft");
  const meta = place.querySelector(".ms-meta");
  meta.textContent = problems[row.ref] ? say(problems[row.ref]) : "";
  const form = place.querySelector("form");
  if (!row.pin) form.remove();
  else {
    const told = await openDraft(row);
    meta.textContent = writing.querySelector(`[name=role][value="${told.role}"]`)?.labels?.[0].textContent ?? "";
    form.addEventListener("submit", (event) => { event.preventDefault(); resume(row); });
  }
  return place;
}
async function takeOff(audit) {
  if (!confirm(say("take-away"))) return;
  await act("readwrite", (store) => store("audits").delete(audit.id));
  await list();
}

/* ---- Writing ---- */

let now = null; // { audit, ref, version, number }
let saving = Promise.resolve();
let timer;
let unsaved = false;

const writing = part("write");
const field = (name) => writing?.elements.namedItem(name);

function fill(audit, told) {
  const recent = weeks();
  field("week").replaceChildren(...recent.map(([week, words]) => new Option(words, week, false, week === (told.week || recent[0][0]))));
  const [nobody] = field("second").options;
  field("second").replaceChildren(nobody, ...audit.team.map((person) => new Option(person.name, person.id)));
  field("second").value = told.second ?? "";
  for (const choice of writing.querySelectorAll("[name=role]")) choice.checked = choice.value === told.role;
  field("consent").checked = Boolean(told.consent);
  field("notes").value = told.notes ?? "";
  part("guide").replaceChildren(...audit.guide.map((question) => questionPart(question, told.answers?.[question.number] ?? "")));
}
function questionPart(question, said) {
  const place = part("a-question").content.cloneNode(true);
  const box = place.querySelector("textarea");
  box.id = `answer-${question.number}`;
  box.name = box.id;
  box.dataset.question = question.number;
  box.value = said;
  box.dir = "auto";
  const label = place.querySelector("label");
  label.htmlFor = box.id;
  label.textContent = question.text;
  label.dir = "auto";
  if (question.further) {
    const hint = document.createElement("p");
    hint.className = "ms-hint";
    hint.id = `${box.id}-hint`;
    hint.textContent = question.further;
    hint.dir = "auto";
    box.setAttribute("aria-describedby", hint.id);
    label.after(hint);
  }
  return place;
}
function weeks() {
  const day = new Date();
  day.setHours(12, 0, 0, 0);
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return Array.from({ length: WEEKS }, () => {
    const thursday = new Date(day);
    thursday.setDate(day.getDate() + 3);
    const first = new Date(thursday.getFullYear(), 0, 4, 12);
    const number = 1 + Math.round((thursday - first) / 604800000 - (3 - ((first.getDay() + 6) % 7)) / 7);
    const words = say("week", { n: number, day: day.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" }) });
    const entry = [`${thursday.getFullYear()}-W${String(number).padStart(2, "0")}`, words];
    day.setDate(day.getDate() - 7);
    return entry;
  });
}
const told = () => ({
  role: writing.querySelector("[name=role]:checked")?.value ?? "",
  week: field("week").value,
  second: field("second").value,
  consent: field("consent").checked ? root.dataset.consent : "",
  answers: Object.fromEntries([...writing.querySelectorAll("[data-question]")].filter((box) => box.value.trim()).map((box) => [box.dataset.question, box.value])),
  notes: field("notes").value,
});
const isEmpty = (said) => !said.notes.trim() && !Object.keys(said.answers).length;

async function begin(audit) {
  const number = await act("readwrite", (store, box) => {
    store("audits").get(audit.id).onsuccess = (event) => {
      box.value = event.target.result.count + 1;
      store("audits").put({ ...event.target.result, count: box.value });
    };
  });
  write({ audit, ref: hex(random(16)), version: 0, number }, {});
}
async function resume(row) {
  const fresh = await one("interviews", row.ref);
  if (!fresh?.pin) return list();
  const audit = audits.find((each) => each.id === row.audit);
  return write({ audit, ref: row.ref, version: fresh.version, number: row.number }, await openDraft(fresh));
}
function write(which, said) {
  now = which;
  unsaved = false;
  tell("");
  fill(now.audit, said);
  part("which").textContent = say("interview", { n: now.number });
  show("write");
  scrollTo(0, 0);
}
/* Saves go one after another; each is on the disk before it resolves. */
function save(isDone = false) {
  clearTimeout(timer);
  const work = saving.then(() => (now ? store(now, isDone) : undefined));
  saving = work.catch(() => {});
  return work;
}
async function store(which, isDone) {
  const said = told();
  if (!isDone && !unsaved) return;
  unsaved = false;
  const version = which.version + 1;
  const { sealed, raw, digest } = await seal(which.audit, which.ref, version, said);
  const context = contextOf(which.audit.id, which.ref, version);
  const row = { ref: which.ref, audit: which.audit.id, number: which.number, version, sealed, digest, pin: isDone ? null : await lockUp(pinKey, raw, context), done: isDone };
  let trouble = "full";
  try {
    await act("readwrite", (at) => {
      at("interviews").get(row.ref).onsuccess = (event) => {
        if ((event.target.result?.version ?? 0) === which.version) { at("interviews").put(row); return; }
        trouble = "elsewhere";
        event.target.transaction.abort();
      };
    });
  } catch (problem) {
    unsaved = true;
    tell(trouble, {}, "alarm");
    throw problem;
  }
  which.version = version;
  root.dataset.saved = unsaved ? "no" : "yes";
  part("line").textContent = say("saved");
}

async function done() {
  const said = told();
  if (isEmpty(said)) return tell("nothing", {}, "alarm");
  if (!said.role) { tell("role", {}, "alarm"); return writing.querySelector("[name=role]").focus(); }
  if (!said.consent) { tell("consent", {}, "alarm"); return field("consent").focus(); }
  if (utf8.encode(JSON.stringify(said)).length > MOST_BYTES) return tell("long", {}, "alarm");
  await save(true);
  now = null;
  writing.reset();
  tell("done");
  await count();
  await list();
  leave();
  if (!(await send()) && !navigator.onLine) tell("waits", {}, "wait");
}
async function later() {
  await save();
  const { number, version } = now;
  now = null;
  writing.reset();
  tell(version ? "kept" : "", { n: number });
  await list();
  leave();
}
/* The form is gone: whoever reads begins at the top, where it says what became of the words. */
function leave() {
  line();
  scrollTo(0, 0);
}
async function throwAway() {
  if (!confirm(say("throw"))) return;
  clearTimeout(timer);
  await saving;
  const { ref } = now;
  now = null;
  writing.reset();
  await act("readwrite", (at) => at("interviews").delete(ref));
  await list();
}
async function lock() {
  if (!pinKey) return;
  try { await save(); } catch { return; } /* what could not be saved stays, and the form says so */
  now = null;
  pinKey = null;
  audits = [];
  writing.reset();
  part("guide").replaceChildren();
  part("audits").replaceChildren();
  part("known").value = "";
  line();
  await home();
}

/* ---- The kept page ---- */

async function home() {
  await count();
  if (await one("device", "device")) { show("locked"); return; }
  show("none");
}
const on = (id, work) => part(id).addEventListener("submit", (event) => {
  event.preventDefault();
  delete event.target.dataset.sent;
  work(event);
});

async function beginWriting() {
  on("unlock", async () => {
    tell("");
    const box = part("known");
    const pin = box.value;
    box.value = "";
    if (await tryPin(pin)) await list().catch(() => tell("failed", {}, "alarm"));
    else if (!(await one("device", "device"))) { await home(); await send(); }
  });
  on("forgotten", async () => { await forgetPin(); tell("sealed", {}, "wait"); await home(); await send(); });
  on("lock", lock);
  on("send", send);
  on("write", (event) => {
    const acts = { done, later, throw: throwAway };
    acts[event.submitter?.value ?? "later"]()?.catch?.(() => {});
  });
  writing.addEventListener("input", () => {
    unsaved = true;
    root.dataset.saved = "no";
    clearTimeout(timer);
    if (now && !now.version && !now.isBegun) { /* nothing of it is on the disk: the first sign is saved at once */
      now.isBegun = true;
      save().catch(() => {});
    } else timer = setTimeout(() => save().catch(() => {}), SAVE_MS);
  });
  addEventListener("visibilitychange", () => { if (document.hidden && now) save().catch(() => {}); });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  addEventListener("online", () => { line(); send(); });
  addEventListener("offline", line);
  let idle;
  const wait = () => { clearTimeout(idle); idle = setTimeout(() => lock().then(wait), IDLE_MS); };
  for (const sign of ["input", "keydown", "pointerdown"]) addEventListener(sign, wait, { passive: true });
  line();
  await home();
  setInterval(() => { if (navigator.onLine && !part("sending").hidden) send(); }, 60000);
  await send();
  navigator.serviceWorker.register(root.dataset.worker).catch(() => {});
}

async function start() {
  if (!isSecureContext || !crypto.subtle || !navigator.serviceWorker || !window.indexedDB) { show("unsafe"); return; }
  try { db = await open(); } catch { show("unsafe"); return; }
  await (root.dataset.take ? beginTaking() : beginWriting());
}
start();
})();
