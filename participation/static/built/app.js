/* Medskapa's small conveniences. Every page works without them. */
"use strict";

/* An error summary is read first: move the focus there when the page comes back. */
document.querySelector("[data-focus]")?.focus();

/* Leaving a form that asks for it (data-guard) with typed text: let the browser ask first. */
for (const form of document.querySelectorAll("form[data-guard]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
}

/* One press is enough: a second press while the first is on its way is swallowed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 5000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

/* A shared tablet (data-kiosk) begins anew when nobody has touched it for a while. */
for (const part of document.querySelectorAll("[data-kiosk]")) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(part.dataset.kiosk), Number(part.dataset.seconds) * 1000);
  };
  for (const sign of ["input", "keydown", "pointerdown", "scroll"]) addEventListener(sign, wait, { passive: true });
  wait();
}

/* Work that takes time: fetch the page anew and exchange the part, until it no longer asks for it. */
function poll(part) {
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Poll": "1" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (!fresh) return;
      part.replaceWith(fresh);
      if (fresh.dataset.poll) poll(fresh);
    } catch { poll(part); }
  }, Number(part.dataset.poll) * 1000);
}
for (const part of document.querySelectorAll("[data-poll][id]")) poll(part);

/* Before a session ends (data-session, in seconds): say so, and let the person stay with one press. */
for (const part of document.querySelectorAll("[data-session]")) {
  const shown = () => part.querySelector(".ms-notice");
  const say = (what) => {
    shown()?.remove();
    part.append(part.querySelector(`[data-say="${what}"]`).content.cloneNode(true));
  };
  let tellAt = Date.now() + Number(part.dataset.session) * 1000;
  setInterval(() => { if (!shown() && Date.now() >= tellAt) say("soon"); }, 1000);
  part.addEventListener("submit", async (event) => {
    event.preventDefault();
    const before = document.activeElement;
    const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target), redirect: "manual" }).catch(() => null);
    delete event.target.dataset.sent;
    if (answer?.status !== 204) { if (answer && answer.status < 500) say("gone"); return; }
    shown()?.remove();
    tellAt = Date.now() + Number(part.dataset.session) * 1000;
    if (!before?.isConnected) document.querySelector("main")?.focus();
  });
}
