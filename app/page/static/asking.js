// Asking, stopping, editing; and how the page begins.

const form = find(".composer");
const question = find("#question");
const hint = find(".hint");
let asking = null; // the turn that is being answered
let editing = 0; // the number of the question in the box, 0 for a new one

const LOST = "The server does not answer. Is it still running?";
let losing = 0;

// The server's first word comes at once, whatever is asked: where it does not, the reader is told.
const listen = (turn) => {
  clearTimeout(losing);
  if (turn) losing = setTimeout(() => fill(turn, { ...turn.pieces, problem: LOST }), 1000 * props.patience);
};

const busy = (turn) => {
  asking = turn;
  listen(turn);
  find(".send").hidden = Boolean(turn);
  find(".halt").hidden = !turn;
  element.setAttribute("aria-busy", String(Boolean(turn)));
};

const fit = () => {
  question.style.height = "auto";
  question.style.height = Math.min(question.scrollHeight + 2, 160) + "px";
};

// Asks in the place of the turn with this number, or at the end; `alone` forgets what came before.
const ask = (text, { number = turns.length + 1, within = limits, alone = false } = {}) => {
  if (!text.trim()) {
    hint.textContent = "Type a question first, for instance what happened, who said it, or how many.";
    return;
  }
  stop();
  dropFrom(number);
  const id = crypto.randomUUID?.() ?? String(Math.random());
  const begun = { id, number, state: "searching", question: "", scope: "", short: "", said: [], beside: "", problem: "",
    progress: "Searching the archive", summary: "", title: "", cards: [], exchange: null, kept: "" };
  const turn = add(begun, within, text);
  find(".question", turn.section).textContent = text.length > 300 ? text.slice(0, 300) + "…" : text;
  edit(0);
  question.value = "";
  hint.textContent = "";
  fit();
  busy(turn);
  welcomed(false);
  show(addressOf(text, within));
  if (number > 1) turn.section.scrollIntoView({ block: "start", behavior: calm() });
  trigger("submit", { id, conversation: named(), number, question: text, filters: known(within),
    history: alone ? [] : exchanges() });
};

const stop = () => {
  if (!asking) return;
  trigger("stop");
  fill(asking, { ...asking.pieces, state: "done", progress: "", problem: "Stopped." });
  busy(null);
};

const edit = (number, text = "") => {
  editing = number;
  find(".editing").hidden = !number;
  find(".editing span").textContent = number ? ["Editing question", number + ".", "What followed from it goes."].join(" ") : "";
  if (!number) return;
  question.value = text;
  fit();
  question.focus({ preventScroll: true });
};

watch("value", () => {
  const now = props.value;
  if (!asking || !now || now.id !== asking.pieces.id) return;
  const turn = asking;
  clearTimeout(losing);
  fill(turn, now);
  if (now.state !== "done") return;
  busy(null);
  find('[data-part="news"]').textContent = now.summary;
  // The address names the question so that it can be asked again by itself.
  if (now.exchange) show(addressOf(now.exchange.understood || turn.asked, turn.limits));
  remember();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(question.value, editing ? { number: editing } : {});
});
question.addEventListener("input", fit);
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape" && editing) {
    edit(0);
    question.value = "";
  } else if (event.key === "ArrowUp" && !question.value && turns.length) {
    event.preventDefault();
    edit(turns.length, turns[turns.length - 1].asked);
  }
});

const copyLink = async (button, turn) => {
  const address = location.origin + addressOf(turn.pieces.exchange?.understood || turn.asked, turn.limits);
  try {
    await navigator.clipboard.writeText(address);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed to copy: the address is in the address bar";
    show(address.slice(location.origin.length));
  }
  setTimeout(() => (button.textContent = "Copy link"), 2500);
};

const acts = {
  stop,
  keep: () => { edit(0); question.value = ""; },
  today: () => setLimits({ as_of: "" }),
  clear: () => setLimits(NOTHING),
  unset: ({ dataset }) => setLimits(without(limits, dataset.name, dataset.value)),
  anew: () => {
    stop();
    dropFrom(1);
    remember();
    edit(0);
    show(addressOf("", limits));
    welcomed(true);
    question.focus({ preventScroll: true });
  },
  edit: (button) => {
    const turn = turnOf(button);
    edit(turn.pieces.number, button.dataset.text ?? turn.asked);
  },
  again: (button) => again(turnOf(button), {}),
  literally: (button) => again(turnOf(button), { alone: true }),
  reword: (button) => ask(button.dataset.text, { number: turnOf(button).pieces.number, within: turnOf(button).limits }),
  anywhere: (button) => again(turnOf(button), { within: { ...NOTHING, writer: turnOf(button).limits.writer } }),
  without: (button) => {
    const { name, value } = button.dataset;
    again(turnOf(button), { within: without(turnOf(button).limits, name, value) });
  },
  link: (button) => copyLink(button, turnOf(button)),
  example: (button) => ask(button.textContent),
};
const again = (turn, settings) =>
  ask(turn.asked, { number: turn.pieces.number, within: turn.limits, ...settings });

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  acts[button?.dataset.act]?.(button);
});
