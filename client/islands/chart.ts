// <potok-chart data-chart='{"kind": "bars", "categories": […], "series": […]}'>: a chart beside its table. What draws it
// is large and comes only with the first chart that is seen; without it the table says the same.
class Chart extends HTMLElement {
  private drawn: { dispose(): void } | null = null;
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
    const { paint } = await import("../charts");
    if (!this.isConnected) return;
    this.drawn?.dispose();
    this.drawn = paint(this, JSON.parse(this.dataset.chart!));
  }
}

customElements.define("potok-chart", Chart);
