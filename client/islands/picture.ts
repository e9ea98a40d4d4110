// <potok-picture data-picture='{"source": …, "marks": {…}}'>: a definition drawn to be looked at, with marks on its
// steps. The server makes the JSON (processes/web/designing_picture.py); what draws comes only with the first picture.
const STANDS = ".n-incident, .n-person, .n-wait, .n-timer, .n-run";

class Picture extends HTMLElement {
  static observedAttributes = ["data-picture"];
  private readonly emptied = new MutationObserver(() => !this.firstElementChild && void this.draw());

  connectedCallback(): void {
    // A morph that brings the page up to date takes out what the server does not know.
    this.emptied.observe(this, { childList: true });
    void this.draw();
  }

  disconnectedCallback(): void {
    this.emptied.disconnect();
  }

  attributeChangedCallback(_name: string, old: string | null): void {
    if (old !== null) void this.draw();
  }

  private async draw(): Promise<void> {
    const { picture } = await import("../designer/picture");
    if (!this.isConnected || !this.dataset.picture) return;
    this.replaceChildren(picture(JSON.parse(this.dataset.picture)));
    this.show();
  }

  /** What is larger than its place begins where the run stands, else in the middle; whoever has scrolled stays. */
  private show(): void {
    const place = this.closest(".scroll");
    const standing = this.querySelector(STANDS);
    const here = standing ?? this.querySelector(".nd, .stage-box");
    if (!place || !here || place.scrollTop || place.scrollLeft || this.scrollLeft) return;
    const at = here.getBoundingClientRect();
    const seen = place.getBoundingClientRect();
    if (standing) place.scrollTop += at.top - seen.top - (seen.height - at.height) / 2;
    const across = at.left - seen.left - (seen.width - at.width) / 2;
    // Of the two that may scroll sideways, one does.
    place.scrollLeft += across;
    this.scrollLeft += across;
  }
}

customElements.define("potok-picture", Picture);
