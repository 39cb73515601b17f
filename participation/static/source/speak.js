/* Reading a question aloud where no sound is recorded: the button is shown only if the browser has a voice for the language. */
"use strict";
if ("speechSynthesis" in window) {
  const buttons = [...document.querySelectorAll("[data-speak]")];
  const asked = (button) => { let at = button.previousElementSibling; while (at && !at.matches(".ms-asked")) at = at.previousElementSibling; return at; };
  const voiceFor = (language) => speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language.toLowerCase().split("-")[0]);
  const show = () => { for (const button of buttons) { const part = asked(button); button.hidden = !part || !voiceFor(part.lang); } };
  const words = (part) => [...part.querySelectorAll("h1, legend, .ms-hint, label")]
    .filter((one) => !one.querySelector("h1, label")).map((one) => one.textContent.trim()).filter(Boolean).join(". ");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
      const part = asked(button);
      const said = new SpeechSynthesisUtterance(words(part));
      said.lang = part.lang;
      said.voice = voiceFor(part.lang);
      speechSynthesis.speak(said);
    });
  }
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show);
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
