"""The layers of the house, read from the import statements of every module; no exceptions.

A lower floor never imports a higher one, not even inside a function or for types only.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "apologylint"
MODULES = sorted(PACKAGE.rglob("*.py"))

GROUND = {"spans", "results", "errors", "drafts", "globs", "later", "memo", "packing"}
# What knows the rules of a pack, or how a draft is judged by them.
ENGINE = {
    "addressees",
    "analysis",
    "anatomy",
    "classify",
    "closed_classes",
    "compiled",
    "complements",
    "completeness",
    "devices",
    "diagnose",
    "doubts",
    "english",
    "explain",
    "explanations",
    "findings",
    "gate",
    "impressions",
    "labelling",
    "language",
    "lexicon",
    "linter",
    "matching",
    "merging",
    "moods",
    "objects",
    "openings",
    "packs",
    "patterns",
    "persons",
    "places",
    "reading",
    "rulefiles",
    "rules",
    "score",
    "sentences",
    "stance",
    "states",
    "steps",
    "suggest",
    "tokens",
    "weights",
    "wordshapes",
}
# The parse of an apology: grammar over words and a lexicon, which knows neither rules nor drafts.
PARSE = {
    "addressees",
    "anatomy",
    "closed_classes",
    "complements",
    "devices",
    "doubts",
    "impressions",
    "moods",
    "objects",
    "persons",
    "states",
}
SPACY = {"language", "integrations.spacy_component"}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Full names of everything a module imports, at any depth."""
    return names_in(ast.parse(path.read_text(encoding="utf-8")))


def names_in(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, "a relative import hides the layer"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "__import__":
            found |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    return found


def own_of(path: Path) -> set[str]:
    """Modules of this package that a module imports, without ``apologylint.``."""
    return own_of_tree(ast.parse(path.read_text(encoding="utf-8")))


def own_of_tree(tree: ast.AST) -> set[str]:
    return {name.removeprefix("apologylint.") for name in names_in(tree) if name.startswith("apologylint.")}


def imported_at_once(path: Path) -> set[str]:
    """Own modules that a module imports when it is itself imported: not inside functions, not for types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        ):
            node.body = [ast.Pass()]
    return own_of_tree(tree)


def rooms(path: Path) -> set[str]:
    """First part of each own import: ``cli``, ``formats``, ``spans`` ..."""
    return {name.partition(".")[0] for name in own_of(path)}


def in_room(*names: str) -> list[Path]:
    return [path for path in MODULES if name_of(path).partition(".")[0] in names]


def test_every_module_is_read():
    assert {name_of(path) for path in MODULES} >= GROUND | ENGINE


@pytest.mark.parametrize("path", in_room(*GROUND), ids=name_of)
def test_ground_floor_imports_nothing_above(path):
    assert rooms(path) <= GROUND


@pytest.mark.parametrize("path", in_room("formats", "sources", "discovery", "suppressions"), ids=name_of)
def test_reading_knows_no_rules(path):
    assert not rooms(path) & (ENGINE | {"cli", "reporters", "integrations"})


@pytest.mark.parametrize("path", in_room("reporters"), ids=name_of)
def test_reporters_know_only_results(path):
    assert rooms(path) <= GROUND | {"reporters"}


@pytest.mark.parametrize("path", in_room(*ENGINE - {"linter", "score"}), ids=name_of)
def test_engine_knows_no_format_no_reporter(path):
    assert not rooms(path) & {"formats", "sources", "discovery", "reporters", "cli", "integrations", "linter"}


@pytest.mark.parametrize("path", in_room(*PARSE), ids=name_of)
def test_the_parse_knows_only_words(path):
    assert rooms(path) <= PARSE | {"lexicon", "later"}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if name_of(p).partition(".")[0] not in {"cli", "__main__"}], ids=name_of
)
def test_nothing_imports_the_command_line(path):
    assert "cli" not in rooms(path)


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) not in SPACY], ids=name_of)
def test_only_one_module_names_spacy(path):
    assert not {name for name in imports_of(path) if name.partition(".")[0] == "spacy"}


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) != "rulefiles"], ids=name_of)
def test_only_rule_files_need_pydantic(path):
    assert not {name for name in imports_of(path) if name.partition(".")[0] == "pydantic"}


def test_no_module_imports_in_a_circle():
    graph = {name_of(path): imported_at_once(path) for path in MODULES if name_of(path)}
    known = set(graph)
    edges = {name: {o for o in others if o in known and apart(name, o)} for name, others in graph.items()}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in sorted(edges[name]):
                walk(other, (*trail, name))
            done.add(name)

    for name in sorted(known):
        walk(name, ())


def apart(name: str, other: str) -> bool:
    """A package and the modules inside it belong together."""
    return not f"{name}.".startswith(f"{other}.") and not f"{other}.".startswith(f"{name}.")


HEAVY = ("spacy", "pydantic", "yaml", "numpy")


def heavy_after(code: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return ast.literal_eval(done.stderr.strip().splitlines()[-1])


def test_import_is_light():
    assert heavy_after("import apologylint") == []


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_looking_is_light(arguments):
    code = f"from apologylint.cli.main import main\ntry:\n    main({arguments!r})\nexcept SystemExit:\n    pass"
    assert heavy_after(code) == []


def test_the_public_face_is_what_it_says():
    code = "import apologylint\nfor name in apologylint.__all__:\n    getattr(apologylint, name)"
    assert "spacy" not in heavy_after(code)
