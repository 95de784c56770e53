"""Files by the page: what is fetched is what the journal says, behind the login; what is sent is merged."""

import http.client
import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pandas as pd
import pytest

from tests.app.conftest import Address, end
from tests.app.test_server import ask
from widgets.catalogue import DATA
from widgets.journal import Journal, open_journal

NOTEBOOKS = DATA.parent / "notebooks"
SECRET = "Hortensie =1+1"
KEY = "vier kleine Wörter hier"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'kept' / 'journal.sqlite'}")
    opened.save("timeline", {"what": SECRET, "kind": "hard"}, "a")
    opened.revise("a", {"what": SECRET, "kind": "good"})
    yield opened
    opened.close()


@pytest.fixture
def address(serve: Callable[..., Address], journal: Journal, tmp_path: Path) -> Iterator[Address]:
    (tmp_path / "tmp").mkdir()
    started = serve(NOTEBOOKS, WORKBOOK_JOURNAL=f"sqlite:///{journal.place}", TMPDIR=str(tmp_path / "tmp"))
    yield started
    end(started.process)


@pytest.fixture
def cookie(address: Address) -> str:
    _, headers, _ = ask(address.site, f"/?token={address.token}")
    morsel = next(iter(SimpleCookie(headers["set-cookie"]).values()))
    return f"{morsel.key}={morsel.coded_value}"


def fetch(address: Address, path: str, cookie: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes of one file."""
    host = address.site.split("/")[2]
    line = http.client.HTTPConnection(host, timeout=60)
    line.request("GET", path, headers={"Host": host, "Cookie": cookie})
    answer = line.getresponse()
    content = answer.read()
    line.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, content


def send(address: Address, path: str, cookie: str, file: bytes | None, **fields: str) -> tuple[int, dict]:
    """Status and answer of a form with a file in it."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()
    ]
    if file is not None:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        parts.append(head.encode() + file + b"\r\n")
    host = address.site.split("/")[2]
    line = http.client.HTTPConnection(host, timeout=60)
    headers = {"Host": host, "Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={mark}"}
    line.request("POST", path, body=b"".join(parts) + f"--{mark}--\r\n".encode(), headers=headers)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, json.loads(text) if text.startswith("{") else {}


def of_a_newer_format(bundle: bytes) -> bytes:
    newer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as before, zipfile.ZipFile(newer, "w") as archive:
        for name in before.namelist():
            archive.writestr(name, before.read(name).replace(b'"format": 1', b'"format": 99'))
    return newer.getvalue()


def test_what_the_browser_saves_is_what_the_journal_says(address: Address, journal: Journal, cookie: str) -> None:
    """The bundle with every version, each table in each kind; neutral names; nothing a browser would keep or run."""
    status, headers, content = fetch(address, "/keep/bundle.zip", cookie)
    assert status == 200
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(io.BytesIO(journal.bundle())) as ours:
        assert archive.read("entries.csv") == ours.read("entries.csv")
        assert archive.read("entries.csv").decode().count(SECRET) == 2
    for kind in ("csv", "xlsx", "parquet", "json"):
        status, headers, content = fetch(address, f"/keep/tables/timeline.{kind}", cookie)
        assert status == 200
        assert headers["content-disposition"] == f'attachment; filename="notes-timeline.{kind}"'
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        if kind != "xlsx":  # which holds the minute it was made
            assert content == journal.table_as("timeline", kind)
    frame = pd.read_parquet(io.BytesIO(fetch(address, "/keep/tables/timeline.parquet", cookie)[2]))
    assert frame["what"].tolist() == [SECRET]


def test_nothing_without_the_login_and_nothing_that_is_not_there(address: Address, cookie: str, tmp_path: Path) -> None:
    """No file for a stranger or a foreign Host; no table but those there are; no kind but those four; no way out."""
    for path in ("/keep/bundle.zip", "/keep/tables/timeline.csv"):
        status, _, text = ask(address.site, path)
        assert status == 403
        assert SECRET not in text
        assert ask(address.site, path, Host="evil.example", Cookie=cookie)[0] == 403
    for path in (
        "/keep/tables/nothing.csv",
        "/keep/tables/timeline.html",
        "/keep/tables/../bundle.zip",
        "/keep/bundle.csv",
        "/keep/tables/timeline.zip",
        "/keep/journal.sqlite",
        "/keep/",
    ):
        assert ask(address.site, path, Cookie=cookie)[0] == 404, path
    assert send(address, "/keep/import", "", b"x")[0] == 403


def test_what_is_sent_is_merged_and_leaves_no_trace(
    address: Address, journal: Journal, cookie: str, tmp_path: Path
) -> None:
    """A bundle, a copy, a locked copy; again: nothing new; what is none: one sentence, and the journal as it was."""
    other = open_journal(f"sqlite:///{tmp_path / 'other' / 'journal.sqlite'}")
    other.save("timeline", {"what": "from elsewhere", "kind": "hard"})
    bundle = other.bundle()
    other.save("timeline", {"what": "later there", "kind": "hard"})
    other.close()
    copy = Path(other.place).read_bytes()
    other.save("timeline", {"what": "last there", "kind": "hard"})
    other.set_passphrase(KEY)
    other.close()
    locked = Path(other.place).read_bytes()
    assert send(address, "/keep/import", cookie, bundle)[1] == {"ok": True, "said": "New or changed here: 1."}
    assert send(address, "/keep/import", cookie, bundle)[1] == {
        "ok": True,
        "said": "Everything in it was here already.",
    }
    assert send(address, "/keep/import", cookie, copy)[1]["said"] == "New or changed here: 1."
    for passphrase in ("", "a guess"):
        answer = send(address, "/keep/import", cookie, locked, passphrase=passphrase)[1]
        assert not answer["ok"]
        assert "Nothing was changed" in answer["error"]["message"]
    assert send(address, "/keep/import", cookie, locked, passphrase=KEY)[1]["said"] == "New or changed here: 1."
    for wrong in (b"", b"no bundle", bundle[:-40], copy[:5000], bytes(8192), of_a_newer_format(bundle), locked):
        answer = send(address, "/keep/import", cookie, wrong)[1]
        assert not answer["ok"]
        assert str(tmp_path) not in answer["error"]["message"]
        assert "he file you chose" in answer["error"]["message"]
        assert "Nothing was changed" in answer["error"]["message"]
    assert send(address, "/keep/import", cookie, None)[0] == 400
    said = journal.table("timeline")["what"].tolist()
    assert said == [SECRET, "from elsewhere", "later there", "last there"]
    assert [file for file in (tmp_path / "tmp").rglob("in-*")] == []


def test_while_the_lock_is_shut_no_file_goes_out_or_in(address: Address, journal: Journal, cookie: str) -> None:
    """Not the bundle, not a table; what is sent is not kept. Opened, both work; shut again, neither."""
    bundle = journal.bundle()
    journal.set_passphrase(KEY)
    opened = {"Content_Type": "application/x-www-form-urlencoded", "Accept": "application/json"}

    def refused() -> None:
        for path in ("/keep/bundle.zip", "/keep/tables/timeline.csv"):
            status, _, text = ask(address.site, path, Cookie=cookie)
            assert status == 409
            assert SECRET not in text
            assert "is locked with a passphrase" in text
        assert not send(address, "/keep/import", cookie, bundle)[1]["ok"]

    refused()
    host = address.site.split("/")[2]
    for passphrase, is_open in (("a guess", False), (KEY, True)):
        line = http.client.HTTPConnection(host, timeout=60)
        body = f"page=00-begin&passphrase={passphrase.replace(' ', '+')}".encode()
        headers = {"Host": host, "Cookie": cookie, **{k.replace("_", "-"): v for k, v in opened.items()}}
        line.request("POST", "/unlock", body=body, headers=headers)
        assert json.loads(line.getresponse().read())["opened"] is is_open
        line.close()
    assert fetch(address, "/keep/bundle.zip", cookie)[0] == 200
    assert send(address, "/keep/import", cookie, bundle)[1]["ok"]
    assert json.loads(ask(address.site, "/lock", "POST", Cookie=cookie)[2]) == {"locked": True}
    refused()


@pytest.mark.parametrize("path", ["/unlock", "/lock", "/awake", "/keep/import"])
def test_the_lock_answers_nobody_without_the_login(address: Address, cookie: str, path: str) -> None:
    """Nor another Host, nor a page that there is not."""
    assert ask(address.site, path, "POST")[0] == 403
    assert ask(address.site, path, "POST", Host="evil.example", Cookie=cookie)[0] == 403
    assert ask(address.site, path, Cookie=cookie)[0] == 405 or path == "/keep/import"
    assert ask(address.site, "/unlock?page=../secret", "POST", Cookie=cookie)[0] == 400


def test_a_journal_without_a_passphrase_is_never_locked(address: Address, cookie: str) -> None:
    """“Lock now” from an old page, or a page that was left alone, changes nothing."""
    assert json.loads(ask(address.site, "/lock", "POST", Cookie=cookie)[2]) == {"locked": False}
    assert fetch(address, "/keep/bundle.zip", cookie)[0] == 200
