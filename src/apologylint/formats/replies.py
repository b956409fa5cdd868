"""Which strings of a tree are replies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from apologylint.errors import InputError
from apologylint.formats.options import ReadOptions
from apologylint.formats.platforms import PLATFORMS, name_of, platform_of, texts_of
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.tree import Atom, Items, Mapping, Node, Text
from apologylint.formats.value import Value
from apologylint.formats.words import words

#: Keys under which a record keeps its reply.
REPLY_KEYS = words(
    "answer answer_text body body_html body_text canned_response content content_html html html_body macro message "
    "message_text output plain_body reply reply_text brand_reply company_reply agent_reply replace response "
    "response_text template text text_body"
)
#: Keys of the customer's words.
CUSTOMER_KEYS = words(
    "customer_message customer_text customer_comment complaint complaint_text customer_review customer_complaint"
)
#: Keys of a record's name, best first.
ID_KEYS = (
    "title", "name", "label", "short_code", "shortcode", "shortcut", "shortcuts", "trigger", "command", "slug", "key",
    "code", "id", "_id",
)  # fmt: skip
_ABOUT = words(
    "title name label description desc summary notes note comment comments help hint category categories folder tags "
    "tag language lang locale shortcut shortcuts short_code shortcode trigger slug key code id _id type status"
)
_NEVER = words(
    "id _id url href src link class style pattern regex query path file filename date created_at updated_at createdat "
    "updatedat version license copyright author email repository command cmd script icon image selector "
    "template_id uuid labels tags keywords assignees"
)
_FIELDS = words("markdown textarea input dropdown checkboxes upload")
_SAID_BY = ("role", "speaker", "author_type", "sender_type", "sender", "from", "author", "source")
_CUSTOMERS = words(
    "user customer client visitor requester consumer contact human end-user end_user enduser guest buyer patient"
)
_NOBODY = words("system action tool function internal note")
_WRITERS = words("assistant agent bot operator support staff rep representative advisor seller admin")
_SAYINGS = ("text", "content", "message", "body", "utterance", "value")
_INDEX = re.compile(r"\[\d+\]")


def select(node: Node, options: ReadOptions, *, path: str = "", catalogue: bool = False) -> Iterator[Value]:
    """The replies of a tree, in the order of the file.

    Args:
        node: the root.
        options: platform, keys.
        path: what the root itself is called.
        catalogue: every string is a message of its own; there are no records.
    """
    if options.platform is not None and options.platform not in PLATFORMS:
        known = ", ".join(sorted(PLATFORMS))
        raise InputError(f"unknown platform {options.platform!r}", cure=f"one of {known}")
    yield from _Selector(options, catalogue=catalogue).walk(node, path)


class _Selector:
    def __init__(self, options: ReadOptions, *, catalogue: bool) -> None:
        self.options = options
        self.catalogue = catalogue
        self.customer_keys = CUSTOMER_KEYS | {options.customer_key}
        self.id_keys = options.id_keys + ID_KEYS
        self.customer: str | None = None

    def walk(self, node: Node, path: str, key: str = "") -> Iterator[Value]:
        """Replies at and below a node."""
        if isinstance(node, Text):
            if self.options.text_keys:
                if self._asked_for(path, key):
                    yield self._value(path, node)
            elif self._is_message(key, node):
                yield self._value(path, node)
        elif isinstance(node, Items):
            yield from self._items(node, path, key)
        elif isinstance(node, Mapping):
            yield from self._mapping(node, path)

    def _items(self, node: Items, path: str, key: str) -> Iterator[Value]:
        before, self.customer = self.customer, None
        for number, item in enumerate(node.items):
            if isinstance(item, Items) and self._is_turn(item):
                said_by, text = item.items
                assert isinstance(said_by, Text) and isinstance(text, Text)
                yield from self._turn(said_by.strand.text, text, f"{path}[{number}]")
            else:
                yield from self.walk(item, f"{path}[{number}]", key)
        self.customer = before

    def _mapping(self, node: Mapping, path: str) -> Iterator[Value]:
        if _is_form_field(node) and not self.options.text_keys:
            return
        own = next((text for key in self.customer_keys if (text := node.text(key))), None)
        before = self.customer
        if own is not None:
            self.customer = own
        if self.options.text_keys or self.catalogue:
            yield from self._members(node, path, frozenset())
        elif name := self._platform(node):
            yield from self._record(node, path, list(texts_of(node, name)), name)
        elif (said := self._said(node)) is not None:
            yield from self._turn(*said, path, self._label(node, path, None))
            return  # what a customer says is for the turns that follow
        elif (texts := self._reply_texts(node)) and (
            path.endswith("]") or path.startswith("line ") or not path or self._label(node, "", None)
        ):
            keys = {key for key, _ in texts}
            yield from self._record(node, path, texts, None)
            yield from self._members(node, path, _ABOUT | REPLY_KEYS | keys | self.customer_keys)
        else:
            yield from self._members(node, path, self.customer_keys)
        self.customer = before

    def _members(self, node: Mapping, path: str, leave: frozenset[str]) -> Iterator[Value]:
        for key, item in node.items:
            if isinstance(item, Text) and key.lower() in leave:
                continue
            if self.catalogue and key.startswith("@"):
                continue
            yield from self.walk(item, f"{path}.{key}" if path else key, key)

    def _platform(self, node: Mapping) -> str | None:
        if self.options.platform is None:
            return platform_of(node)
        name = self.options.platform
        return name if next(texts_of(node, name), None) else None

    def _record(self, node: Mapping, path: str, texts: list[tuple[str, Text]], name: str | None) -> Iterator[Value]:
        label = self._label(node, "", name)
        kind = PLATFORMS[name].kind if name else None
        for key, text in texts:
            several = f"{label}.{key}" if len(texts) > 1 else label
            value = self._value(several if label else f"{path}.{key}".lstrip("."), text)
            yield Value(value.id, value.strand, kind or value.kind, self.customer)

    def _label(self, node: Mapping, path: str, name: str | None) -> str:
        ids = self.options.id_keys + (PLATFORMS[name].ids if name else ID_KEYS)
        return name_of(node, ids) or path

    def _reply_texts(self, node: Mapping) -> list[tuple[str, Text]]:
        """Texts at reply keys; of an HTML and a plain version the HTML one."""
        found = {
            key: item
            for key, item in node.items
            if key.lower() in REPLY_KEYS and isinstance(item, Text) and _has_words(item.strand.text)
        }
        for html in [key for key in found if "html" in key.lower()]:
            stem = html.lower().replace("_html", "").replace("html_", "")
            for other in (stem, f"{stem}_text", f"text_{stem}", f"plain_{stem}"):
                found.pop(other, None)
        return list(found.items())

    def _said(self, node: Mapping) -> tuple[str, Text] | None:
        """Who says what, if a mapping is a turn of a conversation."""
        inbound = node.get("inbound")
        said_by = next((text.lower() for key in _SAID_BY if (text := node.text(key)) and _is_role(text)), "")
        if isinstance(inbound, Atom) and isinstance(inbound.value, bool):
            said_by = "customer" if inbound.value else "agent"
        if not said_by:
            return None
        for key in _SAYINGS:
            item = node.get(key)
            if isinstance(item, Text):
                return said_by, item
        return None

    def _is_turn(self, item: Items) -> bool:
        if len(item.items) != 2:
            return False
        first, second = item.items
        return isinstance(first, Text) and isinstance(second, Text) and _is_role(first.strand.text)

    def _turn(self, said_by: str, text: Text, path: str, label: str = "") -> Iterator[Value]:
        said_by = said_by.lower()
        if said_by in _CUSTOMERS:
            self.customer = text.strand.text
        elif said_by not in _NOBODY and _has_words(text.strand.text):
            yield self._value(label or path, text)

    def _asked_for(self, path: str, key: str) -> bool:
        bare = _INDEX.sub("", path)
        return any(fnmatchcase(name, pattern) for pattern in self.options.text_keys for name in (key, path, bare))

    def _is_message(self, key: str, text: Text) -> bool:
        if self.catalogue:
            return reads_as_sentence(text.strand.text)
        lower = key.lower()
        if lower in REPLY_KEYS and _has_words(text.strand.text):
            return True
        if lower in _NEVER or lower[:1] in ("@", "_", "$") or lower.startswith("//"):
            return False
        return reads_as_sentence(text.strand.text)

    def _value(self, name: str, text: Text) -> Value:
        return Value(name, text.strand, kind_of(text.strand.text), self.customer)


def _is_form_field(node: Mapping) -> bool:
    """Whether a mapping is a field of an issue form (GitHub, Gitea): what it says is asked, nobody is answered."""
    return node.text("type") in _FIELDS and isinstance(node.get("attributes"), Mapping)


def _is_role(text: str) -> bool:
    lower = text.lower()
    return lower in _CUSTOMERS or lower in _WRITERS or lower in _NOBODY


def _has_words(text: str) -> bool:
    return (
        any(map(str.isalpha, text[:2000]))
        and not text.startswith(("http://", "https://"))
        and (" " in text.strip() or text[-1:] in "!.?")
    )
