"""The Content-Security-Policy: what it says, and that no page needs more."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site import csp

from ..support.server import policy as sent


def test_the_policy_allows_the_site_and_nothing_else(site: Path) -> None:
    policy = dict(directive.split(" ", 1) for directive in sent(site).split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in sent(site)
    assert "http" not in sent(site)
    scripts = policy["script-src"].split()
    assert scripts[0] == "'self'"
    assert len(scripts) == 2  # the palette, before the first paint
    assert all(source.startswith("'sha256-") for source in scripts[1:])
    for directive in ("base-uri", "form-action", "frame-ancestors"):  # default-src does not cover these
        assert policy[directive] == "'none'"


def test_hosts_that_read_a_file_of_headers_get_the_same_policy(site: Path) -> None:
    assert (site / "_headers").read_text("utf-8") == f"/*\n  Content-Security-Policy: {sent(site)}\n"


def test_every_script_in_a_page_is_named_by_its_hash_and_those_of_files_are_not() -> None:
    page = '<script>a()</script><script src="b.js" defer></script><script>a()</script><script type="x">\nc</script>'
    policy = csp.Policy()
    policy.allow_page(page)
    policy.allow_page(page)
    assert str(policy).split("; ")[1] == (
        "script-src 'self' "
        + " ".join(
            sorted(
                (
                    "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",
                    "'sha256-pO+3/ZgdM/i38LIQJ1w9EVzy8N89qsKAB6555s8CnBM='",
                )
            )
        )
    )


def test_no_page_has_what_the_policy_forbids(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for forbidden in (" style=", " onclick=", " onload=", "<style", "javascript:"):
            assert forbidden not in text, (page, forbidden)


STYLED = "style-src 'self' 'sha256-NerDAUWfwD31YdZHveMrq0GLjsNFMwxLpZl0dPUeCcw=' 'unsafe-hashes'"
HANDLED = "script-src 'self' 'sha256-D6IGS8VMvCoyaR/l0h9tERrBTATY01CoPS7l6xDv0kI=' 'unsafe-hashes'"


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ('<p style="color: red">x</p>', STYLED),
        ("<P STYLE = 'color: red'>x</P>", STYLED),
        ('<p onclick="x()">x</p>', HANDLED),
        ("<p ONCLICK = x()>x</p>", HANDLED),
        ("<style>p{}</style>", "style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"),
        ('<img src="https://img.example/x.png">', "img-src 'self' data: https://img.example"),
        ('<iframe src="//video.example/1"></iframe>', "frame-src https://video.example"),
        ('<script src="https://cdn.example/a.js"></script>', "script-src 'self' https://cdn.example"),
        ('<link rel="stylesheet" href="https://css.example/a.css">', "style-src 'self' https://css.example"),
        ('<video src="film.mp4"></video>', "media-src 'self'"),
        ('<form action="https://form.example/"></form>', "form-action https://form.example"),
    ],
)
def test_what_somebody_adds_is_allowed_and_no_more(page: str, allowed: str) -> None:
    plain, policy = csp.Policy(), csp.Policy()
    policy.allow_page(page)
    assert allowed in str(policy).split("; ")
    assert len(set(str(policy).split("; ")) - set(str(plain).split("; "))) == 1
