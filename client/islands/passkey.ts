// <potok-passkey data-ask data-tell [data-make] [data-next]>: its button has the device make a passkey, or prove one. What
// is asked for comes from `data-ask`, what the device answers goes to `data-tell`.
import { ask } from "../ask";

class PasskeyElement extends HTMLElement {
  connectedCallback(): void {
    // Without https browsers offer no passkeys, and old ones never do.
    this.hidden = !("PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential);
    this.querySelector("button")!.addEventListener("click", () => void this.use());
  }

  private async use(): Promise<void> {
    const asked = await ask(this, this.dataset.ask!, { method: "POST" });
    if (!asked.ok) return;
    this.say("");
    try {
      const credential = await this.credential(JSON.parse(asked.text).publicKey);
      const title = this.querySelector<HTMLInputElement>("[name=title]")?.value ?? "";
      const answer = JSON.stringify(credential.toJSON());
      const body = new URLSearchParams({ answer, title, next: this.dataset.next ?? "" });
      await ask(this, this.dataset.tell!, { method: "POST", body });
    } catch {
      this.say(this.dataset.failed!);
    }
  }

  private async credential(
    options: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON,
  ): Promise<PublicKeyCredential> {
    const made =
      this.dataset.make === undefined
        ? await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
          })
        : await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
          });
    return made as PublicKeyCredential;
  }

  private say(text: string): void {
    const place = this.querySelector<HTMLElement>(".err")!;
    place.textContent = text;
    place.hidden = !text;
  }
}

customElements.define("potok-passkey", PasskeyElement);
