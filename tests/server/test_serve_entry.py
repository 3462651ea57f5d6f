"""Who gets in, and what there is to be had."""

from __future__ import annotations

import re
from contextlib import closing
from http.client import HTTPConnection
from importlib.metadata import version

import httpx
import pytest

from raw_requests import CLOSED, raw
from serving import Serving

pytest_plugins = ["server_fixtures"]


def test_the_printed_address_stands_on_a_line_of_its_own(server: Serving) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{20,}", server.printed[-1])


def test_the_token_is_left_behind_at_the_door(server: Serving) -> None:
    with httpx.Client(base_url=server.root) as client:
        entry = client.get("/", params={"token": server.token})
        assert entry.headers["location"] == "/voila/render/01-start.ipynb"
        page = client.get("/voila/render/01-start.ipynb", params={"token": server.token})
        assert (page.status_code, page.headers["location"]) == (302, "/voila/render/01-start.ipynb")


def test_the_cookie_is_signed_and_out_of_reach_of_scripts(server: Serving) -> None:
    cookie = httpx.get(server.address).headers.get_list("set-cookie")[0]
    assert cookie.startswith(f"enishi-{server.port}=")
    assert "HttpOnly" in cookie
    forged = cookie.split(";")[0][:-4] + 'abc"'
    answer = httpx.get(server.root + "/", headers={"Cookie": forged})
    assert answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("path", ["/", "/voila/render/01-start.ipynb", *CLOSED])
def test_without_the_token_every_way_leads_to_the_door(server: Serving, path: str) -> None:
    answer = httpx.get(server.root + path, follow_redirects=False)
    assert answer.status_code in (302, 403, 404)
    if answer.status_code == 302:
        assert answer.headers["location"].startswith("/login?next=")
    assert "見本" not in answer.text


def test_the_door_is_kind_and_shows_nothing_of_the_workbook(server: Serving) -> None:
    door = httpx.get(server.root + "/", follow_redirects=True, headers={"Accept-Language": "en"})
    assert door.status_code == 403
    assert '<html lang="en"' in door.text
    assert "This workbook opens only for the person who started it." in door.text
    assert "このワークブックは、起動した本人だけが開けます。" in door.text
    assert "assword" not in door.text  # Jupyter's own page asks for one
    assert "見本" not in door.text


def test_the_token_can_be_typed_in_at_the_door(server: Serving) -> None:
    with httpx.Client(base_url=server.root) as client:
        form = client.get("/voila/render/02-broken.ipynb", follow_redirects=True)
        crumb = re.search(r'name="_xsrf" value="([^"]+)"', form.text)
        assert crumb
        answer = {"_xsrf": crumb[1], "token": "guessed"}
        ours = {"Origin": server.root}
        refused = client.post(form.url, data=answer, headers=ours)
        assert refused.status_code == 403
        assert 'role="alert"' in refused.text
        answer["token"] = f" {server.token} "
        opened = client.post(form.url, data=answer, headers=ours)
        assert opened.headers["location"] == "/voila/render/02-broken.ipynb"


def test_a_door_opened_from_another_site_stays_shut(server: Serving) -> None:
    answer = httpx.post(server.root + "/login", data={"token": server.token})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", CLOSED)
def test_only_numbered_notebooks_are_pages_and_nothing_else_is_served(
    server: Serving, path: str
) -> None:
    with server.client() as client:
        assert raw(server, path, client.cookies) == 404


@pytest.mark.parametrize(
    "path",
    [
        "/voila/static/V/../../../../../../../../etc/passwd",
        "/voila/static/V/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/voila/static/V//etc/passwd",
        "/voila/labextensions/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/voila/templates/enishi/static//etc/passwd",
        "/static/etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_folders_of_static_files(server: Serving, path: str) -> None:
    with server.client() as client:
        path = path.replace("/V/", f"/{version('voila')}/")
        assert raw(server, path, client.cookies) in (403, 404)


@pytest.mark.parametrize("path", ["/", "/voila/render/01-start.ipynb", "/healthz", "/login"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.1:8866"])
def test_a_host_that_is_not_this_machine_is_refused(server: Serving, path: str, host: str) -> None:
    with server.client() as client:
        assert client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("key", ["theme", "template", "token", "voila-theme"])
def test_what_the_address_says_is_not_written_into_the_page(server: Serving, key: str) -> None:
    payload = 'x"><script>alert(1)</script>'
    with server.client() as client:
        answer = client.get(
            "/voila/render/01-start.ipynb", params={key: payload}, follow_redirects=True
        )
        assert answer.status_code == 200
        assert "alert(1)" not in answer.text


def test_the_policy_names_no_stranger_and_lets_no_inline_script_run(server: Serving) -> None:
    with server.client() as client:
        for path in ("/voila/render/02-broken.ipynb", "/nothing", "/login"):
            policy = client.get(path).headers["content-security-policy"]
            rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
            assert rules["script-src"] == "'self' blob:"
            assert rules["default-src"] == rules["connect-src"] == "'self'"
            assert rules["frame-ancestors"] == "'self'"
            assert "http" not in policy
            assert "unsafe-eval" not in policy


def test_the_page_names_no_other_host(server: Serving) -> None:
    with server.client() as client:
        page = client.get("/voila/render/02-broken.ipynb").text
        hosts = set(re.findall(r"""(?:https?:)?//([\w.-]+\.[a-z]{2,})""", page))
        assert hosts <= {"www.w3.org"}  # the name of SVG, in the icon


def test_pages_and_scripts_travel_compressed(server: Serving) -> None:
    with server.client() as client:
        for path in ("/voila/render/02-broken.ipynb", *scripts(client)):
            assert client.get(path).headers["content-encoding"] == "gzip"


def scripts(client: httpx.Client) -> list[str]:
    """Return the addresses of the styles and scripts a page names."""
    page = client.get("/voila/render/02-broken.ipynb").text
    found = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js)[^"]*)"', page)
    assert len(found) == 9  # two of them stand by for a page that needs the whole front end
    return found


def test_styles_and_scripts_are_fetched_once_and_kept_for_years(server: Serving) -> None:
    with server.client() as client:
        for path in scripts(client):
            kept = re.search(r"max-age=(\d+)", client.get(path).headers["cache-control"])
            assert kept and int(kept[1]) >= 31536000


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [("en-GB,en", "", "en"), ("ja", "", "ja"), ("ja", "en", "en"), ("en", "<b>", "en")],
)
def test_a_page_speaks_the_language_of_who_asks(
    server: Serving, header: str, cookie: str, language: str
) -> None:
    headers = {"Accept-Language": header, "Cookie": f"enishi-language={cookie}"}
    door = httpx.get(server.root + "/login", headers=headers)
    assert f'<html lang="{language}"' in door.text


def test_a_missing_page_says_so_in_both_languages(server: Serving) -> None:
    with server.client() as client:
        missing = client.get("/nothing", headers={"Accept-Language": "ja"})
        assert missing.status_code == 404
        assert "このアドレスにページはありません。" in missing.text
        assert "There is no page at this address." in missing.text


def test_the_settings_are_found_under_the_name_they_had_before(server: Serving) -> None:
    with server.client() as client:
        found = client.get("/voila/render/06-settings.ipynb")
    assert (found.status_code, found.headers["location"]) == (302, "07-settings.ipynb")


def test_a_page_the_browser_only_guesses_at_starts_no_kernel(server: Serving) -> None:
    with server.client() as client:
        before = server.kernels()
        guess = client.get(
            "/voila/render/01-start.ipynb", headers={"Sec-Purpose": "prefetch;prerender"}
        )
        assert guess.status_code == 503
        assert server.kernels() <= before  # others may be ending


@pytest.mark.parametrize(("size", "status"), [(256 * 1024 + 1, 400), (20, 403)])
def test_a_form_larger_than_any_of_ours_is_refused_before_it_is_read(
    server: Serving, size: int, status: int
) -> None:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as line:
        line.putrequest("POST", "/login")
        line.putheader("Content-Length", str(size))
        line.putheader("Content-Type", "application/x-www-form-urlencoded")
        line.endheaders()
        if status == 403:  # one that is not refused for its size is waited for
            line.send(b"token=" + b"x" * (size - 6))
        assert line.getresponse().status == status
