"""Credentials go to the platform's own host and nowhere else: links, redirects, base URLs, server names."""

import contextlib
from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsError, ClientError, TransportError
from adplatforms.core.messages import Request

HOSTILE = {
    "plain http": "http://example.com/file",
    "plain http on another loopback name": "http://127.0.0.1.example.com/file",
    "loopback as a user": "http://127.0.0.1@example.com/file",
    "loopback as a user with a password": "http://localhost:x@example.com/file",
    "a user on https": "https://user:pass@example.com/file",
    "a user that looks like the host": "https://api.pinterest.com@example.com/file",
    "a backslash": "https://example.com\\@127.0.0.1/file",
    "a backslash before the host": "https:\\\\example.com/file",
    "a file": "file:///etc/passwd",
    "a file on a host": "file://127.0.0.1/etc/passwd",
    "ftp": "ftp://127.0.0.1/file",
    "data": "data:text/plain,hello",
    "javascript": "javascript:alert(1)",
    "no scheme": "//example.com/file",
    "no host": "https:///file",
    "no host at all": "https:",
    "a path": "/etc/passwd",
    "empty": "",
    "a broken address": "http://[::1/file",
    "a port that is none": "https://example.com:port/file",
    "a port out of range": "https://example.com:99999/file",
    "a line end in the host": "http://127.0.0.1\r\nHost: example.com/file",
    "a null byte": "http://127.0.0.1\x00.example.com/file",
    "a space in the host": "https://exa mple.com/file",
    "a number for a host": "http://2130706433/file",
    "all addresses": "http://0.0.0.0/file",
    "another machine's address": "http://10.0.0.1/file",
}

SERVERS = {name: url for name, url in HOSTILE.items() if url}
"""Without the empty one, which means the platform's own."""
LOCATIONS = {name: url for name, url in SERVERS.items() if url.isprintable() and not url.startswith("/e")}
"""What a Location header can say that is not the same host."""
NO_SERVER = r"is not a base URL|no server '|plain http would show the credentials"
"""How the address of a server is refused."""
REFUSED = r"is not a safe link|plain http would show the credentials|Invalid IPv6 URL"
"""How a link is refused. A connection that fails says something else: "cannot reach ..."."""


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE)
def test_links_that_are_refused(url: str, platform: Any) -> None:
    one = platform.at("https://127.0.0.1:9")
    with pytest.raises(AdPlatformsError, match=REFUSED):
        one.download(url)
    with pytest.raises(AdPlatformsError, match=REFUSED):
        one.upload(url, b"content")
    one.close()


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE)
def test_links_are_refused_before_anything_is_sent(url: str, platform: Any, web: Any, monkeypatch: Any) -> None:
    """No connection is even tried, whatever the name resolves to."""
    import socket

    def refuse(*address: Any, **rest: Any) -> Any:
        raise SystemError(f"a connection to {address}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    one = platform.at(web.url)
    with pytest.raises(AdPlatformsError, match=REFUSED):
        one.download(url)
    one.close()


def test_a_download_carries_no_credential(platform: Any, web: Any, elsewhere: Any) -> None:
    one = platform.at(web.url)
    touch(one, platform)
    elsewhere.answers = lambda request: request.reply(b"a,b", "text/csv")
    assert one.download(f"{elsewhere.url}/file?sig=1").answer().content == b"a,b"
    assert one.upload(f"{elsewhere.url}/file?sig=1", b"a,b").status == 200
    assert len(elsewhere.received) == 2
    silent(platform, elsewhere)
    one.close()


def test_a_download_from_the_platforms_own_host_carries_none_either(platform: Any, web: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply(b"a,b", "text/csv")
    one.download(f"{web.url}/file").answer()
    if platform.name in ("ttd", "ttd-rest"):
        # The files of its reports lie there, and want the token (facts_2.md section 4).
        assert [got.headers["TTD-Auth"] for got in web.received] == ["s3cret-ttd-token"]
        one.download(f"{web.url}/file?X-Amz-Signature=1").answer()
        web.received.pop(0)
    silent(platform, web)
    one.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_of_the_api_is_not_followed(status: int, platform: Any, web: Any, elsewhere: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply(b"", "text/html", status, Location=f"{elsewhere.url}/trap")
    refused = rf"HTTP {status}|the answer cannot be read: it is empty"  # the latter of a login
    with pytest.raises(AdPlatformsError, match=refused):
        one.get(platform.collection, platform.key)
    with pytest.raises(AdPlatformsError, match=refused):
        one.new(*platform.fresh).save()
    version = {"version": "1"} if one.dialect.capabilities.version_lock else {}
    known = one.reference(platform.collection, platform.key, **version)
    known.name = "spring"
    with pytest.raises(AdPlatformsError, match=refused):
        known.save()
    assert list(known.changes()) == ["name"]
    assert web.received
    assert not elsewhere.received
    one.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_of_a_link_carries_no_credential(status: int, platform: Any, web: Any, elsewhere: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply(
        b"", "text/html", status, Location=f"{elsewhere.url}/file", Set_Cookie="a=s3cret; Path=/"
    )
    elsewhere.answers = lambda request: request.reply(b"here", "text/csv")
    assert one.download(f"{web.url}/file").answer().content == b"here"
    silent(platform, elsewhere)
    assert elsewhere.received[0].headers["Cookie"] is None
    one.close()


@pytest.mark.parametrize("url", LOCATIONS.values(), ids=LOCATIONS)
def test_a_link_is_not_redirected_to_what_is_refused(url: str, platform: Any, web: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply(b"", "text/html", 302, Location=url)
    with pytest.raises(AdPlatformsError, match=REFUSED):
        one.download(f"{web.url}/file")
    assert len(web.received) == 1
    one.close()


def test_redirects_of_a_link_come_to_an_end(platform: Any, web: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply(b"", "text/html", 302, Location=f"{web.url}/again")
    with pytest.raises(TransportError, match="without end"):
        one.download(f"{web.url}/file")
    # Of The Trade Desk the first one is asked for with the session's token, by the session itself.
    assert len(web.received) == (4 if platform.name.startswith("ttd") else 3)
    one.close()


def test_what_is_uploaded_is_not_sent_on_by_a_redirect(platform: Any, web: Any, elsewhere: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply(b"", "text/html", 307, Location=f"{elsewhere.url}/file")
    with contextlib.suppress(AdPlatformsError):
        one.upload(f"{web.url}/file", b"mine")
    assert not elsewhere.received
    one.close()


@pytest.mark.parametrize("url", SERVERS.values(), ids=SERVERS)
def test_credentials_are_not_sent_to_such_servers(url: str, platform: Any) -> None:
    one = platform.at("https://127.0.0.1:9")
    with pytest.raises(AdPlatformsError, match=NO_SERVER):
        one.transport.send(Request("GET", "x", server=url))
    with pytest.raises(AdPlatformsError, match=NO_SERVER):
        one.using(server=url).exchange(Request("GET", "x"), lambda answer: answer)
    one.close()


@pytest.mark.parametrize("url", SERVERS.values(), ids=SERVERS)
def test_no_session_is_opened_at_such_servers(url: str, platform: Any) -> None:
    with pytest.raises(ClientError, match=NO_SERVER):
        platform.at(url)


def test_the_users_own_requests_are_signed_for_the_platform_only(platform: Any, web: Any, elsewhere: Any) -> None:
    """`session.transport.session` is a `requests.Session`: what it sends to other hosts carries no credential."""
    one = platform.at(web.url)
    one.transport.session.get(f"{elsewhere.url}/x", timeout=5)
    silent(platform, elsewhere)
    web.answers = lambda request: request.reply(b"", "text/html", 302, Location=f"{elsewhere.url}/y")
    one.transport.session.get(f"{web.url}/x", timeout=5)
    assert len(elsewhere.received) == 2
    silent(platform, elsewhere)
    one.close()


def test_a_cookie_of_the_platform_goes_nowhere_else(platform: Any, web: Any, elsewhere: Any) -> None:
    one = platform.at(web.url)
    web.answers = lambda request: request.reply({}, Set_Cookie="session=s3cret-cookie; Path=/")
    touch(one, platform)
    one.download(f"{elsewhere.url}/x").answer()
    assert "s3cret" not in elsewhere.heard
    one.close()


def test_a_proxy_of_the_environment_is_not_asked_for_loopback(
    platform: Any, web: Any, elsewhere: Any, monkeypatch: Any
) -> None:
    """Plain http is taken for loopback because it stays on the machine."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, elsewhere.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    one = platform.at(web.url)
    touch(one, platform)
    assert web.received
    assert not elsewhere.received
    one.close()


def touch(one: Any, platform: Any) -> None:
    """Uses the session once, so that it has connections, and perhaps cookies."""
    with contextlib.suppress(AdPlatformsError):
        one.get(platform.collection, platform.key)


def silent(platform: Any, server: Any) -> None:
    """Nothing that a server was sent is a credential, or has the name of one."""
    assert "s3cret" not in server.heard
    for got in server.received:
        assert not {"authorization", "ttd-auth", "cookie"} & {name.lower() for name in got.headers}
        assert "api_key" not in got.path
