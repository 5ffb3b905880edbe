"""The Platform API v3, `/ttd/v3`: which path answers what, how it is refused, and signing in.

Not in the facts, and so the sandbox's choice: the HTTP status of a wrong password (401), the shape of names and
facets, and that answers without content (deleting, switching an ad group) are 240.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, unquote

from flask import Blueprint, Response, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.access import LOGIN, MOST_MINUTES, PASSWORD
from adplatforms.sandbox.ttd.bodies import read
from adplatforms.sandbox.ttd.errors import Fault, Refusal, missing
from adplatforms.sandbox.ttd.records import Doc, Records
from adplatforms.sandbox.ttd.rest import lists, shapes, writes
from adplatforms.sandbox.ttd.rest.reports import MyReports
from adplatforms.sandbox.ttd.rest.segments import CrmSegments
from adplatforms.sandbox.ttd.rest.tables import ENTITIES, Entity, Query
from adplatforms.sandbox.ttd.shared import Shared

__all__ = ["Asked", "Rest"]

PREFIX = "/ttd/v3"
EMPTY = 240
"""The status of a success that has nothing to tell."""

MOST_BATCH = 20
View = Callable[..., Any]
Write = Callable[[Records, Entity, Doc, bool], Doc]


class Asked(NamedTuple):
    """What a POST or PUT says: its JSON, and whether unknown properties are refused."""

    body: Any
    is_strict: bool

    @property
    def words(self) -> Doc:
        """The properties of the body by their names in lower case."""
        if not isinstance(self.body, dict):
            raise Refusal(400, "The body must be an object")
        return {name.lower(): value for name, value in self.body.items()}


class Rest:
    """The entities over one store."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.records = shared.records
        self.reports = MyReports(shared)
        self.segments = CrmSegments(shared)
        rules = [Rule(f"/{path}", endpoint=view, methods=[method]) for method, path, view in self._routes()]
        self._paths = Map(rules, strict_slashes=False).bind("")

    def blueprint(self) -> Blueprint:
        """Makes the entities answer."""
        paths = Blueprint("ttd_rest", __name__, url_prefix=PREFIX)
        methods = ["GET", "POST", "PUT", "DELETE"]
        paths.add_url_rule("/myreports/reportexecution/<id>/file", "report", self._report_file, methods=["GET"])
        paths.add_url_rule("/<path:endpoint>", "rest", self._view, methods=methods)
        paths.register_error_handler(Refusal, self.refuse)
        return paths

    def call(self, method: str, endpoint: str, body: Any, is_strict: bool = False) -> tuple[int, Any]:
        """Status and body of one call; `endpoint` is the path under /v3, perhaps with a query. None is no body."""
        path, _, query = endpoint.partition("?")
        try:
            view, place = self._paths.match(f"/{unquote(path)}", method)
        except MethodNotAllowed:
            return 405, {"Message": f"{method} is not allowed on {endpoint}"}
        except NotFound:
            return 404, {"Message": f"There is no endpoint {endpoint}"}
        if method in ("POST", "PUT") and not isinstance(body, dict | list):
            return 400, {"Message": "The body must be JSON"}
        given: tuple[Any, ...] = (Asked(body, is_strict),) if method in ("POST", "PUT") else ()
        if view == self.segments.listed:
            given = (*given, dict(parse_qsl(query)))
        try:
            answer = view(*given, **place)
        except Refusal as refusal:
            return refusal.status, _told(refusal)
        return (EMPTY, None) if answer is None else (200, answer)

    def _view(self, endpoint: str) -> Response:
        signs_in = (request.method, endpoint) == ("POST", "authentication")
        self.shared.admit(needs_token=not signs_in)
        body = read(request.get_data()) if request.get_data() else None
        if signs_in:
            return _answer(200, self._sign_in(body))
        is_strict = request.headers.get("TTD-Strict-Mode", "").lower() == "true"
        with self.records.store.lock:
            query = request.query_string.decode()
            asked = f"{quote(endpoint)}?{query}" if query else quote(endpoint)
            return _answer(*self.call(request.method, asked, body, is_strict))

    def _report_file(self, id: str) -> Any:
        self.shared.admit()
        with self.records.store.lock:
            return self.reports.file(id)

    def refuse(self, refusal: Refusal) -> Response:
        """The answer to a refusal."""
        answer = _answer(refusal.status, _told(refusal))
        if refusal.retry_after:
            answer.headers["Retry-After"] = str(refusal.retry_after)
        return answer

    def _sign_in(self, body: Any) -> Doc:
        asked = {name.lower(): value for name, value in body.items()} if isinstance(body, dict) else {}
        if (asked.get("login"), asked.get("password")) != (LOGIN, PASSWORD):
            raise Refusal(401, "The login or the password is wrong")
        minutes = asked.get("tokenexpirationinminutes") or MOST_MINUTES
        if not isinstance(minutes, int) or not 0 < minutes <= MOST_MINUTES:
            fault = Fault("TokenExpirationInMinutes", f"must be between 1 and {MOST_MINUTES}")
            raise Refusal(400, "The request is not valid.", (fault,))
        token, end = self.shared.tokens.open(minutes)
        return {"Token": token, "ExpirationDate": end.strftime("%Y-%m-%dT%H:%M:%S")}

    # Paths

    def _routes(self) -> list[tuple[str, str, View]]:
        routes: list[tuple[str, str, View]] = []
        for entity in ENTITIES.values():
            if entity.reads:
                routes.append(("GET", f"{entity.path}/<id>", partial(self._get, entity)))
                routes.append(("GET", f"{entity.path}/name/<id>", partial(self._name, entity)))
            if entity.creates:
                routes.append(("POST", entity.path, partial(self._write, entity, writes.create)))
            if entity.updates:
                routes.append(("PUT", entity.path, partial(self._write, entity, writes.update)))
            routes += [("POST", query.path, partial(self._query, entity, query)) for query in entity.queries]
            if entity.queries:
                routes.append(("GET", f"{entity.path}/query/facets", partial(self._facets, entity)))
        for path, (parent, *_) in lists.DELTAS.items():
            owner = parent.removesuffix("Id").lower()
            routes.append(("POST", f"delta/{path}/query/{owner}", partial(self._delta, path)))
        campaign, bid_list = ENTITIES["campaign"], ENTITIES["bidlist"]
        upload = "creative/generateuploadurlfor"
        return [
            *routes,
            *self.reports.routes(),
            *self.segments.routes(),
            ("POST", "campaign/clone", self._clone),
            ("GET", "campaign/clone/status/<id>", self._clone_status),
            ("GET", "campaign/template/<id>", partial(self._get, campaign)),
            ("PUT", "campaign/template", partial(self._write, campaign, writes.update)),
            ("POST", "campaign/template/clone", self._clone),
            ("GET", "adgroup/status/<id>", self._status),
            ("PUT", "adgroup/status", self._set_status),
            ("DELETE", "campaignflight/<id>", self._delete_flight),
            ("POST", "bidlist/batch/get", self._batch_get),
            ("POST", "bidlist/batch", partial(self._batch, bid_list, writes.create)),
            ("PUT", "bidlist/batch", partial(self._batch, bid_list, writes.update)),
            ("DELETE", "bidlist/<id>", self._delete_bid_list),
            ("POST", f"{upload}videocreative", partial(self._upload, "video")),
            ("POST", f"{upload}audiocreative", partial(self._upload, "audio")),
        ]

    def _get(self, entity: Entity, id: str) -> Doc:
        return shapes.shown(self.records, entity, actions.found(self.records, entity.kind, id))

    def _name(self, entity: Entity, id: str) -> Doc:
        doc = actions.found(self.records, entity.kind, id)
        return {entity.id: doc["id"], entity.name: doc.get("name")}

    def _write(self, entity: Entity, write: Write, asked: Asked) -> Doc:
        if not isinstance(asked.body, dict):
            raise Refusal(400, "The body must be an object")
        try:
            with self.records.store.transaction():
                doc = write(self.records, entity, asked.body, asked.is_strict)
        except Refusal as refusal:
            raise writes.told(entity, refusal) from None
        return shapes.shown(self.records, entity, doc)

    def _query(self, entity: Entity, query: Query, asked: Asked) -> Doc:
        return lists.page(self.records, entity, query, asked.words)

    def _facets(self, entity: Entity) -> Doc:
        return lists.facets(entity)

    def _delta(self, path: str, asked: Asked) -> Doc:
        return lists.delta(self.records, path, asked.words, self.shared.settings.delta_page)

    # Campaigns and ad groups

    def _clone(self, asked: Asked) -> Doc:
        job = self.shared.clone(asked.words.get("campaignid"), asked.words.get("campaignname"))
        return {"ReferenceId": str(job.id)}

    def _clone_status(self, id: str) -> Doc:
        if not id.isdecimal():
            raise missing("clone", id)
        job = self.shared.jobs.look("clone", int(id))
        made = job.outcome.result if job.outcome else {}
        status = "InProgress" if job.outcome is None else "Completed"
        return {"Status": status, "CampaignId": made.get("campaign"), "AdGroupIdMap": made.get("adGroups")}

    def _status(self, id: str) -> Doc:
        doc = actions.found(self.records, "AdGroup", id)
        return {"AdGroupId": doc["id"], "IsEnabled": bool(doc.get("isEnabled"))}

    def _set_status(self, asked: Asked) -> None:
        is_enabled = asked.words.get("isenabled")
        doc = actions.found(self.records, "AdGroup", asked.words.get("adgroupid"))
        if not isinstance(is_enabled, bool):
            raise Refusal(400, "The request is not valid.", (Fault("IsEnabled", "must be true or false"),))
        try:
            with self.records.store.transaction():
                actions.change_ad_group(self.records, doc["id"], {"isEnabled": is_enabled})
        except Refusal as refusal:
            raise writes.told(ENTITIES["adgroup"], refusal) from None

    def _delete_flight(self, id: str) -> None:
        try:
            with self.records.store.transaction():
                actions.remove_flight(self.records, id)
        except Refusal as refusal:
            raise writes.told(ENTITIES["campaignflight"], refusal) from None

    # Bid lists and creatives

    def _delete_bid_list(self, id: str) -> None:
        doc = actions.found(self.records, "IBidList", id)
        with self.records.store.transaction():
            self.records.remove("IBidList", doc["id"])

    def _batch_get(self, asked: Asked) -> Doc:
        ids = asked.words.get("bidlistids") if isinstance(asked.body, dict) else asked.body
        if not isinstance(ids, list) or not 0 < len(ids) <= MOST_BATCH:
            raise Refusal(400, f"1 to {MOST_BATCH} ids of bid lists are taken")
        return {"BatchResponses": [self._get(ENTITIES["bidlist"], str(id)) for id in ids]}

    def _batch(self, entity: Entity, write: Write, asked: Asked) -> Doc:
        rows = asked.words.get("bidlists") if isinstance(asked.body, dict) else asked.body
        if not isinstance(rows, list) or not rows:
            raise Refusal(400, "A list of bid lists is taken")
        return {"BatchResponses": [self._write(entity, write, Asked(row, asked.is_strict)) for row in rows]}

    def _upload(self, medium: str, asked: Asked) -> Doc:
        url, key = self.shared.files.accept()
        return {"UploadUrl": url, f"TradeDeskHosted{medium.capitalize()}Attributes": {"UploadKey": key}}


def _told(refusal: Refusal) -> Doc:
    """The error body: the reasons by property, where it is about some."""
    if not refusal.faults:
        return {"Message": refusal.message}
    reasons: dict[str, list[str]] = {}
    for fault in refusal.faults:
        reasons.setdefault(fault.field, []).append(fault.message)
    details = [{"Property": name, "Reasons": told} for name, told in reasons.items()]
    return {"Message": refusal.message, "ErrorDetails": details}


def _answer(status: int, body: Any) -> Response:
    text = "" if body is None else json.dumps(body, ensure_ascii=False)
    answer = Response(text, status, content_type="application/json")
    answer.headers["x-ttd-request-id"] = str(uuid.uuid4())
    return answer
