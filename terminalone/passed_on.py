"""Words of the classic calls that T1 knows and the declarations lack: relations, limits and types, passed on as given.

T1 has more relations than any source lists, and gets new ones. A misspelt word is refused by T1 itself; the error then
names the close match. Queries (`t1.campaigns.include(...)`) take declared names only. Source: wire.md section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import APIError, ClientError, UnknownNameError, did_you_mean
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page
from adplatforms.core.query import Query, walk
from adplatforms.core.reader import Reader
from adplatforms.core.relations import Relation

from .read import T1Reader

__all__ = ["PassedOn", "chains_of", "limit_name", "read_with_hints", "type_names", "with_value"]

Chain = tuple[str, ...]


class PassedOn(str):
    """A word that is sent as it is, though no declaration has it. `hint`: the close matches."""

    __slots__ = ("hint",)

    hint: str

    @classmethod
    def of(cls, word: str, hint: str) -> PassedOn:
        """The word with its hint."""
        passed_on = cls(word)
        passed_on.hint = hint
        return passed_on


def chains_of(include: Any) -> list[Chain]:
    """The chains of relations that `include` names: text is one chain, a list several. The links of a chain are a list
    of their own, or text with commas or dots, ``"advertiser,agency"``."""
    chains = []
    for item in include if isinstance(include, (list, tuple)) else [include]:
        links = item if isinstance(item, (list, tuple)) else [item]
        links = [link.name if isinstance(link, Relation) else link for link in links]
        if not all(isinstance(link, str) for link in links):
            raise ClientError(f"include takes names of relations, not {item!r}", hint='include="advertiser"')
        names = (name.strip() for link in links for name in link.replace(",", ".").split("."))
        chains.append(tuple(filter(None, names)))
    return list(filter(None, chains))


def with_value(model: type[Entity], chain: Chain) -> str:
    """The value of `with` for a chain: ``advertiser,agency``, a `PassedOn` where a relation in it is not declared."""
    keys: list[str] = []
    at: type[Entity] | None = model
    for name in chain:
        relation = None if at is None else at.__model__.relations.get(name)
        keys.append(name if relation is None else relation.key)
        at = None if relation is None else relation.target
    hint = _hint(model, chain)
    return PassedOn.of(",".join(keys), hint) if hint else ",".join(keys)


def limit_name(model: Any, name: str) -> str:
    """The name of a limit, a `PassedOn` where a relation in it is not declared: ``agency.organization``."""
    if model.__model__.limit_params or not isinstance(name, str):
        return name
    hint = _hint(model, name.split("."))
    return PassedOn.of(name, hint) if hint else name


def type_names(full: Any, model: type[Entity]) -> list[str]:
    """The types that `full` names, text with commas or a list; those that are not declared as `PassedOn`."""
    items = full if isinstance(full, (list, tuple)) else [full]
    if not all(isinstance(item, str) for item in items):
        raise ClientError(f"full takes types of records, not {full!r}", hint='full="campaign"')
    names = [name.strip() for item in items for name in str(item).split(",")]
    known = model.__model__.registry.types
    return [name if name in known or name == "*" else PassedOn.of(name, did_you_mean(name, known)) for name in names]


def _hint(model: type[Entity], chain: Iterable[str]) -> str:
    """The close matches for the first name of a chain that is not declared; empty where all are."""
    try:
        walk(model, chain)
    except UnknownNameError as unknown:
        return f"no relation of that name is declared: {unknown.hint}"
    return ""


def read_with_hints(reader: T1Reader, query: Query[Any]) -> Reader:
    """What reads the answers of a query: an error names the close matches of the words that were passed on."""
    words = [*(value for _, value in query.extra), *(name for name, _ in query.scope), *query.full_types]
    hints = [word.hint for word in words if isinstance(word, PassedOn) and word.hint]
    return _HintingReader(reader, "; ".join(dict.fromkeys(hints))) if hints else reader


class _HintingReader(Reader):
    """Reads as another reader, and adds a hint to the errors that T1 answers with."""

    def __init__(self, reader: T1Reader, hint: str) -> None:
        self._reader, self._hint = reader, hint

    def page(self, answer: Answer) -> Page:
        """The rows of a listing, or of one record."""
        own: Request = replace(answer.request, reader=self._reader)
        try:
            return self._reader.page(replace(answer, request=own))
        except (APIError, ClientError) as refused:
            refused.hint = "; ".join(filter(None, [refused.hint, self._hint]))
            raise
