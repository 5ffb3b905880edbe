"""Audiences, customer lists and targeting templates: objects with verbs of their own, and lists that are uploaded."""

from __future__ import annotations

import re
from typing import Any

from adplatforms.sandbox.pinterest import generic
from adplatforms.sandbox.pinterest.context import Context, handles, touched
from adplatforms.sandbox.pinterest.errors import INVALID, Refusal, invalid
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document

FEWEST_MATCHES = 100
SHARED = {"update_ad_account_to_ad_account_shared_audience": ("recipient_account_ids", "AD_ACCOUNT")}
SHARED["update_business_to_ad_account_shared_audience"] = ("recipient_account_ids", "AD_ACCOUNT")
SHARED["update_ad_account_to_business_shared_audience"] = ("recipient_business_ids", "BUSINESS_ACCOUNT")
SHARED["update_business_to_business_shared_audience"] = ("recipient_business_ids", "BUSINESS_ACCOUNT")

_HASH = re.compile(r"^([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{32})$")
_EMAIL = re.compile(r"^[^@\sA-Z]+@[^@\sA-Z]+\.[^@\sA-Z]+$")


@handles("audiences/create")
def create_audience(context: Context, call: Call) -> Any:
    """An audience of a customer list needs the list; it begins as INITIALIZING."""
    key = call.body["rule"].get("customer_list_id")
    if call.body["audience_type"] == "CUSTOMER_LIST":
        if key is None:
            raise invalid("An audience of type CUSTOMER_LIST needs rule.customer_list_id")
        if context.rows.find("customer_lists", key, call.account) is None:
            raise invalid(f"Customer list {key} not found")
    return generic.create(context, call, status="INITIALIZING", size=0, type="audience")


@handles("audiences/update")
def update_audience(context: Context, call: Call) -> Any:
    """`operation_type` REMOVE takes the audience away; its answer is what it was."""
    if (call.body or {}).get("operation_type") != "REMOVE":
        return generic.update(context, call)
    with context.rows.store.transaction():
        row = generic.found(context, call)
        context.rows.remove(row)
        return row.data


@handles(*SHARED)
def share_audience(context: Context, call: Call) -> Any:
    """Shares an audience with accounts or businesses, or takes that back."""
    member, kind = SHARED[call.operation.id]
    body = call.body
    with context.rows.store.transaction():
        context.row("audiences", body["audience_id"])
        scope = next(iter(call.path.values()))
        for recipient in body[member]:
            known = [
                row
                for row in context.rows.select("audience_shared_accounts", {"scope": scope, "up": body["audience_id"]})
                if row.data["account_id"] == recipient
            ]
            if body["operation_type"] == "REVOKE":
                for row in known:
                    context.rows.remove(row)
            elif not known:
                data = {
                    "account_id": recipient,
                    "account_name": f"Account {recipient}",
                    "account_type": kind,
                    "shared_on_timestamp": context.seconds,
                }
                context.rows.add("audience_shared_accounts", data, scope, {"audience_id": body["audience_id"]})
    return {"audience_id": body["audience_id"], member: body[member]}


@handles("customer_lists/create")
def create_customer_list(context: Context, call: Call) -> Any:
    """`records` is one string, entries separated by commas; the list is being processed at first."""
    number = _records(call.body)
    return generic.create(
        context,
        call,
        status="PROCESSING",
        type="customerlist",
        num_batches=1,
        num_uploaded_user_records=number,
        num_removed_user_records=0,
        exceptions={},
    )


@handles("customer_lists/get")
def get_customer_list(context: Context, call: Call) -> Any:
    """Looking at a list that is being processed finishes it: READY from 100 records on, else TOO_SMALL."""
    with context.rows.store.transaction():
        row = generic.found(context, call)
        data = row.data
        if data["status"] == "PROCESSING":
            left = data["num_uploaded_user_records"] - data["num_removed_user_records"]
            data["status"] = "READY" if left >= FEWEST_MATCHES else "TOO_SMALL"
            context.rows.save(row, quiet=True)
        return data


@handles("customer_lists/update")
def update_customer_list(context: Context, call: Call) -> Any:
    """No update of fields: `operation_type` ADD or REMOVE, with `records`."""
    number = _records(call.body)
    with context.rows.store.transaction():
        row = generic.found(context, call)
        _count(row.data, call.body["operation_type"], number)
        row.data["status"] = "PROCESSING"
        context.rows.save(_touched(context, row))
        return row.data


def _touched(context: Context, row: Any) -> Any:
    touched(context, row.data)
    return row


def _count(data: Document, operation: str, number: int) -> None:
    name = "num_uploaded_user_records" if operation == "ADD" else "num_removed_user_records"
    data[name] += number
    data["num_batches"] += 1


def _records(body: Document) -> int:
    records = [one.strip() for one in body["records"].split(",") if one.strip()]
    if not records:
        raise invalid("records is empty")
    if body.get("list_type", "EMAIL") == "EMAIL":
        for one in records:
            if not (_HASH.match(one) or _EMAIL.match(one)):
                raise invalid("records: an entry is neither a lower-case e-mail address nor a SHA1, SHA256 or MD5 hash")
    return len(records)


@handles("customer_list_uploads/create")
def create_upload(context: Context, call: Call) -> Any:
    """Presigned URLs for the parts of a large list, to be PUT one after another."""
    customer_list = context.row("customer_lists", call.path["customer_list_id"], call.account)
    parts, keys = [], []
    for number in range(1, call.body["total_parts"] + 1):
        url, key = context.services.files.accept()
        parts.append({"part_number": number, "presigned_url": url})
        keys.append(key)
    data = {
        "ad_account_id": call.account,
        "customer_list_id": customer_list.key,
        "operation": call.body["operation"],
        "state": "NOT_STARTED",
        "record_counts": None,
        "error_counts": None,
        "creation_time": context.seconds,
        "updated_time": context.seconds,
    }
    with context.rows.store.transaction():
        row = context.rows.add("customer_list_uploads", data, customer_list.key, {"keys": keys, "looks": 0})
    return {"customer_list_upload": row.data, "s3_multipart_upload_data": {"file_parts": parts}}


@handles("customer_list_uploads/run")
def run_upload(context: Context, call: Call) -> Any:
    """Starts reading the parts; all of them must be there."""
    with context.rows.store.transaction():
        row = _upload(context, call)
        missing = [key for key in row.note.get("keys", ()) if context.services.files.received(key) is None]
        if missing:
            raise Refusal(400, INVALID, f"{len(missing)} of {len(row.note['keys'])} parts were not uploaded")
        if row.data["state"] != "NOT_STARTED":
            raise Refusal(400, INVALID, f"The upload is {row.data['state']}")
        row.data["state"] = "RUNNING"
        context.rows.save(_touched(context, row))
        return row.data


@handles("customer_list_uploads/get")
def get_upload(context: Context, call: Call) -> Any:
    """A running upload is done at the third look; then the list has grown or shrunk."""
    with context.rows.store.transaction():
        row = _upload(context, call)
        if row.data["state"] == "RUNNING":
            row.note["looks"] += 1
            if row.note["looks"] >= context.settings.job_looks:
                _read_parts(context, call, row)
            context.rows.save(_touched(context, row), quiet=True)
        return row.data


def _upload(context: Context, call: Call) -> Any:
    customer_list = context.row("customer_lists", call.path["customer_list_id"], call.account)
    return context.row("customer_list_uploads", call.path["customer_list_upload_id"], customer_list.key)


def _read_parts(context: Context, call: Call, row: Any) -> None:
    content = b"".join(context.services.files.received(key) or b"" for key in row.note["keys"])
    words = [one.strip() for one in re.split(r"[,\n]", content.decode("utf-8", "replace")) if one.strip()]
    good = [one for one in words if _HASH.match(one) or _EMAIL.match(one)]
    bad = len(words) - len(good)
    row.data["state"] = "SUCCEEDED" if good else "FAILED"
    row.data["record_counts"] = {"processed": len(words), "valid": len(good), "invalid": bad}
    row.data["error_counts"] = [{"error_code": 1, "message": "Invalid record", "count": bad}] if bad else []
    customer_list = context.row("customer_lists", call.path["customer_list_id"], call.account)
    _count(customer_list.data, row.data["operation"], len(good))
    context.rows.save(customer_list, quiet=True)


@handles("targeting_template/create")
def create_template(context: Context, call: Call) -> Any:
    """A new template is active."""
    return generic.create(context, call, status="ACTIVE", valid=True, sizing=None)


@handles("targeting_template/update")
def update_template(context: Context, call: Call) -> Any:
    """`PATCH` on the collection, the id in the body. REMOVE makes it DELETED. Answered without a body."""
    with context.rows.store.transaction():
        row = context.row("targeting_templates", call.body["id"], call.account)
        if call.body["operation_type"] == "REMOVE":
            row.data["status"] = "DELETED"
        elif "targeting_attributes" in call.body:
            row.data["targeting_attributes"] = call.body["targeting_attributes"]
        context.rows.save(_touched(context, row))


@handles("conversion_tags/create")
def create_tag(context: Context, call: Call) -> Any:
    """A new tag is active; what it is to measure stands in `configs`."""
    configs = {name: value for name, value in call.body.items() if name != "name"}
    snippet = "<!-- Pinterest Tag -->"
    return generic.create(
        context,
        call,
        status="ACTIVE",
        version="3",
        configs=configs,
        code_snippet=snippet,
        enhanced_match_status="UNKNOWN",
    )


@handles("lead_form_test/create")
def test_lead(context: Context, call: Call) -> Any:
    """Sends a test lead to the form's subscription; a form without one is refused."""
    form = context.row("lead_forms", call.path["lead_form_id"], call.account)
    for row in context.rows.select("lead_subscriptions", {"scope": call.account}):
        if row.data.get("lead_form_id") == form.key:
            return {"subscription_id": row.key}
    raise invalid(f"Lead form {form.key} has no subscription")
