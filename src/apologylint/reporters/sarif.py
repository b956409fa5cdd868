"""SARIF 2.1.0 (OASIS standard), in the subset and with the fields that GitHub code scanning asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from apologylint.reporters.base import HOMEPAGE, CheckedFile, RuleInfo, Run
from apologylint.reporters.fingerprints import fingerprints
from apologylint.reporters.inert import visible
from apologylint.results import Diagnostic

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM = {"error": "error", "warning": "warning", "info": "recommendation"}
_LONGEST = 1024  # GitHub's limit for a description


def render(run: Run) -> Iterator[str]:
    """One log with one run. Every rule is listed, used or not, so that two runs compare."""
    rules = {rule.name: _rule(rule) for rule in run.rules() if rule.severity is not None}
    results = []
    for file in run.files:
        path = run.relative(file.path)
        for d, fingerprint in zip(file.diagnostics(), fingerprints(file, path), strict=True):
            rules.setdefault(d.rule, _bare_rule(d))
            results.append((d, path, file, fingerprint))
    order = sorted(rules)
    index = {name: number for number, name in enumerate(order)}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "apologylint",
                        "version": run.version,
                        "semanticVersion": run.version,
                        "informationUri": HOMEPAGE,
                        "rules": [rules[name] for name in order],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(d, path, file, mark, index[d.rule]) for d, path, file, mark in results],
                "invocations": [
                    {
                        "executionSuccessful": not run.errors,
                        "toolExecutionNotifications": [
                            {"level": level, "message": {"text": visible(text)}}
                            for level, texts in (("error", run.errors), ("note", run.notices))
                            for text in texts
                        ],
                    }
                ],
            }
        ],
    }
    yield json.dumps(log, indent=1) + "\n"


def uri(path: str) -> str:
    """A relative URI reference, or a ``file:`` one for an absolute path.

    A colon in the first segment would read as a scheme, so such a path gets ``./`` in front.
    """
    encoded = quote(path.encode("utf-8", "surrogatepass"), safe="/!$&'()*+,;=@-._~:")
    if path.startswith("/"):
        return "file://" + encoded
    if path[1:3] == ":/":
        return "file:///" + encoded
    return "./" + encoded if ":" in encoded.split("/")[0] else encoded


def _rule(rule: RuleInfo) -> dict[str, Any]:
    title, why = visible(rule.title) or rule.name, rule.why.strip()
    text = "\n".join(visible(line) for line in why.splitlines()) or title
    severity = rule.severity.value if rule.severity else "warning"
    return {
        "id": rule.name,
        "name": rule.name.replace("/", "-"),
        "shortDescription": {"text": title[:_LONGEST]},
        "fullDescription": {"text": text[:_LONGEST]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": [rule.label.value if rule.label else rule.name.partition("/")[0]],
            "precision": "high",
            "problem.severity": _PROBLEM[severity],
        },
    }


def _bare_rule(d: Diagnostic) -> dict[str, Any]:
    text = visible(d.why) or d.rule
    return {
        "id": d.rule,
        "shortDescription": {"text": d.rule},
        "fullDescription": {"text": text[:_LONGEST]},
        "help": {"text": text},
    }


def _result(d: Diagnostic, path: str, file: CheckedFile, fingerprint: str, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": d.rule,
        "ruleIndex": rule,
        "level": _LEVELS[d.severity.value],
        "message": {"text": visible(d.message) or d.rule},
        "locations": [_location(path, d.line, d.column, d.end_line, d.end_column)],
        "partialFingerprints": {"apologylint/v1": fingerprint, "primaryLocationLineHash": fingerprint},
    }
    if d.draft:
        result["locations"][0]["logicalLocations"] = [{"name": visible(d.draft)}]
    if d.related:
        result["relatedLocations"] = [
            {"id": number}
            | _location(path, r.line, r.column, r.end_line, r.end_column)
            | {"message": {"text": visible(r.message) or "related"}}
            for number, r in enumerate(d.related)
        ]
    if file.source is not None:
        fixes = [
            _fix(s.message, s.replacement, s.start, s.end, path, file)
            for s in d.suggestions
            if s.replacement is not None
        ]
        if fixes:
            result["fixes"] = fixes
    return result


def _location(path: str, line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(path)},
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        }
    }


def _fix(message: str, text: str, start: int, end: int, path: str, file: CheckedFile) -> dict[str, Any]:
    assert file.source is not None
    (line, column), (end_line, end_column) = file.source.lines.position(start), file.source.lines.position(end)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {
        "description": {"text": visible(message) or "better wording"},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri(path)},
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": text}}],
            }
        ],
    }
