// <potok-push data-key data-worker data-url>: its button lets this browser take notices while no page is open.
import { ask, send } from "../ask";

class Push extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", this);
  }

  async handleEvent(): Promise<void> {
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return this.say("missing");
    if ((await Notification.requestPermission()) !== "granted") return this.say("denied");
    try {
      await this.tell(await this.subscribe());
    } catch {
      this.say("failed");
    }
  }

  private async subscribe(): Promise<PushSubscription> {
    const worker = await navigator.serviceWorker.register(this.dataset.worker!);
    await navigator.serviceWorker.ready;
    return worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: this.dataset.key!,
    });
  }

  private async tell(subscription: PushSubscription): Promise<void> {
    const told = subscription.toJSON();
    const body = new URLSearchParams({
      endpoint: told.endpoint ?? "",
      keys: JSON.stringify(told.keys ?? {}),
    });
    await ask(this, this.dataset.url!, { method: "POST", body });
  }

  private say(word: "missing" | "denied" | "failed"): void {
    send(this, "toast", { text: this.dataset[word], tone: "incident" });
  }
}

customElements.define("potok-push", Push);
