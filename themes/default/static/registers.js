/* A comfort for the register of claims: choosing by words and by source. Without it the choices above the list work all
   the same, and pages of their own have the claims in other orders. */
(() => {
  const filters = document.querySelector(".register-claim .filters");
  const list = document.querySelector(".entries-claim");
  const shown = document.querySelector(".shown");
  if (!filters || !list) return;
  let entries, rests, texts;

  const field = (words, input) => {
    const label = document.createElement("label");
    label.append(words, " ", input);
    return label;
  };
  const select = (options) => {
    const made = document.createElement("select");
    made.autocomplete = "off";
    for (const [value, text] of options) made.add(new Option(text, value));
    return made;
  };

  const words = document.createElement("input");
  words.type = "search";
  words.autocomplete = "off";

  const sources = new Map();
  const gather = () => {
    texts = undefined;
    entries = [...list.children];
    rests = entries.map((entry) => {
      const links = [...entry.querySelectorAll(".card-sources > li > a")];
      for (const link of links) sources.set(link.hash, link.textContent);
      return links.map((link) => link.hash);
    });
  };
  gather();
  document.addEventListener("postil:swap", gather);
  const byName = [...sources].sort((a, b) => a[1].localeCompare(b[1]));
  const source = select([["", "All"], ...byName]);

  const row = document.createElement("p");
  row.className = "filters-row";
  row.append(field("Search", words), field("Source", source));
  filters.prepend(row);

  const choose = () => {
    texts ??= entries.map((entry) => entry.textContent.toLowerCase());
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    entries.forEach((entry, at) => {
      const rest = !source.value || rests[at].includes(source.value);
      entry.hidden = !rest || !wanted.every((word) => texts[at].includes(word));
    });
  };

  let timer;
  const tell = () => {
    const count = entries.filter((entry) => entry.getClientRects().length).length;
    shown.textContent = count ? `${count} of ${entries.length} claims match` : "No claim matches";
  };
  filters.addEventListener("input", () => {
    choose();
    clearTimeout(timer);
    timer = setTimeout(tell, 250);
  });
})();
