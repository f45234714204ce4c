// The latent plane of an autoencoder: a pointer becomes a digit.
import { bytes, floats, h, short, themed, toggles } from "./dom.js";
import { ask, follow } from "./app.js";

const labelColors = ["#3f90da", "#e8930c", "#c43a22", "#7d8f8c", "#9a4fd0", "#a96b59", "#e76300", "#a89d4f", "#5f6f86", "#3fb6bd"];
const steps = 13, side = 22, neighbours = 6;

/** Ink where a byte is high, whatever the colours of the page. */
function paint(canvas, image) {
  canvas.image = image;
  const context = canvas.getContext("2d", { willReadFrequently: true }), [red, green, blue] = (getComputedStyle(canvas).color.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
  const pixels = context.createImageData(canvas.width, canvas.height), { data } = pixels;
  for (let i = 0, at = 0; i < image.length; i++, at += 4) {
    data[at] = red; data[at + 1] = green; data[at + 2] = blue; data[at + 3] = image[i];
  }
  context.putImageData(pixels, 0, 0);
}

/** Sends the newest of many wishes, one at a time. */
function latest(send) {
  let wish = null, busy = false;
  return async wanted => {
    wish = wanted;
    if (busy) return;
    busy = true;
    try {
      while (wish !== null) {
        const now = wish;
        wish = null;
        await send(now);
      }
    } finally {
      busy = false;
    }
  };
}

export async function planePage(body, run) {
  const api = rest => `api/runs/${encodeURIComponent(run.name)}/${rest}`;
  const image = async path => new Uint8Array(await (await ask(api(path))).arrayBuffer());
  let info, labels, means, reach, mosaic = null, at = { x: 0, y: 0 }, ends = [], drawnAt = null, isShown = true;

  async function load() {
    info = await (await ask(api("plane"))).json();
    labels = bytes(info.labels);
    means = floats(info.means);
    const far = Float32Array.from(means, Math.abs).sort();
    reach = Math.min(30, Math.max(2.5, 1.05 * (far[Math.floor(far.length * 0.995)] ?? 3)));
  }
  body.replaceChildren(h("p", { class: "soft", role: "status" }, "The digits are laid out …"));
  await load();
  const canvasOf = (className, name) => h("canvas", { class: "digit " + className, width: info.columns, height: info.rows, role: "img", "aria-label": name });

  const map = h("canvas", { class: "map", tabindex: "0", role: "application", "aria-label": "Latent plane. Arrow keys move, Enter sets an end of the path." });
  const digit = canvasOf("big", "The digit decoded at the pointer");
  const where = h("p", { class: "soft small", id: "where" }), delay = h("span", {});
  const sliders = ["x", "y"].map(axis => h("input", { type: "range", min: -reach, max: reach, step: 0.01, value: 0, "aria-label": axis === "x" ? "First latent" : "Second latent",
    input: event => move({ ...at, [axis]: +event.target.value }) }));
  const values = [h("output", {}, "0"), h("output", {}, "0")];
  const classes = [...new Set(labels)].sort((a, b) => a - b), legend = toggles(classes.map(String), classes.map(label => labelColors[label % 10]), "Test digits by label", () => drawAll());
  const behind = h("input", { type: "checkbox", checked: true, change: () => drawAll() }), points = h("input", { type: "checkbox", checked: true, change: () => drawAll() });
  const nearest = h("div", { class: "row", id: "nearest", tabindex: "0", role: "group", "aria-label": "Nearest training images" }),
    strip = h("div", { class: "row", id: "strip", tabindex: "0", role: "group", "aria-label": "Path" }), stripText = h("p", { class: "soft small" }, "Click two places in the plane, or press Enter at them.");
  const pad = canvasOf("big pad", "Draw a digit here with the pointer, or by keys: arrow keys move, the space bar sets the pen down and lifts it, Delete clears"), copy = canvasOf("big", "What the autoencoder makes of the drawn digit");
  pad.tabIndex = 0;
  pad.setAttribute("role", "application");
  const penText = h("p", { class: "soft small", role: "status" }, "By keys: Tab to the pad, arrows move, space sets the pen down and lifts it, Delete clears.");
  const index = h("input", { type: "number", min: 0, max: labels.length - 1, value: 0, id: "index" });
  const ink = new Float32Array(info.rows * info.columns);

  const decode = latest(async place => {
    const start = performance.now(), pixels = await image(`decode?x=${place.x}&y=${place.y}`);
    paint(digit, pixels);
    digit.dataset.x = place.x; digit.dataset.y = place.y;
    delay.textContent = `${(performance.now() - start).toFixed(0)} ms`;
  });
  let pause = 0;
  function move(place) {
    at = { x: Math.max(-reach, Math.min(reach, +place.x.toFixed(4))), y: Math.max(-reach, Math.min(reach, +place.y.toFixed(4))) };
    [sliders[0].value, sliders[1].value] = [at.x, at.y];
    values[0].value = at.x.toFixed(2); values[1].value = at.y.toFixed(2);
    draw();
    decode(at);
    clearTimeout(pause);
    pause = setTimeout(near, 250);
  }
  const near = async () => {
    const found = await (await ask(api(`nearest?x=${at.x}&y=${at.y}&count=${neighbours}`))).json();
    nearest.replaceChildren(...found.map(one => {
      const canvas = canvasOf("", `Training image ${one.index}, a ${one.label}`);
      const figure = h("figure", {}, canvas, h("figcaption", {}, `${one.label} · ${one.distance.toFixed(0)}`));
      requestAnimationFrame(() => paint(canvas, bytes(one.image)));
      return figure;
    }));
  };
  async function setEnd(place) {
    ends = ends.length === 1 ? [ends[0], place] : [place];
    draw();
    if (ends.length < 2) {
      stripText.textContent = "Now the other end.";
      return;
    }
    const [a, b] = ends, pixels = await image(`path?x0=${a.x}&y0=${a.y}&x1=${b.x}&y1=${b.y}&count=${steps}`), size = info.rows * info.columns;
    stripText.textContent = `From (${short(a.x, 3)}, ${short(a.y, 3)}) to (${short(b.x, 3)}, ${short(b.y, 3)}).`;
    strip.replaceChildren(...Array.from({ length: steps }, (_, i) => {
      const canvas = canvasOf("", `Step ${i + 1} of ${steps}`);
      requestAnimationFrame(() => paint(canvas, pixels.slice(i * size, (i + 1) * size)));
      return canvas;
    }));
  }

  // The map.
  const toPixel = (place, size) => [(place.x + reach) / (2 * reach) * size, (reach - place.y) / (2 * reach) * size];
  const toPlace = event => {
    const box = map.getBoundingClientRect(), size = Math.min(box.width, box.height), left = (box.width - size) / 2, top = (box.height - size) / 2;
    return { x: ((event.clientX - box.left - left) / size * 2 - 1) * reach, y: (1 - (event.clientY - box.top - top) / size * 2) * reach };
  };
  async function loadMosaic() {
    const pixels = await image(`grid?x0=${-reach}&y0=${reach}&x1=${reach}&y1=${-reach}&side=${side}`), { rows, columns } = info;
    mosaic = new Uint8Array(side * rows * side * columns);
    for (let cell = 0; cell < side * side; cell++) for (let row = 0; row < rows; row++) {
      mosaic.set(pixels.subarray((cell * rows + row) * columns, (cell * rows + row + 1) * columns), ((Math.floor(cell / side) * rows + row) * side + cell % side) * columns);
    }
    drawAll();
  }
  let isAsked = false;
  function draw() {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => { isAsked = false; if (isShown) drawNow(); });
  }
  const background = document.createElement("canvas"), still = document.createElement("canvas");
  let isStale = true;
  /** Draws what stays while the pointer moves, too. */
  function drawAll() {
    isStale = true;
    draw();
  }
  /** What stays while the pointer moves: the digits behind, axes, test digits. */
  function drawStill(size) {
    const context = still.getContext("2d"), unit = size / 560;
    still.width = still.height = size;
    isStale = false;
    if (behind.checked && mosaic) {
      background.width = side * info.columns; background.height = side * info.rows;
      background.style.color = themed("--ink");
      document.body.append(background);
      paint(background, mosaic);
      background.remove();
      context.globalAlpha = points.checked ? 0.3 : 0.9;
      context.drawImage(background, 0, 0, size, size);
      context.globalAlpha = 1;
    }
    context.strokeStyle = themed("--line"); context.lineWidth = unit;
    const [zero] = toPixel({ x: 0, y: 0 }, size);
    context.beginPath(); context.moveTo(zero, 0); context.lineTo(zero, size); context.moveTo(0, zero); context.lineTo(size, zero); context.stroke();
    if (points.checked) {
      context.globalAlpha = 0.75;
      const isOn = new Map(classes.map((label, i) => [label, legend.on[i]]));
      for (let i = 0; i < labels.length; i++) {
        if (!isOn.get(labels[i])) continue;
        const [x, y] = toPixel({ x: means[2 * i], y: means[2 * i + 1] }, size);
        context.fillStyle = labelColors[labels[i] % 10];
        context.fillRect(x - 1.1 * unit, y - 1.1 * unit, 2.2 * unit, 2.2 * unit);
      }
      context.globalAlpha = 1;
    }
  }
  function drawNow() {
    const size = Math.max(200, Math.round(Math.min(map.clientWidth, map.clientHeight || map.clientWidth) * Math.min(2, devicePixelRatio))), context = map.getContext("2d"), unit = size / 560;
    if (map.width !== size) map.width = map.height = size;
    if (isStale || still.width !== size) drawStill(size);
    context.clearRect(0, 0, size, size);
    context.drawImage(still, 0, 0);
    const ring = (place, color, text) => {
      const [x, y] = toPixel(place, size);
      context.lineWidth = 2.5 * unit; context.strokeStyle = themed("--card");
      context.beginPath(); context.arc(x, y, 8.5 * unit, 0, 7); context.stroke();
      context.strokeStyle = color;
      context.beginPath(); context.arc(x, y, 7 * unit, 0, 7); context.stroke();
      if (text) {
        context.font = `600 ${13 * unit}px system-ui, sans-serif`; context.lineWidth = 4 * unit; context.strokeStyle = themed("--card"); context.fillStyle = color;
        context.strokeText(text, x + 11 * unit, y - 8 * unit); context.fillText(text, x + 11 * unit, y - 8 * unit);
      }
    };
    if (ends.length === 2) {
      context.setLineDash([6 * unit, 4 * unit]); context.strokeStyle = themed("--ink"); context.lineWidth = 2 * unit;
      context.beginPath(); context.moveTo(...toPixel(ends[0], size)); context.lineTo(...toPixel(ends[1], size)); context.stroke(); context.setLineDash([]);
    }
    ends.forEach((end, i) => ring(end, themed("--ink"), "AB"[i]));
    if (drawnAt) ring(drawnAt, themed("--c2"), "drawn");
    ring(at, themed("--accent"));
  }
  map.addEventListener("pointermove", event => move(toPlace(event)));
  map.addEventListener("pointerdown", event => { const place = toPlace(event); move(place); setEnd(at); });
  map.addEventListener("keydown", event => {
    const step = reach / (event.shiftKey ? 10 : 50), [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key] ?? [0, 0];
    if (dx || dy) { event.preventDefault(); move({ x: at.x + dx, y: at.y + dy }); }
    else if (event.key === "Enter") { event.preventDefault(); setEnd(at); }
  });

  // The pad.
  const encode = latest(async drawn => {
    const answer = await (await ask(api("encode"), { method: "POST", body: drawn })).json();
    drawnAt = { x: answer.x, y: answer.y };
    paint(copy, bytes(answer.image));
    copy.dataset.done = String(+(copy.dataset.done ?? 0) + 1);
    draw();
  });
  const drawnBytes = () => Uint8Array.from(ink, value => Math.round(255 * Math.min(1, value)));
  /** The digits of the data lie with their centre of mass in the middle; so does what is sent. */
  function centred() {
    const { rows, columns } = info, all = drawnBytes(), moved = new Uint8Array(all.length);
    let sum = 0, x = 0, y = 0;
    all.forEach((value, i) => { sum += value; x += value * (i % columns); y += value * Math.floor(i / columns); });
    const dx = Math.round((columns - 1) / 2 - x / sum), dy = Math.round((rows - 1) / 2 - y / sum);
    if (sum > 0) all.forEach((value, i) => {
      const column = i % columns + dx, row = Math.floor(i / columns) + dy;
      if (column >= 0 && column < columns && row >= 0 && row < rows) moved[row * columns + column] = value;
    });
    return moved;
  }
  let before = null, pen = null, isDown = false;
  const under = event => {
    const box = pad.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width * info.columns, y: (event.clientY - box.top) / box.height * info.rows };
  };
  function stroke(here) {
    const { rows, columns } = info, start = before ?? here, length = Math.hypot(here.x - start.x, here.y - start.y);
    for (let k = 0; k <= Math.ceil(length * 2); k++) {
      const share = length > 0 ? k / Math.ceil(length * 2) : 0, cx = start.x + share * (here.x - start.x), cy = start.y + share * (here.y - start.y);
      for (let row = Math.max(0, Math.floor(cy - 2)); row <= Math.min(rows - 1, cy + 2); row++) for (let column = Math.max(0, Math.floor(cx - 2)); column <= Math.min(columns - 1, cx + 2); column++) {
        const distance = Math.hypot(column + 0.5 - cx, row + 0.5 - cy), place = row * columns + column;
        ink[place] = Math.max(ink[place], Math.min(1, 1.9 - distance));
      }
    }
    before = here;
    showPad();
    encode(centred());
  }
  /** The digit, and the pen where keys move it: a ring in the air, a dot on the paper. */
  function showPad() {
    paint(pad, drawnBytes());
    if (!pen || !pad.matches(":focus-visible")) return;
    const context = pad.getContext("2d");
    context.strokeStyle = context.fillStyle = themed("--accent");
    context.beginPath(); context.arc(pen.x, pen.y, 1.5, 0, 7);
    if (isDown) context.fill(); else context.stroke();
  }
  pad.addEventListener("pointerdown", event => { pad.setPointerCapture(event.pointerId); before = null; stroke(under(event)); });
  pad.addEventListener("pointermove", event => { if (event.buttons) stroke(under(event)); });
  const takePen = () => { pen ??= { x: info.columns / 2, y: info.rows / 4 }; };
  pad.addEventListener("keydown", event => {
    takePen();
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (dx || dy) {
      pen = { x: Math.max(1, Math.min(info.columns - 1, pen.x + dx)), y: Math.max(1, Math.min(info.rows - 1, pen.y + dy)) };
      if (isDown) stroke(pen); else showPad();
    } else if (event.key === " ") {
      isDown = !isDown;
      before = null;
      if (isDown) stroke(pen); else showPad();
    } else if (event.key === "Delete") clear();
    else return;
    event.preventDefault();
    penText.textContent = `Pen ${isDown ? "down" : "up"}, row ${Math.round(pen.y)}, column ${Math.round(pen.x)}`;
  });
  pad.addEventListener("focus", () => { takePen(); showPad(); });
  pad.addEventListener("blur", () => { isDown = false; showPad(); });
  const clear = () => { ink.fill(0); drawnAt = null; paint(copy, new Uint8Array(ink.length)); showPad(); draw(); };
  async function take() {
    const pixels = await image(`test/${Math.max(0, Math.min(labels.length - 1, Math.floor(+index.value || 0)))}`);
    ink.set(Float32Array.from(pixels, value => value / 255));
    paint(pad, pixels);
    encode(pixels);
  }

  const card = (title, ...inside) => h("section", { class: "card" }, h("h2", {}, title), ...inside);
  body.replaceChildren(h("div", { class: "plane" },
    h("section", { class: "card" }, h("div", { class: "controls" }, h("label", {}, points, "test digits"), h("label", {}, behind, "decoded digits behind")), map, h("div", { class: "controls", style: "margin:10px 0 0" }, legend.group),
      h("h2", { style: "margin-top:18px" }, "A path between two digits"), strip, stripText),
    h("div", {},
      card("Under the pointer", h("div", { class: "side" }, digit, h("div", { class: "ranges" }, ...sliders.map((slider, i) => h("label", {}, `z${"₁₂"[i]}`, slider, values[i])), h("p", { class: "soft small" }, "Decoded in ", delay)))),
      card("Nearest training images", nearest, h("p", { class: "soft small" }, `Of ${info.training.toLocaleString("en")}: label and distance, the root mean square of the pixels' differences, 0 to 255.`)),
      card("Reconstruct a digit", h("div", { class: "side" }, pad, copy), h("div", { class: "controls", style: "margin:10px 0 0" },
        h("button", { type: "button", click: clear }, "Clear"), h("label", {}, "test digit", index), h("button", { type: "button", click: take, id: "take" }, "Take it")),
        h("p", { class: "soft small" }, "Draw on the left; its centre of mass is moved to the middle, as in the data."), penText))));
  clear();
  move(at);
  loadMosaic();
  const resized = new ResizeObserver(drawAll);
  resized.observe(map);
  const repaint = () => { body.querySelectorAll("canvas.digit").forEach(canvas => { if (canvas.image) paint(canvas, canvas.image); }); drawAll(); };
  addEventListener("themechange", repaint);
  follow([run.name], { weights: async () => { await load(); drawAll(); loadMosaic(); move(at); body.dataset.weights = String(+(body.dataset.weights ?? 0) + 1); } });
  return () => { isShown = false; clearTimeout(pause); resized.disconnect(); removeEventListener("themechange", repaint); };
}
