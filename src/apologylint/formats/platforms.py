"""Helpdesk exports: where each platform keeps the text of a reply and what its owner calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apologylint.formats.tree import Atom, Items, Mapping, Text
from apologylint.formats.value import Kind


@dataclass(frozen=True, slots=True)
class Platform:
    """The shape of one platform's records.

    Attributes:
        needs: keys that together tell a record of this platform from any other; empty when it must be named.
        texts: groups of keys; of each group the first that holds text is read, since the others repeat it.
        ids: keys of the record's name, best first.
        kind: how the text is written down; ``None`` to tell by its content.
    """

    needs: tuple[tuple[str, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    ids: tuple[str, ...] = ("title", "name", "id")
    kind: Kind | None = None


PLATFORMS: dict[str, Platform] = {
    "zendesk": Platform(
        (), (("comment_value_html", "comment_value", "side_conversation"),), ("title", "raw_title", "id")
    ),
    "gorgias": Platform((), (("body_html", "body_text"),), ("name", "id")),
    "freshdesk": Platform(
        (("content_html",), ("title", "content", "folder_id")), (("content_html", "content"),), kind="html"
    ),
    "intercom": Platform((("body", "body_text"),), (("body", "body_text"),), ("name", "title", "id"), "html"),
    "front": Platform(
        (("subject", "body", "is_available_for_all_inboxes"), ("subject", "body", "inbox_ids")),
        (("body",), ("subject",)),
        ("name", "id"),
        "html",
    ),
    "helpscout": Platform(
        (("text", "mailboxId"), ("text", "chatText")), (("text", "chatText"),), ("name", "id"), "html"
    ),
    "chatwoot": Platform((("short_code", "content"),), (("content",),), ("short_code", "id"), None),
    "salesforce": Platform(
        (("HtmlValue",), ("DeveloperName", "Body"), ("TemplateType", "Body"), ("Name", "Message", "Channel")),
        (("HtmlValue", "Body", "Message", "TextBody"), ("Subject",)),
        ("Name", "Title", "DeveloperName", "Id"),
    ),
    "discourse": Platform(
        (("title", "content", "usages"), ("name", "content", "usages")), (("content",),), kind="markdown"
    ),
    "osticket": Platform(
        (("notes", "subject", "body"), ("title", "response", "notes"), ("isenabled", "response")),
        (("response", "body"), ("subject",)),
        ("title", "name", "code_name", "id"),
        "html",
    ),
    "github": Platform((("title", "body", "resourcePath"),), (("body",),), ("title", "name", "id"), "markdown"),
}


def platform_of(record: Mapping) -> str | None:
    """The platform a record is from, by its structure."""
    keys = {key for key, _ in record.items}
    if "actions" in keys and isinstance(actions := record.get("actions"), Items):
        for action in actions.items:
            if isinstance(action, Mapping):
                if (action.text("field") or "").startswith("comment_value"):
                    return "zendesk"
                if action.text("name") == "setResponseText":
                    return "gorgias"
    for name, platform in PLATFORMS.items():
        if any(keys.issuperset(needed) for needed in platform.needs):
            return name
    return None


def texts_of(record: Mapping, name: str) -> Iterator[tuple[str, Text]]:
    """The reply texts of a record, with the key each is at."""
    platform = PLATFORMS[name]
    if name == "zendesk":
        yield from _zendesk(record)
        return
    if name == "gorgias":
        yield from _gorgias(record, platform)
        return
    for group in platform.texts:
        for key in group:
            node = record.get(key)
            if isinstance(node, Text) and node.strand.text.strip():
                yield key, node
                break


def _zendesk(record: Mapping) -> Iterator[tuple[str, Text]]:
    actions = record.get("actions")
    found: dict[str, Text] = {}
    for action in actions.items if isinstance(actions, Items) else ():
        if not isinstance(action, Mapping):
            continue
        field = action.text("field") or ""
        value = action.get("value")
        if isinstance(value, Items):  # [channel, text]
            value = next((item for item in reversed(value.items) if isinstance(item, Text)), None)
        if isinstance(value, Text) and field in ("comment_value", "comment_value_html", "subject"):
            found.setdefault(field, value)
    if "comment_value_html" in found:
        found.pop("comment_value", None)
    yield from found.items()


def _gorgias(record: Mapping, platform: Platform) -> Iterator[tuple[str, Text]]:
    actions = record.get("actions")
    for action in actions.items if isinstance(actions, Items) else ():
        if isinstance(action, Mapping) and action.text("name") == "setResponseText":
            arguments = action.get("arguments")
            for key in platform.texts[0] if isinstance(arguments, Mapping) else ():
                node = arguments.get(key) if isinstance(arguments, Mapping) else None
                if isinstance(node, Text) and node.strand.text.strip():
                    yield key, node
                    break


def name_of(record: Mapping, keys: tuple[str, ...]) -> str:
    """What the owner calls a record; ``""`` when it has no name."""
    for key in keys:
        node = record.get(key)
        if isinstance(node, Text) and node.strand.text.strip():
            return " ".join(node.strand.text.split())[:200]
        if isinstance(node, Atom) and node.value is not None and not isinstance(node.value, bool):
            return str(node.value)
    return ""
