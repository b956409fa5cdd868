"""Discovery and decoding."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from apologylint.errors import ConfigError, InputError
from apologylint.formats import read_drafts
from apologylint.sources import discover, read_source


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("We are sorry.\n", encoding="utf-8")


def names(root: Path, *paths: str, **options: object) -> list[str]:
    found = discover([root / path for path in paths] or [root], root=root, **options)  # type: ignore[arg-type]
    return [str(Path(one.name).relative_to(root)) for one in found if one.error is None]


def test_folders_are_walked_in_order(tmp_path: Path):
    make(
        tmp_path,
        "b.txt",
        "a/z.md",
        "a/b/c.json",
        "c.html.erb",
        "x.py",
        ".hidden/a.txt",
        "node_modules/m/a.md",
        "package.json",
        "no-suffix",
    )
    assert names(tmp_path) == ["a/b/c.json", "a/z.md", "b.txt", "c.html.erb"]


def test_named_files_are_always_read(tmp_path: Path):
    make(tmp_path, "x.py", "node_modules/a.md")
    (tmp_path / ".gitignore").write_text("x.py\n")
    assert names(tmp_path, "x.py", "node_modules/a.md") == ["x.py", "node_modules/a.md"]
    assert names(tmp_path, "x.py", "node_modules/a.md", force_exclude=True) == []


def test_gitignore_of_every_level(tmp_path: Path):
    make(tmp_path, "a.txt", "out/b.txt", "sub/c.txt", "sub/keep/a.txt", "sub/d.md", "sub/deep/e.txt")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("a.txt\nout/\n")
    (tmp_path / "sub" / ".gitignore").write_text("*.md\n!keep/a.txt\ndeep\n")
    assert names(tmp_path) == ["sub/c.txt", "sub/keep/a.txt"]
    assert names(tmp_path, "sub") == ["sub/c.txt", "sub/keep/a.txt"]
    assert len(names(tmp_path, respect_gitignore=False)) == 6


def test_a_bad_pattern_is_told_for_a_file_given_by_name_too(tmp_path: Path):
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ConfigError, match="pattern"):
        list(discover([tmp_path / "a.txt"], extend_exclude=["!"]))


@pytest.mark.parametrize(
    ("root", "pattern", "left"),
    [
        ("a/b", "/y.txt", ["a/x.txt", "a/bc/y.txt", "a/b/c/y.txt"]),
        ("a/b", "c/", ["a/x.txt", "a/bc/y.txt", "a/b/y.txt"]),
        ("a", "/b", ["a/x.txt", "a/bc/y.txt"]),
        (".", "a/b/*.txt", ["a/x.txt", "a/bc/y.txt", "a/b/c/y.txt"]),
        ("elsewhere", "/a", ["a/x.txt", "a/bc/y.txt", "a/b/y.txt", "a/b/c/y.txt"]),
    ],
)
def test_patterns_start_from_the_root(tmp_path: Path, root: str, pattern: str, left: list[str]):
    every = ["a/x.txt", "a/bc/y.txt", "a/b/y.txt", "a/b/c/y.txt"]
    for name in every:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = discover([tmp_path], exclude=[pattern], root=tmp_path / root)
    assert {f.path.relative_to(tmp_path).as_posix() for f in found} == set(left)


def test_exclude(tmp_path: Path):
    make(tmp_path, "a/x.txt", "b/x.txt", "node_modules/y.txt")
    assert names(tmp_path, extend_exclude=["/a/"]) == ["b/x.txt"]
    assert names(tmp_path, exclude=["b/"]) == ["a/x.txt", "node_modules/y.txt"]


def test_a_bad_pattern_is_a_config_error(tmp_path: Path):
    with pytest.raises(ConfigError):
        list(discover([tmp_path], extend_exclude=["!"]))


def test_missing_paths_do_not_stop_others(tmp_path: Path):
    make(tmp_path, "a.txt")
    found = list(discover([tmp_path / "no.txt", tmp_path / "a.txt", "a\0b"]))
    assert [one.error is None for one in found] == [False, True, False]
    assert "no such file" in str(found[0].error)


def test_each_file_once(tmp_path: Path):
    make(tmp_path, "a.txt")
    assert len(list(discover([tmp_path, tmp_path / "a.txt", tmp_path]))) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_links_and_pipes(tmp_path: Path):
    make(tmp_path, "real/a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["real/a.txt"]
    (found,) = discover([tmp_path / "pipe.txt"])
    assert "regular" in str(found.error)
    with pytest.raises(InputError, match="regular"):
        read_source(tmp_path / "pipe.txt")


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks(bom: bytes, codec: str):
    source = read_source(bom + "so 😀".encode(codec), "a.txt")
    assert (source.text, source.encoding, source.bom) == ("so 😀", codec, bom)


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.xlf", '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), "é"),
        ("a.html", "<meta charset=windows-1252><p>It’s</p>".encode("cp1252"), "’"),
        ("a.po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-15\\n"\n# €'.encode("iso-8859-15"), "€"),
        ("a.eml", "Content-Type: text/plain;\n charset=iso-8859-1\n\né".encode("latin-1"), "é"),
        ("a.properties", "a=é".encode("latin-1"), "é"),
        ("a.properties", "a=é".encode(), "é"),
        ("a.txt", "é".encode(), "é"),
    ],
)
def test_declared_encodings(name: str, data: bytes, text: str):
    assert text in read_source(data, name).text


def test_configured_encoding_comes_last():
    assert read_source("é’".encode("cp1252"), "a.txt", "cp1252").text == "é’"
    assert read_source("é’".encode(), "a.txt", "cp1252").text == "é’"
    assert read_source("so".encode("utf-16-le"), "a.txt", "utf-16-le").text == "so"


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"a\nb\xe9", None, r"a.txt:2: not UTF-8: byte 0xe9 at offset 3 \(save the file as UTF-8"),
        (b"a\0b", None, r"a.txt: binary file: NUL at byte 1"),
        (b"\xe9", "nonsense", r"unknown encoding 'nonsense'"),
        (b"\xe9", "rot13", r"unknown encoding"),
        (codecs.BOM_UTF16_LE + b"a", None, r"not UTF-16-LE"),
    ],
)
def test_what_cannot_be_decoded(data: bytes, encoding: str | None, message: str):
    with pytest.raises(InputError, match=message) as caught:
        read_source(data, "a.txt", encoding)
    assert caught.value.cure


def test_size_limit(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 11)
    with pytest.raises(InputError, match="11 bytes are more than the limit of 10"):
        read_source(path, size_limit=10)
    assert read_source(path, size_limit=11).text == "a" * 11


def test_unreadable(tmp_path: Path):
    with pytest.raises(InputError, match="no such file"):
        read_source(tmp_path / "no.txt")


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb\x0cc", "שלום\u202e", "e\u0301", "👩‍👩‍👧", "\ufeffx"])
def test_text_is_left_alone(text: str):
    source = read_source(text.encode(), "a.txt")
    assert source.text == text.removeprefix("\ufeff")
    (draft,) = read_drafts(source)
    assert draft.prose == source.text
