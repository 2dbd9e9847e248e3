// The tab in the address: `?tab=timeline` opens that tab.

const tabs = () => [...document.querySelectorAll('#tabs [role="tab"]')];
const nameOf = (tab) => tab.textContent.trim().toLowerCase();

const wanted = new URLSearchParams(location.search).get("tab");
const choose = (tries) => {
  const tab = tabs().find((tab) => nameOf(tab) === wanted);
  if (tab) tab.click();
  else if (tries) setTimeout(choose, 50, tries - 1);
};

document.addEventListener("click", (event) => {
  const tab = event.target.closest('#tabs [role="tab"]');
  if (!tab) return;
  tab.scrollIntoView({ block: "nearest", inline: "center" });
  const query = new URLSearchParams(location.search);
  query.delete("tab");
  if (nameOf(tab) !== "ask") query.set("tab", nameOf(tab));
  const text = query.toString();
  history.replaceState(history.state, "", location.pathname + (text ? "?" + text : ""));
});
if (wanted && wanted !== "ask") choose(40);
