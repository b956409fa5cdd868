"""The alternatives of a templated draft: each path through its branches is a reply that some customer gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from apologylint.drafts import Draft
from apologylint.formats.branches import Branch, Fork, tree
from apologylint.formats.strand import Cut, Strand, moved
from apologylint.spans import Span

#: Prose that all paths together may hold: so many times the draft's, as long as that is no more than ``_MUCH``
#: characters; but always twice the draft's.
_TIMES = 16
_MUCH = 100_000
#: So many paths show every meeting of any four neighbouring forks of two branches.
_PATTERNS = 16


class Paths(NamedTuple):
    """Paths through a draft.

    Attributes:
        spans: for each path the runs of prose on it, in order; one at least.
        complete: whether these are all. If not, all the prose is still on at least one of them, and so is every
            meeting of forks that stand side by side, as far as there was room.
        matched: whether the tags match; if not, the whole prose is the one path.
    """

    spans: list[tuple[Span, ...]]
    complete: bool
    matched: bool = True


def paths(draft: Draft, limit: int = 64) -> Paths:
    """Paths of a draft: without branching tags, one with all of its prose.

    The same condition is answered alike all along a path: what ``{% if late %}`` shows goes with what a second
    ``{% if late %}`` shows, and never with what ``{% unless late %}`` shows.

    Args:
        draft: any draft.
        limit: at most so many paths; fewer where the draft is long.
    """
    whole = (Span(0, len(draft.prose)),)
    if not draft.tags:
        return Paths([whole], True)
    items = tree(draft)
    if items is None:
        return Paths([whole], False, False)
    most = max(2 * len(draft.prose), min(_TIMES * len(draft.prose), _MUCH))
    return _all(items, _Room(limit, most)) or _some(items, _Room(limit - 1, most), whole)


def _all(items: list[Span | Fork], room: _Room) -> Paths | None:
    """Every path; ``None`` when there is no room for them, or when text is on none of them."""
    unseen = _with_text(items)
    counter = _Odometer()
    while room.add(_Walk(counter, unseen).path(items)):
        if not counter.advance():
            return None if unseen else Paths(list(room.found), True)
    return None


def _some(items: list[Span | Fork], room: _Room, whole: tuple[Span, ...]) -> Paths:
    """Paths on which neighbours meet, then paths for what is on none of these."""
    unseen = _with_text(items)
    for number in range(_PATTERNS):
        if not room.add(_Walk(_Pattern(number), unseen).path(items)):
            break
    while unseen:
        before = len(unseen)
        if not room.add(_Walk(_toward(unseen), unseen).path(items)) or len(unseen) == before:
            # No room left, or text that no customer ever gets: it is read at least as it stands.
            return Paths([*room.found, whole], False)
    return Paths(list(room.found), False)


def alternatives(draft: Draft) -> tuple[list[Draft], Paths]:
    """The replies that a draft makes, each without the branches that are not on its path, and the paths themselves.

    Positions are still those of the source.
    """
    found = paths(draft)
    if len(found.spans) == 1:
        return [draft], found
    rows = [(p.prose, p.source, p.prose_length, p.source_length, p.copied) for p in draft.offsets.pieces]
    strand = Strand(draft.prose, rows) if rows else Strand.of(draft.prose)
    return [_along(draft, strand, spans) for spans in found.spans], found


def _along(draft: Draft, strand: Strand, spans: tuple[Span, ...]) -> Draft:
    cuts: list[Cut] = []
    at = 0
    for start, end in (*spans, Span(len(draft.prose), len(draft.prose))):
        if start > at:
            cuts.append(Cut(at, start))
        at = end
    left = strand.edit(cuts)
    return replace(
        draft,
        prose=left.text,
        offsets=left.offsets(),
        holes=moved(cuts, draft.holes),
        quoted=moved(cuts, draft.quoted),
        tags=(),
    )


class _Room:
    """Paths so far, each once, as long as there is room for them."""

    def __init__(self, limit: int, most: int) -> None:
        self.found: dict[tuple[Span, ...], None] = {}
        self.limit = limit
        self.most = most
        self.length = 0

    def add(self, spans: tuple[Span, ...]) -> bool:
        """Keep a path; false when there is no room for it."""
        if spans in self.found:
            return True
        length = sum(end - start for start, end in spans)
        if len(self.found) >= self.limit or self.length + length > self.most:
            return False
        self.found[spans] = None
        self.length += length
        return True


#: Which of the branches that are still possible a path takes.
_Choose = Callable[[list[Branch]], int]


class _Walk:
    """One walk through a tree. ``unseen`` forgets the branches it takes."""

    def __init__(self, choose: _Choose, unseen: dict[int, Branch]) -> None:
        self.choose = choose
        self.unseen = unseen
        self.known: dict[str, bool] = {}
        self.spans: list[Span] = []

    def path(self, items: list[Span | Fork]) -> tuple[Span, ...]:
        """The runs on the way, in order; those that touch are one."""
        self._through(items)
        return tuple(self.spans)

    def _through(self, items: list[Span | Fork]) -> None:
        for item in items:
            if isinstance(item, Fork):
                self._take(item)
            elif self.spans and self.spans[-1].end == item.start:
                self.spans[-1] = Span(self.spans[-1].start, item.end)
            else:
                self.spans.append(item)

    def _take(self, fork: Fork) -> None:
        possible: list[Branch] = []
        for branch in fork.branches:
            known = self.known.get(branch.asks) if branch.asks else branch.holds
            if known is None or known == branch.holds:
                possible.append(branch)
            if known == branch.holds:
                break
        taken = possible[self.choose(possible) if len(possible) > 1 else 0]
        for branch in fork.branches:
            if branch.asks:
                self.known.setdefault(branch.asks, branch.holds if branch is taken else not branch.holds)
            if branch is taken:
                break
        self.unseen.pop(id(taken), None)
        self._through(taken.items)


class _Odometer:
    """Chooses as a counter counts, so that every path has its turn."""

    def __init__(self) -> None:
        self.wheels: list[list[int]] = []  # of each choice on the way: which branch, and of how many
        self.at = 0

    def __call__(self, possible: list[Branch]) -> int:
        if self.at == len(self.wheels):
            self.wheels.append([0, len(possible)])
        self.at += 1
        return self.wheels[self.at - 1][0]

    def advance(self) -> bool:
        """Turn to the next path; false when there is none."""
        self.at = 0
        while self.wheels and self.wheels[-1][0] + 1 == self.wheels[-1][1]:
            self.wheels.pop()
        if not self.wheels:
            return False
        self.wheels[-1][0] += 1
        return True


class _Pattern:
    """Chooses by the digits of a number, over and over, so that neighbours meet in every way."""

    def __init__(self, number: int) -> None:
        self.number = self.left = number
        self.width = 1

    def __call__(self, possible: list[Branch]) -> int:
        if self.width * len(possible) > _PATTERNS:
            self.left, self.width = self.number, 1
        self.width *= len(possible)
        self.left, digit = divmod(self.left, len(possible))
        return digit


def _toward(unseen: dict[int, Branch]) -> _Choose:
    """Choose what no path has taken, or what leads there."""

    def leads(branch: Branch) -> bool:
        return id(branch) in unseen or any(id(inner) in unseen for inner in _branches(branch.items))

    return lambda possible: next((number for number, branch in enumerate(possible) if leads(branch)), 0)


def _with_text(items: list[Span | Fork]) -> dict[int, Branch]:
    return {id(branch): branch for branch in _branches(items) if branch.items}


def _branches(items: list[Span | Fork]) -> Iterator[Branch]:
    for item in items:
        if isinstance(item, Fork):
            for branch in item.branches:
                yield branch
                yield from _branches(branch.items)
