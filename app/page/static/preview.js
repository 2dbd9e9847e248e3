// A chip shows its quote, outlet and date while it is pointed at or has the focus; chosen, it brings the
// evidence into view.

const preview = find(".preview");
let previewed = null;
let leaving = 0;
let quietUntil = 0; // what is chosen scrolls chips under a resting pointer

const unpreview = () => {
  if (previewed) previewed.removeAttribute("aria-describedby");
  previewed = null;
  preview.hidden = true;
};

const place = () => {
  const at = previewed.getBoundingClientRect();
  if (at.bottom < 0 || at.top > innerHeight) return unpreview();
  const { width, height } = preview.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), innerWidth - width - 8);
  const above = at.top - height - 8;
  preview.style.left = left + "px";
  preview.style.top = (above > 8 ? above : at.bottom + 8) + "px";
};

const showPreview = (chip) => {
  clearTimeout(leaving);
  if (chip === previewed) return;
  unpreview();
  previewed = chip;
  preview.replaceChildren(made("q", { dir: "auto" }, chip.dataset.quote), made("p", { dir: "auto" }, chip.dataset.origin));
  preview.hidden = false;
  chip.setAttribute("aria-describedby", "preview");
  place();
};

// It stays for a moment, so that the pointer can go to it.
const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(unpreview, 150);
};

const chipOf = (event) => event.target.closest?.(".chip");
element.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || event.timeStamp < quietUntil) return;
  if (chipOf(event)) showPreview(chipOf(event));
  else if (event.target.closest(".preview")) clearTimeout(leaving);
});
element.addEventListener("pointerout", (event) => {
  if (previewed && document.activeElement !== previewed && event.target.closest(".chip, .preview")) leave();
});
element.addEventListener("focusin", (event) => chipOf(event) && showPreview(chipOf(event)));
element.addEventListener("focusout", (event) => chipOf(event) && leave());
document.addEventListener("scroll", () => previewed && place(), { passive: true });

let followed = null; // the chip to go back to

const choose = (chip) => {
  const card = document.getElementById(chip.getAttribute("href").slice(1));
  if (!card) return;
  unpreview();
  quietUntil = performance.now() + 800;
  followed = chip;
  all(".chosen").forEach((other) => other.classList.remove("chosen"));
  card.classList.add("chosen");
  const start = Number(chip.dataset.at.split("-")[0]);
  const mark = all("mark", card).find((mark) => Number(mark.dataset.at.split("-")[1]) > start);
  mark?.classList.add("chosen");
  card.focus({ preventScroll: true });
  const fits = card.offsetHeight < innerHeight * 0.7;
  (fits || !mark ? card : mark).scrollIntoView({ block: "nearest", behavior: calm() });
};

// A chip is a plain link to its card. Left to the browser it would go through Gradio's <base>, which loses
// the address's query and with it the conversation.
element.addEventListener("click", (event) => {
  const chip = chipOf(event);
  if (!chip || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  choose(chip);
});

element.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (previewed) unpreview();
  else if (followed && document.activeElement.closest(".card")) {
    followed.focus();
    followed = null;
  }
});
