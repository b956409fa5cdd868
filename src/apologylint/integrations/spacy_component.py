"""The spaCy component: ``nlp.add_pipe("apologylint")``.

Results are ``doc._.apology`` (the verdict and more, as plain data), ``span._.apology_label`` on sentences and spans,
and the spans of the diagnostics in ``doc.spans["apologylint"]``. ``doc.ents`` is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from apologylint.config import Config

if TYPE_CHECKING:
    from apologylint.linter import Linter

_OWNER = "apologylint"


def register_extensions() -> None:
    """Register ``doc._.apology``, ``doc._.apology_verdict`` and ``span._.apology_label``, once a process.

    Attributes that somebody else registered under these names are left alone.
    """
    if not Doc.has_extension("apology"):
        Doc.set_extension("apology", default=None)
    if not Doc.has_extension("apology_verdict"):
        Doc.set_extension("apology_verdict", getter=_verdict)
    if not Span.has_extension("apology_label"):
        Span.set_extension("apology_label", getter=_label)


def _verdict(doc: Doc) -> str | None:
    data = doc._.apology
    return data["verdict"] if data else None


def _label(span: Span) -> str | None:
    """The primary label of the sentence that holds the span's first character."""
    data = span.doc._.apology
    for sentence in data["sentences"] if data else ():
        if sentence["start"] <= span.start_char < sentence["end"]:
            label: str = sentence["label"]
            return label
    return None


class ApologyLint:
    """Checks the text of each Doc.

    Args:
        nlp: the pipeline, for its vocabulary only; sentences are found by apologylint itself.
        name: of this component.
        settings: keys of the configuration file, such as ``{"profile": "status-page"}``.
        spans_key: key in ``doc.spans``.
    """

    def __init__(self, nlp: Language, name: str, settings: dict[str, Any], spans_key: str) -> None:
        register_extensions()
        self.name = name
        self.spans_key = spans_key
        self.settings = dict(settings)
        self._linter: Linter | None = None

    @property
    def linter(self) -> Linter:
        """The Linter, made on first use."""
        if self._linter is None:
            from apologylint.linter import Linter

            fields = {key.replace("-", "_"): value for key, value in self.settings.items()}
            self._linter = Linter(Config(**fields))
        return self._linter

    def __call__(self, doc: Doc) -> Doc:
        """Add the results to a Doc. A customer's message may be given as ``doc.user_data["customer_message"]``."""
        report = self.linter.check_text(doc.text, doc.user_data.get("customer_message"))
        # Plain data, so that doc.to_bytes() and worker processes can carry it.
        doc._.apology = report.to_dict()
        spans = []
        for d in report.diagnostics:
            span = doc.char_span(d.start, d.end, label=d.rule, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self.spans_key] = spans
        return doc

    def __getstate__(self) -> dict[str, Any]:
        return {"name": self.name, "spans_key": self.spans_key, "settings": self.settings, "_linter": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        # In a worker process the attributes are not there yet.
        register_extensions()

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing: all settings are in the pipeline's config."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ApologyLint:
        """Nothing to read."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing: all settings are in the pipeline's config."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ApologyLint:
        """Nothing to read."""
        return self


@Language.factory(
    _OWNER,
    default_config={"settings": {}, "spans_key": _OWNER},
    assigns=["doc._.apology", "doc.spans"],
)
def make_component(nlp: Language, name: str, settings: dict[str, Any], spans_key: str) -> ApologyLint:
    """Factory that ``nlp.add_pipe("apologylint")`` finds by its entry point."""
    return ApologyLint(nlp, name, settings, spans_key)


register_extensions()
