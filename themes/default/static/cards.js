/* Cards beside their marks, for a pointer that rests, a click, a tap or a key. The page is whole without it: there a card
   is the target of its mark. */
(() => {
  if (!("popover" in HTMLElement.prototype)) return;
  const root = document.documentElement;
  const main = document.querySelector("main");
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.popover = "auto";
  peek.tabIndex = -1;
  peek.setAttribute("role", "dialog");
  main.append(peek);

  /* The mark whose card is shown; whether it was asked for, and stays; the mark whose card a press finds open. */
  let shown, stays, pressed, timer;
  const later = (what, time) => {
    clearTimeout(timer);
    timer = setTimeout(what, time);
  };

  const marked = (node) => node.closest?.("a[href^='#'], a.fig-ref");
  function cardOf(link) {
    const id = decodeURIComponent(link.hash.slice(1));
    const card = document.getElementById(link.matches(".fig-ref") ? "card-" + id : id);
    return card?.matches(".sheet") && !peek.contains(link) ? card : null;
  }

  function fill(card, link) {
    const copy = card.cloneNode(true);
    for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
    for (const back of copy.querySelectorAll(".back, .back-more, .back-all")) back.remove();
    /* Outside its list, a term and its definition are plain text. */
    for (const part of copy.querySelectorAll(":scope > dt, :scope > dd")) {
      const plain = document.createElement(part.localName === "dt" ? "p" : "div");
      plain.className = part.className;
      plain.append(...part.childNodes);
      part.replaceWith(plain);
    }
    peek.classList.toggle("peek-source", !!card.closest(".uses-source"));
    peek.lang = card.closest("[lang]").lang;
    peek.setAttribute("aria-label", (copy.querySelector(".card-label") ?? link).textContent.trim());
    peek.replaceChildren(...copy.childNodes);
    peek.scrollTop = 0;
  }

  /* Below its mark, or above it; never over it. Where the style makes it a sheet, the page makes room. */
  function place(link, still) {
    const lines = link.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    peek.removeAttribute("style");
    if (getComputedStyle(peek).position === "fixed") {
      if (!still) scrollBy(0, Math.max(0, last.bottom + 16 - peek.getBoundingClientRect().top));
      return;
    }
    const { width, height } = peek.getBoundingClientRect();
    const [above, below] = [first.top - 14, innerHeight - last.bottom - 14];
    const up = height > below && above > below;
    const tall = Math.min(height, Math.max(up ? above : below, 120));
    const left = Math.min(up ? first.left : last.left, root.clientWidth - width - 8);
    peek.style.maxHeight = tall + "px";
    peek.style.left = Math.max(8, left) + scrollX + "px";
    peek.style.top = (up ? first.top - 6 - tall : last.bottom + 6) + scrollY + "px";
  }

  function hide() {
    clearTimeout(timer);
    if (peek.matches(":popover-open")) peek.hidePopover();
    shown = undefined;
    stays = false;
  }

  function show(link, asked) {
    if (shown !== link) hide();
    clearTimeout(timer);
    fill(cardOf(link), link);
    if (!peek.matches(":popover-open")) peek.showPopover({ source: link });
    shown = link;
    stays = asked;
    place(link);
  }

  peek.addEventListener("toggle", () => peek.matches(":popover-open") || hide());
  addEventListener("resize", hide);
  /* Where parts of the page were exchanged, an open card says what it says now. */
  document.addEventListener("postil:swap", () => {
    if (!shown) return;
    if (!shown.isConnected || !cardOf(shown)) return hide();
    const { scrollTop } = peek;
    const focus = peek.contains(document.activeElement);
    fill(cardOf(shown), shown);
    place(shown, true);
    peek.scrollTop = scrollTop;
    if (focus) peek.focus({ preventScroll: true });
  });

  /* A press outside closes the card before the click comes: so what was open is kept from before. */
  document.addEventListener("pointerdown", ({ target }) => {
    pressed = stays ? shown : undefined;
    if (peek.contains(target)) stays = true;
  }, true);

  /* The first click shows the card, the second follows the link. */
  main.addEventListener("click", (event) => {
    const link = marked(event.target);
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const again = event.detail ? link === pressed : stays && link === shown;
    pressed = undefined;
    if (again || !cardOf(link)) return hide();
    event.preventDefault();
    show(link, true);
    if (!event.detail) peek.focus({ preventScroll: true });
  });

  /* A pointer that rests on a mark sees the card, and can go into it. A footnote is in sight already. */
  main.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "mouse" || stays) return;
    const link = marked(target);
    if (peek.contains(target) || (link && link === shown)) clearTimeout(timer);
    else if (link && !link.matches(".fn-ref") && cardOf(link)) later(() => show(link, false), 350);
    else later(hide, 250);
  });
  main.addEventListener("pointerleave", () => stays || later(hide, 250));
})();
