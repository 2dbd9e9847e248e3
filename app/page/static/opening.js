// How the page begins, and how it follows an archive that is being filled.

const welcome = find(".welcome");
let archive = null;
let mast = "";

const welcomed = (wanted) => {
  welcome.hidden = find(".examples").hidden = !wanted || !archive;
  find(".anew").hidden = !turns.length;
};

const invite = () => {
  const title = archive.articles ? "Ask the archive" : "Bring in some news";
  welcome.replaceChildren(made("h2", {}, title));
  if (!archive.articles) {
    welcome.append(...(archive.may_add ? beginnings() : [made("p", {}, "The archive is empty.")]),
      made("p", {}, "From the command line, a folder is taken in with this; the page fills by itself:"),
      made("pre", { tabindex: "0" }, "newsdesk ingest PATH"));
    return;
  }
  welcome.append(made("p", {}, "Every sentence of an answer is quoted word for word from a dated article, with the " +
    "place it comes from beside it. What the archive does not say is not said."));
  offerExamples();
};

const beginnings = () => {
  const choices = made("p", { class: "first" });
  choices.append(
    made("button", { type: "button", "data-act": "sample" }, "Open the sample archive"),
    made("button", { type: "button", "data-act": "adding" }, "Add articles of your own"),
  );
  const told = "The archive is empty. Look around with the sample, the newspapers of an invented country, or add what you have.";
  return [made("p", {}, told), choices];
};

const offerExamples = async () => {
  const questions = await server.examples();
  if (!questions.length) return;
  find(".examples").replaceChildren(made("h3", {}, "For instance"), ...questions.map((text) =>
    made("button", { type: "button", "data-act": "example", dir: "auto" }, text)));
};

// Adding is done in another tab, which is made when it is first opened.
const inTab = async (name, selector) => {
  [...document.querySelectorAll('#tabs [role="tab"]')].find((tab) => tab.textContent.trim() === name)?.click();
  for (let tries = 0; tries < 60; tries += 1) {
    const wanted = document.querySelector(selector);
    if (wanted) return wanted;
    await new Promise((done) => setTimeout(done, 50));
  }
  return null;
};
Object.assign(acts, {
  sample: async () => {
    (await inTab("Archive", '#archive [data-call="take_sample"]'))?.click();
    document.querySelector('#archive [data-part="intake"]')?.scrollIntoView({ block: "center", behavior: calm() });
  },
  adding: async () => (await inTab("Archive", '#archive input[type="file"]'))?.focus(),
});

// The masthead stands outside this tab.
let following = 0;
const follow = async () => {
  clearTimeout(following);
  following = setTimeout(follow, 1000 * props.rest); // should the server not answer now
  const now = await server.archive();
  const held = document.querySelector("#masthead .held");
  if (now.masthead !== mast) held.innerHTML = mast = now.masthead;
  if ("articles" in now) {
    const isNew = now.articles !== archive?.articles;
    archive = now;
    dateFields().forEach((field) => { field.min = now.first; field.max = now.last; });
    if (isNew) {
      offer(await server.choices());
      showLimits();
      invite();
      welcomed(!turns.length);
    }
  }
  clearTimeout(following);
  following = setTimeout(follow, 1000 * (now.unfinished ? props.refresh : props.rest));
};

// Another tab has changed the archive.
document.addEventListener("newsdesk-changed", follow);

const begin = () => {
  const { question: shared, limits: given } = fromAddress();
  limits = given ?? known(stored(localStorage, "limits", NOTHING));
  showLimits();
  const kept = stored(sessionStorage, "turns", []);
  const last = kept[kept.length - 1];
  if (last && shared === (last.pieces.exchange?.understood || "")) {
    kept.forEach(({ pieces, limits, asked }) => offerKeeping(add(pieces, known(limits), asked)));
    show(addressOf(shared, known(last.limits)));
  } else if (shared) ask(shared);
  welcomed(!turns.length);
  follow();
  if (matchMedia("(hover: hover)").matches) question.focus({ preventScroll: true });
};
begin();
