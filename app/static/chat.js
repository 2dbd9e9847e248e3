// Runs once, when the conversation is on the page; Gradio gives `element` and `watch`.

const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

// A chip is a plain link to its card. Gradio's <base> would take it to another address when this one has
// a query, so the fragment is set here; the card then also gets the keyboard's focus.
element.addEventListener("click", (event) => {
  const chip = event.target.closest('a[href^="#"]');
  const card = chip && document.getElementById(chip.getAttribute("href").slice(1));
  if (!card) return;
  event.preventDefault();
  location.hash = card.id;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center", behavior: calm() });
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
