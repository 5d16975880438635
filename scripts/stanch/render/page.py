"""The page of a drill: one self-contained HTML file that looks like the threads it tells of.

It loads nothing: style, script and pictures are inside, and a content security policy says so.
"""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stanch.render.story import (
    CommentView,
    EventView,
    EventWord,
    Figure,
    LabelView,
    Moment,
    MomentKind,
    ScenarioView,
    Story,
    ThreadKind,
    ThreadState,
    ThreadView,
)
from stanch.render.storybar import bar
from stanch.render.thread_prose import finished

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = [
    "CommentView",
    "EventView",
    "EventWord",
    "Figure",
    "LabelView",
    "Moment",
    "MomentKind",
    "ScenarioView",
    "Story",
    "ThreadKind",
    "ThreadState",
    "ThreadView",
    "page",
]

Gfm = Callable[[str], str]
HUES = 8
NO_COLOR = "8b949e"


def page(story: Story, gfm: Gfm) -> str:
    """The whole page as HTML. `gfm` turns Markdown into HTML that is safe to show as it stands."""
    env = _environment(ZoneInfo(story.zone), gfm)
    script = _asset("page.js")
    html: str = env.get_template("page.html").render(
        story=story,
        css=_trusted(_asset("page.css")),
        script=_trusted(script),
        script_hash=_hash(script),
    )
    return html


@cache  # the templates take longer to compile than to fill
def _environment(zone: ZoneInfo, gfm: Gfm) -> "Environment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(bar=bar, thread_id=thread_id, entry_id=entry_id, told_at=told_at)
    env.filters.update(
        prose=lambda text, scenario: _trusted(finished(gfm(text), _anchors(scenario))),
        team=lambda at: at.astimezone(zone),
        initials=initials,
        hue=lambda login: sum(login.encode()) % HUES,
        paint=paint,
        ink=ink,
        tally=lambda names: Counter(names).items(),
        is_comment=lambda entry: isinstance(entry, CommentView),
    )
    return env


def _folder() -> Path:
    """Where the site's templates are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_templates" / "site"
    return installed if installed.is_dir() else package.parents[1] / "templates" / "site"


def _asset(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


def _trusted(html: str) -> "Markup":
    from markupsafe import Markup

    return Markup(html)  # noqa: S704 # our own files, and what the Markdown renderer has already escaped


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


def thread_id(scenario: ScenarioView, thread: ThreadView) -> str:
    """Where a thread stands on the page."""
    return f"{scenario.slug}-{thread.number}"


def entry_id(scenario: ScenarioView, thread: ThreadView, position: int) -> str:
    """Where an entry of a thread stands on the page; `position` counts from 1."""
    return f"{thread_id(scenario, thread)}-{position}"


def _anchors(scenario: ScenarioView) -> Mapping[int, str]:
    return {thread.number: thread_id(scenario, thread) for thread in scenario.threads}


def told_at(scenario: ScenarioView, moment: Moment) -> str:
    """The anchor of the entry that happened at this moment, or "" when the threads do not tell of it."""
    for thread in scenario.threads:
        if thread.at == moment.at:
            return thread_id(scenario, thread)
        for position, entry in enumerate(thread.entries, 1):
            if entry.at == moment.at:
                return entry_id(scenario, thread, position)
    return ""


def initials(login: str) -> str:
    """One or two letters for an avatar."""
    words: list[str] = re.findall(r"[^\W_]+", login)
    letters = words[0][0] + words[1][0] if len(words) > 1 else (words or ["?"])[0][:2]
    return letters.upper()


def paint(color: str) -> str:
    """A label's colour as six hexadecimal digits; grey for what is none."""
    digits = color.removeprefix("#").lower()
    return digits if re.fullmatch(r"[0-9a-f]{6}", digits) else NO_COLOR


def ink(color: str) -> str:
    """Black or white, whichever reads better on this colour (WCAG 2 relative luminance)."""
    return "000" if _luminance(paint(color)) > 0.179 else "fff"


def _luminance(digits: str) -> float:
    channels = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
