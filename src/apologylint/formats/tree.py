"""What JSON, YAML and TOML have in common: a tree whose strings know where they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from apologylint.formats.strand import Strand


@dataclass(slots=True)
class Text:
    """A string."""

    strand: Strand


@dataclass(slots=True)
class Atom:
    """Anything that is neither a string nor a collection."""

    value: object = None


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file; a key may come twice."""

    items: list[tuple[str, Node]] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """The last value of a key."""
        for name, node in reversed(self.items):
            if name == key:
                return node
        return None

    def text(self, key: str) -> str | None:
        """The string at a key."""
        node = self.get(key)
        return node.strand.text if isinstance(node, Text) else None


@dataclass(slots=True)
class Items:
    """A sequence."""

    items: list[Node] = field(default_factory=list)


Node = Text | Atom | Mapping | Items


def plain(node: Node) -> object:
    """The tree as plain data; for tests and for looking at small parts."""
    if isinstance(node, Text):
        return node.strand.text
    if isinstance(node, Atom):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.items}
