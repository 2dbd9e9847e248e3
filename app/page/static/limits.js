// The controls: which part of the archive is asked. What is in force is seen even when they are folded.

const fold = find(".fold");
const box = find("#limits");
let limits = { ...NOTHING };
let covered = [];

const dateFields = () => all('input[type="date"]', box);
const isSet = () => Boolean(limits.as_of || limits.since || limits.until || limits.sources.length);

const unfold = (wanted) => {
  box.hidden = !wanted;
  fold.setAttribute("aria-expanded", String(wanted));
};

const inForce = () => [
  ...[["as_of", "As of "], ["since", "Since "], ["until", "Until "]]
    .filter(([name]) => limits[name])
    .map(([name, word]) => [name, limits[name], word + spoken(limits[name])]),
  ...limits.sources.map((name) => ["source", name, name]),
];

const without = (all, name, value) =>
  name === "source" ? { ...all, sources: all.sources.filter((other) => other !== value) } : { ...all, [name]: "" };

const showLimits = () => {
  dateFields().forEach((field) => (field.value = limits[field.name]));
  all(".outlets input").forEach((choice) => (choice.checked = limits.sources.includes(choice.value)));
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

const listOutlets = (outlets) =>
  find(".outlets").replaceChildren(...outlets.map(([name, shown, articles]) => {
    const label = made("label", {});
    const choice = made("input", { type: "checkbox", value: name });
    label.append(choice, made("bdi", {}, shown), made("small", {}, articles.toLocaleString("en")));
    return label;
  }));

fold.addEventListener("click", () => unfold(box.hidden));
box.addEventListener("change", () => {
  const dates = Object.fromEntries(dateFields().map((field) => [field.name, field.value]));
  setLimits({ ...dates, sources: all(".outlets input:checked").map((choice) => choice.value) });
});
