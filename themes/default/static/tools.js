/* Comforts: addresses and citations are copied, a page is printed, and marks that are hidden stay so. */
(() => {
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  let timer;
  const say = (words) => {
    said.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (said.textContent = ""), 2500);
  };

  /* The clipboard is there only where the page came from a safe place. */
  const clipboard = navigator.clipboard;
  const copy = (text, words) => clipboard.writeText(text).then(() => say(words), () => say("It could not be copied"));

  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  if (clipboard) {
    const offer = () => {
      for (const text of document.querySelectorAll("[data-copy]")) {
        if (!text.nextElementSibling?.matches(".quiet")) text.after(" ", button("Copy", () => copy(text.textContent.trim(), "Copied")));
      }
    };
    offer();
    document.addEventListener("postil:swap", offer);
    /* A permalink still leads to its place. */
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a.permalink");
      if (link && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)) copy(link.href, "Link copied");
    });
  }

  const printer = button("Print", () => print());
  /* A browser may keep nothing for a page, and says so by a fault. */
  const kept = (act) => {
    try {
      return act(localStorage);
    } catch {}
  };
  const gather = () => {
    const tools = document.querySelector(".tools") ?? document.querySelector(".site-footer p:last-child");
    if (!tools?.contains(printer)) tools?.append(" ", printer);
    const marks = document.getElementById("at-marks");
    if (marks) marks.checked = kept((store) => store.getItem("postil-marks")) === "hidden";
  };
  gather();
  document.addEventListener("postil:swap", gather);
  document.addEventListener("change", ({ target }) => {
    if (target.id === "at-marks") kept((store) => (target.checked ? store.setItem("postil-marks", "hidden") : store.removeItem("postil-marks")));
  });
})();
