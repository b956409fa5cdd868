"""Linter: wires the stages. Text or source in, Reports out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apologylint.analysis import Engine
from apologylint.classify import verdict
from apologylint.config import Config
from apologylint.drafts import Draft, Source
from apologylint.labelling import Judge, primaries
from apologylint.packs import Pack, load_pack
from apologylint.results import Label, Report, Sentence, Verdict

if TYPE_CHECKING:
    from apologylint.formats import ReadOptions


class Linter:
    """Judges drafts by one pack and one configuration.

    A Linter holds no state between drafts: it may be shared between threads (each gets a pipeline of its own) and pickled.

    Raises:
        RuleError: the pack or a user's rule folder is wrong.
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._pack: Pack | None = None
        self._judge: Judge | None = None
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["config"])  # type: ignore[misc]

    @property
    def judge(self) -> Judge:
        """The pack's rules, made ready on first use."""
        if self._judge is None:
            with self._lock:
                if self._judge is None:
                    self._pack = self._pack or load_pack(extra=[Path(p) for p in self.config.rules])
                    self._judge = Judge(Engine(self._pack))
        return self._judge

    @property
    def pack(self) -> Pack:
        """The pack, with the examples of its rule files."""
        return load_pack(extra=[Path(p) for p in self.config.rules], examples=True)

    def check_draft(self, draft: Draft) -> Report:
        """Judge one draft."""
        judge = self.judge
        analysis = judge.engine.analyse(draft.prose, draft.customer_message, draft.quoted, draft.holes)
        judgement = judge.judge(analysis)
        labels = primaries(judgement)
        sentences = []
        for reading, label, members, explains in zip(analysis.readings, labels, judgement.labels, judgement.explanations, strict=True):
            span = draft.offsets.span(*reading.span)
            sentences.append(Sentence(span.start, span.end, label, members, explains))
        return Report(
            path=draft.source.name,
            id=draft.id,
            verdict=verdict(labels),
            premature_explanation=any(judgement.explanations),
            sentences=tuple(sentences),
            diagnostics=(),
        )

    def check_text(self, text: str, customer_message: str | None = None, *, name: str = "<text>") -> Report:
        """Judge a string as one draft.

        Args:
            text: the reply.
            customer_message: what the customer wrote, if known.
            name: what to call it in the report.
        """
        from apologylint.formats import read_drafts

        source = Source(name, text)
        (draft,) = read_drafts(source)
        return self.check_draft(draft)
