// Theme switch and folded rail: kept in cookies, so that the server writes them into the next page.
import { command } from "../keys";

const YEAR = 31_536_000;

function keep(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server must read it before the first paint
  document.cookie = `${name}=${value};path=/;max-age=${YEAR};samesite=lax`;
}

document.addEventListener("click", (event) => {
  if (!(event.target as Element).closest("[data-theme-switch]")) return;
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  keep("theme", root.dataset.theme);
});

command({ name: "rail", code: "BracketLeft" }, () => {
  const folded = document.getElementById("app")?.classList.toggle("mini");
  keep("rail", folded ? "mini" : "full");
});
