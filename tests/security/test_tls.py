"""TLS: certificates are verified, and no option, environment or header switches that off."""

import shutil
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
import requests

from adplatforms import TTD, Pinterest
from adplatforms.core.errors import AdPlatformsError, ClientError, TransportError
from adplatforms.core.messages import Request
from terminalone import T1

READ = Request("GET", "x")
UNSAFE = "no safe connection to https://localhost"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of our own for "localhost" alone, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-keyout",
            key,
            "-out",
            made,
            *subject,
        ],
        check=True,
        capture_output=True,
    )
    return made, key


@pytest.fixture
def secure(web: Any, certificate: tuple[Path, Path]) -> str:
    """The port of the test's server, which speaks TLS by the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    return str(web.server_port)


def test_an_unknown_certificate_is_refused(platform: Any, web: Any, secure: str) -> None:
    one = platform.at(f"https://localhost:{secure}")
    with pytest.raises(TransportError, match="no safe connection to https://localhost") as caught:
        one.exchange(READ, lambda answer: answer)
    assert not web.received
    assert not any(secret in str(caught.value) for secret in platform.secrets)
    one.close()


def test_a_certificate_that_is_trusted(platform: Any, web: Any, secure: str, certificate: Any) -> None:
    one = platform.at(f"https://localhost:{secure}", ca=str(certificate[0]))
    one.transport.send(READ)
    assert len(web.received) == 1
    one.close()


def test_a_session_of_the_users_own_may_trust_another(platform: Any, web: Any, secure: str, certificate: Any) -> None:
    def http() -> requests.Session:
        session = requests.Session()
        session.verify = str(certificate[0])
        return session

    one = platform.at(f"https://localhost:{secure}", http=http)
    one.transport.send(READ)
    assert len(web.received) == 1
    one.close()


def test_a_session_of_the_users_own_cannot_switch_it_off(platform: Any, web: Any, secure: str) -> None:
    def http() -> requests.Session:
        session = requests.Session()
        session.verify = False
        return session

    one = platform.at(f"https://localhost:{secure}", http=http)
    with pytest.raises(AdPlatformsError, match=UNSAFE):
        one.transport.send(READ)
    assert not web.received
    one.close()


def test_a_trusted_certificate_of_another_host_is_refused(
    platform: Any, web: Any, secure: str, certificate: Any
) -> None:
    one = platform.at(f"https://127.0.0.1:{secure}", ca=str(certificate[0]))
    with pytest.raises(TransportError, match="no safe connection"):
        one.exchange(READ, lambda answer: answer)
    assert not web.received
    one.close()


def test_downloads_are_verified_too(platform: Any, web: Any, secure: str) -> None:
    one = platform.at("https://127.0.0.1:9")
    with pytest.raises(TransportError, match="no safe connection"):
        one.download(f"https://localhost:{secure}/file")
    assert not web.received
    one.close()


def test_an_unsafe_connection_is_not_tried_again(platform: Any, secure: str) -> None:
    from adplatforms.net.retry import Retry

    waits: list[float] = []
    one = platform.at(f"https://localhost:{secure}", retry=Retry(sleep=waits.append))
    with pytest.raises(TransportError, match=UNSAFE):
        one.exchange(READ, lambda answer: answer)
    assert not waits
    one.close()


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PYTHONHTTPSVERIFY"])
@pytest.mark.parametrize("value", ["", "0"])
def test_the_environment_does_not_switch_it_off(
    name: str, value: str, platform: Any, web: Any, secure: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv(name, value)
    one = platform.at(f"https://localhost:{secure}")
    with pytest.raises(TransportError, match=UNSAFE):
        one.exchange(READ, lambda answer: answer)
    assert not web.received
    one.close()


@pytest.mark.parametrize("word", ["verify", "insecure", "ssl_verify", "cert_reqs", "check_hostname"])
def test_no_option_switches_it_off(word: str, platform: Any) -> None:
    with pytest.raises((ClientError, TypeError), match=f"no option {word!r}|unexpected keyword argument {word!r}"):
        platform.at("https://127.0.0.1:9", **{word: False})


@pytest.mark.parametrize("ca", [False, 0, ""])
def test_nor_does_an_empty_bundle(ca: Any, platform: Any, web: Any, secure: str) -> None:
    """It is refused, or means the usual certificates."""
    try:
        one = platform.at(f"https://localhost:{secure}", ca=ca)
    except AdPlatformsError:
        return
    with pytest.raises(TransportError, match=UNSAFE):
        one.exchange(READ, lambda answer: answer)
    assert not web.received
    one.close()


OPENINGS: dict[str, Any] = {
    "t1": lambda bad, url: T1(session_id=bad, api_key="k3y", auth_method="delayed", api_base=url, auth_base=url),
    "t1-oauth": lambda bad, url: T1(access_token=bad, auth_method="delayed", api_base=url, auth_base=url),
    "pinterest": lambda bad, url: Pinterest(bad, ad_account_id="5", api_base=url),
    "ttd": lambda bad, url: TTD(bad, server=url),
}


@pytest.mark.parametrize("opened", OPENINGS.values(), ids=OPENINGS)
@pytest.mark.parametrize("bad", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "a\x7fb"], ids=ascii)
def test_credentials_with_control_characters_are_not_sent(bad: str, opened: Any, web: Any) -> None:
    """A header is one line, whatever stands in a token."""

    def read() -> None:
        with opened(bad, web.url) as one:
            one.using(retry=None).get("campaigns", "7")

    with pytest.raises(AdPlatformsError, match="holds a character that no") as caught:
        read()
    assert "X-Evil" not in web.heard
    assert bad not in str(caught.value)


def test_threads_are_not_left_by_a_failed_handshake(platform: Any, secure: str) -> None:
    before = set(threading.enumerate())
    one = platform.at(f"https://localhost:{secure}")
    with pytest.raises(TransportError, match=UNSAFE):
        one.exchange(READ, lambda answer: answer)
    one.close()
    assert not [t for t in set(threading.enumerate()) - before if t.name.startswith("adplatforms")]
