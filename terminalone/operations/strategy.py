"""What a strategy buys from and targets: supplies, deals, domains, hours, target values; and its copies.

Source: wire.md sections 4 and 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError, UnknownNameError, did_you_mean

from ..forms import ids_of, numbered, one_of, pairs
from ..pixel_expressions import text
from ..read import ONE
from ..routes import CHILDREN, TARGET_DIMENSIONS
from ..state import T1State
from ..write import check_ids, check_outcome
from .segments import SegmentOperations
from .site_lists import SiteListOperations
from .uploads import parts_of

__all__ = ["TARGET_CODES", "StrategyOperations"]

TARGET_CODES = "REGN DMAX ISPX BSER CSPD DVCE FOLD INVT CHNL SFTY VAUD VCON VLIN VPSZ"
"""The codes of target dimensions that `set_target_values` takes. The facts name the dimension of three: REGN is
region (7), DMAX dma (1), ISPX isp (3)."""
_DAY_PART = ("start_hour", "end_hour", "days", "user_time")
_DAYS = "MTWRFSU"
"""Monday to Sunday; R is Thursday, U Sunday."""


class StrategyOperations(SegmentOperations, SiteListOperations):
    """Extra operations of a strategy."""

    pixel_target_expr: Any

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        # A new strategy starts with an expression of no pixels, which scripts edit in place; unchanged, it is not sent.
        if self._raw.get("id") is None:
            self._raw["pixel_target_expr"] = ""
            self._values.setdefault("pixel_target_expr", "")

    def _form(self, form: dict[str, str]) -> None:
        """A date that follows the campaign's is sent empty."""
        for side in ("start", "end"):
            follows_campaign = getattr(self, f"use_campaign_{side}", False)
            if follows_campaign and f"{side}_date" in form:
                form[f"{side}_date"] = ""

    @property
    def pixel_target_expr_string(self) -> str:
        """`pixel_target_expr` as T1 writes it: ``( [1] OR [2] ) AND NOT ( [3] )``."""
        return text(self.pixel_target_expr or "")

    # supplies, deals, domains

    def get_supplies(self) -> list[Any]:
        """The supply sources it buys from."""
        return self._linked("supplies", "supply_sources")

    def set_supplies(self, supplies: Any) -> None:
        """Buys from these supply sources, given as ids or entities.

        What T1 makes of an empty list, and whether others stay, is not in the facts: `get_supplies` shows it.
        """
        wanted = _rows(supplies, "supply_source")
        # The answer is the strategy itself: without taking its version over, the next save would be a conflict.
        self._merge(self._call("POST", "supplies", numbered("supply_source", wanted), reader=ONE))
        self._check_linked("supply_sources", wanted)

    def save_supplies(self, data: Mapping[str, Any]) -> None:
        """The classic call: sends the form as it is, ``{"supply_source.1.id": 4}``."""
        self._merge(self._call("POST", "supplies", pairs(data), reader=ONE))

    def get_deals(self) -> list[Any]:
        """The deals it buys on."""
        return self._linked("deals", "deals")

    def set_deals(self, deals: Any) -> None:
        """Buys on these deals, given as ids or entities; what is said of `set_supplies` holds here too."""
        wanted = _rows(deals, "deal")
        self._merge(self._call("POST", "deals", numbered("deal", wanted), reader=ONE))
        self._check_linked("deals", wanted)

    def save_deals(self, data: Mapping[str, Any]) -> None:
        """The classic call: sends the form as it is, ``{"deal.1.id": 11111}``."""
        self._merge(self._call("POST", "deals", pairs(data), reader=ONE))

    def set_domains(self, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> None:
        """Buys on the domains of `include` and not on those of `exclude`; with none at all, use `clear_domains`."""
        rows = [{"domain": name, "restriction": "INCLUDE"} for name in _domain_names(include)]
        rows += [{"domain": name, "restriction": "EXCLUDE"} for name in _domain_names(exclude)]
        if not rows:  # an empty form would take all restrictions off
            raise InvalidValueError("no domain is given", hint="clear_domains() takes all of them off")
        self._call("POST", "domain_restrictions", numbered("domains", rows))

    def clear_domains(self) -> None:
        """Takes all domain restrictions off."""
        self._call("POST", "domain_restrictions", ())

    def save_domains(self, data: Mapping[str, Any]) -> None:
        """The classic call: sends the form as it is, ``{"domains.1.domain": "example.com", "domains.1.restriction":
        "INCLUDE"}``; an empty one takes all restrictions off."""
        self._call("POST", "domain_restrictions", pairs(data))

    def _check_linked(self, relation: str, wanted: list[dict[str, Any]]) -> None:
        """An error where the answer shows the relation without something that was assigned."""
        shown = self._raw.get(relation)
        if isinstance(shown, list):
            ids = {int(row["id"]) for row in shown}
            check_ids(self, relation.replace("_", " "), (row["id"] for row in wanted), ids)

    def _linked(self, child: str, relation: str) -> list[Any]:
        """What a child call lists under a relation of the strategy that it answers."""
        page = self._call("GET", child, params=(("full", "*"),))
        strategy = next(iter(page.rows), {})
        return self._as_entities(strategy.get(relation) or [])

    # hours

    def get_day_parts(self) -> list[Any]:
        """Its `StrategyDayPart`s."""
        return self._children("day_parts")

    def set_day_parts(self, parts: Iterable[Any]) -> None:
        """Bids in these hours only: ``[{"days": "MTWRF", "start_hour": 8, "end_hour": 20, "user_time": True}]``.

        days: letters of M T W R F S U. start_hour, end_hour: 0 to 24, in the user's time zone when `user_time` is true.
        `StrategyDayPart`s are taken too. One call for all of them.
        """
        self._call("POST", "day_parts", numbered("day_parts", map(_day_part, parts)))

    # targets

    def get_target_dimension(self, name: str) -> Any:
        """The `TargetDimension` of a name such as "region" or "browser": its lists can be changed and saved."""
        if not isinstance(name, str) or name.lower() not in TARGET_DIMENSIONS:
            raise UnknownNameError(f"T1 has no target dimension {name!r}", hint=did_you_mean(name, TARGET_DIMENSIONS))
        path, number = CHILDREN[name.lower()]
        page = self._call("GET", f"{path}/{number}", params=(("full", "*"),))
        return self._single(self._as_children(page.rows), f"target dimension {name!r}")

    def get_target_values(self) -> list[Any]:
        """What it targets in all dimensions: generic entities with `target_dimension`, `target_values`, `target_op`,
        `exclude` and `active`."""
        return self._children("target_values")

    def set_target_values(self, targets: Mapping[str, Mapping[str, Any]], operation: str = "OR") -> None:
        """Targets values of several dimensions in one call: ``{"REGN": {"include": [251]}, "DVCE": {"exclude": [4]}}``.

        targets: by code of the dimension (`TARGET_CODES`), ids or target values to include, to exclude, or both; a key
        "operation" there is for this dimension alone. operation: AND or OR, how the values of one side are joined.
        """
        example = '{"REGN": {"include": [251]}}'
        if not isinstance(targets, Mapping):
            raise InvalidValueError(f"targets are a dict, not {targets!r}", hint=example)
        rows = [row for code, sides in targets.items() for row in _target_rows(code, sides, operation)]
        if not rows:
            raise InvalidValueError("no target is given", hint=example)
        self._call("POST", "target_values", numbered("dimensions", rows))

    def upload_postcodes(
        self,
        file: Any,
        restriction: str = "INCLUDE",
        *,
        validate_only: bool = False,
        ignore_errors: bool = False,
        active: bool = True,
    ) -> None:
        """Targets the postal codes of a file: a path, bytes, or an open file.

        restriction: INCLUDE or EXCLUDE. validate_only: look for errors, change nothing. ignore_errors: take the lines
        without. active: sent as it is, 1 or 0.

        Raises what T1 finds wrong with the file. The facts do not show the format of its lines.
        """
        # All three as 0 or 1 (wire.md section 11).
        flags = {"validate_only": validate_only, "ignore_errors": ignore_errors, "active": active}
        form = {"restriction": one_of("restriction", restriction, "INCLUDE EXCLUDE"), **flags}
        self._call("POST", "target_postcodes", pairs(form), files=parts_of("file", file))

    # copies

    def copy(self) -> Any:
        """A new strategy that T1 makes from this one as it is saved, in the same campaign."""
        page = self._call("POST", "copy", (), reader=ONE)
        copy = self._single(self._as_entities(page.rows), "copy")
        check_outcome(copy, {"campaign_id": self._raw.get("campaign_id")})
        return copy


def _rows(items: Any, model: str) -> list[dict[str, Any]]:
    """Ids or entities of one type as the rows of a form."""
    return [{"id": number} for number in ids_of(items, model, required=True)]


def _target_rows(code: str, sides: Mapping[str, Any], operation: str) -> list[dict[str, Any]]:
    """The rows of the form for one dimension: one for each of its sides that is given. operation: how values are
    joined where the sides do not say it."""
    one_of("the code of a target dimension", code, TARGET_CODES)
    joined_by = one_of("operation", sides.get("operation", operation), "AND OR")
    unknown = set(sides) - {"include", "exclude", "operation"}
    if unknown:
        raise InvalidValueError(f"{code} has include, exclude and operation, not {min(unknown)!r}")
    rows = []
    for side in ("include", "exclude"):
        if side in sides:
            ids = ",".join(map(str, ids_of(sides[side], "target_value")))
            rows.append({"code": code, "restriction": side.upper(), "operation": joined_by, "value_ids": ids})
    return rows


def _domain_names(names: Iterable[str]) -> list[str]:
    """One name of a domain or several, as a list; an `InvalidValueError` for what is not text."""
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, Iterable) or not all(isinstance(name, str) and name.strip() for name in listed):
        raise InvalidValueError(f"domains are texts, not {names!r}")
    return list(listed)


def _day_part(part: Any) -> dict[str, Any]:
    """The values of a day part as a form has them. part: a `StrategyDayPart`, or a dict of these values."""
    if isinstance(part, Entity):
        loaded = T1State(part).values
        values = {name: getattr(part, name) for name in _DAY_PART if name in loaded}
    else:
        values = dict(part)
    unknown = set(values) - set(_DAY_PART)
    if unknown:
        raise InvalidValueError(f"a day part has {', '.join(_DAY_PART)}, not {', '.join(sorted(unknown))}")
    days = str(values.get("days", ""))
    if not days or set(days) - set(_DAYS):
        raise InvalidValueError(f"days are letters of M T W R F S U, not {days!r}")
    return values
