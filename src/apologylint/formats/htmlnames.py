"""Names of HTML and MJML elements, by what they do to prose."""

from __future__ import annotations

from apologylint.formats.words import words

#: Elements that begin and end a block of prose.
BLOCKS = words(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend "
    "li link main menu meta nav noscript object ol optgroup option p pre script section select style summary table "
    "tbody td template textarea tfoot th thead title tr ul video "
    "mjml mj-head mj-body mj-section mj-column mj-text mj-button mj-title mj-preview mj-image mj-divider mj-spacer "
    "mj-table mj-group mj-wrapper mj-hero mj-navbar mj-navbar-link mj-social mj-social-element mj-accordion "
    "mj-accordion-element mj-accordion-title mj-accordion-text mj-carousel mj-carousel-image"
)

#: Elements that take part in a sentence.
INLINES = words(
    "a abbr acronym applet area audio b base basefont bdi bdo big br canvas cite code data datalist del dfn em embed "
    "font i img input ins kbd label map mark meter nobr noframes output param picture progress q rp rt ruby s samp "
    "slot small source span strike strong sub sup svg time track tt u var wbr math path circle rect line polygon "
    "polyline g defs use symbol ellipse lineargradient stop clippath attribute"
)

#: Every known name.
ELEMENTS = BLOCKS | INLINES

#: Elements without content.
VOID = words("area base br col embed hr img input link meta param source track wbr attribute")

#: Elements nobody reads.
UNREAD = words(
    "script style template svg math canvas object noframes pre datalist map audio video iframe "
    "mj-style mj-raw mj-attributes mj-font mj-breakpoint mj-include mj-html-attributes"
)

#: Elements whose content is not markup.
RAW = frozenset(("script", "style", "mj-style", "noframes", "iframe"))

#: Elements that show code inside a sentence.
CODE = frozenset(("code", "kbd", "samp", "tt", "var"))

#: Elements that an opening tag of the same name closes.
SELF_CLOSING = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option"))
