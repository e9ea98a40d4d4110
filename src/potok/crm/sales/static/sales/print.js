// The page goes to the printer only when somebody asks for it.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
