// Pages of one run: how far it is, its posterior, its pictures, what it was asked for.
import { chart, h, short, soon, table, tile } from "./dom.js";
import { chainColor, lines } from "./charts.js";
import { advice, pictures, summary, unpack } from "./posterior.js";
import { ask, follow } from "./app.js";

const api = (run, rest) => `api/runs/${encodeURIComponent(run.name)}/${rest}`;

export function overviewPage(main, runs, link, again) {
  const kinds = run => [run.hasPlane && "latent plane", run.hasDraws && "posterior", run.hasEvents && "progress", run.pictures.length > 0 && `${run.pictures.length} pictures`].filter(Boolean).join(", ");
  main.replaceChildren(h("h1", {}, "Runs"), runs.length === 0
    ? h("p", { class: "soft" }, "There is no run in these folders yet. The page looks again every few seconds.")
    : h("ul", { class: "list" }, ...runs.map(run => h("li", {}, h("a", { href: link(run.name) }, h("strong", {}, run.name), h("br"), h("span", { class: "soft small" }, kinds(run)))))));
  const timer = setInterval(() => { if (runs.length === 0) again(); }, 3000);
  return () => clearInterval(timer);
}

/** What a run has told so far. */
export function history() {
  return { batches: [], epochs: [], steps: [], chains: new Map(), seconds: 0, isEnded: false,
    take(line) {
      this.seconds = line.t ?? this.seconds;
      if (line.event === "batch") this.batches.push({ x: line.epoch + line.batch / line.batches, ...line });
      else if (line.event === "epoch") this.epochs.push(line);
      else if (line.event === "step") { this.steps.push(line); this.isEnded = line.end === 1; }
      else if (line.event === "chain") this.chains.set(line.chain, [...this.chains.get(line.chain) ?? [], line].slice(-5000));
      else if (line.event === "end") this.isEnded = true;
    } };
}

export function lossSeries(told, name) {
  return told.steps.length > 0 ? [{ name, points: told.steps.map(p => ({ x: p.step, y: p.loss })) }]
    : [{ name: "within the epoch", color: "var(--c0)", points: told.batches.map(p => ({ x: p.x, y: p.loss })) },
      { name: "training", color: "var(--c1)", dots: true, points: told.epochs.map(p => ({ x: p.epoch + 1, y: p.training_loss })) },
      { name: "test", color: "var(--c2)", dots: true, points: told.epochs.filter(p => p.test_loss !== null).map(p => ({ x: p.epoch + 1, y: p.test_loss })) }]
      .filter(series => series.points.length > 0);
}

const time = seconds => seconds >= 3600 ? `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min` : seconds >= 60 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s` : `${Math.max(0, seconds).toFixed(0)} s`;

const keys = series => h("div", { class: "toggles keys" }, ...series.map((one, i) => h("span", {}, h("i", { style: `background:${one.color ?? chainColor(i)}` }), one.name)));

export async function progressPage(body, run) {
  let told = history();
  const tiles = h("dl", { class: "tiles" }), chains = h("div", { class: "chains" }), epochs = h("div", {}), legend = h("div", {});
  const loss = chart(width => lines(lossSeries(told, "loss"), { width, xLabel: told.steps.length ? "step" : "epoch", cut: true }), "Loss");
  const speed = chart(width => lines([{ name: "images per second", color: "var(--c4)", points: told.batches.map(p => ({ x: p.x, y: p.images_per_second })) }],
    { width, height: 200, xLabel: "epoch", zero: true }), "Images per second");
  const sizes = chart(width => lines([...told.chains].map(([chain, all]) => ({ name: `chain ${chain + 1}`, points: all.map(p => ({ x: p.transitions, y: p.step_size })) })),
    { width, height: 220, xLabel: "transition" }), "Step size by chain");
  const card = (title, ...inside) => h("section", { class: "card" }, h("h2", {}, title), ...inside);
  const parts = { loss: card("Loss", legend, loss), speed: card("Images per second", speed), epochs: card("Epochs", epochs),
    chains: card("Chains", chains), sizes: card("Step size", sizes), growing: h("div", {}), none: h("p", { class: "soft" }, "The run has not told anything yet.") };
  body.replaceChildren(tiles, parts.none, parts.chains, parts.loss, h("div", { class: "grid" }, parts.speed, parts.epochs, parts.sizes), parts.growing);

  const draw = soon(() => {
    const last = told.batches.at(-1), step = told.steps.at(-1), epoch = told.epochs.at(-1);
    const isSvi = Boolean(step), isTraining = told.batches.length + told.epochs.length > 0, isSampling = told.chains.size > 0;
    const ended = told.isEnded || isSampling && [...told.chains.values()].every(all => all.at(-1).end === 1);
    parts.none.hidden = isSvi || isTraining || isSampling;
    parts.loss.hidden = !(isSvi || isTraining);
    parts.speed.hidden = parts.epochs.hidden = !isTraining;
    parts.chains.hidden = parts.sizes.hidden = !isSampling;
    const state = tile("state", ended ? "ended" : "running"), past = tile("time", time(told.seconds));
    tiles.replaceChildren(...isTraining ? [state, tile("epoch", last ? `${last.epoch + 1}, ${Math.round(100 * last.batch / last.batches)} %` : "–"), tile("loss", short(last?.loss, 5)),
      tile("test loss", short(told.epochs.findLast(one => one.test_loss !== null)?.test_loss, 5)), tile("images per second", short(last?.images_per_second, 4)), ended ? past : tile("left", time(last?.seconds_left ?? 0))]
      : isSvi ? [state, tile("step", `${step.step} of ${step.steps}`), tile("loss", short(step.loss, 5)), past]
      : isSampling ? [state, tile("transitions", `${short([...told.chains.values()].reduce((sum, all) => sum + all.at(-1).transitions, 0), 7)}`),
        tile("divergences", [...told.chains.values()].reduce((sum, all) => sum + all.at(-1).divergences, 0)), past] : []);
    if (isTraining) {
      epochs.replaceChildren(told.epochs.length ? table("Epochs", ["epoch", "training", "test", "images/s"], told.epochs.map(one =>
        [one.epoch + 1, one.training_loss?.toFixed(2), one.test_loss?.toFixed(2) ?? "–", short(one.images_per_second, 4)])) : h("p", { class: "soft" }, "The first one is under way."));
      legend.replaceChildren(keys(lossSeries(told, "loss")));
    }
    if (isSampling) {
      chains.replaceChildren(...[...told.chains].sort(([a], [b]) => a - b).map(([chain, all]) => {
        const now = all.at(-1);
        return h("div", {}, h("p", {}, h("b", {}, `chain ${chain + 1}`), h("span", { class: "soft" }, now.end ? "ended" : now.warmup ? "warm-up" : "drawing"), h("span", {}, `${now.transitions} of ${now.total}`)),
          h("progress", { max: now.total, value: now.transitions, "aria-label": `Chain ${chain + 1}` }),
          h("p", { class: "soft" }, h("span", {}, `${now.divergences} divergent`), h("span", {}, `step size ${short(now.step_size, 3)}`)));
      }));
    }
    [loss, speed, sizes].forEach(figure => figure.redraw());
    body.dataset.points = told.batches.length + told.steps.length + [...told.chains.values()].reduce((sum, all) => sum + all.length, 0);
  });

  let shown = null;
  const grow = paced(async () => {
    const data = unpack(await (await ask(api(run, "posterior"))).json());
    if (!shown?.show(data)) {
      shown = pictures(data);
      parts.growing.replaceChildren(shown.element);
    }
    body.dataset.draws = data.total;
  });
  follow([run.name], {
    reset: () => { told = history(); draw(); },
    lines: (_, all) => { all.forEach(line => told.take(line)); draw(); },
    draws: grow,
  });
  draw();
  if (run.hasDraws) grow();
}

/** Does something at once, and once more a second later where it was asked for again: the last change is never missed. */
function paced(action) {
  let isBusy = false, isOld = false;
  const go = async () => {
    isOld = isBusy;
    if (isBusy) return;
    isBusy = true;
    try {
      await action();
    } catch {
      // There is no draw yet, or a file is half written; the next change asks again.
    }
    setTimeout(() => {
      isBusy = false;
      if (isOld) go();
    }, 1000);
  };
  return go;
}

export async function posteriorPage(body, run) {
  const load = async () => unpack(await (await ask(api(run, "posterior"))).json());
  let data = await load(), shown = pictures(data);
  const head = h("div", {});
  const tell = () => head.replaceChildren(h("p", { class: "soft" },
    `${data.chains} chain${data.chains > 1 ? "s" : ""}, ${data.total} draws, ${data.divergences} divergent transitions.` + (data.isComplete ? "" : " The run is not complete.")
    + (data.allNames > data.names.length ? ` The first ${data.names.length} of ${data.allNames} numbers are here.` : "") + (data.every > 1 ? ` Of ${data.every} draws one is drawn; the table is of all.` : "")),
    advice(data.advice, "Nothing speaks against these draws."), summary(data));
  tell();
  body.replaceChildren(head, shown.element);
  follow([run.name], { draws: paced(async () => {
    data = await load();
    if (shown.show(data)) tell();
  }) });
}

export function picturesPage(body, run) {
  body.replaceChildren(h("div", { class: "pictures" }, ...run.pictures.map(file => h("figure", { class: "card" },
    h("img", { src: api(run, "pictures/" + encodeURIComponent(file)), alt: file.replace(/\.png$/, "").replaceAll("-", " "), loading: "lazy" }), h("figcaption", { class: "soft small" }, file)))));
}

export async function settingsPage(body, run) {
  const record = await (await ask(api(run, "record"))).json();
  if (record === null) {
    body.replaceChildren(h("p", { class: "soft" }, "The run has left no record of its settings (run.json), or has not ended yet."));
    return;
  }
  const flat = (value, prefix = "") => Object.entries(value).flatMap(([key, one]) => one !== null && typeof one === "object"
    ? Array.isArray(one) ? [] : flat(one, prefix + key.replaceAll("_", " ") + ": ") : [[prefix + key.replaceAll("_", " "), String(one ?? "–")]]);
  body.replaceChildren(h("section", { class: "card" }, h("h2", {}, "Settings and versions"), table("Settings", ["", "value"], flat(record))));
}
