"""The compiled form of a pack: a line of JSON for each part, so that a run reads only the parts that it needs.

Never pickle: it is read from disk by everyone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from zlib import crc32

from apologylint.lexicon import FORMS, Lexicon
from apologylint.openings import LaterPatterns
from apologylint.patterns import Pattern
from apologylint.rules import Rule, WordSets, pattern_from_data, rule_from_data, rule_to_data
from apologylint.weights import Weights, packed

_FORMAT = 4


def compiled(head: Mapping[str, Any], rules: Iterable[Rule], lexicon: Lexicon, weights: Mapping[str, Any]) -> str:
    """Text of the compiled form; ``head`` is what is to be known of the pack as a whole."""
    parts = {**_rules(rules), "lexicon": _lexicon(lexicon), "weights": _weights(weights)}
    lines = {name: _line(part) for name, part in parts.items()}
    sizes = {name: len(line.encode()) for name, line in lines.items()}
    checksum = crc32("".join(lines.values()).encode())
    return _line({"format": _FORMAT, **head, "sizes": sizes, "checksum": checksum}) + "".join(lines.values())


class Compiled:
    """A compiled pack, as far as it has been asked for.

    Attributes:
        head: what is known of the pack as a whole.

    Raises:
        OSError, ValueError, KeyError, TypeError: it is not there, of another version, or damaged.
    """

    def __init__(self, file: Path) -> None:
        raw = file.read_bytes()
        data, at = memoryview(raw), raw.find(b"\n") + 1
        self.head: Mapping[str, Any] = json.loads(bytes(data[:at]))
        if self.head["format"] != _FORMAT or self.head["checksum"] != crc32(data[at:]):
            raise ValueError("not a compiled pack of this version")
        # Views, not copies: most of it is never looked at.
        self._lines: dict[str, memoryview] = {}
        for name, size in self.head["sizes"].items():
            self._lines[name] = data[at : at + size]
            at += size

    def _part(self, name: str) -> Any:
        return json.loads(bytes(self._lines[name]))

    def rules(self) -> dict[str, Rule]:
        """The rules by name, whose patterns are read when first asked for."""
        data = self._part("rules")
        sets = _sets(data["sets"])
        return {d["name"]: self._rule(d, sets) for d in data["rules"]}

    def _rule(self, data: Mapping[str, Any], sets: Sequence[frozenset[str]]) -> Rule:
        openings = {word: frozenset(sets[n] for n in numbers) for word, numbers in data["openings"].items()}
        patterns, excepts = (
            LaterPatterns(found, partial(self._patterns_of, data["name"], kind))
            for kind, found in (("patterns", openings), ("excepts", {}))
        )
        return rule_from_data(data, patterns, excepts)

    def lexicon(self) -> Lexicon:
        """The word classes."""
        data = self._part("lexicon")
        return Lexicon(
            {
                name: {form: frozenset(tuple(e.split(" ")) for e in entries) for form, entries in forms.items()}
                for name, forms in data.items()
            }
        )

    def weights(self) -> dict[str, Any]:
        """What is in ``score.json``, its rows as :class:`Weights`."""
        data: dict[str, Any] = self._part("weights")
        return data | {"weights": Weights.unpacked(*data["weights"])} if data else data

    @cached_property
    def _patterns(self) -> Mapping[str, Any]:
        data = self._part("patterns")
        return {**data, "sets": _sets(data["sets"])}

    def _patterns_of(self, name: str, kind: str) -> tuple[Pattern, ...]:
        data = self._patterns
        return tuple(pattern_from_data(pattern, data["sets"]) for pattern in data[kind][name])


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _sets(data: Iterable[Iterable[str]]) -> list[frozenset[str]]:
    return [frozenset(words) for words in data]


def _rules(rules: Iterable[Rule]) -> dict[str, Any]:
    """The rules, and apart from them their patterns."""
    opening, inside = WordSets(), WordSets()
    said: list[dict[str, Any]] = []
    patterns: dict[str, Any] = {}
    excepts: dict[str, Any] = {}
    for rule in rules:
        data = rule_to_data(rule, inside) | {"path": Path(rule.path).name}
        patterns[rule.name] = data.pop("patterns")
        excepts[rule.name] = data.pop("excepts")
        data["openings"] = {
            word: [opening.number(words) for words in sorted(found, key=sorted)]
            for word, found in sorted(rule.openings.items())
        }
        said.append(data)
    return {
        "rules": {"sets": opening.to_data(), "rules": said},
        "patterns": {"sets": inside.to_data(), "patterns": patterns, "excepts": excepts},
    }


def _lexicon(lexicon: Lexicon) -> dict[str, dict[str, list[str]]]:
    return {
        name: {form: sorted(" ".join(entry) for entry in lexicon.entries(f"{name}:{form}")) for form in FORMS}
        for name in lexicon.names
    }


def _weights(weights: Mapping[str, Any]) -> dict[str, Any]:
    return {**weights, "weights": [*packed(weights["weights"]), len(weights["bias"])]} if weights else {}
