"""Business Access: members, partners, assets, invites, asset groups, brand accounts. Deletions carry a body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adplatforms.sandbox.pinterest import generic
from adplatforms.sandbox.pinterest.context import Context, Reply, handles
from adplatforms.sandbox.pinterest.errors import invalid, not_found
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document, Row
from adplatforms.sandbox.pinterest.seed_rest import USER

A_DAY = 86_400
INVITE_DAYS = 30
ASSET_TYPE = "AD_ACCOUNT"


def _business(call: Call) -> str:
    return call.path["business_id"]


@handles("get/business_members")
def members(context: Context, call: Call) -> Reply:
    """`member_ids` is one text of ids, separated by commas."""
    return generic.page(context, call, _ids(call, "member_ids"))


@handles("get/business_partners")
def partners(context: Context, call: Call) -> Reply:
    """`partner_ids` is one text of ids, separated by commas."""
    return generic.page(context, call, _ids(call, "partner_ids"))


def _ids(call: Call, name: str) -> dict[str, Any]:
    return {"key": call.query[name].split(",")} if call.query.get(name) else {}


@handles("business_member_assets/get")
def member_assets(context: Context, call: Call) -> Reply:
    """The assets a member has access to."""
    context.row("business_members", call.path["member_id"], _business(call))
    return _assets(context, call, call.path["member_id"])


@handles("business_partner_asset_access/get")
def partner_assets(context: Context, call: Call) -> Reply:
    """The assets a partner has access to."""
    context.row("business_partners", call.path["partner_id"], _business(call))
    return _assets(context, call, call.path["partner_id"])


def _assets(context: Context, call: Call, holder: str) -> Reply:
    where: dict[str, Any] = {"scope": holder}
    if "asset_type" in call.query:
        where["status"] = call.query["asset_type"]
    return generic.listed(context, call, call.operation.resource, where)


@handles("get/business_employers")
def employers(context: Context, call: Call) -> Reply:
    """The businesses the user works for."""
    return generic.listed(context, call, "business_employers", {})


@handles("update/business_memberships")
def update_members(context: Context, call: Call) -> Any:
    """Sets the role of each member."""
    with context.rows.store.transaction():
        for one in call.body:
            row = context.row("business_members", one["member_id"], _business(call))
            row.data["business_roles"] = [one["business_role"]]
            context.rows.save(row)
    return {"items": call.body}


@handles("delete_business_membership")
def delete_members(context: Context, call: Call) -> Any:
    """Removes members; unknown ones are left out of the answer."""
    keys = [one["member_id"] for one in call.body["members"]]
    return {"deleted_members": _removed(context, "business_members", keys, _business(call))}


@handles("delete_business_partners")
def delete_partners(context: Context, call: Call) -> Any:
    """Removes partners; unknown ones are left out of the answer."""
    return {"deleted_partners": _removed(context, "business_partners", call.body["partner_ids"], _business(call))}


def _removed(context: Context, kind: str, keys: Iterable[str], scope: str) -> list[str]:
    gone = []
    with context.rows.store.transaction():
        for key in keys:
            row = context.rows.find(kind, key, scope)
            if row is not None:
                context.rows.remove(row)
                gone.append(key)
    return gone


@handles("business_members_asset_access/update")
def update_member_assets(context: Context, call: Call) -> Any:
    """Gives members access to assets."""
    return {"items": [{"response": one} for one in _given(context, call, "member", "business_member_assets")]}


@handles("update_partner_asset_access_handler_impl")
def update_partner_assets(context: Context, call: Call) -> Any:
    """Gives partners access to assets."""
    found = _given(context, call, "partner", "business_partner_assets")
    return {"items": [{**one, "asset_type": ASSET_TYPE} for one in found]}


def _given(context: Context, call: Call, who: str, kind: str) -> list[Document]:
    with context.rows.store.transaction():
        for one in call.body["accesses"]:
            holder = context.row(f"business_{who}s", one[f"{who}_id"], _business(call)).key
            row = _access(context, kind, holder, one["asset_id"])
            if row is None:
                data = {"asset_id": one["asset_id"], "asset_type": ASSET_TYPE, "permissions": one["permissions"]}
                context.rows.add(kind, data, holder)
            else:
                row.data["permissions"] = one["permissions"]
                context.rows.save(row)
    found: list[Document] = call.body["accesses"]
    return found


def _access(context: Context, kind: str, holder: str, asset: str) -> Row | None:
    return next(iter(context.rows.select(kind, {"scope": holder, "up": asset})), None)


@handles("business_members_asset_access/delete")
def delete_member_assets(context: Context, call: Call) -> Any:
    """Takes access away from members."""
    return {"items": _taken(context, call, "member", "business_member_assets")}


@handles("delete_partner_asset_access_handler_impl")
def delete_partner_assets(context: Context, call: Call) -> Any:
    """Takes access away from partners."""
    found = _taken(context, call, "partner", "business_partner_assets")
    return {
        "items": [{**one, "asset_type": ASSET_TYPE, "permissions": [], "is_shared_partner": False} for one in found]
    }


def _taken(context: Context, call: Call, who: str, kind: str) -> list[Document]:
    found = []
    with context.rows.store.transaction():
        for one in call.body["accesses"]:
            row = _access(context, kind, one[f"{who}_id"], one["asset_id"])
            if row is not None:
                context.rows.remove(row)
                found.append({"asset_id": one["asset_id"], f"{who}_id": one[f"{who}_id"]})
    return found


@handles("create_membership_or_partnership_invites")
def create_invites(context: Context, call: Call) -> Any:
    """Invites members by name or e-mail address, partners by id: one result each."""
    body = call.body
    invited = body.get("members") or body.get("partners") or []
    if not invited:
        raise invalid("members or partners is required")
    items = []
    with context.rows.store.transaction():
        for name in invited:
            user = {"id": name, "username": None, "email": None} if name.isdigit() else {"id": None, "email": name}
            data = {
                "user": {"username": None, **user},
                "is_received_invite": False,
                "invite_data": _invite_data(context, body["invite_type"]),
                "business_roles": [body["business_role"]],
                "created_time": context.seconds * 1000,
            }
            row = context.rows.add("business_invites", data, _business(call))
            items.append({"exception": None, "invite": {"id": row.key, "user": row.data["user"]}})
    return {"items": items}


def _invite_data(context: Context, kind: str) -> Document:
    sent = context.seconds * 1000
    return {
        "invite_type": kind,
        "invite_status": "PENDING",
        "sent_at": sent,
        "last_updated_time": sent,
        "invite_expiration": sent + INVITE_DAYS * A_DAY * 1000,
    }


@handles("create_asset_invites")
def create_asset_invites(context: Context, call: Call) -> Any:
    """Adds access to assets to invites that are open."""
    with context.rows.store.transaction():
        return {"items": [_asset_invite(context, call, one) for one in call.body["invites"]]}


def _asset_invite(context: Context, call: Call, one: Document) -> Document:
    row = context.rows.find("business_invites", one["invite_id"], _business(call))
    if row is None:
        return _refused(one["invite_id"])
    context.rows.save(row)
    makers = {"created_by_business_id": _business(call), "created_by_user_id": _business(call)}
    return {"exception": None, "invite": {**_base(row), **makers}}


@handles("respond_business_access_invites")
def respond(context: Context, call: Call) -> Any:
    """Accepts or declines invites."""
    items = []
    with context.rows.store.transaction():
        for one in call.body["invites"]:
            row = context.rows.find("business_invites", one["invite_id"])
            if row is None:
                items.append(_refused(one["invite_id"]))
                continue
            accepted = one["action"]["accept_invite"]
            row.data["invite_data"]["invite_status"] = "ACCEPTED" if accepted else "DECLINED"
            context.rows.save(row)
            items.append({"exception": None, "invite": _base(row)})
    return {"items": items}


@handles("cancel_invites_or_requests")
def cancel(context: Context, call: Call) -> Any:
    """Cancels invites and requests: one result each."""
    items = []
    with context.rows.store.transaction():
        for key in call.body["invite_ids"]:
            row = context.rows.find("business_invites", key, _business(call))
            if row is None:
                items.append({"exception": {"invite_id": key, "message": f"Invite {key} not found"}, "invite": None})
                continue
            context.rows.remove(row)
            items.append({"exception": None, "invite": _base(row)})
    return {"items": items}


def _base(row: Row) -> Document:
    return {name: row.data[name] for name in ("id", "invite_data", "is_received_invite", "user")}


def _refused(key: str) -> Document:
    exception = {"code": 404, "message": f"Invite {key} not found", "invite_or_request_id": key}
    return {"exception": {**exception, "users_or_partner_ids": None}, "invite": None}


@handles("asset_access_requests/create")
def request_assets(context: Context, call: Call) -> Any:
    """Asks partners for access: a map from partner to the invite that was made."""
    made = {}
    with context.rows.store.transaction():
        for one in call.body["asset_requests"]:
            data = {
                "user": {"id": one["partner_id"], "username": None, "email": None},
                "is_received_invite": False,
                "invite_data": _invite_data(context, "PARTNER_REQUEST"),
            }
            made[one["partner_id"]] = context.rows.add("business_invites", data, _business(call)).key
    return {"invites": made, "exceptions": None}


@handles("asset_group/create")
def create_group(context: Context, call: Call) -> Any:
    """A new asset group, empty."""
    user = {"id": _business(call), "username": USER, "email": None}
    data = {
        **call.body,
        "ad_accounts_ids": [],
        "catalogs_ids": [],
        "profiles_ids": [],
        "created_by": user,
        "owner": user,
        "created_time": context.seconds,
        "updated_time": context.seconds,
    }
    with context.rows.store.transaction():
        return {"asset_group": context.rows.add("asset_groups", data, _business(call)).data}


@handles("asset_group/update")
def update_groups(context: Context, call: Call) -> Any:
    """Renames groups, adds ad accounts to them or removes them; unknown groups are told as exceptions."""
    done, exceptions = [], []
    with context.rows.store.transaction():
        for one in call.body.get("asset_groups_to_update", ()):
            row = context.rows.find("asset_groups", one["asset_group_id"], _business(call))
            if row is None:
                exceptions.append(_no_group(one["asset_group_id"]))
                continue
            for name in ("name", "description"):
                if name in one:
                    row.data[f"asset_group_{name}"] = one[name]
            row.data["asset_group_types"] = one.get("asset_group_types", row.data["asset_group_types"])
            kept = [id for id in row.data["ad_accounts_ids"] or () if id not in one.get("assets_to_remove", ())]
            row.data["ad_accounts_ids"] = list(dict.fromkeys([*kept, *one.get("assets_to_add", ())]))
            row.data["updated_time"] = context.seconds
            context.rows.save(row)
            done.append(row.data)
    return {"updated_asset_groups": done, "exceptions": exceptions}


@handles("asset_group/delete")
def delete_groups(context: Context, call: Call) -> Any:
    """Removes groups; unknown groups are told as exceptions."""
    keys = call.body["asset_groups_to_delete"]
    gone = _removed(context, "asset_groups", keys, _business(call))
    return {"deleted_asset_groups": gone, "exceptions": [_no_group(key) for key in keys if key not in gone]}


def _no_group(key: str) -> Document:
    return {"asset_group_id": key, "code": 404, "message": f"Asset group {key} not found"}


@handles("system_user/update")
def rename_system_user(context: Context, call: Call) -> None:
    """Sets the name. Answered without a body."""
    with context.rows.store.transaction():
        row = context.row("system_users", call.path["system_user_id"], _business(call))
        row.data["name"] = call.body["name"]
        context.rows.save(row)


@handles("brand_accounts/create")
def create_brand(context: Context, call: Call) -> Any:
    """Answers the id alone; nothing reads a brand account back."""
    with context.rows.store.transaction():
        row = context.rows.add("brand_accounts", dict(call.body), call.path["business_hierarchy_id"])
    return {"brand_account_id": row.key}


@handles("brand_accounts/update")
def update_brand(context: Context, call: Call) -> Any:
    """Answers the id alone."""
    with context.rows.store.transaction():
        row = context.rows.find("brand_accounts", call.path["brand_account_id"], call.path["business_hierarchy_id"])
        if row is None:
            raise not_found("brand_accounts", call.path["brand_account_id"])
        row.data.update(call.body or {})
        context.rows.save(row)
    return {"brand_account_id": row.key}
