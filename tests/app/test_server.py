"""What the server answers, and to whom (FACTS: routes, Host, cookie, policy, messages)."""

import hashlib
import http.client
import json
import re
import struct
import uuid
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from .conftest import Address, kernels_of, wait_until

PROTOCOL = "v1.kernel.websocket.jupyter.org"
NOWHERE = [
    "/voila/tree",
    "/voila/files/tiny.py",
    "/voila/api/contents",
    "/api/contents",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/terminals",
    "/lab",
    "/files/tiny.py",
    "/tiny.py",
    "/logout",
    "/voila/templates/lab/x",
    "/static/control.py",
    "/voila/render/nothing.ipynb",
    "/voila/render/../tiny.py",
]


def ask(site: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """(status, headers, text) of one request, without following redirects."""
    host = site.split("/")[2]
    line = http.client.HTTPConnection(host, timeout=60)
    line.request(method, path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text


@pytest.fixture(scope="module")
def cookie(workbook: Address) -> str:
    """The login."""
    _, headers, _ = ask(workbook.site, f"/?token={workbook.token}")
    morsel = next(iter(SimpleCookie(headers["set-cookie"]).values()))
    return f"{morsel.key}={morsel.coded_value}"


@pytest.fixture(scope="module")
def visit(workbook: Address, cookie: str) -> str:
    """One whole page."""
    status, _, text = ask(workbook.site, "/voila/render/00-begin.ipynb", Cookie=cookie)
    assert status == 200
    return text


def kernel_of(text: str) -> str:
    return re.search(r'<workbook-kernel data-id="(.+?)">', text)[1]


def test_token_becomes_a_session_cookie_and_leaves_the_address(workbook: Address) -> None:
    """The token is traded for a cookie that no script reads, no other site sends and no browser keeps for long."""
    status, headers, _ = ask(workbook.site, f"/?token={workbook.token}")
    assert (status, headers["location"]) == (302, "/voila/render/00-begin.ipynb")
    flags = headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=strict" in flags
    assert "expires" not in flags
    assert "max-age" not in flags
    status, headers, _ = ask(workbook.site, f"/voila/render/01-what-happened.ipynb?token={workbook.token}")
    assert (status, headers["location"]) == (302, "/voila/render/01-what-happened.ipynb")


def test_an_address_followed_from_elsewhere_still_logs_in(workbook: Address) -> None:
    """A redirect there would not carry the strict cookie: a page of our own leads on."""
    status, headers, text = ask(workbook.site, f"/?token={workbook.token}", Sec_Fetch_Site="cross-site")
    assert status == 200
    assert "set-cookie" in headers
    assert "url=/voila/render/00-begin.ipynb" in text
    assert workbook.token not in text


@pytest.mark.parametrize(
    "path",
    ["/", "/?token=wrong", "/voila/render/00-begin.ipynb", "/login", "/static/host.js", "/voila/static/voila.js"],
)
def test_without_login_there_is_one_kind_page(workbook: Address, path: str) -> None:
    """Nothing is served to a stranger, and the page says what helps."""
    status, headers, text = ask(workbook.site, path)
    assert status == 403
    assert "This page is closed, or its address is not complete." in text
    assert 'id="help"' in text
    assert "<title>Notes</title>" in text
    assert headers["cache-control"] == "no-store"


def test_no_path_leads_out_of_the_public_files(workbook: Address, cookie: str) -> None:
    """Dots and slashes, written plainly or not."""
    for path in (
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static//etc/passwd",
        "/voila/static/../../app.py",
    ):
        status, _, text = ask(workbook.site, path, Cookie=cookie)
        assert status in (403, 404)
        assert "import" not in text


@pytest.mark.parametrize("path", NOWHERE)
def test_whatever_no_page_needs_is_not_there(workbook: Address, cookie: str, path: str) -> None:
    """Even logged in: no list of notebooks, no files, no API."""
    assert ask(workbook.site, path, Cookie=cookie)[0] == 404


def test_no_kernel_can_be_ended_or_started_by_the_api(workbook: Address, cookie: str, visit: str) -> None:
    """A page may ask whether its kernel is there, and nothing else."""
    kernel = f"/api/kernels/{kernel_of(visit)}"
    assert ask(workbook.site, kernel, Cookie=cookie)[0] == 200
    assert ask(workbook.site, kernel, "DELETE", Cookie=cookie)[0] == 404
    assert ask(workbook.site, "/api/kernels", "POST", Cookie=cookie)[0] == 404


def test_a_real_journal_s_clock_cannot_be_moved(workbook: Address, cookie: str) -> None:
    """Only the sample has a next day."""
    assert ask(workbook.site, "/sample/next-day", "POST", Cookie=cookie)[0] == 404


@pytest.mark.parametrize("path", ["/", "/voila/render/00-begin.ipynb", "/static/host.js", "/closed", "/nowhere"])
def test_a_foreign_host_is_refused(workbook: Address, cookie: str, path: str) -> None:
    """DNS rebinding: the name of another site that points here gets nothing, cookie or not."""
    assert ask(workbook.site, path, Host="evil.example", Cookie=cookie)[0] == 403


def test_headers_of_a_page(workbook: Address, cookie: str) -> None:
    """No inline script, no other site, nothing kept by the browser."""
    _, headers, text = ask(workbook.site, "/voila/render/00-begin.ipynb", Cookie=cookie)
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self' blob:"
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", text)
    assert not inline
    assert not re.findall(r"https?://(?!127\.0\.0\.1|www\.w3\.org)[^\s\"'<]+", re.sub(r'(?s)id="help".*', "", text))


def test_the_text_is_there_before_any_cell_has_run(visit: str) -> None:
    """Stored passages and the exercise's place stand before the kernel is even mentioned; lab cells are not there."""
    before = visit[: visit.index("<workbook-kernel ")]
    assert "Both can be true." in before
    assert "A tiny exercise is opening. Read on meanwhile." in before
    assert 'id="help"' in before
    assert "<title>Notes · page 1</title>" in before
    assert "for the lab" not in visit
    assert visit.count("<h1") == 1


def test_lab_cells_do_not_run(visit: str, notebooks: Path) -> None:
    """What is for JupyterLab costs the app nothing."""
    assert visit
    assert not (notebooks / "lab-cell-ran").exists()


def test_a_failing_cell_shows_no_traceback(workbook: Address, cookie: str) -> None:
    """Neither the error's kind nor its text, which might quote her, reaches the page."""
    text = ask(workbook.site, "/voila/render/03-say-it-once.ipynb", Cookie=cookie)[2]
    assert "It did not open. What you saved is safe." in text
    for leak in ("ValueError", "wordword", "Traceback", "secret"):
        assert leak not in text


def test_closed_takes_the_login_away(workbook: Address) -> None:
    """A neutral page that needs no login and ends one."""
    status, headers, text = ask(workbook.site, "/closed")
    assert status == 200
    assert "<title>Notes</title>" in text
    assert "Closed. To open it again, use the command you started it with." in text
    assert 'href="tel:' in text
    assert "Second Thoughts" not in text
    assert "username-" in headers["set-cookie"]
    assert '=""' in headers["set-cookie"]


def test_a_kernel_knows_no_token(workbook: Address, cookie: str) -> None:
    """What a kernel's environment holds can be read by what runs in it."""
    ask(workbook.site, "/voila/render/00-begin.ipynb", Cookie=cookie)
    kernels = kernels_of(workbook.process)
    assert kernels
    for kernel in kernels:
        assert workbook.token not in "\n".join([*kernel.environ().values(), *kernel.cmdline()])


def test_a_page_that_leaves_frees_its_kernel(workbook: Address, cookie: str) -> None:
    """The beacon needs no xsrf cookie, only the login and our own origin."""
    kernel = kernel_of(ask(workbook.site, "/voila/render/00-begin.ipynb", Cookie=cookie)[2])
    path = f"/voila/api/shutdown/{kernel}"
    assert ask(workbook.site, path, "POST")[0] == 403
    assert ask(workbook.site, path, "POST", Cookie=cookie, Origin="http://evil.example")[0] == 404
    assert ask(workbook.site, path, "POST", Cookie=cookie, Origin=workbook.site.rstrip("/"))[0] == 204
    wait_until(lambda: ask(workbook.site, f"/api/kernels/{kernel}", Cookie=cookie)[0] == 404)


@pytest.mark.parametrize("path", ["/keep/import", "/lock", "/unlock", "/awake", "/heat/00-begin"])
def test_what_another_page_sends_is_refused(workbook: Address, cookie: str, path: str) -> None:
    """Another port of this machine is the same site, so its requests carry the cookie: nothing comes of them."""
    own, foreign = workbook.site.rstrip("/"), "http://127.0.0.1:9"
    for headers in ({"Origin": foreign, "Sec_Fetch_Site": "same-site"}, {"Origin": foreign}, {"Origin": "null"}):
        assert ask(workbook.site, path, "POST", Cookie=cookie, **headers)[0] == 403
    for headers in ({"Origin": "null", "Sec_Fetch_Site": "same-origin"}, {"Origin": own}, {}):
        assert ask(workbook.site, path, "POST", Cookie=cookie, **headers)[0] != 403


def channels(workbook: Address, cookie: str, kernel: str, **headers: str) -> ClientConnection:
    url = f"{workbook.site.replace('http', 'ws')}api/kernels/{kernel}/channels?session_id=test"
    return connect(
        url,
        subprotocols=[PROTOCOL],
        additional_headers={"Cookie": cookie},
        proxy=None,
        origin=headers.get("origin", workbook.site.rstrip("/")),
    )


def frame(msg_type: str, content: dict) -> bytes:
    header = {
        "msg_id": str(uuid.uuid4()),
        "session": "test",
        "username": "",
        "date": "2026-01-01T00:00:00Z",
        "msg_type": msg_type,
        "version": "5.3",
    }
    parts = [b"shell", json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode()]
    starts = [8 * (len(parts) + 2)]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return struct.pack(f"<{len(starts) + 1}Q", len(starts), *starts) + b"".join(parts)


def test_a_websocket_of_another_origin_is_refused(workbook: Address, cookie: str, visit: str) -> None:
    """The cookie alone does not open the line."""
    with pytest.raises(InvalidStatus, match="403"):
        channels(workbook, cookie, kernel_of(visit), origin="http://evil.example")
    with pytest.raises(InvalidStatus, match="403"):
        channels(workbook, "", kernel_of(visit))


def test_a_page_cannot_run_code(workbook: Address, cookie: str, tmp_path: Path) -> None:
    """Only messages to widgets pass; they are answered, so what came before them was dropped, not late."""
    text = ask(workbook.site, "/voila/render/00-begin.ipynb", Cookie=cookie)[2]
    model = re.search(r'data-model="(\w+)"', text)[1]
    trap = tmp_path / "ran"
    code = {
        "code": f"open({str(trap)!r}, 'w')",
        "silent": False,
        "store_history": False,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": True,
    }
    with channels(workbook, cookie, kernel_of(text)) as line:
        line.send(frame("execute_request", code))
        line.send(frame("kernel_info_request", {}))
        line.send(b"\xff" * 64)
        line.send("no message")
        ping = {"method": "custom", "content": {"id": "1", "do": "ping"}}
        line.send(frame("comm_msg", {"comm_id": model, "data": ping}))
        while b'"pid"' not in line.recv(timeout=20):
            pass
    assert not trap.exists()


def test_a_widgets_script_and_style_are_files_that_the_browser_keeps(workbook: Address, cookie: str) -> None:
    """Behind the login, named by what is in them, and asked for ahead by every later page."""
    page = ask(workbook.site, "/voila/render/00-begin.ipynb", Cookie=cookie)[2]
    name = re.search(r'data-module="(\w+\.js)"', page)[1]
    assert ask(workbook.site, f"/module/{name}")[0] == 403
    status, headers, text = ask(workbook.site, f"/module/{name}", Cookie=cookie)
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert "textarea" in text
    assert hashlib.sha256(text.encode()).hexdigest().startswith(name.removesuffix(".js"))
    assert ask(workbook.site, f"/module/{'0' * 20}.js", Cookie=cookie)[0] == 404
    later = ask(workbook.site, "/voila/render/01-what-happened.ipynb", Cookie=cookie)[2]
    assert f'rel="modulepreload" href="/module/{name}"' in later.partition("</head>")[0]
