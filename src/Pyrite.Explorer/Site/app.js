// Which page is shown, and what all pages know of the runs.
import { h, redrawAll } from "./dom.js";
import { planePage } from "./plane.js";
import { overviewPage, picturesPage, posteriorPage, progressPage, settingsPage } from "./run.js";
import { comparePage } from "./compare.js";

const main = document.getElementById("main"), connection = document.getElementById("connection");
let runs = [], shown = null, stream = null, leave = () => {};

export async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(await answer.text());
  if (answer.status === 204) throw new Error("There is nothing to show yet.");
  return answer;
}

/** Follows runs for as long as the page is shown. */
export function follow(names, { reset, lines, draws, weights }) {
  stream?.close();
  stream = new EventSource("api/events?" + names.map(name => "run=" + encodeURIComponent(name)).join("&"));
  stream.onopen = () => { connection.textContent = ""; names.forEach(name => reset?.(name)); };
  stream.onerror = () => { connection.textContent = "Connection lost, trying again …"; };
  const on = (kind, use) => use && stream.addEventListener(kind, event => { const data = JSON.parse(event.data); use(data.run, data.lines); });
  on("reset", reset); on("lines", lines); on("draws", draws); on("weights", weights);
}

const link = (run, tab) => `#/run/${encodeURIComponent(run)}${tab ? "/" + tab : ""}`;

function tabsOf(run) {
  return [
    run.hasPlane && ["plane", "Latent plane", planePage],
    (run.hasEvents || !run.hasDraws) && ["progress", "Progress", progressPage],
    run.hasDraws && ["posterior", "Posterior", posteriorPage],
    run.pictures.length > 0 && ["pictures", "Pictures", picturesPage],
    ["settings", "Settings", settingsPage],
  ].filter(Boolean);
}

function navigation(current) {
  const links = runs.map(run => h("a", { href: link(run.name), "aria-current": run.name === current ? "page" : null }, run.name));
  if (runs.length > 1) links.push(h("a", { href: "#/compare", "aria-current": current === "/compare" ? "page" : null }, "Side by side"));
  document.getElementById("runs").replaceChildren(...links);
}

async function show() {
  const [, kind, name, tab] = location.hash.split("/").map(decodeURIComponent);
  const wanted = location.hash;
  leave(); leave = () => {};
  stream?.close(); stream = null;
  connection.textContent = "";
  try {
    runs = await (await ask("api/runs")).json();
  } catch (error) {
    navigation(null);
    main.replaceChildren(h("h1", {}, "The server does not answer"), h("p", {}, "Start it again and open the address that it prints."), h("p", { class: "soft" }, String(error.message)));
    return;
  }
  if (location.hash !== wanted) return;
  const run = kind === "run" ? runs.find(one => one.name === name) : !kind && runs.length === 1 ? runs[0] : null;
  shown = run ? run.name : kind === "compare" ? "/compare" : null;
  navigation(shown);
  document.title = run ? `${run.name} – Pyrite explorer` : "Pyrite explorer";
  if (kind === "compare") {
    main.replaceChildren();
    leave = (await comparePage(main, runs)) ?? leave;
  } else if (run) {
    const tabs = tabsOf(run), [id, title, page] = tabs.find(([id]) => id === tab) ?? tabs[0];
    const body = h("div", {});
    main.replaceChildren(h("h1", {}, run.name), h("nav", { class: "tabs", "aria-label": "Pages of the run" },
      ...tabs.map(([other, text]) => h("a", { href: link(run.name, other), "aria-current": other === id ? "page" : null }, text))), body);
    try {
      leave = (await page(body, run)) ?? leave;
    } catch (error) {
      body.replaceChildren(h("p", { class: "advice", role: "alert" }, `${title}: ${error.message}`));
    }
  } else {
    leave = overviewPage(main, runs, link, show) ?? leave;
  }
  main.dataset.ready = location.hash || "#";
}

document.getElementById("skip").addEventListener("click", event => { event.preventDefault(); main.focus(); });
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement, isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  localStorage.setItem("pyrite-theme", root.dataset.theme);
  dispatchEvent(new Event("themechange"));
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("themechange")));
addEventListener("themechange", redrawAll);
addEventListener("hashchange", () => { delete main.dataset.ready; show(); });
show();
