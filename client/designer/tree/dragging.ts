// Dragging by pointer events: a line of the palette or a step of the canvas is held, a ghost follows, and the canvas
// says which place is nearest. Nothing is laid out anew while the hand moves.
import type { Kind } from "../data";
import type { Mapping, Path } from "../model";

export interface Held {
  kind?: Kind;
  /** Steps that are ready, of «my blocks». */
  steps?: readonly Mapping[];
  path?: Path;
}

export interface Ground {
  /** Light up where it may be dropped. */
  begin(held: Held): void;
  /** Mark the place nearest to the hand. */
  over(x: number, y: number): void;
  drop(held: Held): void;
  rest(): void;
}

const FAR_ENOUGH = 5;
let ground: Ground | null = null;

export function onto(one: Ground | null): void {
  ground = one;
}

/** Let an element be dragged. */
export function grip(element: Element, held: Held): void {
  element.addEventListener("pointerdown", (event) => hold(event as PointerEvent, element, held));
}

function hold(down: PointerEvent, element: Element, held: Held): void {
  if (down.button !== 0 || !ground) return;
  down.stopPropagation();
  let ghost: HTMLElement | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  const finish = (dropped: boolean): void => {
    stop.abort();
    if (!ghost) return;
    ghost.remove();
    if (dropped) ground?.drop(held);
    ground?.rest();
    // The click that ends a drag is no click; where none comes, the next one is.
    const mute = new AbortController();
    addEventListener("click", (event) => event.stopPropagation(), { capture: true, signal: mute.signal });
    setTimeout(() => mute.abort(), 0);
  };
  addEventListener(
    "pointermove",
    (event) => {
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (!ghost && far < FAR_ENOUGH) return;
      if (!ghost) {
        ghost = shadow(element);
        ground?.begin(held);
      }
      ghost.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 8}px)`;
      ground?.over(event.clientX, event.clientY);
    },
    { signal },
  );
  addEventListener("pointerup", () => finish(true), { signal });
  addEventListener("pointercancel", () => finish(false), { signal });
  addEventListener(
    "keydown",
    (event) => {
      if (event.code === "Escape" && ghost) {
        event.stopPropagation();
        finish(false);
      }
    },
    { signal, capture: true },
  );
}

function shadow(element: Element): HTMLElement {
  const ghost = document.createElement("div");
  ghost.className = "drag-ghost";
  ghost.textContent = element.getAttribute("aria-label") ?? element.textContent;
  document.querySelector("potok-designer")!.append(ghost);
  return ghost;
}
