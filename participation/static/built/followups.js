/* All questions on one page: what an answer leads to appears at once. The server decides, as it does when the form is sent. */
"use strict";
for (const part of document.querySelectorAll("[data-decides]")) {
  const form = part.querySelector("form");
  const told = part.querySelector("[aria-live]");
  const deciding = part.dataset.decides.split(" ");
  const decides = (name) => deciding.some((key) => name === key || name.startsWith(`${key}-`));
  const screens = (place) => new Map([...place.querySelectorAll("[data-screen]")].map((one) => [one.dataset.screen, one]));
  let asking;
  const show = (page) => {
    const now = screens(form);
    const wanted = screens(page);
    if (!wanted.size) return; // Closed or sent meanwhile: sending says so and gives back what was written.
    let last;
    for (const [key, fresh] of wanted) {
      const shown = now.get(key) ?? fresh;
      if (!now.has(key)) last ? last.after(shown) : form.querySelector("[data-screen]")?.before(shown);
      last = shown;
    }
    for (const [key, shown] of now) if (!wanted.has(key)) shown.remove();
    told.textContent = page.querySelector("[data-appeared]")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  };
  form.addEventListener("change", async (event) => {
    if (!decides(event.target.name ?? "")) return;
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("act", "follow");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: asking.signal });
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* Without an answer they appear when the form is sent. */ }
  });
}
