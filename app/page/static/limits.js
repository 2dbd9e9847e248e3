// The controls: which part of the archive is asked, and who answers. What is in force is seen even when they are
// folded.

const SEARCHABLE = 9; // so many to choose from are looked for by name
const QUOTING = "extractive";

const fold = find(".fold");
const box = find("#limits");
let limits = { ...NOTHING };

const dateFields = () => all('input[type="date"]', box);
const lists = () => all(".list", box);
const ticked = (list) => all("input:checked", list).map((choice) => choice.value);

const unfold = (wanted) => {
  box.hidden = !wanted;
  fold.setAttribute("aria-expanded", String(wanted));
};

const inForce = () => [
  ...[["as_of", "As of "], ["since", "Since "], ["until", "Until "]]
    .filter(([name]) => limits[name])
    .map(([name, word]) => [name, limits[name], word + spoken(limits[name])]),
  ...limits.sources.map((name) => ["source", name, name]),
  ...limits.sections.map((name) => ["section", name, "In " + name]),
  ...(limits.writer ? [["writer", limits.writer, limits.writer === QUOTING ? "Quotations only" : "By " + limits.writer]] : []),
];

// The limits without one: a name of a list, or a date.
const without = (limits, name, value) => {
  const list = Object.keys(LISTS).find((list) => LISTS[list] === name);
  return known({ ...limits, [list ?? name]: list ? limits[list].filter((other) => other !== value) : "" });
};

const showLimits = () => {
  dateFields().forEach((field) => (field.value = limits[field.name]));
  lists().forEach((list) => all("input", list).forEach((choice) =>
    (choice.checked = limits[list.dataset.limit].includes(choice.value))));
  all('input[name="writer"]', box).forEach((choice, first) =>
    (choice.checked = limits.writer ? choice.value === limits.writer : !first));
  find(".set").replaceChildren(...inForce().map(([name, value, text]) => {
    const item = made("li", {}, text);
    const button = made("button", { type: "button", "data-act": "unset", "data-name": name, "data-value": value });
    button.append(made("span", { class: "unseen" }, "Remove: " + text));
    item.append(" ", button);
    return item;
  }));
  find(".past").hidden = !limits.as_of;
  find(".past b").textContent = limits.as_of && spoken(limits.as_of);
};

const setLimits = (wanted) => {
  limits = known({ ...limits, ...wanted });
  store(localStorage, "limits", limits);
  showLimits();
  show(addressOf(turns.length ? new URLSearchParams(location.search).get("q") : "", limits));
};

// What there is to choose from, as the server tells it.

const offer = ({ outlets, sections, writers }) => {
  offerList("sources", outlets);
  offerList("sections", sections);
  find(".writers", box).hidden = writers.length < 2;
  find(".writers div", box).replaceChildren(...writers.map(([name, shown]) => {
    const label = made("label", {});
    label.append(made("input", { type: "radio", name: "writer", value: name }), made("bdi", {}, shown));
    return label;
  }));
  const kinds = ["Dates", "outlets", ...(sections.length ? ["sections"] : []), ...(writers.length > 1 ? ["writer"] : [])];
  fold.textContent = [kinds.slice(0, -1).join(", "), kinds.at(-1)].join(" and ");
};

const offerList = (name, choices) => {
  const list = lists().find((list) => list.dataset.limit === name);
  const around = list.closest("fieldset");
  const isLong = choices.length >= SEARCHABLE;
  around.hidden = !choices.length;
  find('input[type="search"]', around).hidden = !isLong;
  list.classList.toggle("long", isLong);
  list.replaceChildren(...choices.map(([value, shown, articles]) => {
    const label = made("label", {});
    label.append(made("input", { type: "checkbox", value }), made("bdi", {}, shown),
      made("small", {}, articles.toLocaleString("en")));
    return label;
  }));
};

// What is ticked stays in sight, whatever is looked for.
const sieve = (search) => {
  const wanted = search.value.trim().toLocaleLowerCase();
  const around = search.closest("fieldset");
  const labels = all(".list label", around);
  labels.forEach((label) => {
    const shown = find("bdi", label).textContent.toLocaleLowerCase().includes(wanted);
    label.hidden = !shown && !find("input", label).checked;
  });
  find(".none", around).textContent = labels.every((label) => label.hidden) ? "None of that name." : "";
};

box.addEventListener("keydown", (event) => {
  // Looking for a name asks no question.
  if (event.key === "Enter" && event.target.type === "search") event.preventDefault();
});
fold.addEventListener("click", () => unfold(box.hidden));
box.addEventListener("input", ({ target }) => target.type === "search" && sieve(target));
box.addEventListener("change", ({ target }) => {
  if (target.type === "search") return;
  if (target.name === "writer") return setLimits({ writer: target === find('input[name="writer"]', box) ? "" : target.value });
  setLimits({
    ...Object.fromEntries(dateFields().map((field) => [field.name, field.value])),
    ...Object.fromEntries(lists().map((list) => [list.dataset.limit, ticked(list)])),
  });
});
