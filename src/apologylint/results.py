"""What comes out: labels, diagnostics, verdicts, reports. All frozen; offsets are code points, half-open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Label(StrEnum):
    """What a sentence or a whole draft is. Sincerity is not judged, only wording (guideline A.0, A.1)."""

    REAL_APOLOGY = "real-apology"
    FAKE_APOLOGY = "fake-apology"
    NON_APOLOGY = "non-apology"
    DEFENSIVE = "defensive"
    NEUTRAL = "neutral"


class Severity(StrEnum):
    """How loud a diagnostic is; ``rank`` orders them (info 1, warning 2, error 3)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """3 for error, 2 for warning, 1 for info."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Applicability(StrEnum):
    """Whether a suggestion may be applied unread."""

    SAFE = "safe"
    NEEDS_REVIEW = "needs-review"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Better wording.

    Attributes:
        message: one line for a person ("drop the condition", or the pattern of a good reply).
        replacement: text for ``[start, end)``, or ``None`` when there is advice but no mechanical edit.
        start, end: the span to replace, in source coordinates.
        applicability: ``safe`` or ``needs-review``.
    """

    message: str
    replacement: str | None
    start: int
    end: int
    applicability: Applicability

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "message": self.message,
            "replacement": self.replacement,
            "start": self.start,
            "end": self.end,
            "applicability": self.applicability.value,
        }


@dataclass(frozen=True, slots=True)
class Related:
    """A second place a diagnostic talks about, such as the apology that an explanation follows."""

    message: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing told to a person, in source coordinates.

    Attributes:
        rule: ``<label or group>/<kebab-name>``.
        label: the label the rule stands for, or ``None``.
        severity: error, warning or info.
        message: one line.
        start, end: code points of the decoded source, 0-based, half-open.
        line, column, end_line, end_column: 1-based; the end is exclusive.
        text: ``source[start:end]``.
        suggestions: better wording, best first.
        related: other places it speaks of.
        why: why it hurts, from the rule file.
        draft: id of the draft it is in (macro title, key, row), ``""`` for a whole file.
        formerly: names the rule had before, which a baseline may still hold.
    """

    rule: str
    label: Label | None
    severity: Severity
    message: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    suggestions: tuple[Suggestion, ...] = ()
    related: tuple[Related, ...] = ()
    why: str = ""
    draft: str = ""
    formerly: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "rule": self.rule,
            "label": self.label.value if self.label else None,
            "severity": self.severity.value,
            "message": self.message,
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "text": self.text,
            "suggestions": [s.to_dict() for s in self.suggestions],
            "related": [r.to_dict() for r in self.related],
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence in source coordinates. ``labels`` is the set, ``label`` its primary member."""

    start: int
    end: int
    label: Label
    labels: frozenset[Label]
    premature_explanation: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "start": self.start,
            "end": self.end,
            "label": self.label.value,
            "labels": sorted(label.value for label in self.labels),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of a draft and the indices of the sentences that made it so."""

    label: Label
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A service-recovery step found in the draft (taxonomy part C), in source coordinates."""

    step: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"step": self.step, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Report:
    """Everything known about one draft. The only thing reporters see.

    Attributes:
        path: the file's name as given, ``"<text>"`` for a string.
        id: the draft's own name in its file.
        verdict: label of the whole draft.
        premature_explanation: whether any sentence explains too early.
        sentences: labelled sentences in order.
        diagnostics: in order of position.
        language: ``"en"``, or ``"unknown"`` when the draft was not checked because it is not English.
        error: one line when the file could not be read; then the other fields are empty.
        suppressed: diagnostics silenced by a comment or the configuration.
        approved: approved wordings that silenced something.
    """

    path: str
    id: str
    verdict: Verdict
    premature_explanation: bool
    sentences: tuple[Sentence, ...]
    diagnostics: tuple[Diagnostic, ...]
    language: str = "en"
    error: str | None = None
    suppressed: int = 0
    approved: tuple[str, ...] = ()
    find_steps: Callable[[], tuple[Step, ...]] | None = field(default=None, repr=False, compare=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Recovery steps the draft holds; computed on first use."""
        cached: tuple[Step, ...] | None = self.__dict__.get("_steps")
        if cached is None:
            cached = self.find_steps() if self.find_steps else ()
            self.__dict__["_steps"] = cached
        return cached

    def __getstate__(self) -> dict[str, Any]:
        steps = self.steps
        return {**self.__dict__, "find_steps": None, "_steps": steps}

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: the draft object of the published schema."""
        return {
            "id": self.id,
            "language": self.language,
            "verdict": self.verdict.label.value,
            "premature_explanation": self.premature_explanation,
            "sentences": [s.to_dict() for s in self.sentences],
            "steps": [s.to_dict() for s in self.steps],
            "diagnostics": [d.to_dict() for d in self.diagnostics],
        }

    def to_json(self, indent: int | None = None) -> str:
        """JSON text of :meth:`to_dict`."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
