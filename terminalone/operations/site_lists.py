"""Site lists: which of them a campaign or strategy uses, and the domains in them. Source: wire.md section 11."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adplatforms.core.errors import APIError, InvalidValueError
from adplatforms.core.messages import Answer

from ..entities.base import T1Entity
from ..forms import ids_of, numbered
from ..read import LIST, check
from ..write import check_outcome

__all__ = ["SiteListDomains", "SiteListOperations"]

_TEXT = ("text/csv", "application/csv", "text/plain")


class SiteListOperations(T1Entity):
    """Extra operations of campaigns and strategies on site lists."""

    def set_site_lists(self, assign: Any = None, unassign: Any = None) -> list[Any]:
        """Assigns some site lists and takes others off, given as ids or entities; those not named stay as they are.

        Returns what T1 answers: generic entities of type site_lists_for_campaign or site_lists_for_strategy. Raises an
        `APIError` where they show another assignment than was asked for.
        """
        assigned = [{"id": number, "assigned": True} for number in ids_of(assign, "site_list")]
        unassigned = [{"id": number, "assigned": False} for number in ids_of(unassign, "site_list")]
        rows = assigned + unassigned
        if not rows:
            raise InvalidValueError("no site list is given", hint="assign=[...] or unassign=[...]")
        page = self._call("POST", "site_lists", numbered("site_lists", rows), reader=LIST)
        answered = self._as_children(page.rows)
        wanted = {row["id"]: row["assigned"] for row in rows}
        for each in answered:
            if int(each.id) in wanted:
                check_outcome(each, {"assigned": wanted[int(each.id)]}, "was answered")
        return answered


class SiteListDomains(T1Entity):
    """Extra operations of a site list on its domains."""

    def upload_domains(self, domains: Iterable[str]) -> None:
        """Uploads domains to the list. The sister SDKs differ in the key of the form, `domain` or `domains`; this
        sends `domain`, once for each. The facts do not say whether they replace the domains that are there."""
        names = [domains] if isinstance(domains, str) else list(domains)
        if not names:
            raise InvalidValueError("no domain is given")
        self._call("POST", "domains", tuple(("domain", str(name)) for name in names))

    def download(self) -> str:
        """The list as T1 writes it to a file, as CSV text."""
        session = self._attached("download it from")
        request = self._request(session, "GET", "download.csv", accept="text/csv, */*")
        return session.exchange(request, _csv)

    def get_assignments(self) -> list[Any]:
        """Where the list is used: generic entities of type site_list_assignment."""
        return self._children("assignments")


def _csv(answer: Answer) -> str:
    """The text of a file; whatever else T1 answers is an error."""
    if answer.content_type in _TEXT and answer.status < 400:
        return answer.content.decode("utf-8-sig")  # T1's files may start with a byte order mark
    check(answer)
    kind = answer.content_type or "no content type"
    raise APIError(f"T1 sent {kind} instead of a CSV file", request=answer.request.label)
