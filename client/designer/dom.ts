// Elements in one expression. Styles come by classes and, where they are reckoned, through the CSSOM.
type Given = Record<string, unknown>;
type Child = Node | string | null | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  given: Given = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return dress(document.createElement(tag), given, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  given: Given = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return dress(document.createElementNS(SVG, tag), given, children);
}

function dress<T extends Element>(element: T, given: Given, children: Child[]): T {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "textContent")
      Object.assign(element, { [name]: value });
    else element.setAttribute(name === "class" ? "class" : name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => !!child || child === ""));
  return element;
}

const sprite = (): string => {
  const drawn = document.querySelector("svg.i use")?.getAttribute("href") ?? "/static/ui/icons.svg#";
  return drawn.slice(0, drawn.indexOf("#"));
};

export const icon = (name: string, size = ""): SVGElement =>
  svg("svg", { class: `i ${size}`, "aria-hidden": "true" }, svg("use", { href: `${sprite()}#i-${name}` }));
export const glyph = (name: string): SVGElement =>
  svg("svg", { class: `g c-${name}`, "aria-hidden": "true" }, svg("use", { href: `${sprite()}#g-${name}` }));

/** The picture of a block, from its own folder. */
export const picture = (inner: string, tone = ""): SVGElement => {
  const drawn = svg("svg", {
    class: `i block-picture ${tone && `c-${tone}`}`,
    viewBox: "0 0 24 24",
    fill: "none",
    stroke: "currentColor",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  });
  drawn.innerHTML = inner; // our own files, from the repository
  return drawn;
};

export const button = (
  title: string,
  name: string,
  press: () => void,
  given: Given = {},
): HTMLButtonElement =>
  el(
    "button",
    {
      type: "button",
      class: "btn ghost sq sm",
      "aria-label": title,
      title,
      onclick: press,
      ...given,
    },
    icon(name),
  );
