"""`deploy/compose.yaml` as Docker Compose would read it, without Docker."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
INNERMOST = re.compile(r"\$\{(\w+)(?:(:?[?-])([^${}]*))?\}")
ASSIGNED = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
DEMANDED = re.compile(r"^([A-Z][A-Z0-9_]+)=$", re.MULTILINE)


class Refused(Exception):
    """A variable that must be set is not; in the file's own words."""


def env_example() -> set[str]:
    """Every variable of env.example, also those that are commented out."""
    return set(ASSIGNED.findall((DEPLOY / "env.example").read_text()))


def demanded() -> set[str]:
    """Those that stand there without a value, for the operator to fill in."""
    return set(DEMANDED.findall((DEPLOY / "env.example").read_text()))


def parsed() -> dict[str, Any]:
    """The file as it is written, merged but with its variables."""
    document: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return document


def read_compose(variables: Mapping[str, str]) -> dict[str, Any]:
    """The file with these variables put in; Refused where one is missing."""
    filled: dict[str, Any] = _filled(parsed(), variables)
    return filled


def settings_of(service: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, str]:
    """The environment of a service; a setting without a value comes from outside, or not at all."""
    named = service["environment"]
    return {
        name: str(variables[name] if value is None else value)
        for name, value in named.items()
        if value is not None or name in variables
    }


def _filled(node: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, variables) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(part, variables) for part in node]
    return _put_in(node, variables) if isinstance(node, str) else node


def _put_in(text: str, variables: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name, operator, words = match.groups()
        found = variables.get(name)
        if found or (found is not None and operator in {"-", "?"}):
            return found
        if operator in {"?", ":?"}:
            raise Refused(f"{name}: {words}")
        return words or ""

    while INNERMOST.search(text):
        text = INNERMOST.sub(value, text)
    return text.replace("$$", "$")
