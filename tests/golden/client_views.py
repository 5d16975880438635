"""The views of what clients are to be told: each draft, who speaks to them, the quiet day, and what is refused."""

from collections.abc import Callable
from dataclasses import replace

from tests.values import REPOSITORY, TEAM, World, case, closed, comment, form, incident_in, incident_thread, wants

from stanch.core.client_words import draft, fitting
from stanch.core.clock import Calendar
from stanch.core.thread import Item
from stanch.core.wanted import Notice, Text, Want
from stanch.practices.card import card
from stanch.practices.quiet_day import quiet_day
from stanch.practices.replies import replies
from stanch.practices.updates import updates

CONFIG = replace(TEAM, calendar=Calendar("Europe/Berlin"))
BODY = form(broken="Paying ends in an error page")
OPEN = BODY.replace("All users", "One plan").replace("\nNo\n", "\nLeak\n")
TOLD = comment(2, "jordan", "/take\n/update Paying fails. More at 02:40 UTC.", 10)
FINE = comment(5, "jordan", "/status mitigated", 26)
OVER = (comment(7, "jordan", "/resolve", 60), closed(61))
DONE: tuple[Item, ...] = (
    comment(20, "morgan", "/contain rollback checkout to v1.4.1", 12),
    comment(21, "morgan", "/contain flag cart-v2 off", 13),
    comment(22, "morgan", "/contain scale two more machines", 14),
    comment(23, "morgan", "/contain redirect to the old page", 15),
    comment(24, "morgan", "/contain kill-switch imports", 16),
    comment(25, "morgan", "/contain workaround pay by invoice", 17),
)
DAY = 24 * 60
REFUSALS = (
    "/update [… what does not work]. More at 02:40.\n/update TypeError. More at 02:40.\n/update db-7 is down.\n"
    "/update Alex broke it. More at 02:40.\n/update We are on it."
)


def drafted(*items: Item, body: str = BODY, severity: int = 1) -> Text:
    """The draft that fits."""
    of = incident_thread(*items, body=body, severity=severity)
    incident = incident_in(of, 300, CONFIG)
    kind = fitting(incident, CONFIG)
    return Text(f"clients/{kind}", {"draft": draft(incident, CONFIG, kind), "zone": CONFIG.calendar.zone})


def wanted(practice: Callable[..., object], *items: Item, now: float, severity: int = 1) -> Text:
    """What a practice says last, of what is due."""
    found: list[Want] = wants(practice, incident_thread(*items, body=BODY, severity=severity), now, CONFIG)  # type: ignore[arg-type] # any of them
    text = found[-1].text if isinstance(found[-1], Notice) else None
    assert text is not None
    return text


def shown(*items: Item, roles: bool) -> Text:
    """The card of a SEV-1 where the repository has the runbook for both roles."""
    world = World(incident_thread(*items, body=BODY), config=CONFIG, repository=replace(REPOSITORY, has_roles=roles))
    found = case(world.thread, 20, CONFIG)
    (want,) = card(replace(found, snapshot=world.seen(20)))
    text = getattr(want, "text", None)
    assert isinstance(text, Text)
    return text


CLIENTS: dict[str, Text] = {
    "clients/first": drafted(),
    "clients/first-unknown": drafted(comment(1, "jordan", "/status identified", 5), body="", severity=2),
    "clients/first-some": drafted(*DONE[:1], body=OPEN),
    "clients/update": drafted(TOLD, *DONE),
    "clients/update-calm": drafted(TOLD, FINE, comment(6, "jordan", "/update Paying works again.", 30)),
    "clients/resolved": drafted(TOLD, *DONE[:2], *OVER),
    "clients/resolved-mitigated": drafted(TOLD, FINE),
    "clients/quiet": Text("clients/quiet", dict(wanted(quiet_day, TOLD, *OVER, now=3 * DAY).view)),
    "comments/quiet_day": wanted(quiet_day, TOLD, *OVER, now=31 * 60),
    "comments/quiet_day-late": wanted(quiet_day, TOLD, *OVER, now=2 * DAY, severity=2),
    "comments/update_due-comms": wanted(updates, TOLD, comment(3, "sam", "/comms me", 12), now=43),
    "comments/refused-clients": wanted(replies, comment(1, "jordan", REFUSALS, 10), now=11),
    "comments/card-roles": shown(TOLD, comment(3, "morgan", "/ack", 12), roles=True),
    "comments/card-roles-nobody": shown(roles=True),
}
