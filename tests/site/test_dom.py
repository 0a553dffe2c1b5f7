"""The comparer of sites sees what a reader may notice, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support.dom import compared, differences, normalised, search_lines, told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a class="x  y" href="z">', '<a href="z"\n class=" x y">'),
        ("<p hidden>", '<p hidden="">'),
        ("<p>it&#39;s &quot;so&quot;", '<p>it\'s "so"'),
        ("<p>\n a <b>b</b>\n</p>\n\n<p> c</p>", "<p>a <b>b</b></p><p>c</p>"),
        ("<p>a <b> b</b></p>", "<p>a <b>b</b></p>"),
        ("<p>a<br> b", "<p>a<br>b"),
        ("<nav class=md-nav__link><b> a </b> <i></i></nav>", "<nav class=md-nav__link><b>a</b><i></i></nav>"),
        ("<script>\n a < b && c </script>", "<script>a < b && c</script>"),
        ("<svg><path d=x /> <g/></svg>", "<svg><path d=x></path><g></g></svg>"),
        ("<img src=../assets/a.b.0123abcd.js>", "<img src=../assets/a.b.89abcdef.js>"),
    ],
)
def test_what_is_the_same_to_a_reader_is_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a>a</a> <a>b</a>", "<a>a</a><a>b</a>"),
        ("a <b>b</b>", "a<b> b</b>"),
        ("<button>a</button> b", "<button>a</button>b"),
        ("<p>a\N{NO-BREAK SPACE}b", "<p>a b"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<p><b>a</b></p>", "<p>a</p>"),
        ("<div><p>a</p></div><p>b</p>", "<div><p>a</p><p>b</p></div>"),
        ("<p>a</p></div>", "<p>a</p>"),
        ('<p class="x y">', '<p class="y x">'),
        ('<p lang="en">', '<p lang="zh">'),
        ("<script>a</script>", "<script>b</script>"),
        ("<svg><path d=x /></svg>", "<svg><path d=y /></svg>"),
        ("<img src=assets/a.0123abcd.js>", "<img src=assets/b.0123abcd.js>"),
    ],
)
def test_what_a_reader_may_notice_is_not_the_same(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_another_word_on_one_page_a_lost_page_and_a_new_file_are_found(tmp_path: Path) -> None:
    for page in ("a", "b", "c"):
        for site in ("old", "new"):
            (tmp_path / site / page).mkdir(parents=True)
            (tmp_path / site / page / "index.html").write_text("<p>a <b>word</b>", encoding="utf-8")
    (tmp_path / "new" / "a" / "index.html").write_text("<p>a <b>term</b>", encoding="utf-8")
    (tmp_path / "new" / "b" / "index.html").unlink()
    (tmp_path / "new" / "new.css").touch()
    found = differences(tmp_path / "old", tmp_path / "new")
    assert {name: [line for line in diff if line[0] in "+-"] for name, diff in found.items()} == {
        "a/index.html": ['-  "word"', '+  "term"'],
        "b/index.html": ["- it is missing"],
        "other-files": ["+new.css"],
    }
    with pytest.raises(FileNotFoundError):
        differences(tmp_path / "old", tmp_path / "nowhere")


def test_the_same_difference_is_told_once() -> None:
    names = [f"{number}.html" for number in range(9)]
    found = compared(dict.fromkeys(names, "a\nb"), dict.fromkeys(names[1:], "a\nc") | {names[0]: "d\nb"})
    assert list(told(found, 1)) == [
        "== 0.html",
        "@@ -1,2 +1,2 @@",
        "-a",
        "+d",
        " b",
        "… 1 more that differ in other ways",
    ]
    assert "== 1.html, 2.html, 3.html and 5 more" in list(told(found, 2))


def test_what_a_search_looks_through_is_shown_a_section_a_line() -> None:
    script = '// a note\nhandbookSearch.index([["a/",1,[["","A","a\\n\\u963f"]]]],"b")'
    assert search_lines(script) == '["a/", 1]\n ["", "A", "a\\n阿"]\n"b"\n'
    assert search_lines("somethingElse()") == "somethingElse()"
