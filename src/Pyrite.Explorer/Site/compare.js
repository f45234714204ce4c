// Several runs side by side: losses in one picture, intervals of the same numbers below each other.
import { chart, h, redrawAll, short, soon, table, toggles } from "./dom.js";
import { chainColors, forest, lines } from "./charts.js";
import { unpack } from "./posterior.js";
import { history, lossSeries } from "./run.js";
import { ask, follow } from "./app.js";

const most = 6;

export async function comparePage(main, runs) {
  const all = runs.slice(0, most), told = new Map(all.map(run => [run.name, history()]));
  const choice = toggles(all.map(run => run.name), chainColors, "Runs", () => { draw(); });
  const drawn = all.map(() => null);
  await Promise.all(all.map(async (run, i) => {
    if (run.hasDraws) {
      try {
        drawn[i] = unpack(await (await ask(`api/runs/${encodeURIComponent(run.name)}/posterior`)).json());
      } catch {
        // What cannot be read is left out here; its own page says why.
      }
    }
  }));
  const series = kind => all.flatMap((run, i) => {
    const own = told.get(run.name), found = lossSeries(own, run.name);
    return !choice.on[i] || found.length === 0 || kind === "step" !== own.steps.length > 0 ? [] : [{ name: run.name, color: chainColors[i], points: (own.steps.length ? found[0] : found.find(one => one.name === "test" && one.points.length > 1) ?? found[0]).points, dots: false }];
  });
  const epochs = chart(width => lines(series("epoch"), { width, xLabel: "epoch", cut: true }), "Loss by epoch");
  const steps = chart(width => lines(series("step"), { width, xLabel: "step", cut: true }), "Loss by step");
  const withDraws = () => all.map((run, i) => ({ name: run.name, data: drawn[i], i })).filter(one => one.data && choice.on[one.i]);
  const intervals = chart(width => {
    const shown = withDraws(), common = shown.length === 0 ? [] : shown[0].data.names.filter(name => shown.every(one => one.data.names.includes(name)));
    const only = new Set((common.length ? common : shown.flatMap(one => one.data.names)).slice(0, 40));
    return forest(shown.map(one => ({ name: one.name, data: { ...one.data, names: one.data.names.filter(name => only.has(name)),
      values: one.data.values.filter((_, k) => only.has(one.data.names[k])) } })), "", { width });
  }, "Medians with the middle 50 % and 90 % by run");
  const facts = h("div", {}), cards = {
    epochs: h("section", { class: "card" }, h("h2", {}, "Loss by epoch"), epochs), steps: h("section", { class: "card" }, h("h2", {}, "Loss by step"), steps),
    intervals: h("section", { class: "card" }, h("h2", {}, "Intervals"), intervals, h("p", { class: "soft small" }, "Numbers that all chosen runs have, the first forty.")),
  };
  main.replaceChildren(h("h1", {}, "Side by side"), h("div", { class: "controls" }, choice.group),
    runs.length > most ? h("p", { class: "soft" }, `The first ${most} of ${runs.length} runs.`) : "", cards.epochs, cards.steps, cards.intervals, h("section", { class: "card" }, h("h2", {}, "In numbers"), facts));
  const draw = soon(() => {
    cards.epochs.hidden = series("epoch").length === 0;
    cards.steps.hidden = series("step").length === 0;
    cards.intervals.hidden = withDraws().length === 0;
    facts.replaceChildren(table("Runs in numbers", ["", "last loss", "test loss", "draws", "divergences", "largest R-hat"], all.filter((_, i) => choice.on[i]).map(run => {
      const own = told.get(run.name), data = drawn[all.indexOf(run)], worst = data ? Math.max(...data.rows.map(row => row.rHat ?? -Infinity)) : NaN;
      return [run.name, short((own.steps.at(-1) ?? own.batches.at(-1))?.loss, 5), short(own.epochs.findLast(one => one.test_loss !== null)?.test_loss, 5), data ? data.total : "–", data ? data.divergences : "–",
        Number.isFinite(worst) ? worst.toFixed(3) : "–"];
    })));
    redrawAll();
  });
  follow(all.map(run => run.name), {
    reset: name => { told.set(name, history()); draw(); },
    lines: (name, some) => { some.forEach(line => told.get(name)?.take(line)); draw(); },
  });
  draw();
}
