/* Comforts for reading: colours by choice, the place in the contents and in the text, keys. The page is whole without
   it: it has the colours of the system, and links lead everywhere. */
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
    document.addEventListener("click", ({ target }) => target.closest?.(".settings-button") && open());
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

  const named = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  let toc, places, here, text;

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
  /* Progress through the text, not through what stands after it --------------------------------------------- */

  const line = document.createElement("div");
  line.className = "progress";
  line.setAttribute("aria-hidden", "true");

  function progress() {
    const { top, height } = text.getBoundingClientRect();
    const part = height > innerHeight ? Math.min(1, Math.max(0, -top / (height - innerHeight))) : 0;
    line.style.transform = `scaleX(${part})`;
  }

  /* Once at the start, and again whenever parts of the page were exchanged. */
  function gather() {
    toc = find(".toc");
    places = toc ? all("a[href^='#']", toc).map((link) => [named(link), link]).filter(([place]) => place) : [];
    watch.disconnect();
    for (const [place] of places) watch.observe(place);
    text = find(".page-section article > .body");
    if (!text) return line.remove();
    if (!line.isConnected) main.append(line);
    progress();
  }

  gather();
  document.addEventListener("postil:swap", gather);
  for (const event of ["scroll", "resize"]) addEventListener(event, () => text && progress(), { passive: true });

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
})();
