"""The compiled form of a pack, from which a run reads only the parts that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from apologylint.lexicon import FORMS, Lexicon
from apologylint.openings import LaterPatterns
from apologylint.parts import Parts, joined
from apologylint.patterns import Pattern
from apologylint.rules import Rule, WordSets, pattern_from_data, rule_from_data, rule_to_data
from apologylint.weights import Weights, packed


def compiled(head: Mapping[str, Any], rules: Iterable[Rule], lexicon: Lexicon, weights: Mapping[str, Any]) -> str:
    """Text of the compiled form; ``head`` is what is to be known of the pack as a whole."""
    return joined(head, {**_rules(rules), "lexicon": _lexicon(lexicon), "weights": _weights(weights)})


class Compiled(Parts):
    """A compiled pack, as far as it has been asked for."""

    def rules(self) -> dict[str, Rule]:
        """The rules by name, whose patterns are read when first asked for."""
        data = self.part("rules")
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
        data = self.part("lexicon")
        return Lexicon(
            {
                name: {form: frozenset(tuple(e.split(" ")) for e in entries) for form, entries in forms.items()}
                for name, forms in data.items()
            }
        )

    def weights(self) -> dict[str, Any]:
        """What is in ``score.json``, its rows as :class:`Weights`."""
        data: dict[str, Any] = self.part("weights")
        return data | {"weights": Weights(*data["weights"])} if data else data

    @cached_property
    def _patterns(self) -> Mapping[str, Any]:
        data = self.part("patterns")
        return {**data, "sets": _sets(data["sets"])}

    def _patterns_of(self, name: str, kind: str) -> tuple[Pattern, ...]:
        data = self._patterns
        return tuple(pattern_from_data(pattern, data["sets"]) for pattern in data[kind][name])


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
