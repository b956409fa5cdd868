"""Results of earlier runs, by content. Only ever a speed-up: whatever is wrong with it is the same as not having it.

An entry is JSON (never pickle), named by path and settings so that a changed file replaces its own entry, and valid
only for the same bytes, the same apologylint, the same rules and the same settings.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from apologylint.drafts import Source
from apologylint.errors import ApologylintError
from apologylint.files import replace_file
from apologylint.parts import COMPILED, head_of
from apologylint.results import (
    Applicability,
    Diagnostic,
    Label,
    Related,
    Report,
    Sentence,
    Severity,
    Step,
    Suggestion,
    Verdict,
)

DEFAULT_NAME = ".apologylint_cache"
# Seconds within which an installer writes all files of a package.
_INSTALLING = 60
# Below the folder that the tag marks, backup tools take nothing.
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Cache of apologylint. May be deleted at any time.\n"


class Cache:
    """Results on disk.

    Args:
        folder: where to keep them.
        fingerprint: of the program and the rules, see :func:`program_digest`.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder
        self.fingerprint = fingerprint
        self.broken = False

    def _file(self, path: str, settings: str) -> str:
        head = f"{os.path.abspath(path)}\0{settings}".encode("utf-8", "surrogatepass")  # noqa: PTH100
        name = hashlib.blake2b(head, digest_size=16).hexdigest()
        # Joined as text: a Path for each of a thousand files takes as long as reading them.
        return os.path.join(self.folder, "v1", name[:2], f"{name[2:]}.json")  # noqa: PTH118

    def _key(self, path: str, settings: str, raw: bytes) -> str:
        name = os.path.basename(path)  # noqa: PTH119
        head = f"{self.fingerprint}\0{settings}\0{name}\0".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(head + raw, digest_size=32).hexdigest()

    def get(self, path: str, settings: str, raw: bytes) -> list[Report] | None:
        """Reports of these bytes, or ``None``."""
        try:
            with open(self._file(path, settings), "rb") as stream:  # noqa: PTH123
                data = json.loads(stream.read())
            if data["key"] != self._key(path, settings, raw):
                return None
            return [report_from(item, path) for item in data["reports"]]
        except Exception:
            # Damage takes many forms (truncated, another type, a folder in its place); all mean "not cached".
            return None

    def put(self, path: str, settings: str, raw: bytes, reports: Sequence[Report]) -> None:
        """Keep the reports. The first failed write ends all writing: a read-only folder should not cost each file."""
        if self.broken or any(report.error is not None for report in reports):
            return
        file = Path(self._file(path, settings))
        data = {"key": self._key(path, settings, raw), "reports": [report_data(report) for report in reports]}
        try:
            if not file.parent.is_dir():
                self._make(file.parent)
            replace_file(file, json.dumps(data).encode("ascii"), durable=False)
        except (OSError, ApologylintError, ValueError):
            self.broken = True

    def _make(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            with contextlib.suppress(FileExistsError), (self.folder / name).open("x") as stream:
                stream.write(text)


def content(source: Source) -> bytes:
    """What an entry is valid for: the text and how it was written down."""
    head = f"{source.encoding}\0{source.bom.hex()}\0"
    return (head + source.text).encode("utf-8", "surrogatepass")


def program_digest(rule_folders: Sequence[str]) -> str:
    """Digest of apologylint itself and of all rules, by content: the same on every machine, changed by any edit."""
    package = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=32)
    roots = list(map(Path, rule_folders))
    built = _as_built(package)
    if built:
        digest.update(built.encode())
    else:
        packaged = package / "rules"
        roots += [package] if packaged.is_dir() else [package, package.parents[1] / "rules"]
    for root in roots:
        digest.update(b"\0root")
        for file in _files(str(root)):
            name = os.path.relpath(file, root).replace(os.sep, "/")
            digest.update(name.encode("utf-8", "surrogatepass") + b"\0")
            with contextlib.suppress(OSError):
                digest.update(Path(file).read_bytes())
    return digest.hexdigest()


def _as_built(package: Path) -> str:
    """The digest that a wheel was built with, or ``""`` if there is none or a file was edited since."""
    file = package / "rules" / "en" / COMPILED
    try:
        built = str(head_of(file)["program"])
        installed = file.stat().st_mtime + _INSTALLING
        edited = any(os.stat(name).st_mtime > installed for name in _files(str(package)))  # noqa: PTH116
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return "" if edited else built


def _files(folder: str) -> list[str]:
    out = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("__pycache__", ".git", "reporters", "schemas")]
        out += [os.path.join(where, name) for name in names if not name.endswith(".pyc")]  # noqa: PTH118
    return sorted(out)


def report_data(report: Report) -> dict[str, Any]:
    """All of a report as plain data. Steps that were never asked for stay ``None`` rather than being computed."""
    data = report.to_dict() if has_steps(report) else _without_steps(report)
    data["suppressed"] = report.suppressed
    data["approved"] = list(report.approved)
    data["error"] = report.error
    data["evidence"] = list(report.verdict.sentences)
    data["early"] = [s.premature_explanation for s in report.sentences]
    data["more"] = [[d.why, d.draft, list(d.formerly)] for d in report.diagnostics]
    return data


def _without_steps(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "language": report.language,
        "verdict": report.verdict.label.value,
        "premature_explanation": report.premature_explanation,
        "sentences": [s.to_dict() for s in report.sentences],
        "steps": None,
        "diagnostics": [d.to_dict() for d in report.diagnostics],
    }


def report_from(data: dict[str, Any], path: str) -> Report:
    """The report again; raises anything at all if the data is damaged."""
    report = Report(
        path=path,
        id=data["id"],
        verdict=Verdict(Label(data["verdict"]), tuple(data["evidence"])),
        premature_explanation=data["premature_explanation"],
        sentences=tuple(
            Sentence(s["start"], s["end"], Label(s["label"]), frozenset(map(Label, s["labels"])), early)
            for s, early in zip(data["sentences"], data["early"], strict=True)
        ),
        diagnostics=tuple(_diagnostic(d, *more) for d, more in zip(data["diagnostics"], data["more"], strict=True)),
        language=data["language"],
        suppressed=data["suppressed"],
        approved=tuple(data["approved"]),
        error=data["error"],
    )
    if data["steps"] is None:
        return replace(report, find_steps=_not_kept)
    report.__dict__["_steps"] = tuple(Step(**step) for step in data["steps"])
    return report


def has_steps(report: Report) -> bool:
    """Whether the steps are known without computing them."""
    return "_steps" in report.__dict__ or report.find_steps is None


def lean(report: Report) -> Report:
    """The report without what could still compute its steps: the whole parse of the draft hangs on that."""
    return report if has_steps(report) else replace(report, find_steps=_not_kept)


def _not_kept() -> tuple[Step, ...]:
    raise LookupError("the steps of this report were not kept")


def _diagnostic(data: dict[str, Any], why: str, draft: str, formerly: list[str]) -> Diagnostic:
    plain = {**data}
    plain["label"] = Label(data["label"]) if data["label"] is not None else None
    plain["severity"] = Severity(data["severity"])
    plain["suggestions"] = tuple(
        Suggestion(**{**s, "applicability": Applicability(s["applicability"])}) for s in data["suggestions"]
    )
    plain["related"] = tuple(Related(**r) for r in data["related"])
    return Diagnostic(**plain, why=why, draft=draft, formerly=tuple(formerly))
