// What the reader set, in the address and remembered by the browser; the conversation, for as long as the
// window is open.

const LONGEST = 1000; // characters of a question in the address; browsers and servers take no endless ones
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NOTHING = { as_of: "", since: "", until: "", sources: [] };

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

const known = (limits) => ({
  as_of: DAY.test(limits.as_of) ? limits.as_of : "",
  since: DAY.test(limits.since) ? limits.since : "",
  until: DAY.test(limits.until) ? limits.until : "",
  sources: Array.isArray(limits.sources) ? limits.sources.filter((name) => typeof name === "string") : [],
});

const fromAddress = () => {
  const query = new URLSearchParams(location.search);
  const asked = ["as_of", "since", "until", "source"].some((name) => query.has(name)) || query.has("q");
  const limits = Object.fromEntries(["as_of", "since", "until"].map((name) => [name, query.get(name) ?? ""]));
  return {
    question: query.get("q") ?? "",
    limits: asked ? known({ ...limits, sources: query.getAll("source") }) : null,
  };
};

const addressOf = (question, limits) => {
  const query = new URLSearchParams(location.search);
  ["q", "as_of", "since", "until", "source"].forEach((name) => query.delete(name));
  if (question && question.length <= LONGEST) query.set("q", question);
  ["as_of", "since", "until"].forEach((name) => limits[name] && query.set(name, limits[name]));
  limits.sources.forEach((name) => query.append("source", name));
  const text = query.toString();
  return location.pathname + (text ? "?" + text : "");
};
const show = (address) => history.replaceState(history.state, "", address);
