"""The page shows Markdown as GitHub would, and no markup that a person wrote beside it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.render.gfm import html


def test_github_flavour_is_shown() -> None:
    """Tables, ticked boxes, struck text, line breaks and bare addresses look as they do on GitHub."""
    page = html("| a |\n|---|\n| ~~b~~ |\n\n- [x] done\n- [ ] open\n\none\ntwo https://e.com/a).\n")
    assert "<td><s>b</s></td>" in page
    assert page.count('type="checkbox"') == 2
    assert page.count('checked="checked"') == 1
    assert "one<br />" in page
    assert '<a href="https://e.com/a">https://e.com/a</a>).' in page


def test_folds_are_folds_and_comments_are_gone() -> None:
    """The card's fold opens and closes, with Markdown inside; a marker shows nowhere."""
    page = html("<!-- stanch k=1 -->\n<details open>\n<summary>More &lt;b&gt;</summary>\n\n**x**\n\n</details>\n")
    assert page.split() == [
        "<details",
        "open>",
        "<summary>More",
        "&lt;b&gt;</summary>",
        "<p><strong>x</strong></p>",
        "</details>",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("a <img src=x onerror=y> b", "&lt;img src=x onerror=y&gt;"),
        ("<details onclick=x>", "&lt;details onclick=x&gt;"),
        ('<input class="task-list-item-checkbox" onclick=x>', "&lt;input class"),
        ("[x](javascript:y)", "[x](javascript:y)"),
        ("![pic](https://e.com/a.png)", '<a href="https://e.com/a.png">pic</a>'),
        ("`https://e.com`", "<code>https://e.com</code>"),
        ("[https://e.com](https://f.com)", '<a href="https://f.com">https://e.com</a>'),
        ("a <!-- b", "a &lt;!-- b"),
        ("www.e.com", '<a href="http://www.e.com">www.e.com</a>'),
    ],
)
def test_raw_html_is_text_and_pictures_are_links(text: str, shown: str) -> None:
    """Nothing runs and nothing is loaded."""
    assert shown in html(text)


class Balance(HTMLParser):
    """Which tags and attributes a page has, and whether each end has its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: set[str] = set()
        self.sound = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"{tag}@{name}" for name, _ in attrs)}
        if tag not in {"br", "hr", "input"}:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.sound = self.sound and bool(self.opened) and self.opened.pop() == tag


TAGS = (
    "a blockquote br code details em h1 h2 h3 h4 h5 h6 hr input kbd li ol p pre s strong sub summary sup table tbody td"
)
MORE = "th thead tr ul a@href a@title code@class details@open input@class input@checked input@disabled input@type"
LAST = "li@class ol@start td@style th@style ul@class"
ALLOWED = set(f"{TAGS} {MORE} {LAST}".split())
PIECES = (
    "<details>", "</details>", "<summary>", "</summary>", "<b>", "<code>", "</code>", "<!--", "-->", "<br>", "\n\n",
    "\n", "- [ ] x", "> ", "```\n", "`", "*", "[x](y)", "![x](y)", "https://e.com ", "<svg/onload=x>", '"', "'",
    "&lt;", "a|b\n-|-\n", "x ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_text_brings_a_tag_that_is_not_allowed(text: str) -> None:
    """Only GitHub's own tags, no handlers, and never one end more than there are beginnings."""
    page = Balance()
    page.feed(html(text))
    page.close()
    assert page.seen <= ALLOWED
    assert html(text).count("</details>") == len(re.findall(r"<details[ >]", html(text)))
