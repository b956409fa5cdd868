"""Placeholders: found in one pass, never rendered, masked in place by something of exactly the same length.

A value becomes one capitalised word (``Xxxx``), so that the sentence around it keeps its grammar. A control tag or a
comment becomes blanks, so that every branch of an ``if`` stays in the prose, in order. Text that a customer may read
from inside a placeholder (a fallback, a translated literal, the branches of an ICU plural) stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from apologylint.formats import icu, tags
from apologylint.formats.htmlnames import ELEMENTS
from apologylint.formats.strand import Cut
from apologylint.later import later_re
from apologylint.spans import Span

# Each alternative stops at its own next opener, so that a run of unclosed openers costs linear time.
_HARD = r"""
  (?P<tt>\[%(?:[^%\[]|%(?!\])|\[(?!%))*+%\])
| (?P<erb><%(?:[^%<]|%(?!>)|<(?!%))*+%>)
| (?P<php><\?(?:php\b|=)(?:[^?<]|\?(?!>)|<(?!\?))*+\?>)
| (?P<freemarker><\#--(?:[^-<]|-(?!->)|<(?!\#--))*+--> | </?[\#@][A-Za-z_][^<>]*+> | <--[^<>\n]{0,80}-->)
| (?P<handlebars>\{\{!--(?:[^-{]|-(?!-\}\})|\{(?!\{!--))*+--\}\}
    | \{\{\{?(?:[^{}]|\{(?!\{)|\}(?!\}))*+\}\}\}?)
| (?P<jinja>\{\#(?:[^#{]|\#(?!\})|\{(?!\#))*+\#\} | \{%(?:[^%{]|%(?!\})|\{(?!%))*+%\})
| (?P<icu>\{\s{0,9}[\w.]{1,60}\s{0,9},\s{0,9}(?:plural|selectordinal|select)\s{0,9},)
| (?P<dollar>\$!?\{(?:[^{}]|\{[^{}]*+\})*+\} | (?<![A-Z\d$])\$(?:\([\w.\[\]'"]{1,80}\)
    | [A-Za-z_]\w{0,60}(?:\.\w{1,60}){0,5}(?:\([^()\n]{0,80}\))?))
| (?P<named>\{\d{1,2}\s{0,9},\s{0,9}choice\s{0,9},(?:[^{}]|\{[^{}]*+\})*+\}
    | %\([\w.\ ]{1,60}\)[-+#0]?\d{0,3}(?:\.\d{1,3})?[sdifgr] | %\{[\w.\ ]{1,60}\} | %<[\w.\ ]{1,60}>[sdif]?
    | \#\{[^{}\n]{1,200}\}
    | @\{[\w.]{1,60}\} | %%[A-Za-z_]\w{0,60}%% | (?<![\w%])%[A-Za-z_]\w{2,40}%(?!\w))
| (?P<printf>(?<![\w%])%(?:\d{1,2}\$)?[-+\#0]?\d{0,3}(?:\.\d{1,2})?(?:ll?|h)?[sdiufgx@](?![\w%]))
| (?P<mailchimp>\*\|[A-Z0-9_:=. -]{1,80}\|\*)
| (?P<brace>\{[^{}\n]{1,120}\})
"""
_SOFT = r"""
| (?P<double>\[\[[^\[\]\n]{1,80}\]\])
| (?P<bracket>(?<![\]!\w])\[[^\[\]\n]{1,60}\](?![(\[:]))
| (?P<angle><<?[A-Za-z][\w './-]{0,58}>>?)
"""
_BOTH = later_re(_HARD + _SOFT, re.VERBOSE)
_ONLY_HARD = later_re(_HARD, re.VERBOSE)
_ONLY_SOFT = later_re(_SOFT.replace("|", "", 1), re.VERBOSE)
_FIRST = re.compile(r"[{\[%<$#@*]").search
#: ``{a|b}``
_SHORTEST_FALLBACK = 5
_LONG_RUN = 6
_RUN = {sign: later_re(re.escape(sign) + "+") for sign in "{[%<$#@*"}
_NOT_NEWLINE = later_re(r"[^\r\n]")

#: Names for ``ReadOptions.placeholders``.
DIALECTS = frozenset(re.findall(r"\(\?P<(\w+)>", _HARD + _SOFT))


class Masked(NamedTuple):
    """What a masking pass found.

    Attributes:
        text: the text with everything masked, as long as before.
        cuts: the same-length replacements that were made.
        holes: the stand-ins among them.
        tags: the control tags among them, as they were written.
    """

    text: str
    cuts: list[Cut]
    holes: list[Span]
    tags: list[tuple[int, str]]


def stand_in(text: str) -> str:
    """``Xxxx`` as long as ``text``; line ends are kept."""
    if "\n" not in text and "\r" not in text:
        return "X" + "x" * (len(text) - 1)
    return "X" + _NOT_NEWLINE.sub("x", text[1:]) if text[0] not in "\r\n" else _NOT_NEWLINE.sub("x", text)


def blanks(text: str) -> str:
    """Spaces as long as ``text``; line ends are kept."""
    return " " * len(text) if "\n" not in text and "\r" not in text else _NOT_NEWLINE.sub(" ", text)


def may_hold(text: str) -> bool:
    """A cheap test: whether any sign of a placeholder or tag is in a text."""
    return "{" in text or "[" in text or "%" in text or "<" in text or "$" in text or "*|" in text


def mask(text: str, *, hard: bool = True, soft: bool = True, names: frozenset[str] = DIALECTS) -> Masked:
    """Mask placeholders.

    Args:
        text: what to look through.
        hard: dialects that no markup language can be mistaken for (``{{name}}``, ``%s``, ``<% if %>``).
        soft: dialects that look like markup (``[Name]``, ``<name>``); to be asked for when markup is gone.
        names: dialects to look for.
    """
    if not may_hold(text):
        return Masked(text, [], [], [])
    pattern = (_BOTH if soft else _ONLY_HARD) if hard else _ONLY_SOFT
    finder = _Finder(text, pattern, names)
    finder.scan(0, len(text))
    finder.close_value()
    if not finder.cuts:
        return Masked(text, [], [], [])
    parts: list[str] = []
    at = 0
    for cut in finder.cuts:
        parts += (text[at : cut.start], cut.text)
        at = cut.end
    parts.append(text[at:])
    return Masked("".join(parts), finder.cuts, finder.holes, finder.tags)


class _Finder:
    """One pass over one text."""

    def __init__(self, text: str, pattern: re.Pattern[str], names: frozenset[str]) -> None:
        self.text = text
        self.pattern = pattern
        self.names = names
        self.cuts: list[Cut] = []
        self.holes: list[Span] = []
        self.tags: list[tuple[int, str]] = []
        self.never_closed: set[str] = set()
        self.icu_tries = 0
        self.value_start = 0
        self.open_value = -1

    def scan(self, start: int, end: int) -> None:
        """Look through ``[start, end)``; what is found is added in order."""
        at = start
        text, names, match_at = self.text, self.names, self.pattern.match
        # Trying every alternative only where a placeholder can begin is what makes this fast.
        while sign := _FIRST(text, at, end):
            match = match_at(text, sign.start(), end)
            if match is None:
                at = sign.end()
                run = _RUN[sign.group()].match(text, at, end)
                if run is not None and run.end() - at > _LONG_RUN:
                    # No opener has more than four of one sign: what could begin here begins at the end of the run.
                    at = run.end() - _LONG_RUN
                continue
            at = match.end()
            kind = match.lastgroup or ""
            if kind in names:
                at = _HANDLERS[kind](self, match, end) or at

    def value(self, start: int, end: int) -> None:
        """A stand-in. Values that touch are one, so that a text of nothing else costs little."""
        if self.open_value != start:
            self.close_value()
            self.value_start = start
        self.open_value = end

    def close_value(self) -> None:
        """Write down the stand-in that is waiting for what follows it."""
        if self.open_value >= 0:
            start, end = self.value_start, self.open_value
            self.cuts.append(Cut(start, end, stand_in(self.text[start:end])))
            self.holes.append(Span(start, end))
            self.open_value = -1

    def blank(self, start: int, end: int) -> None:
        """Blanks."""
        self.close_value()
        if end > start:
            self.cuts.append(Cut(start, end, blanks(self.text[start:end])))

    def keep(self, start: int, end: int, kept: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> None:
        """Blanks, but for text a customer reads, in which placeholders are looked for in turn."""
        at = start
        for low, high in kept:
            self.blank(at, low)
            self.scan(low, high)
            at = high
        self.blank(at, end)

    def _fallback_or_value(self, start: int, end: int, *, bare: bool = False) -> None:
        kept = None if end - start < _SHORTEST_FALLBACK else tags.fallback(self.text, start, end, bare=bare)
        if kept:
            self.blank(start, kept[0])
            self.blank(kept[1], end)
        else:
            self.value(start, end)

    def code(self, match: re.Match[str], end: int) -> int | None:
        """``<% %>``, ``[% %]``, ``<?php ?>``."""
        start, stop = match.span()
        literals = tags.literals(self.text, start, stop)
        control = tags.is_control(match.group(), match.lastgroup or "")
        if control:
            self.tags.append((start, match.group()))
        if control or literals:
            self.keep(start, stop, literals)
        else:
            self.value(start, stop)
        return None

    def control(self, match: re.Match[str], end: int) -> int | None:
        """Never anything else than control."""
        self.tags.append((match.start(), match.group()))
        self.blank(*match.span())
        return None

    def jinja(self, match: re.Match[str], end: int) -> int | None:
        """``{% %}`` and ``{# #}``; also Help Scout's ``{%customer.firstName,fallback=there%}``."""
        start, stop = match.span()
        tag = match.group()
        if tags.is_help_scout(tag):
            self._fallback_or_value(start, stop)
            return None
        name = tags.skipped_block(tag)
        if name and name not in self.never_closed:
            close = re.compile(r"\{%-?\s{0,9}end" + name + r"\s{0,9}-?%\}").search(self.text, stop, end)
            if close:
                self.blank(start, close.end())
                return close.end()
            self.never_closed.add(name)
        self.tags.append((start, tag))
        self.keep(start, stop, tags.literals(self.text, start, stop))
        return None

    def handlebars(self, match: re.Match[str], end: int) -> int | None:
        """``{{ }}`` of every dialect."""
        start, stop = match.span()
        if tags.is_control(match.group(), "handlebars"):
            self.control(match, end)
        else:
            self._fallback_or_value(start, stop)
        return None

    def icu(self, match: re.Match[str], end: int) -> int | None:
        """An ICU message: its branches are prose."""
        # Each failed try costs a walk to the end; a text that fails that often is no ICU message.
        message = icu.branches(self.text, match.start(), end) if self.icu_tries < 20 else None
        if message is None:
            self.icu_tries += 1
            return None
        at = match.start()
        before = len(self.tags)
        for low, high in message.runs:
            self.blank(at, low)
            self.scan_branch(low, high)
            at = high
        self.blank(at, message.end)
        self.tags[before:] = sorted([*self.tags[before:], *message.tags])
        return message.end

    def scan_branch(self, start: int, end: int) -> None:
        """Prose of a branch, where a lone ``#`` is a number."""
        sign = self.text.find("#", start, end)
        while sign >= 0:
            self.scan(start, sign)
            self.value(sign, sign + 1)
            start = sign + 1
            sign = self.text.find("#", start, end)
        self.scan(start, end)

    def brace(self, match: re.Match[str], end: int) -> int | None:
        """``{name}``, ``{0}``, ``{!Contact.Name}``, ``{ $name }``, ``{contactfield=firstname|there}``."""
        inner = match.group()[1:-1].strip()
        if inner[:1] in "/#" and inner[:1]:
            self.blank(*match.span())
        elif inner and not tags.is_sentence(inner):
            self._fallback_or_value(*match.span(), bare="=" in inner)
        return None

    def plain(self, match: re.Match[str], end: int) -> int | None:
        """A value, whatever is in it, that may have a fallback."""
        self._fallback_or_value(*match.span(), bare=match.lastgroup == "double")
        return None

    def bracket(self, match: re.Match[str], end: int) -> int | None:
        """``[Name]`` when it reads as a blank to fill in."""
        inner = match.group()[1:-1].strip()
        if inner[:1] != "^" and any(map(str.isalpha, inner)) and not tags.is_sentence(inner) and inner not in "xX":
            self.value(*match.span())
        return None

    def angle(self, match: re.Match[str], end: int) -> int | None:
        """``<name>`` when it is no HTML element."""
        inner = match.group().strip("<>")
        word = re.split(r"[\s/]", inner, maxsplit=1)[0].lower()
        if word not in ELEMENTS and "-" not in word and not tags.is_sentence(inner):
            self.value(*match.span())
        return None


_Handler = Callable[[_Finder, "re.Match[str]", int], "int | None"]
_HANDLERS: dict[str, _Handler] = {
    "tt": _Finder.code,
    "erb": _Finder.code,
    "php": _Finder.code,
    "freemarker": _Finder.control,
    "handlebars": _Finder.handlebars,
    "jinja": _Finder.jinja,
    "icu": _Finder.icu,
    "dollar": _Finder.plain,
    "named": _Finder.plain,
    "printf": _Finder.plain,
    "mailchimp": _Finder.plain,
    "brace": _Finder.brace,
    "double": _Finder.plain,
    "bracket": _Finder.bracket,
    "angle": _Finder.angle,
}
