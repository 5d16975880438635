"""The page of a drill: complete, self-contained, small, and deaf to what people write."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from stanch.render.gfm import html as gfm
from stanch.render.page import (
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
    initials,
    ink,
    page,
    paint,
)
from stanch.render.storybar import RIGHT, bar
from stanch.render.thread_prose import finished
from tests.render.sample_story import INCIDENT_12, ROLLBACK, SAMPLE, at

EVIL = '"><script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>{{ 7 * 7 }}</title>'


class Tags(HTMLParser):
    """Every tag of a page with its attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.found if (value := attrs.get(name))]


def story_of(thread: ThreadView, *moments: Moment) -> Story:
    scenario = ScenarioView("one", "One", "A summary.", moments, (), (thread,))
    return Story("A story", "", "Europe/Berlin", (scenario,))


def hostile() -> Story:
    entries: tuple[CommentView | EventView, ...] = (
        CommentView(EVIL, is_bot=False, at=at("10:00"), body_markdown=EVIL, reactions=(EVIL,)),
        CommentView(EVIL, is_bot=True, at=at("10:01"), body_markdown=EVIL, is_card=True),
        *(EventView(word, EVIL, at("10:02"), EVIL, EVIL, EVIL, 7) for word in EventWord),
    )
    thread = ThreadView(
        7,
        EVIL,
        ThreadState.OPEN,
        (LabelView(EVIL, "red;background:url(//evil.example)"),),
        (EVIL,),
        EVIL,
        at("09:00"),
        EVIL,
        entries,
    )
    moments = (Moment(at("09:00"), EVIL, MomentKind.DETECTED),)
    scenario = ScenarioView("one", EVIL, EVIL, moments, (Figure(EVIL, EVIL, EVIL),), (thread,), EVIL)
    return Story(EVIL, EVIL, "UTC", (scenario,))


def test_every_scenario_and_thread_can_be_reached_from_the_contents() -> None:
    """Each thread has a place on the page, and something that links to it."""
    tags = Tags(page(SAMPLE, gfm))
    links = set(tags.values("href"))
    for scenario in SAMPLE.scenarios:
        wanted = {f"#{scenario.slug}", *(f"#{scenario.slug}-{t.number}" for t in scenario.threads)}
        assert wanted <= links


def test_every_link_on_the_page_leads_somewhere_on_it() -> None:
    """No anchor is dangling, and no id stands twice."""
    tags = Tags(page(SAMPLE, gfm))
    places = tags.values("id")
    assert len(places) == len(set(places))
    assert {link[1:] for link in tags.values("href") if link.startswith("#")} <= set(places)


@pytest.mark.parametrize("story", [SAMPLE, hostile()], ids=["sample", "hostile"])
def test_the_page_loads_nothing(story: Story) -> None:
    """Nothing on it has an address to fetch, and the policy forbids whatever was missed."""
    text = page(story, gfm)
    tags = Tags(text)
    assert not {"img", "iframe", "object", "embed", "audio", "video", "form"} & {tag for tag, _ in tags.found}
    assert not tags.values("src")
    assert all(attrs["href"] and attrs["href"].startswith("data:") for t, attrs in tags.found if t == "link")
    assert not re.search(r"url\(|@import", text.partition("<style>")[2].partition("</style>")[0])
    assert "default-src 'none'" in text


def test_what_people_write_stays_text() -> None:
    """Hostile titles, names, labels and bodies bring no script, handler, style or template to life."""
    text = page(hostile(), gfm)
    tags = Tags(text)
    assert [tag for tag, _ in tags.found].count("script") == 1
    assert not [name for _, attrs in tags.found for name in attrs if name.startswith("on")]
    assert "evil.example" not in "".join(tags.values("style"))
    assert text.count("{{ 7 * 7 }}") == text.count("alert(1)") / 2


def test_the_page_is_light() -> None:
    """Three scenarios weigh less than 400 KB."""
    assert len(page(SAMPLE, gfm).encode()) < 400_000


def test_the_same_story_makes_the_same_page() -> None:
    """Nothing but the story decides what is on the page."""
    assert page(SAMPLE, gfm) == page(SAMPLE, gfm)


def test_the_card_stands_out() -> None:
    """The comment that is kept up to date is pinned, and only that one."""
    text = page(story_of(INCIDENT_12), gfm)
    assert text.count('class="entry card from-bot"') == 1


def test_a_minimised_comment_is_folded() -> None:
    """A hidden comment can be opened, but does not stand open."""
    text = page(story_of(INCIDENT_12), gfm)
    assert re.search(r'<details class="minimized"><summary>', text)


def test_times_are_shown_in_both_zones() -> None:
    """A time is told in UTC and in the team's zone, and the page says that it is virtual."""
    text = page(SAMPLE, gfm)
    assert '14:04 UTC<span class="team"> · 15:04 CET</span>' in text
    assert "Times are virtual" in text


@pytest.mark.parametrize("word", EventWord)
def test_every_event_has_words_and_an_icon(word: EventWord) -> None:
    """No kind of event is left without its line."""
    thread = replace(INCIDENT_12, entries=(EventView(word, "alex", at("15:00"), "that", "", "b60205", 12),))
    line = page(story_of(thread), gfm).partition(f'<li class="event {word}"')[2].partition("</li>")[0]
    words = re.sub(r"<[^>]*>", " ", line.partition("</strong>")[2]).split()
    assert words[0].islower()
    assert "#i-" in line


@pytest.mark.parametrize("kind", MomentKind)
def test_every_moment_has_words_and_a_shape(kind: MomentKind) -> None:
    """No kind of moment is left without its mark."""
    text = page(story_of(INCIDENT_12, Moment(at("14:00"), "", kind)), gfm)
    assert f'id="m-{kind}"' in text
    assert f'<use href="#m-{kind}"' in text


@pytest.mark.parametrize("state", ThreadState)
@pytest.mark.parametrize("kind", ThreadKind)
def test_every_state_and_kind_of_thread_can_be_shown(state: ThreadState, kind: ThreadKind) -> None:
    """No state or kind is left without words."""
    assert f'class="state {state}"' in page(story_of(replace(INCIDENT_12, state=state, kind=kind)), gfm)


def test_a_story_without_anything_is_still_a_page() -> None:
    """No scenario, no moment and no body are no error."""
    bare = replace(INCIDENT_12, body_markdown="", entries=(), labels=(), assignees=())
    assert "No description." in page(story_of(bare), gfm)
    assert page(Story("Nothing", "", "UTC", ()), gfm).startswith("<!doctype html>")


def test_numbers_and_addresses_of_the_story_stay_on_the_page() -> None:
    """A thread of the story is linked by its number or address; another number is text."""
    shown = finished('<p>#13, #99, <a href="http://h/o/r/issues/13#x">it</a> <code>#13</code></p>', {13: "s-13"})
    assert shown == '<p><a href="#s-13">#13</a>, #99, <a href="#s-13">it</a> <code>#13</code></p>'


def test_commands_and_mentions_are_set_off() -> None:
    """A command at the start of a line and a mention stand out; a path and an address do not."""
    shown = finished("<p>/ack\nsee /etc and a@b.c, @jordan</p>", {})
    assert '<span class="command">/ack</span>\nsee /etc and a@b.c, <span class="mention">@jordan</span>' in shown


def test_a_picture_becomes_its_words() -> None:
    """A picture is never fetched; its alternative text is shown."""
    assert finished('<p><img src="https://x.example/y.png" alt="a graph"></p>', {}) == (
        '<p><span class="image">a graph</span></p>'
    )


@pytest.mark.parametrize("color", ["000000", "ffffff", "b60205", "fbca04", "5319e7", "777777", "red", ""])
def test_a_label_is_readable_on_its_colour(color: str) -> None:
    """Text on a label has a contrast of 4.5 : 1 or more."""
    channels = [int(paint(color)[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    ratio = (light + 0.05) / 0.05 if ink(color) == "000" else 1.05 / (light + 0.05)
    assert ratio >= 4.5


@pytest.mark.parametrize(("login", "shown"), [("alex", "AL"), ("kim-lee", "KL"), ("x", "X"), ("", "?"), ("<&>", "?")])
def test_an_avatar_shows_one_or_two_letters(login: str, shown: str) -> None:
    """Initials come from the login alone."""
    assert initials(login) == shown


def test_marks_stand_in_the_order_of_time_within_the_bar() -> None:
    """Later is never left of earlier, and a flag has room to the right."""
    places = [mark.x for mark in bar(ROLLBACK.moments).marks]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= RIGHT


def test_flags_of_close_moments_do_not_cover_each_other() -> None:
    """Started, detected and acknowledged within minutes fly above each other, and above what comes next."""
    lanes = [mark.lane for mark in bar(ROLLBACK.moments).marks[:3]]
    assert lanes == [3, 2, 1]


def test_days_of_silence_are_cut_out() -> None:
    """A post-mortem two days later leaves the incident most of the bar."""
    line = bar(ROLLBACK.moments)
    resolved = next(mark for mark in line.marks if mark.moment.kind is MomentKind.RESOLVED)
    assert len(line.breaks) == 2
    assert resolved.x > 60


def test_phases_tell_how_long_each_state_lasted() -> None:
    """Nobody knew, nobody had it, somebody was on it, users were fine: in seconds."""
    phases = [(phase.state, phase.seconds) for phase in bar(ROLLBACK.moments).phases]
    assert phases == [("unseen", 180), ("waiting", 220), ("working", 1100), ("watching", 5160)]


def test_a_reopened_incident_bleeds_again() -> None:
    """What was over goes on, and the quiet time between is none of it."""
    kinds = ("detected", "mitigated", "resolved", "reopened", "resolved")
    moments = [Moment(at(f"1{hour}:00"), "", MomentKind(kind)) for hour, kind in enumerate(kinds)]
    phases = [(phase.state, phase.seconds) for phase in bar(moments).phases]
    assert phases == [("waiting", 3600), ("watching", 3600), ("working", 3600)]


def test_moments_at_one_instant_make_a_bar() -> None:
    """A story without length divides nothing by zero; one without moments is empty."""
    assert len(bar([Moment(at("10:00"), "", kind) for kind in MomentKind]).marks) == len(MomentKind)
    assert bar([]).marks == ()


def test_a_long_story_has_few_ticks() -> None:
    """The scale stays readable for minutes and for weeks."""
    for length in (timedelta(minutes=3), timedelta(hours=5), timedelta(days=30)):
        ends = (
            Moment(at("10:00"), "", MomentKind.DETECTED),
            Moment(at("10:00") + length, "", MomentKind.RESOLVED),
        )
        assert 2 <= len(bar(ends).ticks) <= 7
