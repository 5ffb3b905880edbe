"""What is pickled, and what other libraries log, holds no credential and nothing that signs a link."""

import copy
import logging
import pickle
import time
from typing import Any

import pytest

from adplatforms.core.auth import Auth
from adplatforms.core.errors import AdPlatformsWarning
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply
from adplatforms.net.logs import describe_call, mask_signatures
from adplatforms.net.options import Options
from adplatforms.net.retry import Retry
from adplatforms.net.transport import HttpTransport

PROXIES = {
    "https": "http://user:s3cret-word@proxy.example:3128",
    "http": "http://proxy.example/",
    "ftp": "u:s3cret@h:1",
}
OPTIONS = Options(
    headers={"X-Gateway-Key": "s3cret-key", "X-Team": "growth"},
    proxies=PROXIES,
    timeout=5,
    retry=Retry(attempts=2, sleep=time.sleep),
    most_bytes=9,
)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_options_are_pickled_without_credentials(protocol: int) -> None:
    OPTIONS.timeouts, OPTIONS.total  # noqa: B018, what is worked out once must not come along as state
    pickled = pickle.dumps(OPTIONS, protocol)
    assert b"s3cret" not in pickled
    with pytest.warns(
        AdPlatformsWarning, match=r"give anew the header X-Gateway-Key, the header X-Team, user and pass"
    ):
        loaded = pickle.loads(pickled)
    assert loaded.headers == {}
    assert loaded.proxies == {"https": "http://proxy.example:3128", "http": "http://proxy.example/", "ftp": "h:1"}
    assert (loaded.timeouts, loaded.total, loaded.retry, loaded.most_bytes) == ((5, 5), 5, Retry(attempts=2), 9)


def test_options_without_credentials_are_pickled_whole(recwarn: Any) -> None:
    options = Options(retry=None, timeout=(1.0, 2.0), total_timeout=3, server="sandbox", read_only=True)
    assert pickle.loads(pickle.dumps(options)) == options
    assert [str(each.message) for each in recwarn] == []


def test_a_copy_is_no_pickle() -> None:
    assert copy.copy(OPTIONS).headers == copy.deepcopy(OPTIONS).headers == OPTIONS.headers


def test_a_transport_is_not_pickled(platform: Any) -> None:
    one = platform.at("https://api.example", headers={"X-Gateway-Key": "s3cret-key"}, proxies=PROXIES)
    with pytest.raises(TypeError, match="not pickled, for it holds credentials; open a session where"):
        pickle.dumps(one.transport)
    one.close()


SIGNED = [
    "X-Amz-Signature=s3cret",
    "X-Amz-Credential=s3cret%2F20261201",
    "X-Amz-Security-Token=s3cret",
    "x-amz-signature=s3cret",
    "X-Goog-Signature=s3cret",
    "X-Goog-Credential=s3cret",
    "Signature=s3cret",
    "AWSAccessKeyId=s3cret",
    "GoogleAccessId=me&Signature=s3cret",
    "sv=2026&sig=s3cret%3D",
    "Policy=s3cret&Key-Pair-Id=s3cret",
    "token=s3cret",
    "access_token=s3cret",
    "id_token=s3cret",
    "api_key=s3cret",
    "apikey=s3cret",
    "client_secret=s3cret",
    "code=s3cret",
    "session_id=s3cret",
    "adama_session=s3cret",
    "jwt=s3cret",
    "password=s3cret",
    "hdnea_auth=s3cret",
]


@pytest.mark.parametrize("query", SIGNED)
@pytest.mark.parametrize(
    "text",
    [
        '"GET /report.csv?{query} HTTP/1.1" 200 7',
        "Redirecting https://a.example/x?a=1&{query} -> https://b.example/y",
        "Incremented Retry for (url='/report.csv?{query}')",
        '{{"url": "https://a.example/x?a=1\\u0026{query}"}}',
        "/fetch?url=https%3A%2F%2Fa.example%2Fx%3F{escaped}%26b%3D1&c=2",
    ],
)
def test_what_signs_a_link_is_masked(query: str, text: str) -> None:
    escaped = query.replace("=", "%3D").replace("&", "%26")
    masked = mask_signatures(text.format(query=query, escaped=escaped))
    assert "s3cret" not in masked
    assert query.partition("=")[0] in masked


@pytest.mark.parametrize("text", ['"{name}": "s3cret"', "'{name}': 's3cret'", '\\"{name}\\": \\"s3cret\\"'])
@pytest.mark.parametrize(
    "name", ["x-amz-signature", "x-amz-credential", "policy", "refresh_token", "ad_server_password"]
)
def test_what_signs_an_upload_is_masked(name: str, text: str) -> None:
    """Pinterest answers with the fields of the form that uploads a video."""
    masked = mask_signatures("{" + text.format(name=name) + ', "key": "uploads/7"}')
    assert "s3cret" not in masked
    assert "uploads/7" in masked


@pytest.mark.parametrize("text", ["page_limit=100&sort_by=id", '{"name": "Spring", "goal": 1.5}', "x" * 100_000, ""])
def test_the_rest_stays(text: str) -> None:
    assert mask_signatures(text) == text


@pytest.mark.parametrize(
    "name",
    ["connectionpool", "connection", "poolmanager", "response", "util.retry"],
    ids=lambda name: f"urllib3.{name}",
)
def test_the_log_of_urllib3(name: str, caplog: Any) -> None:
    HttpTransport("https://api.example", Auth())
    caplog.set_level(logging.DEBUG)
    logging.getLogger(f"urllib3.{name}").debug('%s "%s"', "GET", "/x?X-Amz-Signature=s3cret&page=2")
    assert "s3cret" not in caplog.text
    assert "page=2" in caplog.text


def test_a_download_in_the_log_of_urllib3(web: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    transport = HttpTransport(web.url, Auth())
    transport.fetch("GET", f"{web.url}/file.csv?sig=s3cret&part=1").answer()
    assert "s3cret" not in caplog.text
    assert "part=1" in caplog.text
    transport.close()


def test_a_debug_logger() -> None:
    request = Request("POST", "media", (("token", "s3cret"),), json={"url": "https://a.example/x?sig=s3cret"})
    body = {"upload_url": "https://s3.example/x", "upload_parameters": {"x-amz-signature": "s3cret", "key": "k7"}}
    found = reply(body)
    text = describe_call(Answer(200, found.headers, found.content, request))
    assert "s3cret" not in text
    assert "k7" in text
