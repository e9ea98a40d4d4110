// What every page loads: htmx and the islands. An island earns its line here; what is heavy comes later by import().
import "htmx.org";
import { csrfToken } from "./ask";
import "./islands/theme";
import "./islands/toasts";
import "./islands/refusal";
import "./islands/dialogs";
import "./islands/menu";
import "./islands/drawers";
import "./islands/picker";
import "./islands/edit";
import "./islands/board";
import "./islands/gantt";
import "./islands/today";
import "./islands/calendar";
import "./islands/draft";
import "./islands/filter";
import "./islands/upload";
import "./islands/palette";
import "./islands/rows";
import "./islands/cells";
import "./islands/pasting";
import "./islands/order";
import "./islands/structure";
import "./islands/passkey";
import "./islands/widths";
import "./islands/chart";
import "./islands/designer";
import "./islands/picture";
import "./islands/answer";
import "./islands/source";
import "./islands/live";
import "./islands/busy";
import "./islands/push";
import "./islands/sheet_of_keys";

document.addEventListener("htmx:config:request", (event) => {
  (event as CustomEvent).detail.ctx.request.headers["X-CSRFToken"] = csrfToken();
});
