"""Positions: half-open spans, lines, and the map from prose back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.spans import LineIndex, OffsetMap, Piece, Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


@given(spans, spans)
def test_overlap_is_a_shared_code_point(a, b):
    assert a.overlaps(b) == bool(set(range(*a)) & set(range(*b)))
    assert a.overlaps(b) == b.overlaps(a)


@given(spans, spans)
def test_containing_a_span_is_containing_its_ends(a, b):
    assert a.contains(b) == (a.start <= b.start and b.end <= a.end)


@given(st.text(alphabet="ab\n\r\u2028\x0c\U0001f600", max_size=40))
def test_lines_agree_with_universal_newlines(text):
    index = LineIndex(text)
    lines = text.replace("\r\n", "\0\n").replace("\r", "\n").split("\n")
    assert len(index) == len(lines)
    at = 0
    for number, line in enumerate(lines, 1):
        # "\0" stands for the CR of a CRLF: it belongs to the line it ends.
        assert index.line_start(number) == at
        for column in range(len(line) + 1):
            if at + column <= len(text) and not (number < len(lines) and column > len(line)):
                assert index.position(at + column) == (number, column + 1)
        at += len(line) + 1


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("\U0001f600\U0001f600x", 2, (1, 3)),
        ("a\u2028b", 2, (1, 3)),
    ],
)
def test_positions(text, offset, place):
    assert LineIndex(text).position(offset) == place


def test_the_empty_map_is_the_identity():
    assert OffsetMap().span(3, 7) == (3, 7)
    assert OffsetMap().is_verbatim(3, 7)


def test_a_shifted_map_adds():
    shifted = OffsetMap.shifted(10, 5)
    assert shifted.span(0, 5) == (10, 15)
    assert shifted.is_verbatim(1, 4)


def test_an_entity_maps_all_for_all():
    # prose "a&b" of source "a&amp;b"
    entity = OffsetMap([Piece(0, 0, 1, 1), Piece(1, 1, 1, 5), Piece(2, 6, 1, 1)])
    assert entity.span(0, 3) == (0, 7)
    assert entity.span(1, 2) == (1, 6)
    assert entity.span(2, 3) == (6, 7)
    assert not entity.is_verbatim(0, 3)
    assert entity.is_verbatim(2, 3)


def test_a_gap_in_the_source_is_not_verbatim():
    gap = OffsetMap([Piece(0, 0, 3, 3), Piece(3, 8, 3, 3)])
    assert gap.span(1, 5) == (1, 10)
    assert gap.is_verbatim(0, 3)
    assert not gap.is_verbatim(2, 4)


def test_neighbouring_pieces_are_verbatim_together():
    assert OffsetMap([Piece(0, 5, 3, 3), Piece(3, 8, 3, 3)]).is_verbatim(0, 6)


def test_a_stand_in_is_never_verbatim():
    assert not OffsetMap([Piece(0, 0, 4, 4, copied=False)]).is_verbatim(1, 2)


def test_nothing_is_not_verbatim_but_has_a_place():
    shifted = OffsetMap.shifted(4, 6)
    assert shifted.span(2, 2) == (6, 6)
    assert not shifted.is_verbatim(2, 2)


@st.composite
def maps(draw):
    """A prose and a source made together, and the map between them; each prose character knows where it came from."""
    prose = source = 0
    pieces, places = [], []
    for kind, size, skip in draw(
        st.lists(
            st.tuples(st.sampled_from(["copy", "entity", "skip"]), st.integers(1, 5), st.integers(0, 3)),
            min_size=1,
            max_size=12,
        )
    ):
        source += skip
        if kind == "copy":
            pieces.append(Piece(prose, source, size, size))
            places += [(source + k, source + k + 1) for k in range(size)]
            prose, source = prose + size, source + size
        elif kind == "entity":
            pieces.append(Piece(prose, source, 1, size + 1))
            places.append((source, source + size + 1))
            prose, source = prose + 1, source + size + 1
        else:
            source += size
    return OffsetMap(pieces), places


@given(maps(), st.data())
def test_a_span_runs_from_its_first_character_to_its_last(made, data):
    offsets, places = made
    if not places:
        return
    start = data.draw(st.integers(0, len(places) - 1))
    end = data.draw(st.integers(start + 1, len(places)))
    assert offsets.span(start, end) == (places[start][0], places[end - 1][1])
    unbroken = all(a[1] == b[0] for a, b in zip(places[start:end], places[start + 1 : end], strict=False))
    copied = all(b - a == 1 for a, b in places[start:end])
    if offsets.is_verbatim(start, end):
        assert unbroken and copied


@given(maps(), st.data())
def test_the_map_is_monotone(made, data):
    offsets, places = made
    if not places:
        return
    a = data.draw(st.integers(0, len(places) - 1))
    b = data.draw(st.integers(a, len(places) - 1))
    assert offsets.span(a, a + 1).start <= offsets.span(b, b + 1).start
    assert offsets.span(a, a + 1).end <= offsets.span(b, b + 1).end
