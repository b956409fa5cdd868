"""What the inside of a template tag means: control or value, and which text of it a customer may read."""

from __future__ import annotations

import re

from apologylint.later import later_re

_LONGEST = 600

_FALLBACK = later_re(
    r"""
    (?:\bfallback|\bdefault(?:_value|_if_none)?)\s{0,9}[:=(]\s{0,9}
        (?: \\?"(?P<a>[^"\\]+)\\?" | '(?P<b>[^']+)' | (?P<c>[^\W\d_][^"'|%{},()\]=:]*) )
  | (?:\|\|?|\?\?|!|\bor\b)\s{0,9} (?: "(?P<d>[^"]+)" | '(?P<e>[^']+)' )
  | BLANKVALUE\([^,()]{0,120},\s{0,9} (?: "(?P<f>[^"]+)" | '(?P<g>[^']+)' )
  | \bdefault\b\s{1,9}(?:"(?P<h>[^"]+)"|'(?P<i>[^']+)')
    """,
    re.VERBOSE,
)
_MAY_FALL_BACK = later_re(r"[|=:!?(]|\b(?:or|default)\b")
_BARE = later_re(r"\|\s{0,9}(?P<a>[^|}\]]+)")
_HELP_SCOUT = later_re(r"\{%\s{0,9}[A-Za-z]\w*\.[\w.]+\s{0,9}(?:,[^%]*)?%\}")
_SKIPPED = later_re(r"\{%-?\s{0,9}(comment|schema|style|stylesheet|javascript|doc)\b")
_CODE_CONTROL = later_re(
    r"(?:if|unless|else|elsif|elif|end|each|for|foreach|while|until|case|when|begin|rescue|def|do|import|require|var|let|"
    r"const|content_for|cache|provide)\b|[{}]"
)
_OPENS_BLOCK = later_re(r"(?:\bdo(?:\s*\|[^|]*\|)?|\{\s*(?:\|[^|]*\|)?|->|:)\s*$")
_TT_CONTROL = later_re(
    r"(?:IF|UNLESS|ELSE|ELSIF|END|FOR|FOREACH|WHILE|NEXT|LAST|SWITCH|CASE|SET|DEFAULT|GET|CALL|PROCESS|INCLUDE|INSERT|"
    r"WRAPPER|BLOCK|FILTER|USE|MACRO|TRY|THROW|CATCH|FINAL|RETURN|STOP|CLEAR|META|TAGS|DEBUG|PERL|RAWPERL)\b|#"
    r"|[A-Za-z_][\w.]*\s*=(?!=)"
)
_BRACE_CONTROL = later_re(
    r"(?:if|else|elseif|end|range|with|define|template|block|each|unless|for|endif|endfor|import|extends)\b(?!\s*[|}]|\.)"
    r"|\$\w+\s*:?="
)
_CALL = later_re(
    r"(?<![\w.])(?:_|n_|s_|N_|loc|nloc|gettext|ngettext|dgettext|_e|__|\$_|trans|translate|blocktrans)(?:\(|\s)\s*"
)
_LITERAL = later_re(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_BETWEEN = later_re(r"\s*(?:\\\s*|,\s*|\.\s*|\+\s*)?")
_SENTENCE = later_re(r"[.!?;](?:\s|$)")
_WORD = later_re(r"[^\W\d_]")


def fallback(text: str, start: int, end: int, *, bare: bool = False) -> tuple[int, int] | None:
    """Where the fallback text of the placeholder ``[start, end)`` is.

    Args:
        text: where it is.
        start: where the placeholder begins.
        end: where it ends.
        bare: whether ``name|text`` without quotes is a fallback in this dialect, not a filter.
    """
    limit = min(end, start + _LONGEST)
    if not _MAY_FALL_BACK.search(text, start, limit):
        return None
    match = _FALLBACK.search(text, start, limit)
    if not match and bare:
        match = _BARE.search(text, start, limit)
    if not match or not match.lastgroup:
        return None
    low, high = match.span(match.lastgroup)
    while high > low and text[high - 1].isspace():
        high -= 1
    return (low, high) if _WORD.search(text, low, high) else None


def is_help_scout(tag: str) -> bool:
    """True for ``{%customer.firstName%}``, which only looks like a control tag."""
    return _HELP_SCOUT.fullmatch(tag) is not None


def skipped_block(tag: str) -> str | None:
    """Name of a block tag whose content nobody reads (``{% comment %}``)."""
    match = _SKIPPED.match(tag)
    return match[1] if match else None


def is_control(tag: str, dialect: str) -> bool:
    """True when a tag puts no text into the reply by itself."""
    if dialect == "handlebars":
        inner = tag.strip("{}").lstrip("~-").strip()
        return inner[:1] in ("#", "/", "^", "!", ">", "") or _BRACE_CONTROL.match(inner) is not None
    if dialect == "tt":
        inner = tag[2:-2].strip("-+~= \t\r\n")
        return not inner or _TT_CONTROL.match(inner) is not None
    if dialect == "php":
        inner = tag[2:-2].strip()
        return not (inner[:1] == "=" or re.match(r"php\s+(?:echo|print)\b", inner))
    mark = tag[2:3]
    if mark == "#":
        return True
    inner = tag[2:-2].strip("=-_~% \t\r\n").lstrip("|")
    if mark in ("=", "~"):
        return _OPENS_BLOCK.search(inner[-80:]) is not None
    if mark == "-":  # EJS: an unescaped value; ERB: control that eats the line
        return _CODE_CONTROL.match(inner) is not None or _OPENS_BLOCK.search(inner[-80:]) is not None or "\n" in inner
    return True


def literals(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Contents of the string literals that a tag hands to a translation function, in order."""
    out: list[tuple[int, int]] = []
    at = start
    while call := _CALL.search(text, at, end):
        at = call.end()
        while literal := _LITERAL.match(text, at, end):
            group = 1 if literal[1] is not None else 2
            if _WORD.search(text, *literal.span(group)):
                out.append(literal.span(group))
            at = literal.end()
            gap = _BETWEEN.match(text, at, end)
            at = gap.end() if gap else at
    return out


def is_sentence(inner: str) -> bool:
    """True for bracketed text that is prose of its own, not the name of something to fill in."""
    return _SENTENCE.search(inner) is not None or inner.count(" ") > 11
