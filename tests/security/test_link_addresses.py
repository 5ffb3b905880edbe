"""Where a link may lead: to the internet, and to the network in which the session's own server is."""

import socket
from typing import Any

import pytest
import responses

from adplatforms import TTD, Pinterest
from adplatforms.core.auth import Auth
from adplatforms.core.errors import AdPlatformsError, ClientError, ConnectError
from adplatforms.core.messages import Request
from adplatforms.net import adapter
from adplatforms.net.links import LinkPolicy, network_of
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport
from terminalone import T1

PUBLIC = "93.184.216.34"
NETWORKS = {
    "127.0.0.1": "loopback",
    "127.9.9.9": "loopback",
    "0.0.0.0": "loopback",
    "::1": "loopback",
    "::": "loopback",
    "::ffff:127.0.0.1": "loopback",
    "64:ff9b::7f00:1": "loopback",
    "2002:7f00:1::": "loopback",
    "169.254.169.254": "link-local",
    "fe80::1%eth0": "link-local",
    "::ffff:169.254.169.254": "link-local",
    "10.0.0.1": "private",
    "172.16.0.1": "private",
    "192.168.1.1": "private",
    "100.64.0.1": "private",
    "224.0.0.1": "private",
    "240.0.0.1": "private",
    "fd00::1": "private",
    "ff02::1": "private",
    "2001:0:53aa:64c:0:fbff:f5ff:fffe": "private",
    PUBLIC: "",
    "2606:2800:220:1:248:1893:25c8:1946": "",
    "::ffff:93.184.216.34": "",
}
LITERALS = {
    "loopback": "https://127.0.0.1/file",
    "its name": "https://localhost/file",
    "a name below it": "https://app.localhost/file",
    "a dot at the end": "https://127.0.0.1./file",
    "a number": "https://2130706433/file",
    "in short": "https://127.1/file",
    "hexadecimal": "https://0x7f.1/file",
    "IPv6": "https://[::1]/file",
    "IPv4 in IPv6": "https://[::ffff:7f00:1]/file",
    "the metadata of a cloud": "https://169.254.169.254/latest/meta-data",
    "a private address": "https://10.0.0.1/file",
    "plain http": "http://127.0.0.1/file",
}
REFUSED = r"is not a safe link: \S+ is a (loopback|link-local|private) address, and the session's server is not"


@pytest.fixture
def transport() -> Any:
    """One for a server on the internet."""
    transport = HttpTransport("https://api.example", Auth(), Options(timeout=(2.0, 2.0)))
    yield transport
    transport.close()


@pytest.fixture
def names(monkeypatch: Any) -> dict[str, list[list[str]]]:
    """What names resolve to, each time they are asked for; others do not."""
    known: dict[str, list[list[str]]] = {}

    def resolve(host: str, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in known:
            raise socket.gaierror(f"{host} was asked for")
        answers = known[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.fixture
def connected(monkeypatch: Any) -> list[Any]:
    """The addresses that connections were tried to; all are refused."""
    tried: list[Any] = []

    def refuse(address: Any, *rest: Any, **more: Any) -> Any:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(adapter, "create_connection", refuse)
    return tried


@pytest.mark.parametrize(("address", "network"), NETWORKS.items())
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("url", LITERALS.values(), ids=LITERALS)
def test_addresses_in_links(url: str, transport: HttpTransport, names: Any) -> None:
    """Nothing is even resolved."""
    with pytest.raises(ClientError, match=REFUSED):
        transport.fetch("GET", url)
    with pytest.raises(ClientError, match=REFUSED):
        transport.fetch("PUT", url, data=b"x")


def test_a_link_to_this_machine_on_each_platform(platform: Any, web: Any) -> None:
    one = platform.at("https://api.example")
    for call in (lambda: one.download(f"{web.url}/admin"), lambda: one.upload(f"{web.url}/admin", b"x")):
        with pytest.raises(ClientError, match=REFUSED):
            call()
    assert web.received == []
    one.close()


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["127.0.0.1"], [PUBLIC, "192.168.0.1"]], ids=str)
def test_names_that_lead_into_a_network(addresses: Any, transport: HttpTransport, names: Any, connected: Any) -> None:
    names["files.example"] = [addresses]
    with pytest.raises(ClientError, match=r"files\.example is not a safe link"):
        transport.fetch("GET", "https://files.example/x")
    assert connected == []


def test_what_was_checked_is_connected_to(transport: HttpTransport, names: Any, connected: Any) -> None:
    """A name that resolves to something else the next time (DNS rebinding) is not asked for again."""
    names["files.example"] = [[PUBLIC, "8.8.8.8"], ["127.0.0.1"]]
    with pytest.raises(ConnectError, match="Connection refused"):
        transport.fetch("GET", "https://files.example/x")
    assert connected == [(PUBLIC, 443), ("8.8.8.8", 443)]


def test_a_name_that_does_not_resolve(transport: HttpTransport, names: Any) -> None:
    with pytest.raises(ConnectError, match=r"cannot reach link on files\.example"):
        transport.fetch("GET", "https://files.example/x")


def test_the_platforms_own_server_may_be_anywhere(names: Any, monkeypatch: Any) -> None:
    """It is what the user named."""
    names["t1.corp.example"] = [["10.0.0.5"]]
    tried: list[str] = []
    monkeypatch.setattr(
        "urllib3.connection.connection.create_connection", lambda to, *a, **k: tried.append(to) or 1 / 0
    )
    transport = HttpTransport("https://t1.corp.example", Auth())
    with pytest.raises(ZeroDivisionError, match="zero"):
        transport.send(Request("GET", "x"))
    assert tried == [("t1.corp.example", 443)]


@responses.activate
def test_a_redirect_into_a_network(transport: HttpTransport, web: Any) -> None:
    responses.add(responses.GET, "https://files.example/x", status=302, headers={"Location": f"{web.url}/admin"})
    with pytest.raises(ClientError, match=REFUSED):
        transport.fetch("GET", "https://files.example/x")
    assert web.received == []
    assert len(responses.calls) == 1


def test_behind_a_proxy_names_are_the_proxys_business(web: Any, names: Any) -> None:
    names["127.0.0.1"] = [["127.0.0.1"]]
    web.answers = lambda request: request.reply(b"", status=403)
    transport = HttpTransport("https://api.example", Auth(), Options(proxies={"https": web.url}))
    with pytest.raises(ConnectError, match=r"cannot reach link on files\.example"):
        transport.fetch("GET", "https://files.example/x")
    assert [(got.command, got.path) for got in web.received] == [("CONNECT", "files.example:443")]
    with pytest.raises(ClientError, match=REFUSED):
        transport.fetch("GET", "https://10.0.0.1/x")
    assert len(web.received) == 1
    transport.close()


@pytest.mark.parametrize(
    ("server", "allowed", "refused"),
    [
        ("http://127.0.0.1:8001", "127.0.0.1", "10.0.0.1"),
        ("http://localhost:8001", "::1", "169.254.169.254"),
        ("https://10.0.0.5", "192.168.1.1", "127.0.0.1"),
        ("https://t1.corp.example", "10.0.0.1", "127.0.0.1"),
        ("https://api.example", PUBLIC, "10.0.0.1"),
    ],
)
def test_links_into_the_network_of_the_session(server: str, allowed: str, refused: str, names: Any) -> None:
    names["t1.corp.example"] = [["10.0.0.5"]]
    policy = LinkPolicy([server])
    policy.check_address("files.example", allowed)
    with pytest.raises(ClientError, match=REFUSED):
        policy.check_address("files.example", refused)


def test_a_server_of_one_call_counts(web: Any, elsewhere: Any) -> None:
    transport = HttpTransport("https://api.example", Auth())
    transport.send(Request("GET", "x", server=web.url))
    assert transport.fetch("GET", f"{elsewhere.url}/file").answer().status == 200
    transport.close()


BLANK = ["", " ", "\t", "https://", "https:///", "://x", "ftp://example.com", "file:///etc", "https:// ", "//", "?x"]


@pytest.mark.parametrize("base", BLANK, ids=repr)
def test_a_base_url_that_is_none(base: str, platform: Any) -> None:
    """An empty variable of the environment must not mean production."""
    with pytest.raises(AdPlatformsError, match=r"is not a base URL|no server '|no environment '|server takes"):
        platform.at(base)


def test_other_hosts_that_are_none() -> None:
    """Those that single platforms take."""
    signed = {"api_base": "https://127.0.0.1:9", "auth_method": "delayed"}
    for open_it in (
        lambda base: T1("user", "word", "key", auth_base=base, **signed),
        lambda base: TTD("token", server_url=base),
        lambda base: TTD("token", graphql_url=base),
        lambda base: TTD("token", rest_url=base),
        lambda base: TTD("token").using(rest_url=base),
    ):
        for base in BLANK:
            with pytest.raises(ClientError, match="is not a base URL"):
                open_it(base)


@pytest.mark.parametrize("environment", ["", " ", "Production"])
def test_environments_that_are_none(environment: str) -> None:
    with pytest.raises(ClientError, match="no environment '"):
        T1("user", "word", "key", auth_method="delayed", environment=environment)
    with pytest.raises(ClientError, match="no environment '"):
        Pinterest("token", environment=environment)


@pytest.mark.parametrize("server", ["", " "])
def test_a_server_of_one_call_that_is_none(server: str, platform: Any) -> None:
    one = platform.at("https://127.0.0.1:9")
    with pytest.raises(ClientError, match=r"server takes a URL|no server '"):
        one.using(server=server)
