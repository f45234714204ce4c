// Small things that all pages use.

/** An element with attributes and children; a function as attribute is a listener. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

export const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

export const floats = text => new Float32Array(bytes(text).buffer);

/** A number with as many digits as a reader wants. */
export function short(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential(2) : size >= 10 ** digits ? Math.round(value).toLocaleString("en") : String(+value.toPrecision(digits));
}

/** A colour of the page's theme. */
export const themed = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const drawn = new Set();
let waiting = 0;

/** A figure that is drawn for the width it has, and again when that changes. */
export function chart(draw, name) {
  const figure = h("figure", { class: "chart", "aria-label": name });
  let width = 0;
  figure.redraw = () => {
    if (figure.clientWidth > 0) {
      const svg = draw(Math.min(figure.clientWidth, 1200));
      if (svg instanceof Element) {
        svg.setAttribute("role", "img");
        // Names of parts are not read inside of a picture, and a part without a role may have none.
        for (const part of svg.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
        svg.setAttribute("aria-label", typeof name === "function" ? name() : name);
      }
      figure.replaceChildren(svg ?? "");
    }
  };
  if (typeof name === "function") figure.removeAttribute("aria-label");
  new ResizeObserver(() => {
    if (figure.clientWidth !== width) {
      width = figure.clientWidth;
      figure.redraw();
    }
  }).observe(figure);
  drawn.add(new WeakRef(figure));
  return figure;
}

/** Draws what shows live numbers, once for many that come together. */
export function soon(draw) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      setTimeout(() => { asked = false; draw(); }, 120);
    }
  };
}

export function redrawAll() {
  for (const reference of drawn) {
    const figure = reference.deref();
    if (figure === undefined || !figure.isConnected && waiting++ > 1e4) drawn.delete(reference);
    else if (figure.isConnected) figure.redraw();
  }
}

/** Buttons that switch things on and off, each with its colour. */
export function toggles(names, colors, label, changed) {
  const on = names.map(() => true);
  const group = h("div", { class: "toggles", role: "group", "aria-label": label }, ...names.map((name, i) => {
    const button = h("button", { type: "button", "aria-pressed": "true", click: () => {
      on[i] = !on[i];
      button.setAttribute("aria-pressed", on[i]);
      changed();
    } }, h("i", { style: `background:${colors[i % colors.length]}`, "aria-hidden": "true" }), name);
    return button;
  }));
  return { group, on };
}

export function selection(label, names, first, changed) {
  const select = h("select", { change: changed }, ...names.map((name, i) => h("option", { value: i }, name)));
  select.value = String(Math.max(0, Math.min(first, names.length - 1)));
  return { select, label: h("label", {}, label, select) };
}

export const tile = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));

/** A table that can be scrolled by keys where it is wide. */
export function table(caption, header, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", {},
    h("thead", {}, h("tr", {}, ...header.map(name => name === "" ? h("td", {}) : h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...rows.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), ...cells.map(cell => h("td", {}, cell)))))));
}
