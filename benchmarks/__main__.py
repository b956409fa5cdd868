"""Run every measurement side by side and write the tables of ``benchmarks/README.md``.

Each measurement is a fresh process; a round runs every one of them once, so that a slow minute falls on all.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.corpus import PHRASES, real, synthetic

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "benchmarks" / "README.md"
MARK = "<!-- measured -->"
WORKER = ROOT / "benchmarks" / "worker.py"

# Job: how many drafts, and what it is. The Matcher with every pattern is slow, so it gets few: the rate is what counts.
LOOPS = {
    "apologylint": (4000, "apologylint: verdict, sentences and diagnostics read"),
    "apologylint-x2": (4000, "apologylint, twice the rules"),
    "apologylint-x10": (4000, "apologylint, ten times the rules"),
    "spacy-matcher-all": (200, "spaCy Matcher, all of apologylint's patterns, every draft"),
    "spacy-matcher-50": (2000, "spaCy Matcher, 50 of the patterns, every draft"),
    "spacy-phrases": (4000, "spaCy PhraseMatcher, 50 phrases"),
    "proselint": (4000, "proselint, one check of 50 phrases"),
    "tfidf": (4000, "TF-IDF and logistic regression (a label only)"),
    "re": (4000, "one regular expression of 50 phrases"),
}


@dataclass
class Series:
    """Figures of one measurement over the rounds."""

    title: str
    command: Sequence[str]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    rss: list[int] = field(default_factory=list)
    printed: list[dict[str, Any]] = field(default_factory=list)
    accept: tuple[int, ...] = (0,)
    environment: dict[str, str] = field(default_factory=dict)
    rounds: int = 99

    def run(self, cwd: Path) -> None:
        with tempfile.TemporaryFile() as out:
            began = time.perf_counter()
            process = subprocess.Popen(
                self.command, cwd=cwd, env={**os.environ, **self.environment}, stdout=out, stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.wall.append(time.perf_counter() - began)
            self.cpu.append(usage.ru_utime + usage.ru_stime)
            self.rss.append(usage.ru_maxrss // 1024)
            out.seek(0)
            text = out.read().decode("utf-8", "replace")
        if process.returncode not in self.accept:
            raise SystemExit(
                f"{self.title}: exit {process.returncode}: {' '.join(map(str, self.command))}\n{text[-500:]}"
            )
        if "worker.py" in " ".join(map(str, self.command)):
            self.printed.append(json.loads(text.strip().splitlines()[-1]))


def spread(values: Sequence[float], digits: int) -> str:
    """Median, least and greatest."""
    low, middle, high = (f"{v:,.{digits}f}" for v in (min(values), statistics.median(values), max(values)))
    return f"{middle} [{low}-{high}]"


def installed(folder: Path) -> Path:
    """The package as a user has it: built as a wheel, unpacked, with its rules compiled."""
    code = (
        f"import sys, os\nsys.path.append({sysconfig.get_path('purelib')!r})\nfrom hatchling.build import build_wheel\n"
        f"os.chdir({str(ROOT)!r})\nprint(build_wheel({str(folder)!r}))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], check=True, capture_output=True, text=True)
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def cold(work: Path, drafts: Path, environment: dict[str, str], peers: Path | None) -> list[Series]:
    """What one call costs."""
    (work / "plain.txt").write_text("Zebras graze. " * 73, encoding="utf-8")
    text = ""
    for draft in real(drafts):
        text += draft.strip() + "\n\n"
        if len(text) > 950:
            break
    (work / "cue.txt").write_text(text + "I'm sorry if you feel that way.\n", encoding="utf-8")
    tool = [sys.executable, "-m", "apologylint"]
    out = [
        Series("`python -c pass`", [sys.executable, "-c", "pass"]),
        Series('`import spacy; spacy.blank("en")`', [sys.executable, "-c", 'import spacy; spacy.blank("en")']),
        Series("`apologylint --version`", [*tool, "--version"]),
        Series("`apologylint --help`", [*tool, "--help"]),
        Series("apologylint, 1 KB without an anchor", [*tool, "check", "--no-cache", "plain.txt"], accept=(0, 1)),
        Series("apologylint, 1 KB with a fake apology", [*tool, "check", "--no-cache", "cue.txt"], accept=(1,)),
        Series("the same, from its cache", [*tool, "check", "cue.txt"], accept=(1,)),
    ]
    if shutil.which("rg"):
        out.append(
            Series("ripgrep, 50 phrases", ["rg", "-i", "-w", "-F", "-f", "phrases.txt", "-c", "cue.txt"], accept=(0, 1))
        )
    if peers:
        scripts, node = peers / "python" / "bin", peers / "node_modules" / ".bin"
        out += [
            Series("codespell, its own words", [str(scripts / "codespell"), "cue.txt"], accept=(0, 65)),
            Series("proselint, its own checks", [str(scripts / "proselint"), "check", "cue.txt"], accept=(0, 1, 2)),
            Series("write-good, its own checks", [str(node / "write-good"), "cue.txt"], accept=tuple(range(256))),
            Series("alex, its own checks", [str(node / "alex"), "cue.txt"], accept=(0, 1)),
            Series("textlint with prh, 50 phrases", [str(node / "textlint"), "cue.txt"], accept=(0, 1)),
        ]
    for series in out:
        series.environment = environment
    return out


def files(work: Path, drafts: Path, environment: dict[str, str], peers: Path | None) -> list[Series]:
    """A folder of 1,000 replies."""
    folder = work / "thousand"
    folder.mkdir()
    for number, text in zip(range(1000), real(drafts), strict=False):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8", errors="replace")
    names = [str(p) for p in sorted(folder.iterdir())]
    out = [
        Series(
            "apologylint, one process",
            [sys.executable, "-m", "apologylint", "check", "--no-cache", "--jobs", "1", "thousand"],
            accept=(0, 1),
        )
    ]
    if shutil.which("rg"):
        out.append(
            Series(
                "ripgrep, 50 phrases",
                ["rg", "-j1", "-i", "-w", "-F", "-f", "phrases.txt", "-c", "thousand"],
                accept=(0, 1),
            )
        )
    if peers:
        scripts, node = peers / "python" / "bin", peers / "node_modules" / ".bin"
        out += [
            Series("codespell, its own words", [str(scripts / "codespell"), "thousand"], accept=(0, 65)),
            Series("write-good, its own checks", [str(node / "write-good"), *names], accept=tuple(range(256))),
            Series("textlint with prh, 50 phrases", [str(node / "textlint"), *names], accept=(0, 1)),
            Series(
                "proselint, its own checks",
                [str(scripts / "proselint"), "check", "thousand"],
                accept=(0, 1, 2),
                rounds=1,
            ),
            Series("alex, its own checks", [str(node / "alex"), *names], accept=(0, 1), rounds=1),
        ]
    for series in out:
        series.environment = environment
    return out


def loops(drafts: Path, environment: dict[str, str], peers: Path | None, share: float) -> list[Series]:
    out = []
    for job, (count, title) in LOOPS.items():
        python = sys.executable
        if job == "proselint":
            if not peers:
                continue
            python = str(peers / "python" / "bin" / "python")
        out.append(
            Series(
                title,
                [python, str(WORKER), job, str(drafts), str(max(20, int(count * share)))],
                environment=environment,
            )
        )
    return out


def rounds(series: Sequence[Series], count: int, cwd: Path, note: str) -> None:
    for number in range(count):
        for one in series:
            if number < one.rounds:
                print(f"{note}, round {number + 1} of {count}: {one.title}", file=sys.stderr, flush=True)
                one.run(cwd)


def cold_table(series: Sequence[Series]) -> str:
    base = statistics.median(series[0].cpu)
    lines = ["| command | wall ms | CPU ms | x `python -c pass` (CPU) | peak MiB | n |", "|---|---|---|---|---|---|"]
    for s in series:
        lines.append(
            f"| {s.title} | {spread([w * 1000 for w in s.wall], 0)} | {spread([c * 1000 for c in s.cpu], 0)} "
            f"| {statistics.median(s.cpu) / base:.1f} | {max(s.rss)} | {len(s.cpu)} |"
        )
    return "\n".join(lines)


def loop_table(series: Sequence[Series]) -> str:
    rate = {id(s): [p["drafts"] / p["work"] for p in s.printed] for s in series}
    own = statistics.median(rate[id(series[0])])
    lines = [
        "| tool | drafts per CPU second | apologylint is | drafts per wall second "
        "| setup CPU s | peak MiB | drafts | n |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for s in series:
        median = statistics.median(rate[id(s)])
        lines.append(
            f"| {s.title} | {spread(rate[id(s)], 0)} | {own / median:.2f} x as fast "
            f"| {statistics.median([p['drafts'] / p['wall'] for p in s.printed]):,.0f} "
            f"| {statistics.median([p['setup'] for p in s.printed]):.2f} | {max(s.rss)} "
            f"| {s.printed[0]['drafts']:,} | {len(s.cpu)} |"
        )
    return "\n".join(lines)


def file_table(series: Sequence[Series]) -> str:
    own = statistics.median(series[0].cpu)
    lines = ["| tool | wall s | CPU s | apologylint needs | peak MiB | n |", "|---|---|---|---|---|---|"]
    for s in series:
        lines.append(
            f"| {s.title} | {spread(s.wall, 2)} | {spread(s.cpu, 2)} | {own / statistics.median(s.cpu):.2f} x the CPU "
            f"| {max(s.rss)} | {len(s.cpu)} |"
        )
    return "\n".join(lines)


def version_lines(peers: Path | None) -> list[str]:
    from importlib.metadata import PackageNotFoundError, version

    found = [f"Python {platform.python_version()}"]
    for name in ("apologylint", "spacy", "regex", "ahocorasick-rs", "scikit-learn"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    if shutil.which("rg"):
        found.append(
            subprocess.run(["rg", "--version"], capture_output=True, text=True, check=False).stdout.split("\n")[0]
        )
    if peers:
        for name in ("write-good", "textlint", "textlint-rule-prh", "alex"):
            found.append(
                f"{name} {json.loads((peers / 'node_modules' / name / 'package.json').read_text())['version']}"
            )
        found += ["proselint 0.16.0", "codespell 2.4.3"]
        found.append(
            "Node " + subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        )
    return found


def revision() -> str:
    """Commit that was measured, if this is a checkout."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return f" Commit {done.stdout.strip()}." if done.returncode == 0 else ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--real", type=Path, metavar="FILE.jsonl", help="also measure on real replies: JSONL with a field text"
    )
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="where benchmarks/peers.sh installed the other tools"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the short measurements (default 5)")
    parser.add_argument("--long-rounds", type=int, default=3, help="rounds of the long ones (default 3)")
    parser.add_argument("--share", type=float, default=1.0, help="share of the drafts to measure on, for a quick look")
    parser.add_argument(
        "--memory", type=int, default=200_000, help="drafts of the latency and memory run (default 200,000)"
    )
    parser.add_argument(
        "--output", type=Path, default=README, help="file whose tables are replaced (default benchmarks/README.md)"
    )
    arguments = parser.parse_args()
    peers = arguments.peers.resolve() if arguments.peers else None
    command = " ".join(["python -m benchmarks", *(_shown(a) for a in sys.argv[1:])])

    with tempfile.TemporaryDirectory(prefix="apologylint-bench-") as name:
        work = Path(name)
        environment = {"PYTHONPATH": str(installed(work)), "PYTHONDONTWRITEBYTECODE": ""}
        (work / "phrases.txt").write_text("\n".join(PHRASES) + "\n", encoding="utf-8")
        (work / "prh.yml").write_text(
            "version: 1\nrules:\n" + "".join(f"  - expected: '-'\n    pattern: /\\b{p}\\b/i\n" for p in PHRASES),
            encoding="utf-8",
        )
        (work / ".textlintrc.json").write_text('{"rules": {"prh": {"rulePaths": ["prh.yml"]}}}', encoding="utf-8")
        if peers:
            (work / "node_modules").symlink_to(peers / "node_modules")
        made = work / "synthetic.jsonl"
        made.write_text("".join(json.dumps({"text": t}) + "\n" for t in synthetic(20_000)), encoding="utf-8")
        corpora = {"synthetic replies": made} | ({"real replies": arguments.real.resolve()} if arguments.real else {})
        main_corpus = list(corpora.values())[-1]

        calls = cold(work, main_corpus, environment, peers)
        for s in calls[2:7]:
            s.run(work)  # byte code is written, as pip does at installation
            s.wall.clear(), s.cpu.clear(), s.rss.clear()
        rounds(calls, arguments.rounds, work, "one call")
        sections = ["## One call, in a fresh process\n\n" + cold_table(calls)]
        for title, path in corpora.items():
            series = loops(path, environment, peers, arguments.share)
            rounds(series, arguments.long_rounds, work, title)
            sections.append(f"## Many drafts in one process: {title}\n\n" + loop_table(series))
        thousand = files(work, main_corpus, environment, peers)
        rounds(thousand, arguments.long_rounds, work, "1,000 files")
        sections.append(f"## A folder of 1,000 files, whole processes: {list(corpora)[-1]}\n\n" + file_table(thousand))
        if arguments.memory:
            one = Series(
                "latency",
                [sys.executable, str(WORKER), "latency", str(main_corpus), str(arguments.memory)],
                environment=environment,
            )
            rounds([one], 1, work, "latency and memory")
            p = one.printed[0]
            sections.append(
                f"## One draft at a time, {p['drafts']:,} different drafts: {list(corpora)[-1]}\n\n"
                "| median us | 99% within us | slowest us | resident MiB at every twentieth |\n|---|---|---|---|\n"
                f"| {p['median_us']:,.0f} | {p['p99_us']:,.0f} | {p['max_us']:,.0f} "
                f"| {', '.join(map(str, p['rss_mib']))} |\n\nn = 1."
            )
    text = arguments.output.read_text(encoding="utf-8") if arguments.output.is_file() else ""
    head = text.partition(MARK)[0].rstrip()
    machine = f"{os.cpu_count()} cores, {platform.system()}"
    stamp = f"Command: `{command}`.{revision()} {machine}. {', '.join(version_lines(peers))}."
    arguments.output.write_text("\n\n".join([head, MARK, stamp, *sections]).lstrip() + "\n", encoding="utf-8")


def _shown(argument: str) -> str:
    """An argument without the folders of this machine."""
    return Path(argument).name if "/" in argument else argument


if __name__ == "__main__":
    main()
