"""Identities of diagnostics that survive edits elsewhere in the file.

Made from the rule, the path from the root, the words of the sentence and a count among equals. No line number, so
that a reply added above changes nothing; no draft id, since the id of a CSV row or a list item moves likewise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from operator import attrgetter

from apologylint.reporters.base import CheckedFile
from apologylint.results import Diagnostic, Report


def fingerprints(file: CheckedFile, path: str, name: Callable[[Diagnostic], str] = attrgetter("rule")) -> list[str]:
    """One a diagnostic, in the order of :meth:`CheckedFile.diagnostics`; no two are equal.

    Args:
        file: what was found.
        path: what the file goes by.
        name: the name to take for a diagnostic's rule, for one that has been renamed.
    """
    import hashlib

    seen: Counter[str] = Counter()
    out = []
    for report in file.reports:
        starts = [sentence.start for sentence in report.sentences]
        for diagnostic in report.diagnostics:
            words = " ".join(_sentence(file, report, starts, diagnostic).casefold().split())
            key = "\0".join((name(diagnostic), path, words))
            number = seen[key]
            seen[key] += 1
            raw = f"{key}\0{number}".encode("utf-8", "surrogatepass")
            out.append(hashlib.blake2b(raw, digest_size=16).hexdigest())
    return out


def _sentence(file: CheckedFile, report: Report, starts: list[int], diagnostic: Diagnostic) -> str:
    index = bisect_right(starts, diagnostic.start) - 1
    if file.source is None or index < 0:
        return diagnostic.text
    sentence = report.sentences[index]
    return file.source.text[sentence.start : max(sentence.end, diagnostic.end)]
