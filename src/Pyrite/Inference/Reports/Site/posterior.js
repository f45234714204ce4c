// The pictures of a posterior with what chooses among them: the same in the explorer and in a report.
import { bytes, chart, floats, h, selection, short, table, toggles } from "./dom.js";
import { chainColors, check, densities, forest, lines, pair, ranks, trace } from "./charts.js";

/** Numbers as they travel, made ready. */
export function unpack(raw) {
  return {
    every: 1, ...raw,
    values: raw.values.map(floats),
    divergent: bytes(raw.divergent),
    checks: (raw.checks ?? []).map(one => ({ ...one, replicates: one.replicates.map(floats) })),
    losses: raw.losses ? floats(raw.losses) : null,
  };
}

export function advice(sentences, otherwise) {
  return h("section", { class: "card" }, h("h2", {}, "Can it be trusted?"),
    ...sentences.map(sentence => h("p", { class: "advice" }, sentence)), sentences.length ? null : h("p", { class: "good" }, otherwise));
}

export function summary(data) {
  const header = ["", "mean", "sd", ...data.quantiles.map(share => `${short(100 * share)} %`), "MCSE", "R-hat", "ESS bulk", "ESS tail"];
  return h("section", { class: "card" }, h("h2", {}, "Summary"), table("Summary", header, data.rows.map(row =>
    [row.name, short(row.mean), short(row.sd), ...row.quantiles.map(value => short(value)), short(row.mcse, 2), row.rHat === null ? "–" : row.rHat.toFixed(3),
      short(row.bulk && Math.round(row.bulk), 6), short(row.tail && Math.round(row.tail), 6)])));
}

/** All pictures of draws; `show` gives new draws to the same pictures. */
export function pictures(data) {
  const names = data.names.slice(), groups = ["all", ...new Set(names.map(name => name.split("[")[0]))];
  let range = null;
  const number = selection("Number", names, 0, () => redrawOne());
  const chains = toggles(Array.from({ length: data.chains }, (_, i) => `chain ${i + 1}`), chainColors, "Chains", () => redrawOne());
  const from = h("input", { type: "number", min: 0, value: 0, change: () => typed() }), to = h("input", { type: "number", min: 1, value: data.draws * data.every, change: () => typed() });
  const whole = h("button", { type: "button", hidden: true, click: () => zoom(null) }, "Show all draws");
  const at = () => +number.select.value;
  const traces = chart(width => trace(data, at(), { width, on: chains.on, range, zoomed: zoom }), () => `Trace of ${names[at()]}`);
  const one = [traces,
    chart(width => ranks(data, at(), { width, on: chains.on }), () => `Ranks of ${names[at()]} by chain`),
    chart(width => densities(data, at(), { width, on: chains.on }), () => `Density of ${names[at()]} by chain`)];
  const group = selection("Quantity", groups, 0, () => intervals.redraw());
  const intervals = chart(width => forest([{ name: "", data }], +group.select.value === 0 ? "" : groups[+group.select.value], { width }), "Medians with the middle 50 % and 90 %");
  const across = selection("Across", names, 0, () => two.redraw()), up = selection("Up", names, 1, () => two.redraw());
  const two = chart(width => pair(data, +across.select.value, +up.select.value, { width }), () => `${names[+up.select.value]} against ${names[+across.select.value]}`);

  const marks = [h("span", {}, " Dark ticks below are divergent transitions."), h("p", { class: "soft small" }, "Larger red points are divergent transitions.")];
  function remark() { for (const note of marks) note.hidden = !data.divergent.some(mark => mark > 0); }
  remark();

  function redrawOne() { one.forEach(figure => figure.redraw()); }
  function zoom(wanted) {
    range = wanted && wanted[1] > wanted[0] ? wanted : null;
    whole.hidden = range === null;
    [from.value, to.value] = (range ?? [0, data.draws]).map(draw => draw * data.every);
    traces.redraw();
  }
  function typed() {
    const wanted = [Math.max(0, Math.floor(from.value / data.every)), Math.min(data.draws - 1, Math.ceil(to.value / data.every))];
    zoom(wanted[0] === 0 && wanted[1] >= data.draws - 1 ? null : wanted);
  }

  const element = h("div", {},
    h("section", { class: "card" }, h("h2", {}, "Traces"), h("div", { class: "controls" }, number.label, data.chains > 1 ? chains.group : null,
      h("label", {}, "from draw", from), h("label", {}, "to", to), whole),
      traces, h("p", { class: "soft small" }, "Drag over the trace to look closer.", marks[0])),
    h("div", { class: "grid" },
      data.chains > 1 ? h("section", { class: "card" }, h("h2", {}, "Ranks"), one[1], h("p", { class: "soft small" }, "Chains that agree stay within the band most of the time.")) : null,
      h("section", { class: "card" }, h("h2", {}, "Densities"), one[2])),
    h("section", { class: "card" }, h("h2", {}, "Intervals"), h("div", { class: "controls" }, group.label), intervals),
    names.length > 1 ? h("section", { class: "card" }, h("h2", {}, "Pairs"), h("div", { class: "controls" }, across.label, up.label), two, marks[1]) : null);
  return {
    element,
    show(next) {
      if (next.names.join() !== names.join() || next.chains !== data.chains) return false;
      data = next;
      remark();
      if (range === null) to.value = data.draws * data.every;
      redrawOne(); intervals.redraw(); two.redraw();
      return true;
    },
  };
}

/** Data over data sets of the model, a picture for each observed site to choose. */
export function checks(data) {
  const site = selection("Site", data.checks.map(one => one.name), 0, () => figure.redraw());
  const figure = chart(width => check(data.checks[+site.select.value], { width }), () => `Data over draws of ${data.checks[+site.select.value].name}`);
  return h("div", {}, h("div", { class: "controls" }, site.label), figure,
    h("p", { class: "soft small" }, "The dark line is the data; each thin line is one data set that the model makes from a draw."));
}

export const losses = data => chart(width => lines([{ name: "loss", color: "var(--c0)", points: [...data.losses].map((y, i) => ({ x: i * (data.lossStride ?? 1), y })) }],
  { width, xLabel: "step", cut: true }), "Loss by step");
