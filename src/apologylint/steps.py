"""Which service-recovery steps a draft holds, and the frameworks that name them (taxonomy part C).

Steps are shown as n of m, never as a pass or fail: listening cannot be seen in a text.
"""

from __future__ import annotations

from collections.abc import Mapping

from apologylint.analysis import Analysis
from apologylint.drafts import Draft
from apologylint.labelling import Judge, Judgement
from apologylint.results import Label, Report, Step
from apologylint.stance import TARGETS

STEPS = (
    "acknowledge", "apologise", "own", "empathise", "repeat-back", "align", "remedy", "offer", "explain", "prevent",
    "thank", "value", "follow-up", "respect",
)  # fmt: skip
_MOVES = {step: step for step in STEPS if step not in {"apologise", "explain", "respect"}} | {"ownership": "own"}

# Each framework: its name in full, and its visible steps; a step that several keys can fill lists them.
FRAMEWORKS: Mapping[str, tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "mama": (
        "MAMA (Solomon)",
        (
            ("Acknowledge and apologise", ("acknowledge", "apologise")),
            ("Meeting of minds", ("align", "remedy")),
            ("Act and follow up", ("follow-up",)),
        ),
    ),
    "learn": (
        "LEARN (Marriott)",
        (
            ("Empathize", ("empathise",)),
            ("Apologize", ("apologise",)),
            ("React", ("remedy",)),
            ("Notify", ("follow-up",)),
        ),
    ),
    "latte": (
        "LATTE (Starbucks)",
        (
            ("Acknowledge", ("acknowledge",)),
            ("Take action", ("remedy",)),
            ("Thank", ("thank",)),
            ("Explain, last", ("explain",)),
        ),
    ),
    "pocock": (
        "Pocock's six",
        (
            ("Repeat back", ("repeat-back",)),
            ("Apologize", ("apologise",)),
            ("Show empathy", ("empathise",)),
            ("Identify acceptable next steps", ("remedy", "align")),
            ("Thank", ("thank",)),
        ),
    ),
    "service": (
        "SERVICE (Kaufman)",
        (
            ("Say you are sorry", ("apologise",)),
            ("Expedite solutions", ("remedy",)),
            ("Respond to the customer", ("empathise",)),
            ("Victory to the customer", ("offer",)),
            ("Implement improvements", ("prevent",)),
            ("Extend the outcome", ("follow-up",)),
        ),
    ),
    "mmi": (
        "MMI eight",
        (
            ("Put yourself in their place", ("empathise",)),
            ("Seek ways of solving", ("remedy", "align")),
            ("Make an offer", ("offer",)),
            ("Sincerely apologize", ("apologise",)),
            ("Let them know they are important", ("value",)),
            ("Follow up", ("follow-up",)),
            ("Be respectful", ("respect",)),
        ),
    ),
    "heard": (
        "HEARD (Disney Institute)",
        (
            ("Empathize", ("empathise",)),
            ("Apologize", ("apologise",)),
            ("Resolve", ("remedy",)),
            ("Diagnose", ("explain",)),
        ),
    ),
}


def find_steps(draft: Draft, analysis: Analysis, judgement: Judgement, judge: Judge) -> tuple[Step, ...]:
    """Steps with their spans in the source, in order of position."""
    found: set[tuple[int, int, str]] = set()
    threshold = judge.engine.score.threshold("explanation")
    at = TARGETS.index("explanation")
    for reading, labels, explains in zip(analysis.readings, judgement.labels, judgement.explanations, strict=True):
        if reading.silent:
            continue
        span = (reading.span.start, reading.span.end)
        if Label.REAL_APOLOGY in labels:
            found.add((*span, "apologise"))
            if any(a.object == "own-act" for a in reading.apologies) or not reading.apologies:
                found.add((*span, "own"))
        eligible = explains or (analysis.apologises and analysis.probabilities(reading)[at] >= max(threshold, 0.5))
        if eligible:
            found.add((*span, "explain"))
        for match in reading.moves(_MOVES):
            begin = reading.span.start + reading.tokens.starts[match.start]
            end = reading.span.start + reading.tokens.ends[match.end - 1]
            found.add((begin, end, _MOVES[match.rule.move]))
    if analysis.readings and not any(Label.DEFENSIVE in s for s in judgement.labels):
        found.add((analysis.readings[0].span.start, analysis.readings[-1].span.end, "respect"))
    steps = [Step(name, *draft.offsets.span(start, end)) for start, end, name in found]
    return tuple(sorted(steps, key=lambda s: (s.start, s.end, s.step)))


def frameworks() -> tuple[str, ...]:
    """Keys of the frameworks, and ``all``."""
    return (*FRAMEWORKS, "all")


def holds(report: Report, framework: str) -> list[tuple[str, bool]]:
    """Each visible step of a framework and whether the draft holds it."""
    have = {s.step for s in report.steps}
    first_apology = next((i for i, s in enumerate(report.sentences) if s.label is Label.REAL_APOLOGY), None)
    out = []
    for name, keys in FRAMEWORKS[framework][1]:
        held = any(k in have for k in keys)
        if framework == "pocock" and name == "Apologize":
            held = held and not report.premature_explanation
        if framework == "service" and name == "Say you are sorry":
            held = first_apology is not None and first_apology < 3
        if framework == "latte" and name.startswith("Explain"):
            explain = [s.start for s in report.steps if s.step == "explain"]
            remedy = [s.start for s in report.steps if s.step == "remedy"]
            held = bool(explain) and (not remedy or min(explain) > min(remedy))
        out.append((name, held))
    return out


def format_steps(report: Report, framework: str) -> str:
    """Text for people: steps held and lacking, n of m.

    Raises:
        KeyError: no such framework.
    """
    lines = [f"{report.path}{f' [{report.id}]' if report.id else ''}"]
    for key in FRAMEWORKS if framework == "all" else (framework,):
        steps = holds(report, key)
        lines.append(f"{FRAMEWORKS[key][0]}: {sum(h for _, h in steps)} of {len(steps)} visible steps")
        lines += [f"  {'+' if held else '-'} {name}" for name, held in steps]
    return "\n".join(lines) + "\n"
