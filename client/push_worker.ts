// What a browser keeps to show notices while no page of the product is open: it draws what came and leads to the place.
interface Told {
  title: string;
  body: string;
  url: string;
  tag: string;
}

interface Scope {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll(
      asked: object,
    ): Promise<{ url: string; focus(): Promise<unknown>; navigate(to: string): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(name: string, act: (event: never) => void): void;
}

interface Pushed {
  data: { json(): Told } | null;
  waitUntil(done: Promise<unknown>): void;
}

interface Pressed {
  notification: Notification;
  waitUntil(done: Promise<unknown>): void;
}

const scope = self as unknown as Scope;

scope.addEventListener("push", (event: Pushed) => {
  const told = event.data?.json();
  if (!told) return;
  const { title, body, url, tag } = told;
  event.waitUntil(
    scope.registration.showNotification(title, { body, tag, data: url, icon: "/static/ui/favicon.svg" }),
  );
});

scope.addEventListener("notificationclick", (event: Pressed) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data as string));
});

// Notices lead within the product and nowhere else.
async function open(url: string): Promise<void> {
  const place = new URL(url, location.origin);
  if (place.origin !== location.origin) return;
  const [first] = await scope.clients.matchAll({ type: "window" });
  if (!first) await scope.clients.openWindow(place.href);
  else {
    await first.focus();
    await first.navigate(place.href);
  }
}
