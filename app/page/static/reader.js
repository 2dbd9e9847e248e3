// The reading view: a whole article, every quote of the answer marked, the first in sight.

const reader = find(".reader");
const page = find("article", reader);
let at = 0; // the quote in sight

const step = (by) => {
  const marks = all("mark", page);
  if (marks.length) {
    at = (at + by + marks.length) % marks.length;
    marks.forEach((mark, index) => mark.classList.toggle("chosen", index === at));
    marks[at].scrollIntoView({ block: "center", behavior: by ? calm() : "auto" });
  }
  const many = marks.length > 1;
  find(".place", reader).textContent = many ? ["Quote", at + 1, "of", marks.length].join(" ") : "";
  all("[data-step]", reader).forEach((button) => (button.hidden = !many));
};

const open = async (button) => {
  const { article: id, version, at: quoted } = button.dataset;
  const spans = (quoted ?? "").split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  page.innerHTML = "";
  find(".place", reader).textContent = "Opening the article …";
  all("[data-step]", reader).forEach((button) => (button.hidden = true));
  reader.showModal();
  const as_of = turnOf(button)?.limits.as_of ?? "";
  page.innerHTML = await server.article({ id, version: Number(version ?? 0), at: spans, as_of });
  page.focus({ preventScroll: true });
  reader.scrollTop = 0;
  at = 0;
  step(0);
};

element.addEventListener("click", (event) => {
  const opener = event.target.closest("button.open");
  if (opener) open(opener);
});
reader.addEventListener("click", (event) => {
  const by = event.target.closest("[data-step]");
  if (by) step(Number(by.dataset.step));
  else if (event.target === reader || event.target.closest('[data-act="close"]')) reader.close();
});
