// The Ask tab's script, in parts that share one scope; Gradio gives `element`, `trigger`, `props`, `server`
// and `watch`. What comes as HTML was made safe by the server; everything else is set as text.

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
