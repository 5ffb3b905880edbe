"""Any row of any entity, written as XML and as JSON, gives equal entities."""

import json as jsonlib
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.field import Field
from adplatforms.core.fields import Bool, Choice, DateTime, Float, Int, Str
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1
from terminalone.entities import ACL, Permission, T1Entity, TargetDimension
from terminalone.fields import ListedChoice
from terminalone.pixel_expressions import PixelExpression

Row = dict[str, Any]
APART = {ACL, Permission, TargetDimension}
"""Saved and read in envelopes of their own, which have tests of their own."""
MODELS = sorted(set(T1Entity.__model__.registry.collections.values()) - APART, key=lambda model: model.__name__)

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
amounts = st.decimals(0, 10**6, places=4).map(str)
money = st.lists(
    st.builds(lambda code, value: {"currency_code": code, "value": value}, st.sampled_from(["USD", "EUR"]), amounts),
    min_size=1,
    max_size=2,
)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


def values(field: Field[Any]) -> st.SearchStrategy[Any]:
    """What JSON may hold for a field: typed values, null where XML has an empty value for it too."""
    if isinstance(field, PixelExpression):
        return st.sampled_from(["", "( [1] OR [2] )", "NOT ( [3] )", "( [1] AND [2] OR [3] )"])
    if isinstance(field, ListedChoice):
        return st.sampled_from(field.values).map(lambda word: [word])
    if isinstance(field, Choice):
        return st.one_of(st.sampled_from(field.values), texts)
    if isinstance(field, Str):
        return texts
    if isinstance(field, Bool):
        return st.one_of(st.booleans(), st.none())
    if isinstance(field, Int):
        return st.one_of(st.integers(-(2**53), 2**53), st.none())
    if isinstance(field, Float):
        return st.one_of(numbers, amounts, money, st.none())
    if isinstance(field, DateTime):
        return st.one_of(moments.map(lambda moment: f"{moment.isoformat()}+0000"), st.none())
    return st.nothing()


@cache
def rows(model: type[T1Entity]) -> st.SearchStrategy[Row]:
    """Rows of an entity with any of its fields, as JSON has them."""
    wires = {field.wire: field for field in model.__model__.fields.values() if not values(field).is_empty}
    optional = {wire: values(field) for wire, field in wires.items() if wire != "id"}
    return st.fixed_dictionaries({"id": st.integers(1, 2**40)}, optional=optional).map(
        lambda row: {**row, "entity_type": model.__model__.type}
    )


def as_xml(row: Row) -> str:
    """The entity element of a row, as wire.md section 5 describes it."""
    attributes = {name: row[name] for name in ("id", "name", "version") if row.get(name) is not None}
    head = "".join(f" {name}={quoteattr(text(value))}" for name, value in attributes.items())
    props = "".join(prop(name, value) for name, value in row.items() if name not in (*attributes, "entity_type"))
    return f'<entity type="{row["entity_type"]}"{head}>{props}</entity>'


def prop(name: str, value: Any) -> str:
    """One field: null is an empty value, money has its amounts inside, words come without their list."""
    if isinstance(value, list) and isinstance(value[0], dict):
        inside = "".join(f'<amount currency_code="{item["currency_code"]}" value="{item["value"]}"/>' for item in value)
        first = value[0]
        return f'<prop name="{name}" currency_code="{first["currency_code"]}" value="{first["value"]}">{inside}</prop>'
    local = '<local_time value="2000-01-01T00:00:00" zone_name="UTC"/>' if name.endswith("_date") else ""
    return f"<prop name={quoteattr(name)} value={quoteattr(text(value))}>{local}</prop>"


def text(value: Any) -> str:
    """A value as XML writes it: bare dates, 1 and 0, nothing for null."""
    if isinstance(value, list):
        return str(value[0])
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else re.sub(r"(?<=T\d\d:\d\d:\d\d)\+0000$", "", str(value))


def read(body: str, content_type: str, collection: str, entity_id: int = 1) -> Any:
    """The entity that a reply about that record is read as."""
    transport = FakeTransport([reply(body, content_type)])
    t1 = T1("user", "secret-word", "secret-key", auth_method="delayed", transport=transport)
    return t1.get(collection, entity_id, limit={"campaign": 5} if collection == "budget_flights" else None)


def typed(entity: T1Entity, name: str) -> Any:
    """The typed value of a field; what cannot be read, in short."""
    try:
        return getattr(entity, name)
    except AttributeError:
        return "not loaded"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(max_examples=25, deadline=None, database=None)
@given(data=st.data())
def test_both_renderings_of_a_row_are_equal(model: type[T1Entity], data: st.DataObject) -> None:
    row = data.draw(rows(model))
    if model.collection == "budget_flights":
        row["campaign_id"] = 5
    envelope = jsonlib.dumps({"data": row, "meta": {"status": "ok"}})
    in_json = read(envelope, "application/json", model.collection, row["id"])
    xml = f'<?xml version="1.0" encoding="UTF-8"?><result>{as_xml(row)}<status code="ok">OK</status></result>'
    in_xml = read(xml, "text/xml", model.collection, row["id"])
    assert type(in_json) is type(in_xml) is model
    assert in_json == in_xml
    for name, field in model.__model__.fields.items():
        assert typed(in_json, name) == typed(in_xml, name), name
        if isinstance(field, Float):
            assert in_json.amounts(field.wire).keys() == in_xml.amounts(field.wire).keys()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_class_reads_a_row_of_its_own(model: type[T1Entity]) -> None:
    """Every field of every class, filled, in both formats: the values a user sees, typed."""
    samples: dict[str, tuple[Any, Any]] = {
        "whole number": (5, 5),
        "number": ([{"currency_code": "EUR", "value": "2.5000"}], 2.5),
        "True or False": (True, True),
        "date and time": ("2026-03-01T10:00:00+0000", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        "text": ("Grüße & <mehr>", "Grüße & <mehr>"),
        "choice": ("SOMETHING_NEW", "SOMETHING_NEW"),
    }
    fields = {n: f for n, f in model.__model__.fields.items() if f.type_name in samples and f.wire != "id"}
    row = {"id": 1, "entity_type": model.__model__.type, **{f.wire: samples[f.type_name][0] for f in fields.values()}}
    xml = f'<result>{as_xml(row)}<status code="ok"/></result>'
    body = jsonlib.dumps({"data": row, "meta": {"status": "ok"}})
    for entity in (read(body, "application/json", model.collection), read(xml, "text/xml", model.collection)):
        assert {name: getattr(entity, name) for name in fields} == {
            name: samples[field.type_name][1] for name, field in fields.items()
        }
