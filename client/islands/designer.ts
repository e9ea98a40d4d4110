// <potok-designer>: where processes are drawn. It is large and comes only with its page.
class Designer extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const { open } = await import("../designer/designer");
    if (this.isConnected) open(this);
  }
}

customElements.define("potok-designer", Designer);
