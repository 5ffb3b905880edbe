"""T1's fields that are credentials: sent, and shown nowhere."""

import io
import json
import logging
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adplatforms.core.errors import AuthRequiredError, ClientError, ConflictError, InvalidValueError, NotLoaded
from adplatforms.core.masked import MaskedText
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.sandbox import Sandbox
from terminalone import T1
from terminalone.entities import Advertiser, Campaign, User

PASSWORD = "s3cret-of-the-server"
CREDENTIALS = {
    Campaign: {"ad_server_password"},
    Advertiser: {"ad_server_password"},
    User: {"password", "password_reset_token", "sso_auth_token"},
}


@pytest.fixture
def records() -> Iterator[list[str]]:
    """What is logged at `debug_logger`, and by `adplatforms`."""
    found: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, handler = logging.getLogger("credentials"), Keep()
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield found
    logger.removeHandler(handler)


@pytest.mark.parametrize("model", CREDENTIALS)
def test_the_fields_that_are_credentials(model: Any) -> None:
    fields = model.__model__.fields
    assert {name for name, field in fields.items() if field.secret} == CREDENTIALS[model]
    assert "secret" in fields[min(CREDENTIALS[model])].__doc__


@pytest.mark.parametrize("as_json", [True, False])
def test_the_server_gets_it_and_nothing_shows_it(as_json: bool, records: list[str]) -> None:
    with Sandbox() as sb:
        t1 = sb.t1(json=as_json, debug_logger=logging.getLogger("credentials"))
        campaign = t1.get("campaigns", 7)
        campaign.ad_server_password = PASSWORD
        changes = campaign.changes()
        shown = [changes, campaign.save(), campaign.get_formdata(True), campaign.raw, campaign.to_dict()]
        read = t1.get("campaigns", 7)
        table = io.StringIO()
        t1.campaigns.where(id=[7]).full().to_csv(table)
        shown += [read.raw, read.to_dict(), read.get_properties(), json.dumps(read.to_dict(), default=str)]
        assert (campaign.ad_server_password, read.ad_server_password) == (PASSWORD, PASSWORD)
        assert changes["ad_server_password"].new == PASSWORD
        assert PASSWORD not in repr([*shown, read, table.getvalue(), *records])
        assert "***" in table.getvalue()
        assert any('"ad_server_password"' in text or "form: ad_server_password" in text for text in records)


def test_setting_it_to_what_it_was_is_no_change_and_to_another_is_one() -> None:
    with Sandbox() as sb:
        t1 = sb.t1()
        t1.get("campaigns", 7).save({"ad_server_password": PASSWORD})
        campaign = t1.get("campaigns", 7)
        campaign.ad_server_password = PASSWORD
        assert campaign.changes() == {}
        campaign.ad_server_password = "another"
        assert campaign.changes()["ad_server_password"].old == PASSWORD
        del campaign.ad_server_password
        assert campaign.save()["ad_server_password"].new is None
        assert t1.get("campaigns", 7).ad_server_password in (None, "")


def test_the_form_holds_it_as_a_secret() -> None:
    """A traceback with local variables shows the request."""
    saved = {"data": {"entity_type": "campaign", "id": 7, "version": 2}, "meta": {"status": "ok"}}
    transport = FakeTransport([reply(saved)])
    t1 = T1("a", "b", auth_method="delayed", transport=transport)
    campaign = t1.new("campaign", properties={"id": 7, "version": 1})
    campaign.ad_server_password = PASSWORD
    campaign.save()
    (name, value), _ = transport.calls[-1].form or ()
    assert (name, str(value)) == ("ad_server_password", "***")
    assert isinstance(value, Secret)
    assert value.reveal() == PASSWORD


def test_copies_take_it_along() -> None:
    with Sandbox() as sb:
        t1 = sb.t1()
        t1.get("campaigns", 7).save({"ad_server_password": PASSWORD})
        campaign = t1.get("campaigns", 7)
        properties = campaign.get_properties()
        own = {name: properties[name] for name in ("name", "ad_server_password")}
        for copy in (campaign.as_new(name="copy"), t1.new("campaign", properties=own)):
            assert copy.ad_server_password == PASSWORD
            assert PASSWORD not in repr([copy, copy.changes()])


def test_what_was_masked_is_never_set() -> None:
    """A table that was exported and is read back holds asterisks."""
    campaign = Campaign()
    for call in (lambda: setattr(campaign, "ad_server_password", "***"), lambda: Campaign(ad_server_password="***")):
        with pytest.raises(InvalidValueError, match="stands for a credential that was masked"):
            call()
    assert campaign.changes() == {}


def test_a_value_that_is_refused_is_not_shown() -> None:
    with pytest.raises(InvalidValueError, match="expected text") as caught:
        Campaign().ad_server_password = True  # type: ignore[assignment]
    assert "ad_server_password" in str(caught.value)


@pytest.mark.parametrize(
    "ask",
    [
        lambda t1: t1.campaigns.where(ad_server_password=PASSWORD),
        lambda t1: t1.find("campaigns", "ad_server_password", "==", PASSWORD),
        lambda t1: Campaign.ad_server_password.like("s*"),
    ],
)
def test_nothing_is_filtered_by_it(ask: Callable[[T1], Any]) -> None:
    """URLs stand in the logs of proxies and servers."""
    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport([]))
    with pytest.raises(InvalidValueError, match="a credential, and nothing is filtered by its value") as caught:
        ask(t1)
    assert PASSWORD not in str(caught.value)
    assert str(t1.campaigns.where(Campaign.ad_server_password.is_null()))


def test_an_error_that_brings_the_record_does_not_show_it() -> None:
    """Status conflict has the entity in its data (wire.md section 11)."""
    data = {"entity_type": "campaign", "id": 7, "ad_server_password": PASSWORD}
    transport = FakeTransport([reply({"data": data, "meta": {"status": "conflict"}})])
    t1 = T1("a", "b", auth_method="delayed", transport=transport, retry=None)
    with pytest.raises(ConflictError, match="conflict") as caught:
        t1.get("campaigns", 7)
    assert PASSWORD not in repr(vars(caught.value))
    assert isinstance(caught.value.body["data"]["ad_server_password"], MaskedText)


def test_pickles_leave_it_out() -> None:
    row = {"entity_type": "campaign", "id": 7, "version": 1, "ad_server_password": PASSWORD, "zone_name": "z"}
    transport = FakeTransport([reply({"data": row, "meta": {"status": "ok"}})] * 2)
    t1 = T1("a", "b", auth_method="delayed", transport=transport)
    pickled = pickle.dumps(t1.get("campaigns", 7))
    assert PASSWORD.encode() not in pickled
    campaign = pickle.loads(pickled)
    assert campaign.zone_name == "z"
    with pytest.raises(NotLoaded, match=r"campaign 7\.ad_server_password is not loaded"):
        _ = campaign.ad_server_password
    t1.attach(campaign)
    assert campaign.refresh().ad_server_password == PASSWORD


def test_a_new_password_is_left_out_of_pickles_too_and_never_sent_as_asterisks() -> None:
    transport = FakeTransport([])
    t1 = T1("a", "b", auth_method="delayed", transport=transport)
    user = t1.new("user", properties={"id": 7, "version": 1})
    user.password = PASSWORD
    pickled = pickle.dumps(user)
    assert PASSWORD.encode() not in pickled
    loaded = pickle.loads(pickled)
    t1.attach(loaded)
    with pytest.raises(ClientError, match=r"user 7\.password was left out of a pickle"):
        loaded.save()
    assert transport.calls == []


def test_sign_in_errors_are_masked_by_the_name_of_the_member() -> None:
    body = {"errors": [{"message": f'bad form: password={PASSWORD}&x={{"password": "{PASSWORD}"}}'}]}
    t1 = T1(
        "a", "b", auth_method="delayed", transport=FakeTransport([reply({**body, "meta": {"status": "auth_error"}})])
    )
    with pytest.raises(AuthRequiredError, match=r"password=\*\*\*") as caught:
        t1.get("campaigns", 7)
    assert PASSWORD not in repr(vars(caught.value))
