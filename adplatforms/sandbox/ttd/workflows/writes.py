"""The eight writes of the Workflows API, and what its bulk jobs do with each item of their list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.checks import raise_for
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.jobs import Outcome
from adplatforms.sandbox.ttd.records import Doc, Records
from adplatforms.sandbox.ttd.workflows import shapes

__all__ = ["Write", "bulk", "create_ad_group", "create_campaign", "trial", "update_ad_group", "update_campaign"]

Write = Callable[[Records, Mapping[str, Any]], Doc]
"""One write: takes the body of its operation and gives the answer to it."""

_CAMPAIGN_WORDS = {fact: name for name, fact in shapes.FACTS.items()}
_PLACES = {"id": "id", "campaignId": "campaignId", "flights": "advancedInput.flights"}


class _Undone(Exception):
    """Leaves a transaction that is not to be kept."""


def create_campaign(records: Records, body: Mapping[str, Any]) -> Doc:
    """A `CampaignPayload`: the new campaign, and the ad groups that came with it."""
    flights = shapes.campaign_flights(body, records.now())
    try:
        doc = actions.add_campaign(records, shapes.campaign_facts(body), flights)
    except Refusal as refusal:
        raise _told(refusal) from None
    flights = actions.flights_of(records, doc["id"])
    card = (body.get("advancedInput") or {}).get("passThroughFeeCard")
    if card:
        owner = {name: doc[name] for name in ("partnerId", "advertiserId")}
        records.add("PassThroughFeeCard", {**owner, "campaignId": doc["id"], **card})
    made = []
    for ad_group in body.get("adGroups") or ():
        facts = {**shapes.ad_group_facts(ad_group), "campaignId": doc["id"]}
        # The flights of these ad groups name no flight of the campaign: they stand in the same order.
        pairs = zip(facts.get("flights") or (), flights, strict=False)
        facts["flights"] = [{**own, "campaignFlightId": int(flight["id"])} for own, flight in pairs]
        made.append(actions.add_ad_group(records, facts))
    payload: Doc = {"campaign": shapes.campaign_answer(doc, flights)}
    return {**payload, "adGroups": [shapes.ad_group_answer(one) for one in made]} if made else payload


def update_campaign(records: Records, body: Mapping[str, Any]) -> Doc:
    """A `CampaignPayload`."""
    try:
        doc = actions.change_campaign(records, body["id"], shapes.campaign_facts(body))
    except Refusal as refusal:
        raise _told(refusal) from None
    return {"campaign": shapes.campaign_answer(doc, actions.flights_of(records, doc["id"]))}


def create_ad_group(records: Records, body: Mapping[str, Any]) -> Doc:
    """An `AdGroupPayload`."""
    try:
        doc = actions.add_ad_group(records, shapes.ad_group_facts(body))
    except Refusal as refusal:
        raise _told(refusal) from None
    return {"adGroup": shapes.ad_group_answer(doc)}


def update_ad_group(records: Records, body: Mapping[str, Any]) -> Doc:
    """An `AdGroupPayload`."""
    try:
        doc = actions.change_ad_group(records, body["id"], shapes.ad_group_facts(body))
    except Refusal as refusal:
        raise _told(refusal) from None
    return {"adGroup": shapes.ad_group_answer(doc)}


def trial(records: Records, write: Write, body: Mapping[str, Any]) -> None:
    """Does a write and undoes it: what `validateInputOnly` asks for."""
    try:
        with records.store.transaction():
            write(records, body)
            raise _Undone
    except _Undone:
        pass


def bulk(records: Records, write: Write, body: Mapping[str, Any], problem: Callable[[Refusal], Doc]) -> Outcome:
    """What a bulk job does: each item by itself, so that one that is refused stops no other.

    What a bulk job's result looks like is in no source. Here it is a list with what the single operation would have
    answered to each item, in the order of the input: the payload, or the problem document; and `errors` of the status
    is a line of text for each item that was refused.
    """
    answers: list[Doc] = []
    errors: list[str] = []
    for number, item in enumerate(body.get("input") or ()):
        try:
            if body.get("validateInputOnly"):
                trial(records, write, item)
                answers.append({})
            else:
                with records.store.transaction():
                    answers.append(write(records, item))
        except Refusal as refusal:
            answers.append(problem(refusal))
            errors.append(f"[{number}] {refusal.message}")
    return Outcome(answers, tuple(errors), is_partial=len(errors) < len(answers))


def _told(refusal: Refusal) -> Refusal:
    """A refusal in the words of the input."""
    if not refusal.faults:
        return refusal
    words = [Fault(_place(fault.field), fault.message) for fault in refusal.faults]
    try:
        raise_for(words)
    except Refusal as told:
        return told
    return refusal


def _place(fact: str) -> str:
    first, _, rest = fact.partition(".")
    place = _PLACES.get(first) or f"primaryInput.{_CAMPAIGN_WORDS.get(first, first)}"
    return f"{place}.{rest}" if rest else place
