"""Lists a strategy is given whole: supply sources, deals, domains, day parts.

Each of these calls replaces the list it is about. That an empty form clears the domains is known, and the
others are taken to work the same way. A refused form changes nothing.
"""

from __future__ import annotations

from flask import Response, request

from adplatforms.sandbox.t1 import query, write
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import FieldError, Refusal
from adplatforms.sandbox.t1.relations import load
from adplatforms.sandbox.t1.tables import REGISTRY

DAYS = frozenset("MTWRFSU")
_STRATEGY = REGISTRY.by_type["strategy"]


def get_deals(api: Answers, id: int) -> Response:
    """The strategy with its `deals`, each by id and type alone, as recorded."""
    return _with_lists(api, id, "deals")


def save_deals(api: Answers, id: int) -> Response:
    """Gives a strategy the deals `deal.{n}.id`."""
    _replace(api, id, "deal", "deal", "Invalid deal id(s)")
    return get_deals(api, id)


def get_supplies(api: Answers, id: int) -> Response:
    """The strategy with its `supply_sources` and `deals`."""
    return _with_lists(api, id, "supply_sources", "deals")


def save_supplies(api: Answers, id: int) -> Response:
    """Gives a strategy the supply sources `supply_source.{n}.id`."""
    _replace(api, id, "supply_source", "supply_source", "Invalid supply source id(s)")
    return get_supplies(api, id)


def save_domains(api: Answers, id: int) -> Response:
    """Gives a strategy the domains `domains.{n}.domain` with `.restriction`; the reply is the status alone."""
    api.find("strategies", id)
    groups = write.groups(request.form, "domains")
    _replace_children(api, id, "strategy_domain_restriction", groups)
    return api.done()


def save_day_parts(api: Answers, id: int) -> Response:
    """Gives a strategy the day parts `day_parts.{n}.start_hour`, `.end_hour`, `.days`, `.user_time`.

    Hours are 0 to 23, days letters of MTWRFSU (R Thursday, S Saturday, U Sunday). The reply lists them.
    """
    api.find("strategies", id)
    groups = write.groups(request.form, "day_parts")
    errors = []
    for prefix, form in groups:
        if not set(form.get("days", "")) <= DAYS:
            errors.append(FieldError(f"{prefix}days", f"Must be letters of MTWRFSU: {form['days']!r}"))
        errors += [
            FieldError(f"{prefix}{name}", "Must be 0 to 23")
            for name in ("start_hour", "end_hour")
            if form.get(name, "0").isdecimal() and int(form.get(name, "0")) > 23
        ]
    _replace_children(api, id, "strategy_day_part", groups, errors)
    resource = REGISTRY.by_type["strategy_day_part"]
    condition = query.under(_STRATEGY.relations["strategy_day_parts"], id)
    return api.list_rows(resource, condition, is_child=True)


def _with_lists(api: Answers, id: int, *names: str) -> Response:
    _, row = api.find("strategies", id)
    includes, full = api.shape(_STRATEGY)
    node = load(api.store, _STRATEGY, [row], {**{name: {} for name in names}, **includes})[0]
    node.hides_rel = True
    for other in node.related.get("deals", ()):
        other.is_bare = True
    return api.reply(api.format.entity(node, full))


def _replace(api: Answers, id: int, key: str, type: str, message: str) -> None:
    api.find("strategies", id)
    given = [form.get("id", "") for _, form in write.groups(request.form, key)]
    ids = api.known(type, given)
    if len(ids) < len(set(given)):
        raise Refusal("invalid", "Validation errors", [FieldError(f"{key}_ids", message)])
    resource = REGISTRY.by_type[f"strategy_{type}"]
    with api.store.transaction():
        write.clear(api.store, resource.type, "strategy_id", id)
        for one in ids:
            write.insert(api.store, resource, {"strategy_id": id, f"{type}_id": one})


def _replace_children(
    api: Answers, id: int, type: str, groups: list[tuple[str, dict[str, str]]], errors: list[FieldError] | None = None
) -> None:
    """Puts the rows of a form in the place of those a strategy has; errors name the keys of the form."""
    errors = errors or []
    with api.store.transaction():
        write.clear(api.store, type, "strategy_id", id)
        for prefix, form in groups:
            try:
                write.create(api.store, REGISTRY.by_type[type], form | {"strategy_id": str(id)}, api.user_id)
            except Refusal as refusal:
                errors += [FieldError(prefix + one.field, one.message) for one in refusal.fields]
        if errors:
            raise Refusal("invalid", "Validation errors", errors)


CALLS: tuple[Call, ...] = (
    ("/strategies/<int:id>/deals", "GET", get_deals),
    ("/strategies/<int:id>/deals", "POST", save_deals),
    ("/strategies/<int:id>/supplies", "GET", get_supplies),
    ("/strategies/<int:id>/supplies", "POST", save_supplies),
    ("/strategies/<int:id>/domain_restrictions", "POST", save_domains),
    ("/strategies/<int:id>/day_parts", "POST", save_day_parts),
)
