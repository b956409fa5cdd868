"""What the control tags of a template make of its text: runs, and forks of which a customer gets one branch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from apologylint.drafts import Draft
from apologylint.formats.words import words
from apologylint.later import later_re
from apologylint.spans import Span

_CLOSERS = {"{{{": "}}}", "{{": "}}", "{%": "%}", "<%": "%>", "[%": "%]", "<?php": "?>", "<?": "?>"}
_OPENER = later_re(r"\{\{\{?|\{%|<%|\[%|<\?(?:php)?|</?[#@]")
_MARKS = "-~+=_"
_WORD = later_re(r"\w+")
_PATH = later_re(r"[\w.@/-]+")
_IF = words("if unless ifequal ifnotequal ifchanged")
_ELSE_IF = words("elsif elif elseif elsunless")
_SWITCH = words("case switch cond")
#: What repeats its text, and may have an ``else`` for when there is nothing to repeat.
_LOOPS = words("for foreach while until")
_GO_BLOCKS = words("range with define block")
_HANDLEBARS_LOOPS = words("each with list foreach for")
_TT_BLOCKS = _LOOPS | words("block wrapper filter try view")
#: Handlebars helpers that ask a question; any other helper wraps its text.
_ASKS = later_re(r"(?:if|unless)\w*|(?:is|isnt|eq|ne|neq|gt|gte|lt|lte|and|or|not|has|when|compare|contains|equals?)\Z")
_OPENS_BLOCK = later_re(r"(?:\bdo(?:\s*\|[^|]*\|)?|->|\{(?:\s*\|[^|]*\|)?)\Z")
_TT_OPENS_BLOCK = later_re(r"\bBLOCK\Z")
_ENDS_ITSELF = later_re(r"\w.*\bend\Z", re.DOTALL)
_ICU_SWITCH = later_re(r"\{(?!#)\s*([^{},]+?)\s*,")
_ICU_ARM = later_re(r"(=\d+|[\w.-]+)\s*\{")
_JOINED = later_re(r"\b(?:and|or)\b|&&|\|\|")
_LONGEST_CONDITION = 300
_DEEPEST = 50


class _Tag(NamedTuple):
    """What a tag does.

    Attributes:
        does: ``if``, ``switch``, ``loop``, ``arm`` (a ``when``), ``else`` or ``end``.
        name: what an end tag has to repeat; ``""`` when a bare end closes it.
        asks: the condition, without its ``not``.
        holds: what the condition has to be for the text that follows.
    """

    does: str
    name: str = ""
    asks: str = ""
    holds: bool = True


@dataclass(slots=True)
class Branch:
    """Text that is shown when a condition is as wanted.

    Attributes:
        asks: the condition as written; ``""`` for what is shown when nothing before it was.
        holds: what the condition has to be.
        items: runs of prose and forks, in order.
    """

    asks: str
    holds: bool = True
    items: list[Span | Fork] = field(default_factory=list)


@dataclass(slots=True)
class Fork:
    """Branches of which one is shown: the first whose condition is as wanted. The last has none."""

    branches: list[Branch]
    name: str = ""
    subject: str = ""
    start: int = 0
    switch: bool = False
    loop: str = ""


def tree(draft: Draft) -> list[Span | Fork] | None:
    """The prose of a draft as runs and forks; ``None`` when its tags do not match."""
    return _Builder(draft).build()


class _Builder:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.root = Branch("")
        self.stack: list[Fork] = []
        self.at = 0

    def build(self) -> list[Span | Fork] | None:
        for place, text in self.draft.tags:
            for tag in _read(text):
                self._add(place)
                if not self._take(tag, place):
                    return None
        if self.stack:
            return None
        self._add(len(self.draft.prose))
        return self.root.items

    def _branch(self) -> Branch:
        return self.stack[-1].branches[-1] if self.stack else self.root

    def _add(self, until: int) -> None:
        if until > self.at:
            self._branch().items.append(Span(self.at, until))
            self.at = until

    def _take(self, tag: _Tag, place: int) -> bool:
        top = self.stack[-1] if self.stack else None
        if tag.does in ("if", "switch", "loop"):
            if len(self.stack) >= _DEEPEST:
                return False
            condition = tag.asks if tag.does == "if" else ""
            fork = Fork([Branch(condition, tag.holds)], tag.name, tag.asks, place, tag.does == "switch")
            fork.loop = tag.asks if tag.does == "loop" else ""
            self.stack.append(fork)
            return True
        if top is None:
            return False
        if tag.does == "end":
            if tag.name and top.name and tag.name != top.name:
                return False
            self._close()
            return True
        if tag.does == "arm" and not top.switch:
            return False
        if top.loop and len(top.branches) == 1:
            # Its text is not always there after all.
            top.branches[0].asks = top.loop
        asks = f"{top.subject} {tag.asks}".strip() if tag.does == "arm" else tag.asks
        top.branches.append(Branch(asks, tag.holds))
        return True

    def _close(self) -> None:
        fork = self.stack.pop()
        if fork.switch and len(fork.branches) > 1 and not self._speaks(fork.branches[0].items):
            # The blanks before the first case are no branch.
            del fork.branches[0]
        if fork.branches[-1].asks:
            fork.branches.append(Branch(""))
        into = self._branch().items
        if not self._speaks([Span(fork.start, self.at)]):
            # Of attributes and of white space there is nothing to choose.
            if self.at > fork.start:
                into.append(Span(fork.start, self.at))
        elif len(fork.branches) == 1:
            into += fork.branches[0].items
        else:
            into.append(fork)

    def _speaks(self, items: list[Span | Fork]) -> bool:
        """Whether there is a letter in it; a fork without any is none."""
        return any(isinstance(i, Fork) or any(map(str.isalpha, self.draft.prose[i.start : i.end])) for i in items)


def _read(tag: str) -> Iterator[_Tag]:
    """What a tag does; nothing, for most of them."""
    match = _OPENER.match(tag)
    if match is None:
        yield from _icu(tag)
        return
    if tag.startswith("<#--"):
        return
    opener = match.group()
    closer = _CLOSERS.get(opener, "/>" if tag.endswith("/>") else ">")
    inner = tag[len(opener) : -len(closer)].strip(_MARKS).strip()
    if opener.startswith("{{"):
        yield from _handlebars(inner)
    elif opener == "{%":
        yield from _jinja(inner)
    elif opener == "[%":
        # One tag of Template Toolkit may hold several statements.
        for statement in inner.split(";") if inner[:1] != "#" else ():
            yield from _toolkit(statement.strip(_MARKS).strip())
    elif "#" in opener:
        yield from _freemarker(inner, closing=opener.startswith("</"))
    elif opener in ("<%", "<?", "<?php"):
        yield from _code(inner)


def _condition(text: str, *, holds: bool = True) -> tuple[str, bool]:
    """A condition, as like as can be however it is written down, and what it has to be."""
    text = " ".join(text[:_LONGEST_CONDITION].split()).removesuffix(" then").removesuffix(" do").rstrip("{: ,")
    # Of "not a and b" the opposite is not "a and b".
    while text and not _JOINED.search(text):
        if text[0] == "(" and text.endswith(")"):
            text = text[1:-1].strip()
        elif text.startswith("not "):
            text, holds = text[4:].strip(), not holds
        elif text[0] == "!":
            text, holds = text[1:].strip(), not holds
        else:
            break
    # A condition that cannot be read is like no other, not like none.
    return text or "?", holds


def _if(word: str, rest: str, name: str = "") -> _Tag:
    return _Tag("if", name, *_condition(rest, holds=word not in ("unless", "ifnotequal")))


def _else(rest: str) -> _Tag:
    """``else``, ``else if x``."""
    rest = rest.strip().rstrip("{:").strip()
    word = _WORD.match(rest)
    if not rest or word is None:
        return _Tag("else")
    if word.group() in _IF:
        return _Tag("else", "", *_condition(rest[word.end() :], holds=word.group() != "unless"))
    return _Tag("else", "", *_condition(rest))


def _handlebars(inner: str) -> Iterator[_Tag]:
    """Handlebars and Mustache, with their sigils; Go, without."""
    sigil = inner[:1]
    if not inner or sigil in "!>":
        return
    body = inner[1:].strip() if sigil in "#/^" else inner
    match = _PATH.match(body.lstrip("*> "))
    word = match.group() if match else ""
    rest = body.lstrip("*> ")[len(word) :].strip()
    if sigil == "/":
        yield _Tag("end", word)
    elif sigil == "#" and word:
        if not rest and word not in _HANDLEBARS_LOOPS and body[:1] not in "*>":
            yield _Tag("if", word, word)
        elif _ASKS.match(word):
            plain = word in ("if", "unless")
            yield _if(word, rest, word) if plain else _Tag("if", word, " ".join((word, *rest.split())))
        else:
            yield _Tag("loop", word, f"{word} {rest}")
    elif sigil == "^":
        if not word:
            yield _Tag("else")
        elif word == "if":
            yield _Tag("if", word, *_condition(rest, holds=False))
        else:
            yield _Tag("if", word, " ".join((word, *rest.split())), holds=False)
    elif word == "else":
        yield _else(rest)
    elif word in _IF:
        yield _if(word, rest)
    elif word in _GO_BLOCKS:
        yield _Tag("loop", "", f"{word} {rest}")
    elif word == "end" or (word.startswith("end") and word[3:] in _IF | _LOOPS):
        yield _Tag("end")


def _jinja(inner: str) -> Iterator[_Tag]:
    """Jinja, Twig, Django and Liquid."""
    match = _WORD.match(inner)
    word = match.group() if match else ""
    rest = inner[len(word) :]
    if word in _IF:
        yield _if(word, rest, word)
    elif word in _ELSE_IF:
        yield _Tag("else", "", *_condition(rest))
    elif word == "else":
        yield _else(rest)
    elif word == "case":
        yield _Tag("switch", word, *_condition(rest))
    elif word == "when":
        yield _Tag("arm", "", *_condition(rest))
    elif word in ("for", "tablerow", "while"):
        yield _Tag("loop", word, inner)
    elif word == "end":
        yield _Tag("end")
    elif word.startswith("end") and (word[3:] in _IF or word[3:] in ("case", "for", "tablerow", "while")):
        yield _Tag("end", word[3:])


def _freemarker(inner: str, *, closing: bool) -> Iterator[_Tag]:
    match = _WORD.match(inner)
    word = match.group() if match else ""
    rest = inner[len(word) :]
    if closing:
        if word in ("if", "switch", "list"):
            yield _Tag("end", word)
    elif word == "if":
        yield _if(word, rest, word)
    elif word == "elseif":
        yield _Tag("else", "", *_condition(rest))
    elif word in ("else", "default"):
        yield _Tag("else")
    elif word == "switch":
        yield _Tag("switch", word, *_condition(rest))
    elif word == "case":
        yield _Tag("arm", "", *_condition(rest))
    elif word == "list":
        yield _Tag("loop", word, inner)


def _icu(part: str) -> Iterator[_Tag]:
    """``{n, plural,``, ``one {`` and the last ``}`` of an ICU message."""
    if part == "}":
        yield _Tag("end")
    elif match := _ICU_SWITCH.match(part):
        yield _Tag("switch", "", match[1])
    elif match := _ICU_ARM.fullmatch(part):
        yield _Tag("else") if match[1] == "other" else _Tag("arm", "", match[1])


def _toolkit(inner: str) -> Iterator[_Tag]:
    """Template Toolkit; its words are capitals."""
    match = _WORD.match(inner)
    word = match.group().lower() if match and match.group().isupper() else ""
    rest = inner[len(word) :].strip()
    if word in ("if", "unless"):
        yield _if(word, rest)
    elif word == "elsif":
        yield _Tag("else", "", *_condition(rest))
    elif word == "else" or (word == "case" and rest in ("", "DEFAULT")):
        yield _Tag("else")
    elif word == "case":
        yield _Tag("arm", "", *_condition(rest))
    elif word == "catch":
        yield _Tag("else", "", word)
    elif word == "switch":
        yield _Tag("switch", "", *_condition(rest))
    elif word == "end":
        yield _Tag("end")
    elif word in _TT_BLOCKS or _TT_OPENS_BLOCK.search(inner):
        yield _Tag("loop", "", inner[:_LONGEST_CONDITION])


def _code(inner: str) -> Iterator[_Tag]:
    """ERB, EEx, EJS and PHP."""
    if inner[:1] == "#" or inner.startswith("!--"):
        return
    if inner[:1] == "}":
        yield from _brace(inner[1:].strip())
        return
    match = _WORD.match(inner)
    word = match.group() if match else ""
    rest = inner[len(word) :].strip()
    if (inner.endswith("}") and inner.count("{") == inner.count("}")) or _ENDS_ITSELF.match(inner):
        return
    if word in _IF:
        yield _if(word, rest)
    elif word in _ELSE_IF:
        yield _Tag("else", "", *_condition(rest))
    elif word == "else":
        yield _else(rest)
    elif word == "when":
        yield _Tag("arm", "", *_condition(rest))
    elif word in _SWITCH:
        yield _Tag("switch", "", *_condition(rest))
    elif word == "rescue":
        yield _Tag("else", "", word)
    elif word == "end" or (word.startswith("end") and word[3:] in _IF | _LOOPS | {"switch"}):
        yield _Tag("end")
    elif inner.endswith("->") and not re.search(r"\bfn\b", inner):
        default = inner[:-2].strip() in ("_", "true")
        yield _Tag("else") if default else _Tag("arm", "", inner[:_LONGEST_CONDITION])
    elif word in _LOOPS or word == "begin" or _OPENS_BLOCK.search(inner):
        yield _Tag("loop", "", inner[:_LONGEST_CONDITION])


def _brace(rest: str) -> Iterator[_Tag]:
    """What follows a closing brace."""
    if rest.startswith("else"):
        yield _else(rest[4:])
        return
    yield _Tag("end")
    if _OPENS_BLOCK.search(rest):
        yield _Tag("loop", "", rest[:_LONGEST_CONDITION])
