// A report: the pictures take the places that the page has for them.
import { redrawAll } from "./dom.js";
import { checks, losses, pictures, unpack } from "./posterior.js";

const run = unpack(JSON.parse(document.getElementById("run").textContent));
const put = (id, element) => document.getElementById(id)?.replaceChildren(element);
if (run.names.length > 0) put("draws", pictures(run).element);
if (run.checks.length > 0) put("checks", checks(run));
if (run.losses) put("losses", losses(run));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
document.documentElement.dataset.ready = "yes";
