/* Reading a question aloud where no sound is recorded: a button is made only if the browser has a voice for the language. */
"use strict";
if ("speechSynthesis" in window) {
  const places = [...document.querySelectorAll("[data-speak]")];
  const asked = (place) => { let at = place.previousElementSibling; while (at && !at.matches(".ms-asked")) at = at.previousElementSibling; return at; };
  const spoken = (language) => language.toLowerCase().split(/[-_]/)[0];
  // A voice that is not on the device would send the words, and answers repeated in them, to its maker.
  const voiceFor = (language) => speechSynthesis.getVoices().find((voice) => voice.localService && spoken(voice.lang) === spoken(language));
  const words = (part) => [...part.querySelectorAll("h1, legend, .ms-hint, label")]
    .filter((one) => !one.querySelector("h1, label")).map((one) => one.textContent.trim()).filter(Boolean).join(". ");
  const speak = (part) => {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
    const said = new SpeechSynthesisUtterance(words(part));
    said.lang = part.lang;
    said.voice = voiceFor(part.lang);
    speechSynthesis.speak(said);
  };
  const offer = () => {
    for (const place of places) {
      const part = asked(place);
      if (!place.hidden || !part || !voiceFor(part.lang)) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ds-button";
      button.dataset.variant = "tertiary";
      button.textContent = place.dataset.speak;
      button.addEventListener("click", () => speak(part));
      place.append(button);
      place.hidden = false;
    }
  };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
