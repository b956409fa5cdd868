"""XLIFF 1.2 and 2.0 by expat, whose byte index gives exact places. A DOCTYPE is refused: no entities, no bombs.

Where tags do not match, the missing end tags are handed to expat between the parts of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats.fail import DEEPEST, failure, too_deep
from apologylint.formats.holes import stand_in
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.value import Value

if TYPE_CHECKING:
    from apologylint.formats.xmlrepair import Repair

_UNITS = frozenset(("trans-unit", "unit"))
#: Inline elements that stand for something a reader sees, and those that only hold code.
_HOLES = frozenset(("x", "ph", "bx", "ex", "it", "sc", "ec", "cp"))
_CODES = frozenset(("bpt", "ept", "ph", "it"))
#: What others proposed: nobody is shown it.
_PROPOSALS = frozenset(("alt-trans", "match"))
_UNSEEN = frozenset(("bx", "ex", "it", "sc", "ec"))


@dataclass(slots=True)
class Unit:
    """A translation unit: its name, and the texts of its ``source`` and ``target``."""

    name: str
    english: bool
    source: Weaver = field(default_factory=Weaver)
    target: Weaver = field(default_factory=Weaver)
    parts: int = 0


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """Targets that read as sentences; the source where there is no target and English is what is shown."""
    for unit, target, origin in units(source):
        text = target if target.text.strip() else origin if unit.english else None
        if text is not None and reads_as_sentence(text.text):
            yield Value(unit.name, text, kind_of(text.text))


def units(source: Source) -> Iterator[tuple[Unit, Strand, Strand]]:
    """Units in order, with target and source."""
    for unit in _Parser(source).parse():
        yield unit, unit.target.strand(), unit.source.strand()


class _Parser:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.data = source.text.encode("utf-8", "surrogatepass")
        self.ascii = len(self.data) == len(self.text)
        self.units: list[Unit] = []
        self.unit: Unit | None = None
        self.weaver: Weaver | None = None
        self.languages = ["", ""]
        self.skip = 0
        self.proposal = 0
        self.depth = 0
        self._byte = self._char = 0
        self.shift = 0  # bytes handed to expat that are not in the file

    def parse(self, mended: list[Repair] | None = None) -> list[Unit]:
        from xml.parsers import expat

        parser: Any = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._doctype
        self.parser = parser
        try:
            done = 0
            for at, dropped, added in mended or ():
                parser.Parse(self.data[done:at], False)
                parser.Parse(added, False)
                self.shift += len(added) - dropped
                done = at + dropped
            parser.Parse(self.data[done:], True)
        except expat.ExpatError as error:
            if mended is None and expat.ErrorString(error.code) == expat.errors.XML_ERROR_TAG_MISMATCH:
                from apologylint.formats.xmlrepair import repairs

                found = repairs(self.data)
                if found:
                    return _Parser(self.source).parse(found)
            offset = self._at(parser.ErrorByteIndex)
            raise failure(self.source, offset, expat.ErrorString(error.code), "mend the XML") from None
        return self.units

    def _doctype(self, *_: Any) -> None:
        raise failure(self.source, self._at(self.parser.CurrentByteIndex), "a DOCTYPE is not read", "take it out")

    def _at(self, byte: int) -> int:
        """Code point of a byte index; bytes are asked for in order."""
        byte -= self.shift
        if self.ascii:
            return byte
        if byte < self._byte:
            self._byte = self._char = 0
        self._char += len(self.data[self._byte : byte].decode("utf-8", "replace"))
        self._byte = byte
        return self._char

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        at = self._at(self.parser.CurrentByteIndex)
        if self.depth > DEEPEST:
            raise too_deep(self.source, at)
        name = full.rsplit(" ", 1)[-1]
        if self.proposal or name in _PROPOSALS:
            self.proposal += 1
        elif name in ("file", "xliff"):
            for number, keys in enumerate((("source-language", "srcLang"), ("target-language", "trgLang"))):
                for key in keys:
                    self.languages[number] = attributes.get(key, self.languages[number])
        elif name in _UNITS:
            shown = self.languages[1] or self.languages[0]
            label = attributes.get("resname") or attributes.get("name") or attributes.get("id") or ""
            self.unit = Unit(label, not shown or shown.lower().startswith("en"))
        elif self.weaver is not None:
            if self.skip or name in _CODES:
                if not self.skip and name == "ph":
                    self._hole(at)
                self.skip += 1
            elif name in _HOLES and name not in _UNSEEN:
                self._hole(at)
        elif self.unit is not None and name in ("source", "target"):
            self.weaver = self.unit.source if name == "source" else self.unit.target
            if name == "source":
                self.unit.parts += 1
            if self.unit.parts > 1:
                self.weaver.swap(" ", at, at)

    def _hole(self, at: int) -> None:
        end = self.text.find(">", at) + 1
        if self.weaver is not None and end > at:
            # A placeholder in a dialect of ours, so that it is masked as every other one.
            self.weaver.swap("{" + stand_in("x" * (end - at - 2)).lower() + "}", at, end)

    def _end(self, full: str) -> None:
        self.depth -= 1
        name = full.rsplit(" ", 1)[-1]
        if self.proposal:
            self.proposal -= 1
        elif self.skip:
            self.skip -= 1
        elif name in ("source", "target"):
            self.weaver = None
        elif name in _UNITS and self.unit is not None:
            if not self.unit.name:
                self.unit.name = f"unit {len(self.units) + 1}"
            self.units.append(self.unit)
            self.unit = None

    def _data(self, data: str) -> None:
        if self.weaver is None or self.skip:
            return
        at = self._at(self.parser.CurrentByteIndex)
        text = self.text
        if text.startswith(data, at):
            self.weaver.copy(text, at, at + len(data))
        elif text[at] == "&":
            self.weaver.swap(data, at, text.find(";", at) + 1)
        elif data == "\n" and text[at] == "\r":
            self.weaver.swap(data, at, at + (2 if text.startswith("\r\n", at) else 1))
        else:
            raise InputError("this XML is beyond this reader", path=self.source.name)
