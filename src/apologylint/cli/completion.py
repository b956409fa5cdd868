"""``apologylint completion SHELL``: scripts made from the grammar itself, so they cannot fall behind it."""

from __future__ import annotations

import argparse

from apologylint.cli.parser import Parser, build


def main(arguments: argparse.Namespace) -> int:
    """Print a script."""
    print(_SHELLS[arguments.shell](build()), end="")
    return 0


def commands_of(parser: Parser) -> dict[str, Parser]:
    """Direct subcommands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def flags_of(parser: Parser) -> list[tuple[str, str, list[str], bool]]:
    """Each long flag: name, help, choices, whether it takes a value."""
    out = []
    for action in parser._actions:
        for flag in action.option_strings:
            if flag.startswith("--"):
                choices = [str(choice) for choice in action.choices or ()]
                out.append((flag, action.help or "", choices, action.nargs != 0))
    return out


def _words(parser: Parser) -> str:
    return " ".join([flag for flag, *_ in flags_of(parser)])


def _bash(parser: Parser) -> str:
    commands = commands_of(parser)
    cases = []
    for name, command in commands.items():
        actions = " ".join(commands_of(command))
        flags = _words(command) or " ".join(_words(inner) for inner in commands_of(command).values())
        cases.append(f'    {name}) words="{actions + " " if actions else ""}{flags}" ;;')
    choices = [
        f'    {flag}) COMPREPLY=($(compgen -W "{" ".join(values)}" -- "$cur")); return ;;'
        for flag, _, values, _ in flags_of(commands["check"])
        if values
    ]
    return f"""# bash completion for apologylint: eval "$(apologylint completion bash)"
_apologylint() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" words
  case "$prev" in
{chr(10).join(choices)}
  esac
  case "${{COMP_WORDS[1]}}" in
{chr(10).join(cases)}
    *) words="{" ".join(commands)} {_words(parser)} {_words(commands["check"])}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -- "$cur"))
}}
complete -o filenames -F _apologylint apologylint
"""


def _zsh(parser: Parser) -> str:
    commands = commands_of(parser)
    listed = "\n".join(f"    '{name}:{_quote(command.description or '')}'" for name, command in commands.items())
    cases = "\n".join(f"    {name}) flags=({_zsh_words(command)}) ;;" for name, command in commands.items())
    return f"""#compdef apologylint
# zsh completion for apologylint: apologylint completion zsh > "${{fpath[1]}}/_apologylint"
_apologylint() {{
  local -a commands flags
  commands=(
{listed}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files
    return
  fi
  case "$words[2]" in
{cases}
    *) flags=({_zsh_words(commands["check"])}) ;;
  esac
  compadd -- $flags
  _files
}}
compdef _apologylint apologylint
"""


def _zsh_words(parser: Parser) -> str:
    inner = commands_of(parser)
    flags = [flag for flag, *_ in flags_of(parser)]
    for command in inner.values():
        flags += [flag for flag, *_ in flags_of(command) if flag not in flags]
    return " ".join([*inner, *flags])


def _fish(parser: Parser) -> str:
    commands = commands_of(parser)
    names = " ".join(commands)
    lines = ["# fish completion for apologylint: apologylint completion fish | source"]
    for name, command in commands.items():
        text = _quote(command.description or "")
        lines.append(f"complete -c apologylint -n __fish_use_subcommand -a {name} -d '{text}'")
    for name, command in commands.items():
        when = f"'__fish_seen_subcommand_from {name}'"
        for inner in commands_of(command):
            lines.append(f"complete -c apologylint -n {when} -a {inner}")
        if name == "check":
            when = f"'__fish_seen_subcommand_from check; or not __fish_seen_subcommand_from {names}'"
        for flag, text, choices, value in flags_of(command):
            more = f" -xa '{' '.join(choices)}'" if choices else (" -r" if value else "")
            lines.append(f"complete -c apologylint -n {when} -l {flag[2:]} -d '{_quote(text)}'{more}")
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    return text.replace("'", "").replace(":", "")


_SHELLS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
