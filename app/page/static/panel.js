// A tab's script: forms and buttons ask the server, and what comes back takes its place.
//
//   <form data-call="timeline" data-into="found">     asks with what the form holds
//   <button data-call="kept" data-id="…">             asks with its data-* values
//   <div data-part="found" data-call="holdings">      is filled when the tab is first opened
//   <p data-again="2">                                in a result: asks for its place again after 2 seconds

const part = (name) => find(`[data-part="${name}"]`);
const LOST = '<p class="problem" role="alert">The server does not answer. Is it still running?</p>';

const fieldsOf = (form) => {
  const values = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") (values[name] ??= []).push(value);
  return values;
};
const dataOf = (node) =>
  Object.fromEntries(Object.entries(node.dataset).map(([name, value]) => [name, [value]]));

// What the server says to a call: {html}, {text} or {problem}, the last being HTML too.
const said = async (call, values) => {
  try {
    return await server[call](values);
  } catch (error) {
    console.warn(error);
    return { problem: LOST };
  }
};

// `quiet` asks for what is watched anew: nobody has to be shown that it is being asked for.
const fill = async (place, call, values, quiet = false) => {
  const turn = (place.turn = (place.turn ?? 0) + 1);
  clearTimeout(place.again);
  if (!quiet) place.setAttribute("aria-busy", "true");
  const { html, problem } = await said(call, values);
  if (place.turn !== turn) return; // asked anew meanwhile: the later answer counts
  place.removeAttribute("aria-busy");
  put(place, html ?? problem);
  const news = find("[data-news]", place)?.dataset.news ?? "";
  if (news && part("news").textContent !== news) part("news").textContent = news;
  const again = find("[data-again]", place)?.dataset.again;
  if (again) place.again = setTimeout(() => fill(place, call, values, true), 1000 * Number(again));
  followUp(place);
};

// What is the same stays, and with it what the reader has unfolded; a button that has the focus keeps it.
const put = (place, html) => {
  if (place.html === html) return;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.call : "";
  place.innerHTML = place.html = html;
  if (focused) find(`[data-call="${focused}"]`, place)?.focus({ preventScroll: true });
};

// A result may ask for another place to be filled anew: <p data-then="list">.
const followUp = (place) => {
  const other = part(find("[data-then]", place)?.dataset.then ?? "");
  if (!other || other === place) return;
  fill(other, other.dataset.call, other.values ?? {}, true);
  // The masthead may show something else now.
  if (!find("[data-again]", place)) document.dispatchEvent(new Event("newsdesk-changed"));
};

// Several calls of one form fill the parts of their names.
const ask = (node, values, calls = node.dataset.call) =>
  Promise.all(calls.split(" ").map(async (call) => {
    const place = part(node.dataset.into ?? call) ?? node.closest("[data-part]");
    place.values = values;
    place.html = null;
    await fill(place, call, values);
    find("[data-focus]", place)?.focus();
  }));

// Text that is saved as a file (data-name), or else copied.
const take = async (button) => {
  const { text, problem } = await said(button.dataset.take, dataOf(button));
  const { name, type } = button.dataset;
  if (problem) told(button, "Not possible");
  else if (name) made("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name }).click();
  else {
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
    await copied.then(() => told(button, "Copied"), () => told(button, "Not allowed"));
  }
};

const told = (button, word) => {
  const before = (button.usual ??= button.textContent);
  button.textContent = part("news").textContent = word;
  setTimeout(() => (button.textContent = before), 2500);
};

element.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  const values = fieldsOf(form);
  const files = all('input[type="file"]', form).flatMap((input) => [...input.files]);
  if (files.length && !(values.files = await sent(files, form))) return;
  if (form.matches(".topic")) toAddress(form.dataset.call, values);
  await ask(form, values);
  if (files.length) form.reset();
});

// Uploads one by one, saying how far it is; null when that fails.
const sent = async (files, form) => {
  const sending = find(".sending", form);
  const paths = [];
  try {
    for (const file of files) {
      sending.textContent = ["Sending", paths.length + 1, "of", files.length].join(" ");
      paths.push((await upload(file)).path);
    }
  } catch (error) {
    console.warn(error);
    sending.textContent = "A file could not be sent: choose it again.";
    return null;
  }
  sending.textContent = "";
  return paths;
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".open")) open(button);
  else if (button.dataset.topic) begun(button.dataset.topic);
  else if (button.dataset.call && button.type === "button") {
    if (!button.dataset.sure || confirmed(button)) ask(button, dataOf(button));
  } else if (button.dataset.take) take(button);
});

const begun = (topic) => {
  const form = find("form.topic");
  form.elements.topic.value = topic;
  form.requestSubmit();
};

// What cannot be undone is asked for twice, in the same place.
const confirmed = (button) => {
  const name = (button.usual ??= button.textContent);
  const isAsked = button.textContent !== name;
  button.textContent = isAsked ? name : button.dataset.sure;
  if (!isAsked) setTimeout(() => (button.textContent = name), 6000);
  return isAsked;
};

element.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  clearTimeout(form.waiting);
  const { only } = event.target.dataset;
  form.waiting = setTimeout(() => ask(form, fieldsOf(form), only), 250);
});

// The reading view: a whole article, its quotes marked and the first in sight; or what `data-open` asks for.

const reading = find(".reader");
const open = async (button) => {
  const page = find("article", reading);
  page.textContent = "Opening …";
  reading.showModal();
  const { as_of } = button.closest("[data-part]")?.values ?? {}; // the day that its result was asked as of
  const { html, problem } = await said(button.dataset.open ?? "article", { ...dataOf(button), ...(as_of && { as_of }) });
  page.innerHTML = html ?? problem;
  page.focus({ preventScroll: true });
  find("mark", page)?.scrollIntoView({ block: "center" });
};
reading.addEventListener("click", (event) => {
  if (event.target === reading || event.target.closest(".close")) reading.close();
});

// What is asked of a topic is in the address, so that it can be shared as a link.

const fromAddress = (form) => {
  const query = new URLSearchParams(location.search);
  if (query.get("tab") !== form.dataset.call || !query.has("topic")) return;
  all("[name]", form).forEach((field) => {
    if (field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value);
    else field.value = query.get(field.name) ?? "";
  });
  form.requestSubmit();
};

const toAddress = (tab, values) => {
  const query = new URLSearchParams({ tab });
  for (const [name, all] of Object.entries(values)) all.filter(Boolean).forEach((value) => query.append(name, value));
  history.replaceState(history.state, "", location.pathname + "?" + query);
};

const begin = async () => {
  await Promise.all(all("[data-part][data-call]").map((place) => fill(place, place.dataset.call, {})));
  const form = find("form.topic");
  if (form) fromAddress(form);
  // <div data-call="listed" data-on="newsdesk-kept">: is filled anew when another tab says that.
  all("[data-on]").forEach((place) => document.addEventListener(place.dataset.on, () =>
    fill(place, place.dataset.call, place.values ?? {}, true)));
};
begin();
