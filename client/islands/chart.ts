// <potok-chart data-chart='{"kind": "bars", "categories": […], "series": […]}' data-title>: a chart beside its table. What
// draws it is large and comes only with the first chart that is seen; without it the table says the same.
// `data-chart-save="png"` on a button saves the chart of its tile, or the only one, as a picture; `data-print` prints the
// page: charts are drawn anew for paper, by day and as wide as it.
import type { Drawing, Painted } from "../charts";

type Paint = (place: HTMLElement, drawing: Drawing) => Painted;
const PAPER = "680px";
let paint: Paint | null = null;

class Chart extends HTMLElement {
  private drawn: Painted | null = null;
  private readonly repaint = (): void => void this.draw();

  connectedCallback(): void {
    void this.draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.repaint);
    document.addEventListener("themed", this.repaint);
  }

  disconnectedCallback(): void {
    this.drawn?.dispose();
    matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", this.repaint);
    document.removeEventListener("themed", this.repaint);
  }

  static observedAttributes = ["data-chart"];

  attributeChangedCallback(): void {
    if (this.drawn) void this.draw();
  }

  private async draw(): Promise<void> {
    paint ??= (await import("../charts")).paint;
    if (this.isConnected) this.redraw();
  }

  redraw(): void {
    this.drawn?.dispose();
    this.drawn = paint?.(this, JSON.parse(this.dataset.chart!)) ?? null;
  }

  save(kind: "png" | "svg"): void {
    if (!this.drawn) return;
    const link = document.createElement("a");
    link.href = this.drawn.picture(kind);
    link.download = `${this.dataset.title}.${kind}`;
    link.click();
  }
}

customElements.define("potok-chart", Chart);

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const saves = target.closest?.<HTMLElement>("[data-chart-save]");
  if (saves) charts(saves.closest(".tile") ?? document)[0]?.save(saves.dataset.chartSave as "png" | "svg");
  if (target.closest?.("[data-print]")) print();
});

function charts(within: ParentNode = document): Chart[] {
  return [...within.querySelectorAll<Chart>("potok-chart")];
}

// Where the browser prints, nothing may be waited for.
let theme: string | undefined;
addEventListener("beforeprint", () => {
  theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  for (const one of charts()) onPaper(one, PAPER);
});
addEventListener("afterprint", () => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const one of charts()) onPaper(one, "");
});

function onPaper(chart: Chart, width: string): void {
  chart.style.width = width;
  chart.redraw();
}
