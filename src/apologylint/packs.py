"""Packs: a folder of rules with a lexicon, read from files or from its compiled form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from apologylint.compiled import Compiled, compiled
from apologylint.errors import RuleError
from apologylint.lexicon import Lexicon
from apologylint.parts import COMPILED
from apologylint.rules import Rule, WordSets, rule_to_data


@dataclass(frozen=True)
class Pack:
    """Rules, word classes and score weights of one language.

    Attributes:
        name, version, language: from ``pack.yaml``.
        rules: by name, in order of name.
        lexicon: word classes.
        read_weights: gives the weights.
        fingerprint: hash of everything above; part of every cache key.
    """

    name: str
    version: str
    language: str
    rules: Mapping[str, Rule]
    lexicon: Lexicon
    read_weights: Callable[[], dict[str, Any]] = dict
    fingerprint: str = ""

    @cached_property
    def weights(self) -> dict[str, Any]:
        """What is in ``score.json`` (see ``stance.py``); read when first asked for."""
        return self.read_weights()

    @property
    def aliases(self) -> dict[str, str]:
        """Old names of rules, and the rule each one means now."""
        return {old: rule.name for rule in self.rules.values() for old in rule.aliases}


def builtin_folder() -> Path:
    """Folder of the English pack: inside the installed package, else in the checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "rules" / "en"
    return packaged if packaged.is_dir() else here.parents[1] / "rules" / "en"


def load_pack(folder: Path | None = None, extra: Iterable[Path] = (), examples: bool = False) -> Pack:
    """The pack in ``folder`` (default: built in), joined by users' own rule folders.

    A user's rule with the name of a built-in one replaces it. ``examples=True`` reads the rule files themselves,
    since the compiled form leaves examples out.

    Raises:
        RuleError: a folder, lexicon or rule file is wrong.
    """
    base = folder or builtin_folder()
    extra = list(extra)
    short_cut = base / COMPILED
    if not examples and short_cut.is_file() and not extra:
        pack = _from_compiled(short_cut)
        if pack is not None:
            return pack
    from apologylint.rulefiles import load_rule
    from apologylint.yamlfiles import load_yaml

    meta = _mapping(load_yaml(base / "pack.yaml")[0], base / "pack.yaml")
    lexicon_data = dict(_mapping(load_yaml(base / "lexicon.yaml")[0], base / "lexicon.yaml"))
    for own in extra:
        if not own.is_dir():
            raise RuleError("no such rule folder", path=str(own), cure="give a folder of rule files")
        own_lexicon = own / "lexicon.yaml"
        if own_lexicon.is_file():
            lexicon_data.update(_mapping(load_yaml(own_lexicon)[0], own_lexicon))
    frequencies = _json(base / "frequencies.json")
    lexicon = Lexicon.from_data(lexicon_data, str(base / "lexicon.yaml"), frequencies)
    rules: dict[str, Rule] = {}
    for root in (base, *extra):
        for path in sorted([*root.glob("*/*.yaml"), *root.glob("*/*.yml")]):
            name = f"{path.parent.name}/{path.stem}"
            rules[name] = load_rule(path, name, lexicon)
    _check_aliases(rules)
    weights = _json(base / "score.json")
    rules = dict(sorted(rules.items()))
    return Pack(
        str(meta.get("name", "en")),
        str(meta.get("version", "0")),
        str(meta.get("language", "en")),
        rules,
        lexicon,
        lambda: weights,
        _fingerprint(rules, lexicon_data, weights),
    )


def _json(path: Path) -> dict[str, Any]:
    """A file of the fitted numbers; a pack may do without."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _check_aliases(rules: Mapping[str, Rule]) -> None:
    """Raise a RuleError when an old name could mean two rules."""
    owners: dict[str, str] = dict.fromkeys(rules, "")
    for rule in rules.values():
        for alias in rule.aliases:
            if alias in owners:
                other = f"an alias of {owners[alias]}" if owners[alias] else "the name of a rule"
                raise RuleError(f"alias {alias!r} is already {other}", path=rule.path, cure="take it out")
            owners[alias] = rule.name


def _mapping(data: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise RuleError("is not a mapping", path=str(path), line=1)
    return data


def _fingerprint(rules: Mapping[str, Rule], lexicon: Mapping[str, Any], weights: Mapping[str, Any]) -> str:
    import hashlib

    sets = WordSets()
    data = [[rule_to_data(r, sets) | {"path": ""} for r in rules.values()], sets.to_data(), lexicon, weights]
    return hashlib.blake2b(json.dumps(data, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()


def compile_pack(pack: Pack, program: str = "") -> str:
    """Text of a pack's compiled form, for the wheel; ``program`` is the digest of the code that is built with it."""
    head = {"program": program} | {name: getattr(pack, name) for name in ("name", "version", "language", "fingerprint")}
    return compiled(head, pack.rules.values(), pack.lexicon, pack.weights)


def _from_compiled(file: Path) -> Pack | None:
    try:
        found = Compiled(file)
        head = found.head
        return Pack(
            head["name"],
            head["version"],
            head["language"],
            found.rules(),
            found.lexicon(),
            found.weights,
            head["fingerprint"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        # A damaged compiled pack is only a lost short cut: the files beside it are the truth.
        return None
