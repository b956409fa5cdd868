"""Word classes of a pack, with inflections.

A class is a mapping with any of ``words`` (as they are), ``nouns`` (plural added), ``verbs`` (all forms added) and
``use`` (other classes to include). An entry may be several words; only its head is inflected. Irregular forms are
given with slashes: ``send/sent``, ``write/wrote/written``, ``let/let down``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apologylint.errors import RuleError
from apologylint.later import later_regex

Entry = tuple[str, ...]
FORMS = ("base", "s", "past", "pp", "ing", "noun", "plural", "word")
_TOKEN = later_regex(r"(?<![a-z])'(?:s|d|m|re|ve|ll)(?![a-z])|[a-z0-9]+(?:['&][a-z]+)?|[^\sa-z0-9]")
_FULL = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}
_KEYS = {"words", "nouns", "verbs", "use"}
_DOUBLING = {
    "stop", "ship", "drop", "slip", "plan", "chat", "fit", "cut", "admit", "refer", "swap", "rob", "rip", "snap",
    "scan", "wrap", "trap", "commit", "submit", "permit", "omit", "occur", "regret", "transfer", "prefer", "control",
    "cancel", "bug", "lag", "plug", "flag", "log", "skip", "trip", "flop", "mislabel", "put", "get", "let", "set",
    "run", "forget", "sit", "pop", "top", "tip", "zip", "clip", "chip", "grab", "nag", "fob", "botch-no",
}  # fmt: skip


def tokens_of(entry: str) -> Entry:
    """Split an entry the way the tokenizer will: at blanks and hyphens; "'s" and "t&c" stay whole, "'m" is "am"."""
    return tuple(_FULL.get(word, word) for word in _TOKEN.findall(entry.lower()))


def verb_forms(spec: str) -> dict[str, str]:
    """All forms of a verb given as ``base``, ``base/past`` or ``base/past/pp``, with an optional tail."""
    head, _, tail = spec.partition(" ")
    parts = head.split("/")
    base = parts[0]
    if len(parts) == 1:
        past = pp = _regular_past(base)
    elif len(parts) == 2:
        past = pp = parts[1]
    else:
        past, pp = parts[1], parts[2]
    forms = {"base": base, "s": _third_person(base), "past": past, "pp": pp, "ing": _gerund(base)}
    return {name: f"{form} {tail}".strip() for name, form in forms.items()}


def plural(noun: str) -> str:
    """Regular plural of the last word of a noun entry."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _third_person(base: str) -> str:
    return "has" if base == "have" else "does" if base == "do" else plural(base) if base != "be" else "is"


def _doubles(base: str) -> bool:
    return base in _DOUBLING


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] + "ed" if _doubles(base) else "ed")


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + (base[-1] + "ing" if _doubles(base) else "ing")


class Lexicon:
    """Word classes: name and optional form (``feel``, ``feel:past``) to their entries.

    Attributes:
        frequencies: how often a word stands in 10,000 words of replies; the words left out are rare.
    """

    def __init__(
        self, classes: Mapping[str, Mapping[str, frozenset[Entry]]], frequencies: Mapping[str, int] | None = None
    ) -> None:
        self._classes = classes
        self.frequencies = frequencies or {}
        self._all = {name: frozenset().union(*forms.values()) for name, forms in classes.items()}
        self._heads: dict[str, dict[str, list[Entry]]] = {}
        self._indexes: dict[tuple[str, ...], dict[str, list[tuple[str, Entry]]]] = {}

    @classmethod
    def from_data(
        cls, data: Mapping[str, Any], path: str = "", frequencies: Mapping[str, int] | None = None
    ) -> Lexicon:
        """Build from the mapping of a ``lexicon.yaml``.

        Raises:
            RuleError: unknown key, unknown class under ``use``, or an entry that is not text.
        """
        classes: dict[str, dict[str, set[Entry]]] = {}
        for name, body in data.items():
            parts = {"words": body} if isinstance(body, list) else body
            if not isinstance(parts, Mapping) or set(parts) - _KEYS:
                raise RuleError(
                    f"word class {name!r} is malformed",
                    path=path,
                    cure=f"use a list of words or the keys {sorted(_KEYS)}",
                )
            forms: dict[str, set[Entry]] = {form: set() for form in FORMS}
            for key in ("words", "nouns", "verbs"):
                for entry in parts.get(key, ()):
                    if not isinstance(entry, str) or not entry.strip():
                        raise RuleError(
                            f"word class {name!r}: {entry!r} under {key!r} is not text",
                            path=path,
                            cure="quote the entry",
                        )
                    _add(forms, key, entry.strip())
            classes[name] = forms
        for name, body in data.items():
            used = body.get("use", ()) if isinstance(body, Mapping) else ()
            for other in used:
                if other not in classes:
                    raise RuleError(
                        f"word class {name!r} uses unknown class {other!r}",
                        path=path,
                        cure=f"define {other!r} in lexicon.yaml, or take it from 'use'",
                    )
                for form, entries in classes[other].items():
                    classes[name][form] |= entries
        return cls({name: {f: frozenset(e) for f, e in forms.items()} for name, forms in classes.items()}, frequencies)

    def __contains__(self, name: str) -> bool:
        return name.partition(":")[0] in self._classes

    @property
    def names(self) -> Sequence[str]:
        """Class names in order of definition."""
        return tuple(self._classes)

    def entries(self, name: str) -> frozenset[Entry]:
        """Entries of a class, or of one form of it (``remedy:past``).

        Raises:
            RuleError: no such class or form.
        """
        base, _, form = name.partition(":")
        if base not in self._classes:
            raise RuleError(f"unknown word class {{{base}}}", cure="define it in lexicon.yaml")
        if not form:
            return self._all[base]
        if form not in FORMS:
            raise RuleError(f"unknown form {form!r} of word class {{{base}}}", cure=f"one of {', '.join(FORMS)}")
        return self._classes[base][form]

    def match(self, name: str, words: Sequence[str], at: int) -> int:
        """Length in tokens of the longest entry of class ``name`` at ``words[at]``; 0 if none."""
        if at >= len(words):
            return 0
        heads = self._heads.get(name)
        if heads is None:
            heads = {}
            for entry in sorted(self.entries(name), key=lambda e: (-len(e), e)):
                heads.setdefault(entry[0], []).append(entry)
            self._heads[name] = heads
        for entry in heads.get(words[at], ()):
            if len(entry) == 1 or tuple(words[at : at + len(entry)]) == entry:
                return len(entry)
        return 0

    def present(self, names: tuple[str, ...], words: Sequence[str]) -> set[str]:
        """Which of the classes ``names`` have an entry anywhere in ``words``."""
        index = self._indexes.get(names)
        if index is None:
            index = {}
            for name in names:
                for entry in self.entries(name):
                    index.setdefault(entry[0], []).append((name, entry))
            self._indexes[names] = index
        found: set[str] = set()
        for at, word in enumerate(words):
            for name, entry in index.get(word, ()):
                if name not in found and (len(entry) == 1 or tuple(words[at : at + len(entry)]) == entry):
                    found.add(name)
        return found


def _add(forms: dict[str, set[Entry]], key: str, entry: str) -> None:
    if key == "words":
        forms["word"].add(tokens_of(entry))
    elif key == "nouns":
        single, _, many = entry.partition("/")
        forms["noun"].add(tokens_of(single))
        forms["plural"].add(tokens_of(many or plural(single)))
    else:
        for form, text in verb_forms(entry).items():
            forms[form].add(tokens_of(text))
