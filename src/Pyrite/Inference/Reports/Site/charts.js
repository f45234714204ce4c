// Statistics graphics on Observable Plot: each function gives one picture of the width it is asked for.
import { short } from "./dom.js";

const { Plot, d3 } = globalThis;
const style = { background: "none", color: "var(--soft)", fontFamily: "inherit", fontSize: "12px", overflow: "visible" };

export const chainColors = ["var(--c0)", "var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)"];
export const chainColor = chain => chainColors[chain % chainColors.length];

const plot = options => Plot.plot({ style, marginLeft: 52, marginRight: 14, marginTop: 14, marginBottom: 36, ...options });
const grid = { stroke: "var(--grid)", strokeOpacity: 1 };
const tipStyle = { fill: "var(--card)", stroke: "var(--line)" };
const tickFormat = value => short(value, 5);
const line = (marks) => [Plot.gridY(grid), ...marks];

/** The smallest and the largest of finite numbers, never equal. */
export function extent(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) if (Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); }
  return low > high ? [0, 1] : low === high ? [low - 0.5, high + 0.5] : [low, high];
}

export function quantile(sorted, p) {
  const at = p * (sorted.length - 1), low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

const sortedFinite = values => Float64Array.from(values).filter(Number.isFinite).sort();

/** A number's draws by chain; dragging over it asks for a stretch of draws. */
export function trace(data, i, { width, on, range, zoomed }) {
  const all = data.values[i], [from, to] = range ?? [0, data.draws - 1], xs = [], ys = [], chains = [], marks = [];
  for (let chain = 0; chain < data.chains; chain++) {
    if (!on[chain]) continue;
    for (let draw = Math.max(0, Math.floor(from)); draw <= Math.min(data.draws - 1, Math.ceil(to)); draw++) {
      const at = chain * data.draws + draw;
      if (!Number.isFinite(all[at])) continue;
      xs.push(draw * data.every); ys.push(all[at]); chains.push(chain);
      if (data.divergent[at]) marks.push(draw * data.every);
    }
  }
  const height = 260, points = { length: xs.length }, domain = [from * data.every, Math.max(to, from + 1) * data.every];
  const svg = plot({
    width, height, x: { label: "draw", domain }, y: { label: null, domain: extent(ys), nice: true, tickFormat },
    marks: line([
      Plot.line(points, { x: xs, y: ys, z: chains, stroke: chains.map(chainColor), strokeWidth: 0.8, strokeOpacity: 0.9 }),
      Plot.tickX(marks, { x: d => d, stroke: "var(--ink)", strokeWidth: 1.2, insetTop: height - 62 }),
      Plot.ruleX(points, Plot.pointerX({ x: xs, py: ys, stroke: "var(--soft)", strokeDasharray: "3,3" })),
      Plot.tip(points, Plot.pointer({ x: xs, y: ys, title: xs.map((x, k) => `chain ${chains[k] + 1}, draw ${x}\n${short(ys[k])}`), ...tipStyle })),
    ]),
  });
  // A finger scrolls the page; who has one types the stretch.
  if (zoomed && matchMedia("(pointer: fine)").matches) {
    const x = svg.scale("x"), brush = d3.brushX().extent([[52, 14], [width - 14, height - 36]]).on("end", event => {
      if (event.selection) zoomed(event.selection.map(pixel => Math.round(x.invert(pixel) / data.every)));
    });
    const layer = d3.select(svg).append("g").attr("aria-hidden", "true").call(brush);
    layer.select(".selection").attr("fill", "var(--accent)").attr("fill-opacity", 0.15).attr("stroke", "none");
  }
  return svg;
}

/** How each chain's draws rank among all: flat where chains agree. */
export function ranks(data, i, { width, on }) {
  const all = data.values[i], order = d3.range(all.length).sort((a, b) => all[a] - all[b]), bins = 20;
  const counts = Array.from({ length: data.chains }, () => new Array(bins).fill(0));
  order.forEach((at, rank) => counts[Math.floor(at / data.draws)][Math.min(bins - 1, Math.floor(rank * bins / order.length))]++);
  const flat = data.draws / bins, wide = 2 * Math.sqrt(flat * (1 - 1 / bins) * (1 - 1 / data.chains) || 0);
  const points = counts.flatMap((own, chain) => on[chain]
    ? [...own, own[bins - 1]].map((count, bin) => ({ rank: bin * order.length / bins, count, chain })) : []);
  return plot({
    width, height: 230, x: { label: "rank among all draws" }, y: { label: null, domain: [0, Math.max(d3.max(counts.flat()) * 1.1, flat + wide)] },
    marks: line([
      Plot.rect([0], { x1: 0, x2: order.length, y1: flat - wide, y2: flat + wide, fill: "var(--grid)", fillOpacity: 0.8 }),
      Plot.ruleY([flat], { stroke: "var(--soft)", strokeDasharray: "4,3" }),
      Plot.line(points, { x: "rank", y: "count", z: "chain", stroke: d => chainColor(d.chain), strokeWidth: 1.6, curve: "step-after" }),
    ]),
  });
}

/** Heights of a kernel density at evenly spaced points; the bandwidth is Silverman's. */
export function density(values, points, low, high) {
  const good = sortedFinite(values), mean = d3.mean(good), spread = d3.deviation(good) || 1e-9;
  const middle = (quantile(good, 0.75) - quantile(good, 0.25)) / 1.34 || spread, width = 0.9 * Math.min(spread, middle) * good.length ** -0.2 || 1;
  const stride = Math.max(1, Math.floor(good.length / 1500)), heights = [];
  if (mean === undefined) return heights;
  for (let p = 0; p <= points; p++) {
    const at = low + (high - low) * p / points;
    let sum = 0, count = 0;
    for (let k = 0; k < good.length; k += stride, count++) sum += Math.exp(-0.5 * ((at - good[k]) / width) ** 2);
    heights.push({ x: at, y: sum / count / width / Math.sqrt(2 * Math.PI) });
  }
  return heights;
}

export function densities(data, i, { width, on }) {
  const range = extent(data.values[i]), points = [];
  for (let chain = 0; chain < data.chains; chain++) {
    if (on[chain]) points.push(...density(data.values[i].subarray(chain * data.draws, (chain + 1) * data.draws), 160, ...range).map(p => ({ ...p, chain })));
  }
  return plot({
    width, height: 230, marginLeft: 14, x: { label: data.names[i], tickFormat }, y: { axis: null },
    marks: [
      Plot.areaY(points, { x: "x", y1: 0, y2: "y", z: "chain", fill: d => chainColor(d.chain), fillOpacity: 0.07 }),
      Plot.line(points, { x: "x", y: "y", z: "chain", stroke: d => chainColor(d.chain), strokeWidth: 1.7 }),
      Plot.ruleY([0], { stroke: "var(--line)" }),
    ],
  });
}

/** Medians with the middle 50 % and 90 %; several runs below each other where there are several. */
export function forest(runs, prefix, { width }) {
  const rows = runs.flatMap((run, which) => run.data.names.map((name, i) => [name, i])
    .filter(([name]) => prefix === "" || name === prefix || name.startsWith(prefix + "["))
    .map(([name, i]) => {
      const sorted = sortedFinite(run.data.values[i]), [a, b, median, c, d] = [0.05, 0.25, 0.5, 0.75, 0.95].map(p => quantile(sorted, p));
      return { name, run: run.name, which, a, b, median, c, d };
    }));
  const names = [...new Set(rows.map(row => row.name))], many = runs.length > 1, space = many ? 10 + 16 * runs.length : 24;
  const left = Math.min(width * 0.42, 20 + 7.2 * Math.max(4, ...names.map(name => name.length)));
  const shift = row => many ? (row.which - (runs.length - 1) / 2) * 14 : 0;
  const marks = runs.flatMap((_, which) => {
    const own = rows.filter(row => row.which === which && Number.isFinite(row.median)), dy = own.length ? shift(own[0]) : 0, color = chainColor(which);
    return [
      Plot.ruleY(own, { y: "name", x1: "a", x2: "d", stroke: color, strokeWidth: 2, dy }),
      Plot.ruleY(own, { y: "name", x1: "b", x2: "c", stroke: color, strokeWidth: 6, strokeLinecap: "round", dy }),
      Plot.dot(own, { y: "name", x: "median", r: 4.2, fill: "var(--card)", stroke: color, strokeWidth: 2, dy }),
    ];
  });
  return plot({
    width, height: 60 + space * names.length, marginLeft: left, x: { label: null, inset: 10, tickFormat }, y: { label: null, domain: names, tickSize: 0 },
    marks: [Plot.gridX(grid), ...marks, Plot.tip(rows, Plot.pointerY({ x: "median", y: "name", ...tipStyle,
      title: row => `${row.name}${many ? ` in ${row.run}` : ""}\nmedian ${short(row.median)}\n50 %: ${short(row.b)} to ${short(row.c)}\n90 %: ${short(row.a)} to ${short(row.d)}` }))],
  });
}

export function pair(data, i, j, { width }) {
  const stride = Math.max(1, Math.floor(data.values[i].length / 3000)), plain = [], marked = [];
  data.values[i].forEach((x, at) => {
    const y = data.values[j][at];
    if (Number.isFinite(x) && Number.isFinite(y)) (data.divergent[at] ? marked : at % stride === 0 ? plain : []).push({ x, y });
  });
  return plot({
    width, height: Math.min(480, Math.max(300, width * 0.6)), marginTop: 26, inset: 8, x: { label: data.names[i], tickFormat }, y: { label: data.names[j], tickFormat },
    marks: [Plot.gridY(grid), Plot.gridX(grid),
      Plot.dot(plain, { x: "x", y: "y", r: 1.8, fill: "var(--c0)", fillOpacity: 0.35 }),
      Plot.dot(marked, { x: "x", y: "y", r: 3.2, fill: "var(--c2)", stroke: "var(--card)", strokeWidth: 0.7 })],
  });
}

/** Data over data sets that the model made. */
export function check({ name, data, replicates }, { width }) {
  const range = extent([...data, ...replicates.flatMap(set => [...set])]), own = density(data, 120, ...range);
  const lines = replicates.flatMap((set, k) => density(set, 120, ...range).map(p => ({ ...p, k })));

  // A data set whose few numbers lie together has a peak that would press all others down.
  const peaks = d3.groups(lines, p => p.k).map(([, line]) => d3.max(line, p => p.y)).sort(d3.ascending);
  const top = 1.08 * Math.max(d3.max(own, p => p.y) ?? 0, peaks.length ? quantile(peaks, 0.9) : 0) || 1;
  return plot({
    width, height: 250, marginLeft: 14, x: { label: name, tickFormat }, y: { axis: null, domain: [0, top] }, marks: [
      Plot.line(lines, { x: "x", y: "y", z: "k", stroke: "var(--c0)", strokeOpacity: 0.3, strokeWidth: 1, clip: true }),
      Plot.line(own, { x: "x", y: "y", stroke: "var(--ink)", strokeWidth: 2.6 }), Plot.ruleY([0], { stroke: "var(--line)" }),
      Plot.tickX(data.length <= 200 ? data : [], { x: d => d, stroke: "var(--ink)", insetTop: 190 })],
  });
}

/** Lines of numbers against steps, epochs or seconds; the highest two percent of a falling line may be cut off. */
export function lines(series, { width, height = 260, xLabel, cut = false, digits = 5, zero = false }) {
  const points = series.flatMap((one, which) => one.points.filter(p => Number.isFinite(p.y)).map(p => ({ ...p, which })));
  const sorted = sortedFinite(points.map(p => p.y));
  let domain = extent(sorted);
  if (cut && sorted.length > 20) {
    const top = quantile(sorted, 0.98);
    if (domain[1] - domain[0] > 2 * (top - domain[0])) domain = [domain[0], top];
  }
  if (zero) domain = [0, domain[1] * 1.08];
  const colors = series.map((one, which) => one.color ?? chainColor(which));
  return plot({
    width, height, marginLeft: 58, x: { label: xLabel, domain: extent(points.map(p => p.x)), inset: 5, tickFormat: value => short(value, digits) }, y: { label: null, domain, nice: true, tickFormat },
    marks: line([
      Plot.line(points, { x: "x", y: "y", z: "which", stroke: p => colors[p.which], strokeWidth: 1.7, clip: true }),
      Plot.dot(points.filter(p => series[p.which].dots), { x: "x", y: "y", r: 3.4, fill: p => colors[p.which], clip: true }),
      Plot.tip(points, Plot.pointer({ x: "x", y: "y", ...tipStyle, title: p => `${series[p.which].name}\n${xLabel} ${short(p.x)}\n${short(p.y, 5)}` })),
    ]),
  });
}
