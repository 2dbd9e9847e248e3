// Keeping: under each answer that is kept, thumbs with a reason, and copies of it. A conversation has a name of its own for as long as the window is open.

const named = () => {
  const name = stored(sessionStorage, "conversation", "") || "c-" + [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  store(sessionStorage, "conversation", name);
  return name;
};

const COPIES = [["markdown", "Markdown"], ["plain", "Plain text"], ["footnotes", "With footnotes"]];
const THUMBS = [["up", "▲", "Good answer"], ["down", "▼", "Bad answer"]];

const keepActions = () => {
  const thumbs = THUMBS.map(([thumb, sign, name]) => {
    const button = made("button", { type: "button", class: "thumb", "data-act": "judge", "data-thumb": thumb, "aria-pressed": "false" });
    button.append(made("i", { "aria-hidden": "true" }, sign), " ", name);
    return button;
  });
  const copies = made("details", { class: "copies" });
  copies.append(made("summary", {}, "Copy"), ...COPIES.map(([form, name]) =>
    made("button", { type: "button", "data-act": "copy", "data-form": form }, name)));
  const why = made("form", { class: "why", "aria-label": "Reason", hidden: "" });
  why.append(made("input", { type: "text", name: "reason", "aria-label": "Why", placeholder: "Why? For those who mend it", maxlength: "2000" }),
    made("button", { type: "submit" }, "Keep reason"));
  return [...thumbs, copies, why];
};

const offerKeeping = (turn) => {
  const row = find(".actions", turn.section);
  const { kept } = turn.pieces;
  if (!kept || row.dataset.kept === kept) return;
  all(".thumb, .copies, .why", row).forEach((node) => node.remove());
  row.append(...keepActions());
  row.dataset.kept = kept;
  showThumb(turn);
};

const showThumb = ({ pieces, section }) => {
  all(".thumb", section).forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.thumb === (pieces.thumb ?? ""))));
  find(".why", section).hidden = !pieces.thumb;
};

const judge = async (turn, thumb, reason) => {
  const { text, problem } = await server.judge({ answer: turn.pieces.kept, thumb, reason });
  find('[data-part="news"]').textContent = problem ?? "Noted.";
  if (problem) return;
  turn.pieces.thumb = text;
  showThumb(turn);
  remember();
};

Object.assign(acts, {
  judge: (button) => judge(turnOf(button), button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.thumb, ""),
  copy: async (button) => {
    const before = button.textContent;
    const { text, problem } = await server.copied({ answer: turnOf(button).pieces.kept, form: button.dataset.form });
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
