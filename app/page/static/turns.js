// The conversation: turns made of the pieces that the server sends, of which only the changed ones are touched.

const turns = []; // {pieces, limits, asked, section}, oldest first

// How much of the window an answer takes is for the style to know.
const measured = new ResizeObserver((changes) =>
  changes.forEach(({ target }) => target.style.setProperty("--height", target.offsetHeight + "px")));

const skeleton = (number) => {
  const name = "turn-" + number;
  const section = made("section", { class: "turn", id: name, "aria-labelledby": name + "-question" });
  const said = made("div", { class: "said" });
  const question = made("h2", { class: "question", id: name + "-question", dir: "auto", tabindex: "-1" });
  const part = (tag, part, kind = part) => made(tag, { class: kind, "data-part": part });
  said.append(question, part("div", "scope"), part("div", "short"), part("div", "said", "answer"));
  said.append(made("p", { class: "problem", role: "status", dir: "auto", "data-part": "problem" }));
  said.append(made("p", { class: "working", "data-part": "progress" }), part("div", "beside"), actions());
  const sources = made("aside", { class: "sources", "aria-label": "Sources" });
  sources.append(made("h3", { "data-part": "title" }), part("div", "cards"));
  section.append(said, sources);
  measured.observe(said);
  return section;
};

const actions = () => {
  const row = made("div", { class: "actions", role: "group", "aria-label": "This question" });
  const named = [["edit", "Edit"], ["again", "Ask again"], ["link", "Copy link"]];
  row.append(...named.map(([act, text]) => made("button", { type: "button", "data-act": act }, text)));
  return row;
};

// Pieces of a list are elements: each is made anew only when its HTML is another.
const fillList = (holder, before, now) => {
  now.forEach((html, index) => {
    if (before[index] === html) return;
    const old = holder.children[index];
    if (old) old.outerHTML = html;
    else holder.insertAdjacentHTML("beforeend", html);
  });
  while (holder.children.length > now.length) holder.lastElementChild.remove();
};

const fill = (turn, now) => {
  const { section, pieces: before } = turn;
  section.className = ["turn", now.state, now.cards.length ? "" : "alone"].join(" ").trim();
  find(".sources", section).setAttribute("aria-label", now.title || "Sources");
  if (now.question !== before.question) find(".question", section).innerHTML = now.question;
  for (const name of ["scope", "short", "problem", "progress", "beside", "title"]) {
    const holder = find(`[data-part="${name}"]`, section);
    if (now[name] !== before[name]) holder.innerHTML = now[name];
    holder.hidden = !now[name];
  }
  fillList(find('[data-part="said"]', section), before.said ?? [], now.said);
  fillList(find('[data-part="cards"]', section), before.cards ?? [], now.cards);
  turn.pieces = now;
};

// `asked` is the question as it was typed, `limits` what it was held to.
const add = (pieces, limits, asked) => {
  const turn = { pieces: {}, limits, asked, section: skeleton(pieces.number) };
  turns.push(turn);
  fill(turn, pieces);
  find(".turns").append(turn.section);
  return turn;
};

// An answer that is edited goes, and what followed from it.
const dropFrom = (number) => turns.splice(number - 1).forEach((turn) => turn.section.remove());

const turnOf = (node) => turns.find((turn) => turn.section === node.closest(".turn"));

const exchanges = () => turns.map((turn) => turn.pieces.exchange).filter(Boolean);

const remember = () =>
  store(sessionStorage, "turns", turns.filter((turn) => turn.pieces.state === "done")
    .map(({ pieces, limits, asked }) => ({ pieces, limits, asked })));
