/* A comfort for figures that are drawn: a mark's values beside it, and arrow keys from mark to mark. The page is whole
   without it: marks have titles and links, and the data stand in a table. */
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);

  const says = new WeakMap();
  let shown, timer;

  function place() {
    if (!shown) return;
    const mark = shown.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const above = mark.top - height - 6;
    const left = Math.min(mark.left + (mark.width - width) / 2, document.documentElement.clientWidth - width - 8);
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (above < 8 ? Math.min(mark.bottom + 6, innerHeight - height - 8) : above) + "px";
  }

  function show(mark) {
    clearTimeout(timer);
    shown = mark;
    tip.textContent = says.get(mark);
    tip.hidden = false;
    place();
  }

  function hide() {
    shown = undefined;
    tip.hidden = true;
  }

  /* Not at once, so that a pointer reaches the tip itself. */
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 120);
  };
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", leave);

  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e9, End: 1e9 };

  const ready = new WeakSet();
  function prepare(drawing) {
    if (ready.has(drawing)) return;
    ready.add(drawing);
    const marks = [...drawing.querySelectorAll(".mark")];
    marks.forEach((mark, at) => {
      /* The browser's own tooltip would stand over ours: its words become the mark's name, where it has none. */
      const title = mark.querySelector(":scope > title");
      says.set(mark, title?.textContent ?? "");
      if (title && !mark.hasAttribute("aria-label")) mark.setAttribute("aria-label", title.textContent);
      title?.remove();
      if (mark.localName !== "a") mark.setAttribute("role", "img");
      mark.setAttribute("tabindex", at ? -1 : 0);
    });
    /* A picture would hide its marks from those who hear it. */
    if (marks.length) drawing.setAttribute("role", "group");

    drawing.addEventListener("keydown", (event) => {
      const at = marks.indexOf(event.target);
      const step = steps[event.key];
      if (at < 0 || !step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      marks[Math.max(0, Math.min(marks.length - 1, at + step))].focus();
    });
    const over = (event) => {
      const mark = event.target.closest(".mark");
      mark ? show(mark) : leave();
    };
    drawing.addEventListener("focusin", (event) => {
      marks.forEach((mark) => mark.setAttribute("tabindex", mark === event.target ? 0 : -1));
      over(event);
    });
    drawing.addEventListener("focusout", leave);
    drawing.addEventListener("pointerover", over);
    drawing.addEventListener("pointerleave", leave);
  }

  /* Once at the start, and again whenever drawings were exchanged. */
  function gather() {
    if (!shown?.isConnected) hide();
    document.querySelectorAll("svg.drawing").forEach(prepare);
  }
  gather();
  document.addEventListener("postil:swap", gather);

  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", place, { passive: true, capture: true });
})();
