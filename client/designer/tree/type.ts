// How wide words are on the diagram, so that they are cut where the box ends.
const FONT = '"Golos Text Variable", "Golos Text", system-ui, sans-serif';
const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

export function width(text: string, weight: number): number {
  const key = `${weight}${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  pen ??= document.createElement("canvas").getContext("2d")!;
  pen.font = `${weight} ${weight === 400 ? 11.5 : 12.5}px ${FONT}`;
  const found = pen.measureText(text).width;
  widths.set(key, found);
  return found;
}

/** As much of a text as fits, with an ellipsis if it is cut. */
export function fitted(text: string, room: number, weight: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (width(line, weight) <= room) return line;
  let [least, most] = [0, line.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (width(`${line.slice(0, middle).trimEnd()}…`, weight) <= room) least = middle;
    else most = middle - 1;
  }
  return `${line.slice(0, least).trimEnd()}…`;
}
