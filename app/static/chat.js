// Runs once, when the conversation is on the page; Gradio gives `element` and `watch`.

const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

// A chip is a plain link to its card. Left to the browser it would go through Gradio's <base>, which loses
// the address's query and with it the conversation, and would scroll even to a card that is in view.
element.addEventListener("click", (event) => {
  const chip = event.target.closest('a[href^="#"]');
  const card = chip && document.getElementById(chip.getAttribute("href").slice(1));
  if (!card) return;
  event.preventDefault();
  history.replaceState(history.state, "", `${location.pathname}${location.search}#${card.id}`);
  element.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
  card.classList.add("chosen");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: calm() });
});

// A follow-up goes to the top of the window and its answer grows below it; the first is in view as it is.
let asked = 0;
watch("value", () => {
  const turns = element.querySelectorAll(".turn");
  if (turns.length > asked && turns.length > 1) {
    turns[turns.length - 1].scrollIntoView({ block: "start", behavior: calm() });
  }
  asked = turns.length;
});
