"""Read rule files: strict YAML, pydantic for the shape, one clear line for every fault.

Only imported when a pack is compiled from its files; a built pack needs neither YAML nor pydantic.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from apologylint.errors import RuleError
from apologylint.lexicon import Lexicon
from apologylint.patterns import Pattern, compile_pattern, raw_pattern
from apologylint.results import Label, Severity
from apologylint.rules import Example, Rule, Scope
from apologylint.yamlfiles import load_yaml

GROUPS = {label.value: label for label in Label if label is not Label.NEUTRAL}
PLAIN_GROUPS = ("explanation", "refusal", "over-apology", "completeness", "recognisers")
_NAME = re.compile(r"[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
APOLOGY_FIELDS = ("device", "performer", "mood", "object", "doubt", "recipient", "connector", "continuation")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MatchExample(_Model):
    """A text in which the rule fires; ``[[...]]`` marks the exact span."""

    text: str
    rewrite: str = ""
    note: str = ""
    customer_message: str | None = Field(None, alias="customer-message")


class NearMiss(_Model):
    """A near miss: a text in which the rule must stay silent."""

    text: str
    note: str = ""
    customer_message: str | None = Field(None, alias="customer-message")


class ExamplesModel(_Model):
    """Examples of a rule file."""

    match: list[MatchExample | str] = []
    no_match: list[NearMiss | str] = Field([], alias="no-match")


class AfterModel(_Model):
    """What must stand before."""

    labels: list[Label]
    within: int = Field(2, ge=0, le=10)


class UnlessModel(_Model):
    """What switches the rule off."""

    moves_between: list[str] = Field([], alias="moves-between")
    moves: list[str] = []
    customer_asked: bool = Field(False, alias="customer-asked")
    labels: list[Label] = []
    draft_labels: list[Label] = Field([], alias="draft-labels")


class TokenModel(_Model):
    """A raw spaCy token pattern."""

    tokens: list[dict[str, Any]]


class RuleModel(_Model):
    """The shape of a rule file."""

    title: str
    message: str = ""
    severity: Severity | None = None
    since: str = "0.1.0"
    why: str = ""
    better: str = ""
    when_wrong: str = Field("", alias="when-wrong")
    sets_label: bool | None = Field(None, alias="sets-label")
    patterns: list[str | TokenModel] = []
    except_: list[str | TokenModel] = Field([], alias="except")
    apology: dict[str, str | list[str]] = {}
    score: Literal["", "defensive", "non-apology", "ownership", "explanation"] = ""
    move: str = ""
    more_than: int = Field(0, alias="more-than", ge=0)
    missing: list[str] = []
    arrangement: Literal["", "apology-late", "apology-vague", "cause-first", "causes-many"] = ""
    after: AfterModel | None = None
    unless: UnlessModel = Field(default_factory=lambda: UnlessModel.model_validate({}))
    examples: ExamplesModel = Field(default_factory=lambda: ExamplesModel.model_validate({}))
    references: list[str] = []
    aliases: list[str] = []


def load_rule(path: Path, name: str, lexicon: Lexicon) -> Rule:
    """Read and validate one rule file.

    Raises:
        RuleError: naming file, line, key and cure.
    """
    data, lines = load_yaml(path)
    if not isinstance(data, dict):
        raise RuleError("a rule file is a mapping", path=str(path), line=1, cure="start with 'title: ...'")
    try:
        model = RuleModel.model_validate(data)
    except ValidationError as error:
        raise _shape_error(error, path, lines) from None
    group = name.partition("/")[0]
    if group not in GROUPS and group not in PLAIN_GROUPS:
        raise RuleError(
            f"folder {group!r} is neither a label nor a group",
            path=str(path),
            cure=f"use one of {', '.join([*GROUPS, *PLAIN_GROUPS])}",
        )
    label = GROUPS.get(group)
    _check(model, group, path, lines)
    sets_label = model.sets_label
    if sets_label is None:
        sets_label = label is not None and model.severity is not Severity.INFO
    return Rule(
        name=name,
        title=model.title,
        label=label,
        severity=model.severity,
        message=model.message,
        why=model.why.strip(),
        better=model.better.strip(),
        since=model.since,
        when_wrong=model.when_wrong.strip(),
        sets_label=sets_label,
        patterns=_patterns(model.patterns, "patterns", lexicon, path, lines, gated=not model.move),
        excepts=_patterns(model.except_, "except", lexicon, path, lines, gated=False),
        apology={k: frozenset([v] if isinstance(v, str) else v) for k, v in model.apology.items()},
        score=model.score,
        move=model.move,
        more_than=model.more_than,
        missing=frozenset(model.missing),
        arrangement=model.arrangement,
        scope=Scope(
            after=frozenset(model.after.labels) if model.after else frozenset(),
            within=model.after.within if model.after else 0,
            unless_moves=frozenset(model.unless.moves_between),
            unless_customer_asked=model.unless.customer_asked,
            unless_labels=frozenset(model.unless.labels),
            unless_draft=frozenset(model.unless.draft_labels),
            unless_own_moves=frozenset(model.unless.moves),
        ),
        match_examples=tuple(
            _example(e, path, lines, ("examples", "match", i)) for i, e in enumerate(model.examples.match)
        ),
        no_match_examples=tuple(
            _example(e, path, lines, ("examples", "no-match", i)) for i, e in enumerate(model.examples.no_match)
        ),
        references=tuple(model.references),
        aliases=tuple(model.aliases),
        path=str(path),
    )


def _check(model: RuleModel, group: str, path: Path, lines: dict[tuple[Any, ...], int]) -> None:
    def fail(message: str, key: str, cure: str) -> RuleError:
        return RuleError(message, path=str(path), line=lines.get((key,), 1), cure=cure)

    for name in model.apology:
        if name not in APOLOGY_FIELDS:
            close = difflib.get_close_matches(name, APOLOGY_FIELDS, 1)
            raise fail(
                f"unknown apology field {name!r}",
                "apology",
                f"did you mean {close[0]!r}?" if close else f"one of {', '.join(APOLOGY_FIELDS)}",
            )
    for alias in model.aliases:
        if not _NAME.fullmatch(alias):
            raise fail(f"alias {alias!r} is no rule name", "aliases", "write it in full: fake-apology/old-name")
    sources = [model.patterns, model.apology, model.score, model.more_than, model.missing, model.arrangement]
    if not any(sources):
        raise fail("rule can never fire", "title", "add patterns, apology, score, more-than, missing or arrangement")
    if model.severity and not model.message:
        raise fail("a rule with a severity needs a message", "severity", "add message: ...")
    if model.severity and group == "recognisers":
        raise fail("a recogniser reports nothing", "severity", "remove severity, or move the file to another folder")
    if group == "recognisers" and not model.move:
        raise fail("a recogniser needs a move", "title", "add move: remedy (or another)")
    if model.severity and model.patterns and not model.examples.no_match:
        raise fail(
            "a rule that reports needs near misses",
            "examples",
            "add examples: no-match: with texts that look alike and are fine",
        )


def _shape_error(error: ValidationError, path: Path, lines: dict[tuple[Any, ...], int]) -> RuleError:
    first = error.errors()[0]
    loc = tuple(
        part
        for part in first["loc"]
        if not (isinstance(part, str) and part.endswith(("Model", "Example", "NearMiss", "str")))
    )
    line = 0
    for cut in range(len(loc), -1, -1):
        if loc[:cut] in lines:
            line = lines[loc[:cut]]
            break
    key = ".".join(map(str, loc))
    cure = ""
    if first["type"] == "extra_forbidden":
        known = [f.alias or n for n, f in RuleModel.model_fields.items()]
        close = difflib.get_close_matches(str(loc[-1]), known, 1)
        cure = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"
        return RuleError(f"unknown key {key!r}", path=str(path), line=line, cure=cure)
    return RuleError(
        f"key {key!r}: {first['msg'].lower()}", path=str(path), line=line, cure=cure or "see docs/rule-language.md"
    )


def _patterns(
    items: list[str | TokenModel],
    key: str,
    lexicon: Lexicon,
    path: Path,
    lines: dict[tuple[Any, ...], int],
    *,
    gated: bool,
) -> tuple[Pattern, ...]:
    out: list[Pattern] = []
    for index, item in enumerate(items):
        line = lines.get((key, index), 0)
        if isinstance(item, str):
            out += compile_pattern(item, lexicon, gated=gated, path=str(path), line=line)
        else:
            out.append(raw_pattern(item.tokens, gated=gated, path=str(path), line=line))
    return tuple(out)


def _example(
    item: MatchExample | NearMiss | str, path: Path, lines: dict[tuple[Any, ...], int], key: tuple[Any, ...]
) -> Example:
    text = item if isinstance(item, str) else item.text
    mark = None
    begin = text.find("[[")
    if begin >= 0:
        end = text.find("]]", begin)
        if end < 0:
            raise RuleError("'[[' is never closed", path=str(path), line=lines.get(key, 0), cure="add ']]'")
        text = text[:begin] + text[begin + 2 : end] + text[end + 2 :]
        mark = (begin, end - 2)
    if isinstance(item, str):
        return Example(text, mark)
    return Example(text, mark, item.note, getattr(item, "rewrite", ""), item.customer_message)
