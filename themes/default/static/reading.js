/* Comforts for reading: colours by choice, the place in the contents, keys, and cards beside their marks. The page is
   whole without it: cards are targets of their marks, and the colours are the system's. */
(() => {
  const root = document.documentElement;
  const main = document.querySelector("main");
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* A reader may forbid storage: then a choice lasts as long as the page. */
  const storage = (use) => {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  };
  const keep = (name, value) => storage((kept) => (value ? kept.setItem(name, value) : kept.removeItem(name)));

  /* Settings ------------------------------------------------------------------------------------------------ */

  const settings = find(".settings");
  let keys = storage((kept) => kept.getItem("postil-keys")) !== "off";

  function open() {
    for (const choice of all("[name=at-scheme]", settings)) choice.checked = choice.value === (root.dataset.scheme ?? "");
    find("#at-keys", settings).checked = keys;
    settings.showModal();
  }

  if (settings) {
    settings.closedBy = "any";
    find(".settings-button")?.addEventListener("click", open);
    settings.addEventListener("change", ({ target }) => {
      if (target.id === "at-keys") {
        keys = target.checked;
        keep("postil-keys", keys ? "" : "off");
        return;
      }
      if (target.value) root.dataset.scheme = target.value;
      else delete root.dataset.scheme;
      keep("postil-scheme", target.value);
    });
  }

  /* Contents: the present section is the last whose heading is above the upper third of the window ---------- */

  const toc = find(".toc");
  const named = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const places = toc ? all("a[href^='#']", toc).map((link) => [named(link), link]).filter(([place]) => place) : [];
  let here;

  function mark() {
    const line = innerHeight * 0.35;
    const now = places.findLast(([place]) => place.getBoundingClientRect().top < line)?.[1];
    if (now === here) return;
    here?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "location");
    here = now;
    if (now && toc.scrollHeight > toc.clientHeight) toc.scrollTop = now.offsetTop - toc.clientHeight / 2;
  }

  /* Whatever is above the line counts as seen, however far a jump leads. */
  const watch = new IntersectionObserver(mark, { rootMargin: "9999999px 0px -65% 0px" });
  for (const [place] of places) watch.observe(place);

  /* Keys ---------------------------------------------------------------------------------------------------- */

  let went = 0;

  /* To the next heading or the one before, and no step more in the history. */
  function step(by) {
    const heads = all("main :is(h1, h2, h3)[id]:not(nav *)").filter((head) => head.getClientRects().length);
    const tops = heads.map((head) => head.getBoundingClientRect().top);
    const last = heads.findIndex((head) => head.id === decodeURIComponent(location.hash.slice(1)));
    /* At the end of a page a heading cannot come to the top: there the last step counts. */
    const seen = tops[last] >= 0 && tops[last] < innerHeight;
    const at = seen ? last + by : by > 0 ? tops.findIndex((top, at) => top > 20 && heads[at].localName !== "h1") : tops.findLastIndex((top) => top < 10);
    if (heads[at]) location.replace("#" + encodeURIComponent(heads[at].id));
  }

  const does = {
    "?": open,
    j: () => step(1),
    k: () => step(-1),
    n: () => find("main [rel=next]")?.click(),
    p: () => find("main [rel=prev]")?.click(),
    t: () => (find(".toc a, .cover-contents a") ?? find("[data-key=h]", settings)).focus(),
    g: () => (went = Date.now()),
  };

  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!keys || !settings || settings.open || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest?.("input, select, textarea, [contenteditable]")) return;
    const second = Date.now() - went < 1500 && /^[a-z]$/.test(key);
    went = 0;
    const act = second ? () => find(`[data-key=${key}]`, settings)?.click() : Object.hasOwn(does, key) && does[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* Cards beside their marks -------------------------------------------------------------------------------- */

  if (!("popover" in root)) return;
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
    for (const part of all("[id]", copy)) part.removeAttribute("id");
    for (const back of all(".back, .back-more", copy)) back.remove();
    /* Outside its list, a term and its definition are plain text. */
    for (const part of all(":scope > dt, :scope > dd", copy)) {
      const plain = document.createElement(part.localName === "dt" ? "p" : "div");
      plain.className = part.className;
      plain.append(...part.childNodes);
      part.replaceWith(plain);
    }
    peek.classList.toggle("peek-source", !!card.closest(".uses-source"));
    peek.lang = card.closest("[lang]").lang;
    peek.setAttribute("aria-label", (find(".card-label", copy) ?? link).textContent.trim());
    peek.replaceChildren(...copy.childNodes);
    peek.scrollTop = 0;
  }

  /* Below its mark, or above it; never over it. Where the style makes it a sheet, the page makes room. */
  function place(link) {
    const lines = link.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    peek.removeAttribute("style");
    if (getComputedStyle(peek).position === "fixed") {
      scrollBy(0, Math.max(0, last.bottom + 16 - peek.getBoundingClientRect().top));
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
