/* Added to pages by `postil watch` only: hears of changes, puts them in place, and shows what is to be mended. */
(() => {
  const own = document.getElementById("postil-watch");
  const base = "/.postil/";
  let page = own.dataset.etag;
  let styles, parts, source, delay, timer, heard;

  /* The page as it was served: scripts may have changed what stands in the browser since. The browser has kept it, also
     where it was saved again by now. */
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const load = async (cache) => {
    const answer = await fetch(location.pathname + location.search, { cache });
    const served = parse(await answer.text());
    return [served, served.getElementById("postil-watch")?.dataset.etag];
  };
  let before = load("force-cache").then(([served, etag]) => (etag === page ? served : undefined)).catch(() => undefined);

  const sheet = "link[rel=stylesheet]";
  const addressOf = (link) => new URL(link.href).pathname;
  const runs = (one) => one.localName === "script" && /^$|module|javascript/.test(one.type);

  /* What the head says of the page, and what it loads. A script that is new is started; one that the page no longer
     asks for has done its work. */
  function rehead(old, fresh) {
    const has = (list, one) => list.some((other) => other.isEqualNode(one));
    const [was, will] = [[...old.head.children], [...fresh.head.children]];
    const now = (one) => (one.matches(sheet) ? restyled(one) : [...document.head.children].find((other) => other.isEqualNode(one)));
    const restyled = (one) => [...document.querySelectorAll(sheet)].find((link) => addressOf(link) === new URL(one.href, location).pathname);
    for (const one of was) if (!has(will, one) && !runs(one)) now(one)?.remove();
    will.forEach((one, at) => {
      if (has(was, one)) return;
      let copy = document.importNode(one, true);
      if (runs(one)) {
        if (!one.hasAttribute("src")) throw new Error("what stands in the page itself runs at its start only");
        copy = document.createElement("script");
        for (const { name, value } of one.attributes) copy.setAttribute(name, value);
      }
      /* The order of style sheets says which of them is right. */
      const before = one.matches(sheet) && will.slice(0, at).findLast((other) => other.matches(sheet));
      if (before) now(before)?.after(copy);
      else document.head.append(copy);
    });
    reattribute(document.documentElement, old.documentElement, fresh.documentElement);
  }

  function reattribute(live, old, fresh) {
    for (const { name } of old.attributes) if (name !== "class" && !fresh.hasAttribute(name)) live.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (name !== "class" && old.getAttribute(name) !== value) live.setAttribute(name, value);
    if (old.getAttribute("class") === fresh.getAttribute("class")) return;
    /* Scripts add classes of their own, which stay. */
    live.classList.remove(...old.classList);
    live.classList.add(...fresh.classList);
    if (!live.classList.length) live.removeAttribute("class");
  }

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

  /* Which nodes of two lists belong together, by their numbers in both: those that are equal, and between them those of
     the same kind, as many as stand in the same order. */
  function shared(was, will) {
    const [rows, columns] = [was.length, will.length];
    const pairs = [];
    /* Nobody writes so many paragraphs between two saves. */
    if (rows * columns > 4e6) return pairs;
    const known = new Map();
    const number = (text) => known.get(text) ?? known.set(text, known.size).size - 1;
    const keys = (node) => [number(node.outerHTML ?? node.nodeType + node.data), node.nodeType === 1 ? number(node.nodeName + "#" + node.id) : -1];
    const [left, right] = [was.map(keys), will.map(keys)];
    /* Blanks between elements say little. */
    const weight = was.map((node) => (node.nodeType === 3 && !node.data.trim() ? 1 : 9));
    const worth = (row, column) => {
      if (left[row][0] === right[column][0]) return weight[row];
      return left[row][1] >= 0 && left[row][1] === right[column][1] ? 3 : 0;
    };
    const best = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
    for (let row = rows; row--; ) {
      for (let column = columns; column--; ) {
        const both = worth(row, column);
        best[row][column] = Math.max(best[row + 1][column], best[row][column + 1], both && best[row + 1][column + 1] + both);
      }
    }
    for (let row = 0, column = 0; row < rows && column < columns; ) {
      const both = worth(row, column);
      if (both && best[row][column] === best[row + 1][column + 1] + both) pairs.push([row++, column++]);
      else if (best[row + 1][column] >= best[row][column + 1]) row++;
      else column++;
    }
    return pairs;
  }

  /* Makes `live`, which was `old` when it was served, into `fresh`. What has not changed is not touched, so that what is
     open stays open and the page does not jump. */
  function morph(live, old, fresh, marks) {
    if (old.isEqualNode(fresh)) return;
    let [was, will] = [[...old.childNodes], [...fresh.childNodes]];
    const same = live.nodeType === 1 && live.nodeName === fresh.nodeName && live.namespaceURI === fresh.namespaceURI;
    if (!same || live.localName === "svg") return exchange(live, fresh, marks);
    let present = counterparts(live, was);
    let next = present.at(-1)?.nextSibling ?? null;
    reattribute(live, old, fresh);
    /* Most changes are in one place. */
    let [start, end] = [0, 0];
    while (start < was.length && start < will.length && was[start].isEqualNode(will[start])) start++;
    while (end < was.length - start && end < will.length - start && was.at(-1 - end).isEqualNode(will.at(-1 - end))) end++;
    next = present[was.length - end] ?? next;
    [was, present, will] = [was, present, will].map((list) => list.slice(start, list.length - end));
    let [from, to] = [0, 0];
    for (const [row, column] of [...shared(was, will), [was.length, will.length]]) {
      const [gone, come] = [was.slice(from, row), will.slice(to, column)];
      if ([...gone, ...come].some((one) => one.nodeType === 3 && one.data.trim())) marks.push(live);
      gone.forEach((one, at) => (at < come.length ? morph(present[from + at], one, come[at], marks) : present[from + at].remove()));
      for (const one of come.slice(gone.length)) {
        const copy = document.importNode(one, true);
        live.insertBefore(copy, present[row] ?? next);
        marks.push(copy);
      }
      if (row < was.length) morph(present[row], was[row], will[column], marks);
      [from, to] = [row + 1, column + 1];
    }
  }

  /* What can have the focus, in the order of the page: it is the same in a part and in what takes its place. */
  const stops = (part) => [...part.querySelectorAll("a, button, input, select, textarea, summary, .mark")];
  let focus;
  function exchange(live, fresh, marks) {
    const copy = document.importNode(fresh, true);
    if (live.contains?.(document.activeElement)) focus = [copy, stops(live).indexOf(document.activeElement)];
    live.replaceWith(copy);
    marks.push(copy);
  }

  /* A part of the page that is in sight, and where it stands: there it stays, whatever changes above it. */
  function hold() {
    if (!scrollY) return () => {};
    const seen = (one) => one.getBoundingClientRect();
    const inside = [...document.querySelectorAll("main :is(p, li, h2, h3, dt, figure, tr)")];
    const held = inside.find((one) => seen(one).top >= 0 && seen(one).height) ?? document.body;
    const { top } = seen(held);
    return () => held.isConnected && scrollBy({ top: seen(held).top - top, behavior: "instant" });
  }

  async function change() {
    const old = await before;
    const [fresh, etag] = await load("no-cache");
    if (!old || !etag) return location.reload();
    const marks = [];
    focus = undefined;
    const steady = hold();
    document.title = fresh.title;
    rehead(old, fresh);
    morph(document.body, old.body, fresh.body, marks);
    steady();
    marks.forEach(mark);
    /* Scripts of the theme look again at what they had gathered. */
    document.dispatchEvent(new CustomEvent("postil:swap"));
    if (focus) stops(focus[0])[focus[1]]?.focus({ preventScroll: true });
    before = Promise.resolve(fresh);
    page = etag;
  }

  /* A picture takes the place of its older self, wherever it stands. A script cannot. */
  function renew(path, hash) {
    const meant = (address) => decodeURIComponent(new URL(address, location).pathname) === path;
    const fresh = (address) => (meant(address) ? address.split("?")[0] + "?" + hash : address);
    for (const one of document.querySelectorAll("[src], [srcset], [poster], object[data]")) {
      if (one.localName === "script" && meant(one.src)) throw new Error("a script runs at the start of a page only");
      for (const name of ["src", "poster", "data"]) {
        const address = one.getAttribute(name);
        if (address && meant(address)) one.setAttribute(name, fresh(address));
      }
      const list = one.getAttribute("srcset")?.split(", ").map((part) => part.replace(/^\S+/, fresh)).join(", ");
      if (list && list !== one.getAttribute("srcset")) one.setAttribute("srcset", list);
    }
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
  async function follow(state, known) {
    if (state.page !== page) await change();
    for (const [path, hash] of Object.entries(state.parts)) if (known?.[path] && known[path] !== hash) renew(path, hash);
  }

  function hear(event) {
    heard = Date.now();
    delay = undefined;
    const state = JSON.parse(event.data);
    const known = [styles, parts];
    [styles, parts] = [state.styles, state.parts];
    if (known[0]) for (const [path, hash] of Object.entries(styles)) if (known[0][path] !== hash) restyle(path);
    show(state.panel);
    work = work.then(() => follow(state, known[1])).catch(() => location.reload());
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
  document.addEventListener("resume", wake);
  setInterval(wake, 20000);
  addEventListener("online", connect);
  addEventListener("pageshow", (event) => event.persisted && connect());
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) connect();
})();
