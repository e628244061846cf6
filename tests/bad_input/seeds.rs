//! The good briefing that bad files are made of: a file in every form that is read, and one that belongs to nothing else.

use postil::read::snapshot::Snapshot;

/// A section with one mistake, which no other file may hide.
pub(crate) const BESIDE: &str = "content/99-beside.md";
/// The mistake.
pub(crate) const MISTAKE: &str = "there is no source `nobody-wrote-this`";

/// Every file but the pictures and the section beside.
const TEXTS: [(&str, &str); 17] = [
    (
        "postil.toml",
        "title = \"Good\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\ntheme = \"default\"\n\n[citation]\nstyle = \"apa\"\n\n\
         [markdown]\nsmart_punctuation = true\nraw_html = \"sanitise\"\n\n[checks]\nstale_after = 6\nabbreviations = [\"ZMJ\"]\n\n\
         [lints]\nunused = \"allow\"\nterm-before-definition = \"warn\"\nnumber-without-claim = \"warn\"\n",
    ),
    (
        "content/01-toml.md",
        "+++\ntitle = \"Steel\"\ndate = 2024-05-01\nauthors = [\"Lin, Wei\"]\n\n[[claims]]\nid = \"c\"\nstatement = \"It *fell* by 3.2%.\"\n\
         value = 3.2\nunit = \"%\"\nas_of = \"2022\"\nsources = [{ id = \"nbs\", locator = \"p. 3\", quote = \"output fell\" }]\n\n\
         [[claims]]\nid = \"twice\"\nstatement = \"Twice that is 6.4%.\"\nvalue = 6.4\nunit = \"%\"\nderived = \"c * 2\"\n\n\
         [[figures]]\nid = \"f\"\nkind = \"table\"\ntitle = \"F\"\ndata = \"data/f.csv\"\n\n\
         [[figures]]\nid = \"j\"\nkind = \"table\"\ntitle = \"J\"\ndata = \"data/j.json\"\n\n\
         [[figures]]\nid = \"p\"\nkind = \"image\"\ntitle = \"P\"\nsrc = \"img/p.png\"\nalt = \"A dot\"\n\n\
         [lints]\nunplaced-figure = \"allow\"\n+++\n\n\
         ## Prices {#p}\n\n[It fell by 3.2%](claim:c) [@nbs, p. 3], says the [[pmi]].[^n]\n\n![[fig:f]]\n\n![[fig:j]]\n\n![[fig:p]]\n\n\
         [^n]: A note, see [b](02-yaml.md#c) and [[02-yaml]].\n",
    ),
    (
        "content/02-yaml.md",
        "---\ntitle: 能源\nauthors: [Lin, NO]\nnotes:\n  - id: n1\n    problem: \"Doubtful\"\n    about: [c]\nentities:\n  \
         - {id: zmj, name: ZMJ, type: organisation, forms: {zh: 郑煤机}}\nterms:\n  - id: gdp\n    term: product\n    definition: >\n      \
         What is made\n      in a *year*.\n---\n\n## C\n\n[[ent:zmj]] and its [[gdp]].[[note:n1]] <b>Bold</b>\n",
    ),
    (
        "content/03-markdown.md",
        "+++\ntitle = \"Marks\"\n+++\n\n# One {.a}\n\n## Two\n\nWords *in* **bold**, `code`, ~~gone~~ and [@nbs; -@lin, pp. 3-4].\n**产量**下降，\n因为。\n\
         See @lin, GDP and 1,600 tonnes. <!-- postil: allow naked-citation -->\n\n\
         | a | b |\n|---|--:|\n| [[pmi\\|x]] | 1 [@lin] |\n\n> Output fell.\n> — [@nbs, p. 3]\n\n> [!CORRECTION 2024-05-01]\n> It said 30.\n\n\
         - [x] done\n- 1. one\n\n```rust\nfn main() {}\n```\n\n![p](img/p.jpg) ![g](img/p.gif) ![w](img/p.webp) ![s](img/p.svg)\n\n\
         <details><summary>More</summary>\n\ntext\n\n</details>\n\n[^n]: A note.\n\nText[^n] <https://example.org/toml/> [a](#one) &amp; \\* end\n",
    ),
    (
        "content/sources.bib",
        "% A comment\n@string{iq = \"Quarterly\"}\n@report{nbs,\n  title = {Communiqu{\\'e}},\n  author = {{Bureau}},\n  date = {2022-03},\n  \
         url = {https://a.b/},\n  urldate = {2024-01-02}\n}\n\n@article{x, author = \"Lin, Wei and Zhou\", journal = iq, year = 2021, pages = \"3--9\"}\n\
         @incollection{y, title = {Y}, crossref = {z}}\n@collection{z, title = {Z}}\n",
    ),
    (
        "content/sources.json",
        "[\n  {\"id\": \"lin\", \"type\": \"book\", \"title\": \"B\",\n   \"author\": [{\"family\": \"Lin\", \"given\": \"W\"}],\n   \
         \"issued\": {\"date-parts\": [[2021, 2]]}},\n  {\"id\": \"wu\", \"type\": \"webpage\", \"URL\": \"https://a.b/\"}\n]\n",
    ),
    (
        "content/sources.toml",
        "[[sources]]\nid = \"kept\"\ntype = \"webpage\"\ntitle = \"Kept\"\nsnapshot = \"snapshots/kept.html\"\n\n[[sources]]\nid = \"kept-pdf\"\ntitle = \"Kept\"\nsnapshot = \"snapshots/kept.pdf\"\n\n[[sources]]\nid = \"kept-txt\"\ntitle = \"Kept\"\nsnapshot = \"snapshots/kept.txt\"\n",
    ),
    (
        "content/04-quotes.md",
        "+++\ntitle = \"Quotes\"\n+++\n\n> output fell\n> — [@kept]\n\n> output fell\n> — [@kept-pdf]\n\n> output fell\n> — [@kept-txt]\n",
    ),
    (
        "content/terms.csv",
        "id,term,definition,aliases,forms.zh-Hans\npmi,index,\"A survey, of firms\",a; b,指数\ncpi,prices,See [[pmi]].,,\n",
    ),
    (
        "content/claims.csv",
        "id,statement,value,credibility,support,sources\nd,It rose by 7.,7,2,attributed,nbs; lin\ne,It fell by 1500.,1500,,verified,nbs\n",
    ),
    (
        "content/entities.toml",
        "[[entities]]\nid = \"henan\"\nname = \"Henan\"\ntype = \"place\"\naliases = [\"Yu\"]\nforms = { zh = { form = \"河南\", inferred = true } }\n",
    ),
    ("content/data/f.csv", "year,output\n2021,\"1,000\"\n2022,900\n"),
    (
        "content/data/j.json",
        "[{\"year\": 2021, \"output\": 1000, \"who\": \"[@nbs]\"},\n {\"year\": 2022, \"output\": 900.5, \"who\": null}]\n",
    ),
    (
        "postil.lock",
        "version = 1\n\n[copies.kept]\nsnapshot = \"snapshots/kept.html\"\nhash = \"00\"\ndate = \"2024-05-01\"\n\n[[quotes]]\nsource = \"kept\"\nhash = \"00\"\noffset = 3\nprefix = \"a\"\nsuffix = \"b\"\n",
    ),
    (
        "snapshots/kept.html",
        "<!DOCTYPE html>\n<html><head><title>K</title><style>p{}</style></head>\n<body><p>In May, output fell&nbsp;by <b>3%</b>.</p>\n<!-- x --><script>1<2</script></body></html>\n",
    ),
    ("snapshots/kept.txt", "In May,\noutput fell\nin May by 3% — “so” it said.\n产量下降。\n"),
    (
        "snapshots/kept.pdf",
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n\
         <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length 44>>\nstream\n\
         BT /F1 12 Tf 20 100 Td (output fell) Tj ET  \nendstream\nendobj\n5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n\
         xref\n0 6\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n0000000212 00000 n \n0000000306 00000 n \n\
         trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n368\n%%EOF\n",
    ),
];

/// The beginnings of pictures, which tell their sizes.
const PICTURES: [(&str, &[u8]); 5] = [
    ("content/img/p.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82"),
    ("content/img/p.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x0b\x08\0\x03\0\x02\x01\x01\x11\0\xff\xd9"),
    ("content/img/p.gif", b"GIF89a\x02\0\x03\0\0\0\0\x2c\0\0\0\0\x02\0\x03\0\0\x02\0\x3b"),
    ("content/img/p.webp", b"RIFF\x28\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x01\0\0\x02\0\0VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x02\0\x03\0"),
    ("content/img/p.svg", b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 2\" width=\"3\">\n<g id=\"a\"><path d=\"M0 0\"/></g></svg>"),
];

/// A theme of the site's own. Only cases about it have it, because its templates are tried on every page.
pub(crate) const THEME: [(&str, &str); 3] = [
    ("themes/own/theme.toml", "name = \"Own\"\ndescription = \"Ours\"\nextends = \"default\"\n"),
    (
        "themes/own/templates/corrections.html",
        "{% extends \"default/corrections.html\" %}\n{% block main %}\n{% for one in corrections.entries %}<p>{{ one.date }} {{ page.title | upper }}</p>{% endfor %}\n\
         {% if site.title %}{{ site.title }}{% endif %}\n{% endblock main %}\n",
    ),
    ("themes/own/static/own.css", "p { color: red }\n"),
];

/// A file that is spoilt, with what stands in it when it is good.
pub(crate) struct Seed {
    /// Its path.
    pub(crate) path: &'static str,
    /// Its bytes.
    pub(crate) bytes: &'static [u8],
}

/// Every file that can be spoilt.
pub(crate) fn seeds() -> Vec<Seed> {
    let texts = TEXTS.iter().chain(&THEME[..2]).map(|(path, text)| Seed { path, bytes: text.as_bytes() });
    texts.chain(PICTURES.iter().map(|(path, bytes)| Seed { path, bytes })).collect()
}

/// The good briefing; with its own theme, if that is asked for.
pub(crate) fn good(themed: bool) -> Snapshot {
    let mut snapshot = Snapshot::of(TEXTS);
    for (path, bytes) in PICTURES {
        snapshot.insert(path, bytes);
    }
    snapshot.insert(BESIDE, "+++\ntitle = \"Beside\"\n+++\n\nWho wrote [@nobody-wrote-this]?\n");
    if themed {
        for (path, text) in THEME {
            snapshot.insert(path, text);
        }
        snapshot.insert("postil.toml", TEXTS[0].1.replace("\"default\"", "\"own\""));
    }
    snapshot
}
