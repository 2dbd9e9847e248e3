// The first part of every tab's script, whose parts share one scope; Gradio gives `element`, `trigger`, `props`,
// `server` and `watch`. What comes as HTML was made safe by the server; everything else is set as text.

// A call that gets no answer fails. Gradio's own ends with nothing, as if that had been the answer.
for (const [name, call] of Object.entries(server)) {
  server[name] = async (...given) => {
    const answer = await call(...given);
    if (answer === undefined) throw new Error(name + " got no answer");
    return answer;
  };
}

const find = (selector, within = element) => within.querySelector(selector);
const all = (selector, within = element) => [...within.querySelectorAll(selector)];
const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

// An element with attributes and text.
const made = (tag, attributes, text = "") => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
};

const months = "January February March April May June July August September October November December".split(" ");
const spoken = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  return date ? [date, months[month - 1], year].join(" ") : day;
};
