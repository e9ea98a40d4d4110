// Runs in <head> before the first paint: resolves "system" and nothing else, so that no page flashes.
const root = document.documentElement;
if (root.dataset.theme === "system") {
  root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.themeAsked = "system";
}

export {};
