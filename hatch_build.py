"""Build hook: puts the compiled rule pack into the wheel, so that a run imports neither YAML nor pydantic.

The pack is compiled by apologylint's own code, read from the source tree: nothing has to be installed beforehand but
the ``requires`` of ``[build-system]``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePack(BuildHookInterface[Any]):
    """Writes ``apologylint/rules/en/compiled.jsonl`` of a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile ``rules/en`` and add it to the wheel. An editable install reads the rule files themselves."""
        if version == "editable":
            return
        root = Path(self.root)
        text = _compiled(root / "src", root / "rules" / "en")
        self._folder = tempfile.TemporaryDirectory(prefix="apologylint-build-")
        target = Path(self._folder.name) / "compiled.jsonl"
        target.write_text(text, encoding="utf-8", newline="\n")
        build_data["force_include"][str(target)] = "apologylint/rules/en/compiled.jsonl"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def _compiled(source: Path, rules: Path) -> str:
    """Compile with the tree's own code, whatever else is installed."""
    sys.path.insert(0, str(source))
    try:
        from apologylint.cache import program_digest
        from apologylint.packs import compile_pack, load_pack
    finally:
        sys.path.remove(str(source))
    return compile_pack(load_pack(rules, examples=True), program_digest(()))
