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
  const words = document.createElement("input");
  words.type = "search";
  words.autocomplete = "off";

  const source = document.createElement("select");
  source.autocomplete = "off";
  const gather = () => {
    const sources = new Map([["", "All"]]);
    texts = undefined;
    entries = [...list.children];
    rests = entries.map((entry) => {
      const links = [...entry.querySelectorAll(".card-sources > li > a")];
      for (const link of links) sources.set(link.hash, link.textContent);
      return links.map((link) => link.hash);
    });
    const { value } = source;
    const options = [...sources].sort(([a, one], [b, other]) => (a && b ? one.localeCompare(other) : a ? 1 : -1));
    source.replaceChildren(...options.map(([hash, text]) => new Option(text, hash, false, hash === value)));
  };
  gather();

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

  document.addEventListener("postil:swap", () => {
    gather();
    choose();
  });

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
