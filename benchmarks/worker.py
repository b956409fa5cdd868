"""One measurement in a fresh process: ``python worker.py JOB DRAFTS.jsonl COUNT``; prints one line of JSON.

``work`` is the CPU time of the loop over the drafts alone; imports, rules and reading the file are ``setup``.
A job imports only the tool it measures, so that a tool's own environment can run it.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import PHRASES, real

Checker = Callable[[str], int]


def rss() -> int:
    """Resident memory now, in KiB."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


# ---- apologylint -----------------------------------------------------------------------------------------------------


def apologylint(factor: int = 1, texts: Iterable[str] = ()) -> Checker:
    """The whole job: verdict, sentences and diagnostics read. ``factor``: times the rules."""
    from apologylint.linter import Linter

    linter = Linter()
    if factor > 1:
        from apologylint.analysis import Engine
        from apologylint.labelling import Judge
        from apologylint.packs import load_pack

        linter._pack = grown(load_pack(), factor, texts)
        linter._judge = Judge(Engine(linter._pack))
    linter.check_text("I'm sorry if you feel that way.")

    def check(text: str) -> int:
        report = linter.check_text(text)
        return (report.verdict.label != "neutral") + 0 * len(report.sentences) + len(report.diagnostics)

    return check


def grown(pack: Any, factor: int, texts: Iterable[str]) -> Any:
    """The pack with ``factor`` times the reporting patterns.

    Each added pattern is three words drawn by their frequency in the drafts; the pattern language picks the anchor.
    """
    from dataclasses import replace

    from apologylint.errors import RuleError
    from apologylint.patterns import compile_pattern
    from apologylint.results import Severity

    words = [w for text in texts for w in re.findall(r"[a-z]{2,}", text.lower())]
    rng = random.Random(7)
    reporting = [rule for rule in pack.rules.values() if rule.patterns and not rule.move]
    rules = dict(pack.rules)
    for copy in range(factor - 1):
        for rule in reporting:
            patterns: list[Any] = []
            while len(patterns) < len(rule.patterns):
                try:
                    patterns += compile_pattern(" ".join(rng.choice(words) for _ in range(3)), pack.lexicon)
                except RuleError:
                    continue
            name = f"{rule.name}-{copy}"
            rules[name] = replace(
                rule,
                name=name,
                patterns=tuple(patterns),
                excepts=(),
                label=None,
                sets_label=False,
                severity=Severity.INFO,
            )
    return replace(pack, rules=rules, fingerprint=f"{pack.fingerprint}-{factor}")


# ---- plain spaCy -----------------------------------------------------------------------------------------------------


def spacy_matcher(limit: int | None) -> Checker:
    """Every draft tokenised, spaCy's Matcher with the pack's own reporting patterns (or a seeded sample of them)."""
    import spacy
    from spacy.matcher import Matcher

    from apologylint.packs import load_pack

    patterns = [p for rule in load_pack().rules.values() if not rule.move for p in rule.patterns]
    if limit is not None:
        patterns = random.Random(7).sample(patterns, limit)
    nlp = spacy.blank("en")
    matcher = Matcher(nlp.vocab)
    for number, pattern in enumerate(patterns):
        matcher.add(f"p{number}", [list(pattern.tokens)], greedy="LONGEST")
    return lambda text: len(matcher(nlp.make_doc(text)))


def spacy_phrases() -> Checker:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("phrases", list(nlp.pipe(PHRASES)))
    return lambda text: len(matcher(nlp.make_doc(text)))


# ---- other kinds of tool ---------------------------------------------------------------------------------------------


def tfidf(texts: list[str]) -> Checker:
    """Word and word-pair counts with logistic regression: a label, no place, no reason."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    weak = [any(phrase in text.lower() for phrase in PHRASES) for text in texts[:4000]]
    vectors = TfidfVectorizer(ngram_range=(1, 2))
    model = LogisticRegression(max_iter=200).fit(vectors.fit_transform(texts[:4000]), weak)
    return lambda text: int(model.predict(vectors.transform([text]))[0])


def proselint() -> Checker:
    """proselint with one check of its own kind that holds the fifty phrases."""
    from proselint.registry import CheckRegistry
    from proselint.registry.checks import Check, types
    from proselint.tools import LintFile

    check = Check(check_type=types.Existence(items=tuple(PHRASES)), path="apology", message="phrase")
    registry = CheckRegistry()
    registry.register(check)
    config = {"max_errors": 1_000_000, "checks": {"apology": True}}

    def run(text: str) -> int:
        return len(LintFile("draft", text).lint(config))

    return run


def expression() -> Checker:
    """One regular expression of all phrases: the floor for matching in Python."""
    pattern = re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, PHRASES), key=len, reverse=True)) + r")\b", re.IGNORECASE
    )
    return lambda text: len(pattern.findall(text))


def jobs(name: str, texts: list[str]) -> Checker:
    table: dict[str, Callable[[], Checker]] = {
        "apologylint": apologylint,
        "apologylint-x2": lambda: apologylint(2, texts),
        "apologylint-x10": lambda: apologylint(10, texts),
        "spacy-matcher-all": lambda: spacy_matcher(None),
        "spacy-matcher-50": lambda: spacy_matcher(50),
        "spacy-phrases": spacy_phrases,
        "tfidf": lambda: tfidf(texts),
        "proselint": proselint,
        "re": expression,
    }
    return table[name]()


def main(name: str, path: str, count: int) -> None:
    began = time.process_time()
    texts = list(real(Path(path)))
    if name == "latency":
        print(json.dumps(latency(texts, count)))
        return
    check = jobs(name, texts)
    # The last of the file are read once beforehand, so that what is made on first use is not counted as work.
    for text in texts[-min(50, len(texts)) :]:
        check(text)
    texts = texts[:count]
    ready = time.process_time()
    clock = time.perf_counter()
    hits = sum(check(text) for text in texts)
    done = time.process_time()
    print(
        json.dumps(
            {
                "drafts": len(texts),
                "setup": ready - began,
                "work": done - ready,
                "wall": time.perf_counter() - clock,
                "hits": hits,
                "characters": sum(map(len, texts)),
            }
        )
    )


def latency(texts: list[str], count: int) -> dict[str, Any]:
    """Wall time a draft, and resident memory as ever new drafts are checked: none comes twice, words neither."""
    check = apologylint()
    for text in texts[:500]:
        check(text)
    times: list[int] = []
    memory: list[int] = []
    for number in range(count):
        text = texts[number % len(texts)]
        if number >= len(texts):
            text = f"{text} Ref {number}x{number * 7919 % 10**9}."
        before = time.perf_counter_ns()
        check(text)
        times.append(time.perf_counter_ns() - before)
        if number % max(1, count // 20) == 0 or number == count - 1:
            memory.append(rss())
    times.sort()
    return {
        "drafts": count,
        "median_us": times[count // 2] / 1000,
        "p99_us": times[count * 99 // 100] / 1000,
        "max_us": times[-1] / 1000,
        "rss_mib": [round(m / 1024) for m in memory],
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
