"""Target dimensions, permissions and access lists: what belongs to another entity and is saved as a whole."""

import pickle
from typing import Any

import pytest

from adplatforms.core.errors import APIError, ClientError, InvalidValueError, UnsentValueWarning
from adplatforms.core.testing import assert_calls, reply
from terminalone.entities import ACL, Permission, TargetDimension, TargetValue

Row = dict[str, Any]


def value(number: int) -> Row:
    return {"entity_type": "target_value", "id": number, "name": f"Region {number}"}


def region(*include: int, exclude: tuple[int, ...] = ()) -> Row:
    return {
        "enabled": {"active": True},
        "include": [value(n) for n in include],
        "exclude": [value(n) for n in exclude],
        "include_op": "OR",
    }


def form(t1: Any, number: int = -1) -> list[tuple[str, str]]:
    return list(t1.transport.calls[number].form)


# target dimensions


def test_a_dimension_knows_where_it_belongs_before_and_after_each_save(offline: Any) -> None:
    """Known defect 32: saving twice works, and parent, parent_id and id stay."""
    t1 = offline(region(251), region(251, 252), region(252))
    dimension = t1.get("strategies", 9, "region")
    for change in (lambda d: d.include.append(252), lambda d: d.remove("include", 251)):
        change(dimension)
        dimension.save()
        assert (dimension.parent, dimension.parent_id, dimension.id) == ("strategies", 9, 7)
    assert {call.path for call in t1.transport.calls} == {"api/v2.0/strategies/9/target_dimensions/7"}
    assert [form(t1, 1), form(t1, 2)] == [[("include", "251"), ("include", "252")], [("include", "252")]]
    again = pickle.loads(pickle.dumps(dimension))
    assert (again.parent_id, again.id, again.include) == (9, 7, dimension.include)


def test_both_lists_are_sent_and_nothing_else(offline: Any) -> None:
    t1 = offline(region(251, exclude=(300,)), region(251, 252, exclude=(300,)), region(exclude=(300,)))
    dimension = t1.get("strategies", 9, "region")
    with assert_calls(t1, 0):
        assert dimension.save() == {}
    dimension.include = [TargetValue(None, id=251), 252]
    saved = dimension.save()
    assert form(t1) == [("include", "251"), ("include", "252"), ("exclude", "300")]
    assert [each.id for each in saved["include"].new] == [251, 252]
    assert dimension.include[1].name == "Region 252"
    dimension.save({"include": []})
    assert form(t1) == [("exclude", "300")]


def test_operators_are_sent_when_they_changed(offline: Any) -> None:
    t1 = offline(region(251), region(251))
    dimension = t1.get("strategies", 9, "region")
    dimension.include_op = "AND"
    dimension.save()
    assert form(t1) == [("include", "251"), ("include_op", "AND")]
    with pytest.raises(InvalidValueError, match="AND, OR"):
        dimension.exclude_op = "XOR"


@pytest.mark.parametrize("group", ["include", "list"])
def test_values_are_added_by_id_and_as_objects(offline: Any, group: str) -> None:
    """Known defect 41: ids are loaded, objects are taken as they are."""
    t1 = offline(region(251), value(252), region(251, 252, 253, 254))
    dimension = t1.get("strategies", 9, "region")
    side = dimension.include if group == "list" else "include"
    dimension.add(side, 252)
    assert t1.transport.calls[-1].path == "api/v2.0/target_values/252"
    with assert_calls(t1, 0):
        dimension.add(side, TargetValue(None, id=253))
        dimension.add(side, [254, 252], check=False)
    assert [each.id for each in dimension.include] == [251, 252, 253, 254]
    dimension.save()
    assert form(t1) == [("include", str(number)) for number in (251, 252, 253, 254)]


def test_an_unknown_value_is_not_added(offline: Any) -> None:
    t1 = offline(region(251), reply({"errors": [], "meta": {"status": "not_found"}}))
    dimension = t1.get("strategies", 9, "region")
    with pytest.raises(APIError, match="not_found"):
        dimension.add(dimension.include, 999)
    with assert_calls(t1, 0):
        assert dimension.save() == {}


def test_only_what_is_there_is_removed(offline: Any) -> None:
    """Known defect 41: removing an unknown id is a ClientError."""
    dimension = offline(region(251, 252)).get("strategies", 9, "region")
    with pytest.raises(ClientError, match="target value 999 is not in this list"):
        dimension.remove(dimension.include, [251, 999])
    assert [each.id for each in dimension.include] == [251, 252]
    dimension.remove(dimension.include, dimension.include[0])
    assert [each.id for each in dimension.include] == [252]
    with pytest.raises(InvalidValueError, match="include or exclude"):
        dimension.add("both", 251)
    with pytest.raises(InvalidValueError, match="expected a list"):
        dimension.include = "251"


def test_the_old_names_still_work(offline: Any) -> None:
    dimension = offline(region(251)).get("strategies", 9, "region")
    with pytest.warns(DeprecationWarning, match="call add"):
        dimension.add_to(dimension.exclude, TargetValue(None, id=5))
    with pytest.warns(DeprecationWarning, match="call remove"):
        dimension.remove_from(dimension.exclude, 5)
    assert dimension.exclude == []


@pytest.mark.parametrize(
    ("inside", "include", "exclude"),
    [
        ('<enabled active="0"/>', [], []),
        ('<include><entities><entity type="target_value" id="5"/></entities></include>', [5], []),
        ('<exclude><entities><entity type="target_value" id="5"/></entities></exclude>', [], [5]),
        ("<include/><exclude/>", [], []),
    ],
)
def test_dimensions_in_xml_have_any_of_their_parts(
    offline: Any, inside: str, include: list[int], exclude: list[int]
) -> None:
    """Known defect 20: a dimension is one without `enabled` too."""
    body = f'<result>{inside}<status code="ok"/></result>'
    saved = reply('<result><enabled active="1"/><status code="ok"/></result>')
    t1 = offline(reply(body), saved, json=False)
    dimension = t1.get("strategies", 9, "Region")
    assert type(dimension) is TargetDimension
    assert [each.id for each in dimension.include] == include
    assert [each.id for each in dimension.exclude] == exclude
    dimension.include.append(8)
    dimension.save()
    assert form(t1) == [*(("include", str(n)) for n in (*include, 8)), *(("exclude", str(n)) for n in exclude)]


def test_the_strategy_of_a_dimension(offline: Any) -> None:
    t1 = offline(region(), {"entity_type": "strategy", "id": 9, "name": "Prospecting"})
    assert t1.get("strategies", 9, "region").strategy.name == "Prospecting"
    assert t1.transport.calls[-1].path == "api/v2.0/strategies/9"


def test_a_dimension_is_refreshed_where_it_is(offline: Any) -> None:
    t1 = offline(region(251), region(251, 252))
    dimension = t1.get("strategies", 9, "region")
    dimension.exclude = [300]
    dimension.refresh()
    assert t1.transport.calls[-1].path == "api/v2.0/strategies/9/target_dimensions/7"
    assert [each.id for each in dimension.include] == [251, 252]
    assert set(dimension.changes()) == {"exclude"}


def test_target_values_cannot_be_saved(offline: Any) -> None:
    row = {**value(5), "code": "us"}
    t1 = offline(row)
    found = t1.get(TargetValue, 5)
    assert t1.transport.calls[0].path == "api/v2.0/target_values/5"
    with assert_calls(t1, 0), pytest.raises(ClientError, match=r"TargetDimension.add"):
        found.save()


def test_what_belongs_nowhere_says_so(offline: Any) -> None:
    dimension = offline().new("target_dimension", id=7)
    dimension.include = [1]
    with pytest.raises(ClientError, match=r"belongs to no entity yet .*parent_id"):
        dimension.save()
    with pytest.raises(AttributeError, match="parent"):
        dimension.parent  # noqa: B018
    dimension.parent, dimension.parent_id = "strategy", "9"
    assert (dimension.parent, dimension.parent_id) == ("strategies", 9)


# permissions

ACCESS = {
    "organization": [(1, {})],
    "agency": [(3, {"organization_id": 1}), (4, {"organization_id": 2})],
    "advertiser": [(6, {"agency_id": 3}), (7, {"agency_id": 3}), (8, {"agency_id": 4})],
}


def permissions(access: Any = ACCESS, **flags: Any) -> Row:
    """A reply about permissions, as JSON has it: ids of entities are text there."""
    entities = {
        level: [{"access": [{"id": str(n), "name": f"{level} {n}", "value": "w", **more} for n, more in items]}]
        for level, items in access.items()
    }
    told = {"edit_campaigns": 0, "role": "MANAGER", "type": "AGENCY", **flags}
    listed = [{"type": name, "value": told[name]} for name in told]
    data = {"permissions": {"entities": entities, "flags": [{"access": listed}]}, "user": {"id": 5}}
    return reply({"data": data, "meta": {"status": "ok"}})


def permissions_xml(access: Any = ACCESS) -> Any:
    """The same in XML."""

    def tag(level: str, number: int, more: Row) -> str:
        told = {"id": number, "name": f"{level} {number}", "value": "w", **more}
        return "<access " + " ".join(f'{name}="{text}"' for name, text in told.items()) + "/>"

    levels = "".join(
        f"<{level}>{''.join(tag(level, number, more) for number, more in items)}</{level}>"
        for level, items in access.items()
    )
    flags = '<access type="edit_campaigns" value="0"/><access type="role" value="MANAGER"/>'
    flags += '<access type="type" value="AGENCY"/>'
    body = f"<entities>{levels}</entities><flags>{flags}</flags>"
    return reply(f'<result><permissions>{body}</permissions><status code="ok"/><user id="5" type="user"/></result>')


def test_permissions_are_the_same_in_both_formats(offline: Any) -> None:
    in_json = offline(permissions()).get("users", 5, "permissions")
    in_xml = offline(permissions_xml(), json=False).get("users", 5, "permissions")
    assert type(in_json) is Permission
    assert in_json.advertiser[6] == {"id": 6, "name": "advertiser 6", "value": "w", "agency_id": 3}
    for name in Permission.__model__.fields:
        assert getattr(in_json, name, "missing") == getattr(in_xml, name, "missing"), name
    assert (in_json.edit_campaigns, in_json.role, in_json.type) == (0, "MANAGER", "AGENCY")
    assert in_json.agency_id == [3, 4]


def test_permissions_are_saved_again_and_again(offline: Any) -> None:
    """Known defect 32, for permissions."""
    first, second = ({"advertiser": [(number, {}) for number in ids]} for ids in ((6, 7, 8, 9), (7, 8, 9)))
    t1 = offline(permissions(), permissions(first), permissions(second))
    permission = t1.get("users", 5, "permissions")
    permission.add("advertiser", [9, 6])
    permission.save()
    assert form(t1) == [
        *(("advertiser_id", str(n)) for n in (6, 7, 8, 9)),
        ("agency_id", "3"),
        ("agency_id", "4"),
        ("organization_id", "1"),
    ]
    assert (permission.parent, permission.parent_id) == ("users", 5)
    assert permission.agency is None
    with assert_calls(t1, 0):
        permission.save()
    permission.remove("advertiser", 6)
    permission.save()
    assert t1.transport.calls[-1].path == "api/v2.0/users/5/permissions"
    assert form(t1) == [("advertiser_id", "7"), ("advertiser_id", "8"), ("advertiser_id", "9")]


@pytest.mark.parametrize(
    ("level", "number", "left"),
    [("advertiser", 6, ([7, 8], [3, 4], [1])), ("agency", 3, ([8], [4], [1])), ("organization", 1, ([8], [4], []))],
)
def test_removing_takes_along_what_is_below(offline: Any, level: str, number: int, left: Any) -> None:
    permission = offline(permissions()).get("users", 5, "permissions")
    permission.remove(level, number)
    assert (permission.advertiser_id, permission.agency_id, permission.organization_id) == left


@pytest.mark.parametrize("missing", ["advertiser", "agency"])
def test_removing_where_a_level_is_missing(offline: Any, missing: str) -> None:
    """Known defect 41: a level below that is None, or was just added to, does no harm."""
    access = {level: items for level, items in ACCESS.items() if level != missing}
    permission = offline(permissions(access)).get("users", 5, "permissions")
    assert getattr(permission, missing) is None
    permission.add("advertiser", 99)
    permission.remove("organization", 1)
    assert permission.organization == {}
    assert 99 in permission.advertiser


def test_wrong_levels_and_ids(offline: Any) -> None:
    permission = offline(permissions()).get("users", 5, "permissions")
    with pytest.raises(ClientError, match="not 'campaign'"):
        permission.add("campaign", 1)
    with pytest.raises(ClientError, match="has no agency 99"):
        permission.remove("agency", 99)
    assert permission.changes() == {}


def test_given_lists_are_sent_alone(offline: Any) -> None:
    t1 = offline(permissions(), permissions())
    permission = t1.get("users", 5, "permissions")
    wanted = {"advertiser_id": [6, 7]}
    permission.save(wanted)
    assert form(t1) == [("advertiser_id", "6"), ("advertiser_id", "7")]
    assert wanted == {"advertiser_id": [6, 7]}
    with pytest.raises(ClientError, match="did you mean 'advertiser_id'"):
        permission.save({"advertiser_ids": [6]})


def test_flags_go_to_the_user(offline: Any) -> None:
    """Known defect 41: flags are sent, and shown afterwards."""
    user = {"entity_type": "user", "id": 5, "version": 3, "role": "MANAGER", "edit_campaigns": False}
    t1 = offline(permissions(), user, {**user, "version": 4, "role": "ADMIN", "edit_campaigns": True})
    permission = t1.get("users", 5, "permissions")
    permission.edit_campaigns, permission.role = True, "ADMIN"
    assert permission.save() == {"edit_campaigns": (0, 1), "role": ("MANAGER", "ADMIN")}
    assert [(call.method, call.path) for call in t1.transport.calls[1:]] == [
        ("GET", "api/v2.0/users/5"),
        ("POST", "api/v2.0/users/5"),
    ]
    assert dict(form(t1)) == {"edit_campaigns": "1", "role": "ADMIN", "version": "3"}
    assert (permission.edit_campaigns, permission.role, permission.changes()) == (1, "ADMIN", {})


def test_a_flag_that_is_refused_stays_pending_and_sends_nothing(offline: Any) -> None:
    user = {"entity_type": "user", "id": 5, "version": 3, "role": "MANAGER"}
    t1 = offline(permissions(), user)
    permission = t1.get("users", 5, "permissions")
    permission.role = "BOSS"
    permission.add("advertiser", 9)
    with pytest.raises(InvalidValueError, match="ADMIN, MANAGER, REPORTER"):
        permission.save()
    assert set(permission.changes()) == {"role", "advertiser"}
    assert [call.method for call in t1.transport.calls] == ["GET", "GET"]


@pytest.mark.parametrize("flags", ["", "<flags/>"])
def test_permissions_with_nothing_in_them(offline: Any, flags: str) -> None:
    """Known defect 20: empty flags are no failure."""
    body = f'<result><permissions>{flags}</permissions><status code="ok"/></result>'
    permission = offline(reply(body), json=False).get("users", 5, "permissions")
    assert (permission.advertiser, permission.agency_id) == (None, [])


def test_a_new_permission_is_told_where_it_belongs(offline: Any) -> None:
    t1 = offline(permissions())
    permission = t1.new("permission", parent="users", parent_id=5)
    permission.add("agency", 3)
    permission.save()
    assert t1.transport.calls[-1].path == "api/v2.0/users/5/permissions"
    assert form(t1) == [("agency_id", "3")]


def test_a_level_that_t1_does_not_empty_is_an_error(offline: Any) -> None:
    t1 = offline(permissions(), permissions(), permissions({**ACCESS, "advertiser": []}))
    permission = t1.get("users", 5, "permissions")
    permission.remove("advertiser", [6, 7, 8])
    with pytest.raises(APIError, match="still has advertiser 6, 7, 8"):
        permission.save()
    permission.remove("advertiser", [6, 7, 8])
    permission.save()
    assert permission.advertiser == {}


# access lists


def test_access_lists_read_their_ids_as_numbers(offline: Any) -> None:
    """Known defect 16: fields belong to the row, not to the class, and ids are numbers."""
    rows = (
        '<entity type="advertiser_acl" id="1"><prop name="advertiser_id" value="6"/></entity>'
        '<entity type="organization_acl" id="1"><prop name="organization_id" value="2"/></entity>'
    )
    body = f'<result><entities count="2">{rows}</entities><status code="ok"/></result>'
    t1 = offline(reply(body), json=False)
    first, second = t1.get("pixel_bundles", 3, "acl")
    assert {type(first), type(second)} == {ACL}
    assert (first.id, first.advertiser_id, second.organization_id) == (1, 6, 2)
    assert not hasattr(second, "advertiser_id")
    assert first != second
    assert (first.parent, first.parent_id) == ("pixel_bundles", 3)
    with pytest.raises(ClientError, match="cannot be saved"):
        first.save()


def test_a_new_access_list_entry(offline: Any) -> None:
    """Known defect 16: no properties are needed."""
    assert type(offline().new("advertiser_acl")) is ACL


# what children have in common


def test_children_know_their_parent_after_a_save(offline: Any) -> None:
    row = {"entity_type": "concept", "id": 3, "version": 1, "name": "Old", "advertiser_id": 7}
    t1 = offline([row], {**row, "name": "New", "version": 2})
    concept = next(t1.get("strategies", 9, "concepts"))
    concept.name = "New"
    concept.save()
    assert (concept.parent, concept.parent_id, concept.version) == ("strategies", 9, 2)


def test_where_a_record_came_from_can_be_set_and_is_no_field(offline: Any) -> None:
    concept = offline().new("concepts", name="x", advertiser_id=1)
    concept.parent_id = "9"
    assert concept.parent_id == 9
    assert set(concept.changes()) == {"name", "advertiser_id"}
    with pytest.warns(UnsentValueWarning):
        concept.parent_ids = 9


# against the sandbox


@pytest.mark.parametrize("json", [True, False])
def test_the_life_of_a_dimension_and_a_permission(fresh_sandbox: Any, json: bool) -> None:
    t1 = fresh_sandbox.t1(json=json)
    strategy = next(t1.get("strategies", full=True, page_limit=1))
    first, second = t1.get("target_values", query="target_dimension_id==7", page_limit=2)
    dimension = strategy.get_target_dimension("region")
    dimension.include = [first]
    dimension.add(dimension.exclude, second.id)
    dimension.save()
    dimension.remove("exclude", second)
    dimension.save()
    again = t1.get("strategies", strategy.id, "region")
    assert (again.include, again.exclude, again.enabled) == ([first], [], True)
    strategy.set_target_values({"REGN": {"include": [second]}})
    assert strategy.get_target_dimension("region").include == [second]
    user = next(t1.get("users", full=True, sort_by="-id", page_limit=1))
    permission = user.get_permissions()
    permission.add("advertiser", 7)
    permission.save()
    permission.add("advertiser", 8)
    permission.save()
    assert {7, 8} <= set(user.get_permissions().advertiser)
    permission.remove("advertiser", 7)
    permission.save()
    assert 7 not in user.get_permissions().advertiser


def test_a_dimension_that_differs_from_what_was_sent(offline: Any) -> None:
    dimension = offline(region(5), region(5)).get("strategies", 9, "Region")
    dimension.include = [4711]
    with pytest.raises(APIError, match="it lacks included target values 4711"):
        dimension.save()


def test_permissions_that_differ_from_what_was_sent(offline: Any) -> None:
    permission = offline(permissions(), permissions()).get("users", 5, "permissions")
    permission.add("advertiser", 4711)
    with pytest.raises(APIError, match="it lacks access to advertiser 4711"):
        permission.save()
