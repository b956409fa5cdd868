"""Linter: wires the stages. Text or source in, Reports out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apologylint.analysis import Engine
from apologylint.classify import verdict
from apologylint.completeness import lacking
from apologylint.config import Config
from apologylint.diagnose import diagnose
from apologylint.drafts import Draft, Source
from apologylint.english import looks_english
from apologylint.errors import InputError
from apologylint.explain import explain
from apologylint.formats import ReadOptions, format_of, read_drafts
from apologylint.formats.text import draft_of_text
from apologylint.labelling import Judge, primaries
from apologylint.merging import merged
from apologylint.packs import Pack, load_pack
from apologylint.results import Diagnostic, Label, Report, Sentence, Severity, Verdict
from apologylint.sources import discover, read_source
from apologylint.steps import find_steps

if TYPE_CHECKING:
    from apologylint.suppressions import Suppressions

NOT_ENGLISH = "language/not-english"
NOT_FOLLOWED = "template/branches-not-followed"
_TEXT = ReadOptions(format="text")
UNUSED = "suppression/unused"
MALFORMED = "suppression/malformed"
RENAMED = "suppression/renamed"
_TOO_MANY = "Its branches make more replies than were tried: each branch was read, not each of their meetings."
_NO_MATCH = "Its template tags do not match: its branches were read one after the other, as one reply."


class Linter:
    """Judges drafts by one pack and one configuration.

    A Linter holds no state between drafts: it may be pickled, and shared between threads, each with its own pipeline.

    Raises:
        RuleError: the pack or a user's rule folder is wrong.
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._pack: Pack | None = None
        self._judge: Judge | None = None
        self._wanted: dict[str, bool] = {}
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
                    self.config = self.config.with_aliases(self._pack.aliases)
                    self.config.check_names(self._pack.rules)
                    self._judge = Judge(Engine(self._pack))
        return self._judge

    @property
    def pack(self) -> Pack:
        """The pack, with the examples of its rule files."""
        return load_pack(extra=[Path(p) for p in self.config.rules], examples=True)

    def check_draft(self, draft: Draft, suppressions: Suppressions | None = None) -> Report:
        """Judge one draft, with branches as each of the replies it makes. ``suppressions`` are those of its source."""
        return self._check_branches(draft, suppressions) if draft.tags else self._check_path(draft, suppressions)

    def _check_branches(self, draft: Draft, suppressions: Suppressions | None) -> Report:
        """Judge a draft of a template along every path through it."""
        from apologylint.formats.paths import alternatives

        drafts, found = alternatives(draft)
        reports = [self._check_path(one, suppressions) for one in drafts]
        report = reports[0]
        if len(reports) > 1:
            of_the_whole = (*self.judge.counting_rules, *self.judge.completeness_rules)
            report = merged(reports, {rule.name for rule in of_the_whole})
        if found.complete:
            return report
        notice = self._said(draft, NOT_FOLLOWED, _TOO_MANY if found.matched else _NO_MATCH, suppressions)
        return replace(report, diagnostics=tuple(sorted((*report.diagnostics, *notice), key=lambda d: d.start)))

    def _check_path(self, draft: Draft, suppressions: Suppressions | None) -> Report:
        if not looks_english(draft.prose):
            return self._unchecked(draft, suppressions)
        judge = self.judge
        analysis = judge.engine.analyse(draft.prose, draft.customer_message, draft.quoted, draft.holes)
        judgement = judge.judge(analysis)
        labels = primaries(judgement)
        sentences = []
        for reading, label, members, explains in zip(
            analysis.readings, labels, judgement.labels, judgement.explanations, strict=True
        ):
            span = draft.offsets.span(*reading.span)
            sentences.append(Sentence(span.start, span.end, label, members, explains))
        if self._wants_completeness(judge, draft):
            held = [step.step for step in find_steps(draft, analysis, judgement, judge)]
            found = tuple(lacking(analysis, judgement, judge, held))
            judgement = replace(judgement, findings=(*judgement.findings, *found))
        diagnostics, silenced, approved = diagnose(draft, analysis, judgement, judge, self.config, suppressions)
        return Report(
            path=draft.source.name,
            id=draft.id,
            verdict=verdict(labels),
            premature_explanation=any(judgement.explanations),
            sentences=tuple(sentences),
            diagnostics=diagnostics,
            suppressed=len(silenced),
            approved=approved,
            find_steps=lambda: find_steps(draft, analysis, judgement, judge),
        )

    def _wants_completeness(self, judge: Judge, draft: Draft) -> bool:
        # The answer hangs on the draft's name only where the configuration does.
        name = draft.id if any(o.drafts for o in self.config.overrides) else ""
        wanted = self._wanted.get(name)
        if wanted is None:
            rules = judge.completeness_rules
            wanted = any(self.config.severity_of(r.name, r.label, r.severity, name) is not None for r in rules)
            self._wanted = {name: wanted}
        return wanted

    def _unchecked(self, draft: Draft, suppressions: Suppressions | None) -> Report:
        """A draft in another language: said out loud, never silently neutral."""
        message = "This does not read as English and was not checked."
        diagnostics = self._said(draft, NOT_ENGLISH, message, suppressions)
        return Report(draft.source.name, draft.id, Verdict(Label.NEUTRAL), False, (), diagnostics, language="unknown")

    def _said(self, draft: Draft, rule: str, message: str, suppressions: Suppressions | None) -> tuple[Diagnostic, ...]:
        """What is said of a draft as a whole, at its first line."""
        severity = self.config.severity_of(rule, None, Severity.INFO, draft.id)
        if severity is None:
            return ()
        lead = len(draft.prose) - len(draft.prose.lstrip())
        first = draft.prose.lstrip().split("\n", 1)[0][:80]
        start, end = draft.offsets.span(lead, lead + len(first))
        line, column = draft.source.lines.position(start)
        end_line, end_column = draft.source.lines.position(end)
        if suppressions and suppressions.match(rule, start, end, line, end_line):
            return ()
        text = draft.source.text[start:end]
        return (
            Diagnostic(
                rule, None, severity, message, start, end, line, column, end_line, end_column, text, draft=draft.id
            ),
        )

    def check_text(self, text: str, customer_message: str | None = None, *, name: str = "<text>") -> Report:
        """Judge a string as one draft.

        Args:
            text: the reply, as plain text.
            customer_message: what the customer wrote, if known.
            name: what to call it in the report.
        """
        source = Source(name, text)
        draft = draft_of_text(source, _TEXT)
        if customer_message is not None:
            draft = replace(draft, customer_message=customer_message)
        suppressions = self._suppressions(source, "text")
        return self.check_draft(draft, suppressions)

    def check_many(self, items: Iterable[str | tuple[str, str | None]]) -> Iterator[Report]:
        """Judge strings, or pairs of a string and the customer's message: a stream, in order, in bounded memory."""
        for item in items:
            if isinstance(item, str):
                yield self.check_text(item)
            else:
                yield self.check_text(item[0], item[1])

    def check_source(
        self, source: Source, options: ReadOptions | None = None, customer_message: str | None = None
    ) -> list[Report]:
        """Judge every draft of a source. A source that cannot be parsed is one Report with an ``error``."""
        options = options or self.config.read_options()
        try:
            drafts = read_drafts(source, options)
            suppressions = self._suppressions(source, format_of(source, options))
        except InputError as error:
            return [_failed(source.name, error)]
        reports = []
        for draft in drafts:
            lacks_message = draft.customer_message is None and customer_message is not None
            known = replace(draft, customer_message=customer_message) if lacks_message else draft
            reports.append(self.check_draft(known, suppressions))
        notes = _notes(source, suppressions, self.config) if suppressions else ()
        if notes and reports:
            reports[-1] = replace(reports[-1], diagnostics=(*reports[-1].diagnostics, *notes))
        elif notes:
            # In a file without a reply, too.
            reports.append(Report(source.name, "", Verdict(Label.NEUTRAL), False, (), notes))
        return reports

    def _suppressions(self, source: Source, format: str) -> Suppressions | None:
        if "apologylint" not in source.text:
            return None
        from apologylint.suppressions import find_suppressions

        _ = self.judge  # from here on the settings know old names of rules
        return find_suppressions(source, format, self.config.canonical)

    def check_paths(self, paths: Iterable[str | Path]) -> Iterator[Report]:
        """Judge files and folders in order. A path that cannot be read is a Report with an ``error``."""
        config = self.config
        linters = {config: self}
        found_files = discover(
            [str(p) for p in paths],
            exclude=(*config.exclude, *config.extend_exclude),
            respect_gitignore=config.respect_gitignore,
            force_exclude=config.force_exclude,
            root=config.root,
        )
        for found in found_files:
            if found.error is not None:
                yield _failed(found.name, found.error)
                continue
            own = config.for_path(found.name)
            linter = linters.setdefault(own, self if own is config else Linter(own))
            try:
                source = read_source(found.path, found.name, own.encoding or None)
            except InputError as error:
                yield _failed(found.name, error)
                continue
            yield from linter.check_source(source)

    def explain(self, text: str, customer_message: str | None = None) -> str:
        """What was seen in a text and why, in plain words."""
        draft = draft_of_text(Source("<text>", text), _TEXT)
        if not looks_english(draft.prose):
            return "This does not read as English and is not checked.\n"
        analysis = self.judge.engine.analyse(draft.prose, customer_message, draft.quoted, draft.holes)
        return explain(analysis, self.judge)


def _failed(name: str, error: InputError) -> Report:
    return Report(name, "", Verdict(Label.NEUTRAL), False, (), (), error=str(error))


def _notes(source: Source, suppressions: Suppressions, config: Config) -> tuple[Diagnostic, ...]:
    """Suppression comments that silenced nothing, cannot be read, or use an old name."""
    out = []
    items = [(UNUSED, *s.span, f"silences nothing: {', '.join(s.unused_rules)}") for s in suppressions.unused()]
    items += [(MALFORMED, *m.span, m.message) for m in suppressions.malformed]
    items += [(RENAMED, *r.span, f"{r.old} is now called {r.new}") for r in suppressions.renamed]
    lines = source.lines
    for rule, start, end, message in sorted(items, key=lambda item: item[1]):
        # An old name still works, so that it is worth a word and no more.
        severity = config.severity_of(rule, None, Severity.INFO if rule == RENAMED else Severity.WARNING)
        if severity is not None:
            out.append(
                Diagnostic(
                    rule,
                    None,
                    severity,
                    message,
                    start,
                    end,
                    *lines.position(start),
                    *lines.position(end),
                    source.text[start:end],
                )
            )
    return tuple(out)
