// What the reader set, in the address and remembered by the browser; the conversation, for as long as the
// window is open.

const LONGEST = 1000; // characters of a question in the address; browsers and servers take no endless ones
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAYS = ["as_of", "since", "until"];
const LISTS = { sources: "source", sections: "section" }; // and the name of each one in the address
const NOTHING = { as_of: "", since: "", until: "", sources: [], sections: [], writer: "" };

const stored = (store, name, otherwise) => {
  try {
    return JSON.parse(store.getItem("newsdesk." + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const store = (store, name, value) => {
  try {
    store.setItem("newsdesk." + name, JSON.stringify(value));
  } catch {
    // Full, or forbidden: then it is forgotten.
  }
};

const isText = (value) => typeof value === "string";
const known = (limits) => ({
  ...Object.fromEntries(DAYS.map((name) => [name, DAY.test(limits[name]) ? limits[name] : ""])),
  ...Object.fromEntries(Object.keys(LISTS).map((name) =>
    [name, Array.isArray(limits[name]) ? limits[name].filter((one) => isText(one) && one) : []])),
  writer: isText(limits.writer) ? limits.writer : "",
});

const IN_ADDRESS = ["q", ...DAYS, ...Object.values(LISTS), "writer"];

const fromAddress = () => {
  const query = new URLSearchParams(location.search);
  const limits = Object.fromEntries([...DAYS, "writer"].map((name) => [name, query.get(name) ?? ""]));
  for (const [name, one] of Object.entries(LISTS)) limits[name] = query.getAll(one);
  return { question: query.get("q") ?? "", limits: IN_ADDRESS.some((name) => query.has(name)) ? known(limits) : null };
};

const addressOf = (question, limits) => {
  const query = new URLSearchParams(location.search);
  IN_ADDRESS.forEach((name) => query.delete(name));
  if (question && question.length <= LONGEST) query.set("q", question);
  [...DAYS, "writer"].forEach((name) => limits[name] && query.set(name, limits[name]));
  for (const [name, one] of Object.entries(LISTS)) limits[name].forEach((value) => query.append(one, value));
  const text = query.toString();
  return location.pathname + (text ? "?" + text : "");
};
const show = (address) => history.replaceState(history.state, "", address);
