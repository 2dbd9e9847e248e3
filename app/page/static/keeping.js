// Keeping: under each answer that is kept, thumbs with a reason, and copies of it. A conversation has a name of
// its own for as long as the window is open; one that was kept earlier is gone on with under the name it has.

const named = () => {
  const name = stored(sessionStorage, "conversation", "") || "c-" + [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  store(sessionStorage, "conversation", name);
  return name;
};

const COPIES = [["markdown", "Markdown"], ["plain", "Plain text"], ["footnotes", "With footnotes"]];
const THUMBS = [["up", "▲", "Good answer"], ["down", "▼", "Bad answer"]];

const keepActions = () => {
  const thumbs = made("div", { class: "thumbs" });
  thumbs.append(...THUMBS.map(([thumb, sign, name]) => {
    const button = made("button", { type: "button", class: "thumb", "data-act": "judge", "data-thumb": thumb, "aria-pressed": "false" });
    button.append(made("i", { "aria-hidden": "true" }, sign), " ", name);
    return button;
  }));
  const copies = made("details", { class: "copies" });
  const menu = made("div", { class: "menu" });
  menu.append(...COPIES.map(([form, name]) => made("button", { type: "button", "data-act": "copy", "data-form": form }, name)));
  copies.append(made("summary", {}, "Copy answer"), menu);
  const why = made("form", { class: "why", "aria-label": "Reason", hidden: "" });
  why.append(made("input", { type: "text", name: "reason", "aria-label": "Why", placeholder: "Why? For those who mend it", maxlength: "2000" }),
    made("button", { type: "submit" }, "Keep reason"));
  return [copies, thumbs, why];
};

const offerKeeping = (turn) => {
  const row = find(".actions", turn.section);
  const { kept } = turn.pieces;
  if (!kept || row.dataset.kept === kept) return;
  all(".thumbs, .copies, .why", row).forEach((node) => node.remove());
  row.append(...keepActions());
  row.dataset.kept = kept;
  find(".why input", row).value = turn.pieces.reason ?? "";
  showThumb(turn);
};

const showThumb = ({ pieces, section }) => {
  all(".thumb", section).forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.thumb === (pieces.thumb ?? ""))));
  find(".why", section).hidden = !pieces.thumb;
};

// What the server says to a call: what was asked for, or {problem}, a sentence.
const told = (call, given) => server[call](given).catch(() => ({ problem: LOST }));

const judge = async (turn, thumb, reason) => {
  const { text, problem } = await told("judge", { answer: turn.pieces.kept, thumb, reason });
  find('[data-part="news"]').textContent = problem ?? "Noted.";
  if (problem) return;
  Object.assign(turn.pieces, { thumb: text, reason });
  showThumb(turn);
  remember();
};

Object.assign(acts, {
  judge: (button) => judge(turnOf(button), button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.thumb, ""),
  copy: async (button) => {
    const before = button.textContent;
    const { text, problem } = await told("copied", { answer: turnOf(button).pieces.kept, form: button.dataset.form });
    const done = problem ? Promise.reject(problem) : navigator.clipboard.writeText(text);
    button.textContent = await done.then(() => "Copied", () => "Not allowed to copy");
    setTimeout(() => (button.textContent = before), 2500);
  },
});
const begunAnew = acts.anew;
acts.anew = (button) => {
  begunAnew(button);
  store(sessionStorage, "conversation", "");
};

// The menu closes when the reader turns to something else.
const close = (menu) => menu.removeAttribute("open");
document.addEventListener("click", ({ target }) => all(".copies[open]").filter((menu) => !menu.contains(target)).forEach(close));
element.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest(".copies");
  if (menu && relatedTarget && !menu.contains(relatedTarget)) close(menu);
});
element.addEventListener("keydown", ({ key, target }) => {
  const menu = target.closest(".copies[open]");
  if (key !== "Escape" || !menu) return;
  close(menu);
  find("summary", menu).focus();
});

// The Conversations tab stands outside this one: <button data-resume="…"> opens the conversation here again.
const resume = async (button) => {
  const conversation = button.dataset.resume;
  const { turns: kept, problem } = await told("resumed", { conversation });
  const row = button.closest(".row");
  row.parentElement.querySelectorAll(".problem").forEach((node) => node.remove());
  if (problem) return row.after(made("p", { class: "problem", role: "alert" }, problem));
  stop();
  edit(0);
  dropFrom(1);
  store(sessionStorage, "conversation", conversation);
  kept.forEach(({ pieces, limits, asked }) => offerKeeping(add(pieces, known(limits), asked)));
  remember();
  const last = turns[turns.length - 1];
  limits = last.limits;
  showLimits();
  welcomed(false);
  await inTab("Ask", "#ask .composer");
  show(addressOf(last.pieces.exchange?.understood || last.asked, limits));
  last.section.scrollIntoView({ block: "start", behavior: "auto" });
  question.focus({ preventScroll: true });
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-resume]");
  if (button) resume(button);
});

element.addEventListener("submit", (event) => {
  const form = event.target.closest(".why");
  if (!form) return;
  event.preventDefault();
  const turn = turnOf(form);
  const made = find('.thumb[aria-pressed="true"]', turn.section);
  if (made) judge(turn, made.dataset.thumb, form.elements.reason.value);
});

watch("value", () => {
  turns.forEach(offerKeeping);
  if (props.value?.kept) document.dispatchEvent(new Event("newsdesk-kept"));
});
