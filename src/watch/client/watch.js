/* Added to pages by `postil watch` only: hears of changes, puts them in place, and shows what is to be mended. */
(() => {
  const own = document.getElementById("postil-watch");
  const base = "/.postil/";
  let page = own.dataset.etag;
  let session, styles, source, delay, timer, heard;

  /* The page as it was served: scripts may have changed what stands in the browser since. */
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const load = async () => {
    const answer = await fetch(location.pathname + location.search, { cache: "no-cache" });
    const served = parse(await answer.text());
    return [served, served.getElementById("postil-watch")?.dataset.etag];
  };
  let before = load().then(([served, etag]) => (etag === page ? served : undefined)).catch(() => undefined);

  /* What the head loads: where that changes, only a new start of the page will do. */
  const loads = (served) => [...served.head.querySelectorAll("link[rel=stylesheet], script")].map((one) => one.outerHTML).join("\n");

  function mark(element) {
    if (!element?.classList || !element.isConnected) return;
    element.classList.add("postil-changed");
    setTimeout(() => {
      element.classList.remove("postil-changed");
      if (!element.classList.length) element.removeAttribute("class");
    }, 1500);
  }

  /* Whether `live` may be what became of `one`: scripts add classes to those that are there, and set attributes. */
  function fits(one, live) {
    if (one.nodeName !== live.nodeName || one.nodeType !== 1) return one.nodeName === live.nodeName && one.data === live.data;
    const [served, now] = [[...one.classList], [...live.classList].filter((name) => name !== "postil-changed")];
    return one.id === live.id && served.every((name) => now.includes(name)) && (served.length > 0 || !now.length);
  }

  /* What the children that were served are now, without what scripts have put between them. Where scripts have moved
     them, only a new start is sure to be right. */
  function counterparts(live, was) {
    let next = live.firstChild;
    return was.map((one) => {
      while (next && !fits(one, next)) next = next.nextSibling;
      if (!next) throw new Error("the page is not as it was served");
      const found = next;
      next = next.nextSibling;
      return found;
    });
  }

  /* Makes `live`, which was `old` when it was served, into `fresh`. What has not changed is not touched, so that what is
     open stays open and the page does not jump. */
  function morph(live, old, fresh, marks) {
    if (old.isEqualNode(fresh)) return;
    const [was, will] = [[...old.childNodes], [...fresh.childNodes]];
    const same = live.nodeType === 1 && live.nodeName === fresh.nodeName && live.namespaceURI === fresh.namespaceURI;
    if (!same || live.localName === "svg") return exchange(live, fresh, marks);
    const present = counterparts(live, was);
    const next = present.at(-1)?.nextSibling ?? null;
    for (const { name } of old.attributes) if (!fresh.hasAttribute(name)) live.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
    let start = 0;
    while (start < was.length && start < will.length && was[start].isEqualNode(will[start])) start++;
    let end = 0;
    while (end < was.length - start && end < will.length - start && was.at(-1 - end).isEqualNode(will.at(-1 - end))) end++;
    const [gone, come] = [was.slice(start, was.length - end), will.slice(start, will.length - end)];
    if (gone.some((one) => one.nodeType === 3 && one.data.trim()) || come.some((one) => one.nodeType === 3 && one.data.trim())) marks.push(live);
    gone.forEach((one, at) => {
      if (at < come.length) morph(present[start + at], one, come[at], marks);
      else present[start + at].remove();
    });
    for (const one of come.slice(gone.length)) {
      const copy = document.importNode(one, true);
      live.insertBefore(copy, present[start + gone.length] ?? next);
      marks.push(copy);
    }
  }

  function exchange(live, fresh, marks) {
    const copy = document.importNode(fresh, true);
    live.replaceWith(copy);
    marks.push(copy);
  }

  async function change() {
    const old = await before;
    const [fresh, etag] = await load();
    const drawings = (served) => [...served.querySelectorAll("svg.drawing")].map((one) => one.outerHTML).join("\n");
    if (!old || !etag || loads(old) !== loads(fresh) || drawings(old) !== drawings(fresh)) return location.reload();
    const marks = [];
    document.title = fresh.title;
    morph(document.body, old.body, fresh.body, marks);
    marks.forEach(mark);
    /* Scripts of the theme look again at what they had gathered. */
    document.dispatchEvent(new CustomEvent("postil:swap"));
    before = Promise.resolve(fresh);
    page = etag;
  }

  /* A style sheet takes the place of its older self once it is loaded, so that the page is never without. */
  function restyle(path) {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      if (new URL(link.href).pathname !== path) continue;
      const next = link.cloneNode();
      next.href = path + "?" + Date.now();
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => next.remove());
      link.after(next);
    }
  }

  let corner;
  function show(panel) {
    if (!corner) {
      if (!panel) return;
      corner = document.createElement("div");
      corner.id = "postil-panel";
      corner.attachShadow({ mode: "open" });
      document.documentElement.append(corner);
    }
    if (corner.says === panel) return;
    const open = corner.shadowRoot.querySelector("details")?.open;
    corner.says = panel;
    corner.shadowRoot.innerHTML = `<link rel="stylesheet" href="${base}watch.css"><div class="panel">${panel}</div>`;
    /* A page that was asked for by another name may stand on another machine than the editor. */
    const near = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
    if (!near) for (const link of corner.shadowRoot.querySelectorAll(".place a")) link.removeAttribute("href");
    const details = corner.shadowRoot.querySelector("details");
    if (details && open) details.open = true;
    corner.hidden = !panel;
  }

  let work = Promise.resolve();
  function hear(event) {
    heard = Date.now();
    delay = undefined;
    const state = JSON.parse(event.data);
    session = state.session;
    const known = styles;
    styles = state.styles;
    if (known) for (const [path, hash] of Object.entries(styles)) if (known[path] !== hash) restyle(path);
    show(state.panel);
    work = work.then(() => (state.page !== page ? change() : undefined)).catch(() => location.reload());
  }

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(base + "events?path=" + encodeURIComponent(decodeURIComponent(location.pathname)));
    source.addEventListener("state", hear);
    source.addEventListener("beat", () => (heard = Date.now()));
    source.onerror = () => {
      source.close();
      delay = Math.min((delay ?? 150) * 1.6, 5000);
      timer = setTimeout(connect, delay);
    };
  }

  /* A browser has few connections to one server, so a page that nobody sees gives its own back. */
  function wake() {
    if (document.hidden) {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    } else if (!source || source.readyState === 2 || Date.now() - heard > 40000) {
      delay = undefined;
      connect();
    }
  }
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", connect);
  addEventListener("pageshow", (event) => event.persisted && connect());
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) connect();
})();
