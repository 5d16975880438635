"""The post-mortem's card: each action item under its number, what became of it, and what is still needed to finish.

It names dates, not remaining time, so that it changes only when a fact does.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.commands import Place, Verb, help_view
from stanch.core.following import Followed
from stanch.core.lint import view as lint_view
from stanch.core.notice_view import notices_view
from stanch.core.postmortem import PostMortem
from stanch.core.postmortem_commands import STRANGER
from stanch.core.snapshot import card_key
from stanch.core.wanted import Card, Text, Want

SHOWN = 60
"""Open items that the card shows, and as many that ended; it says how many more there are."""


def postmortem_card(case: Case) -> Iterator[Want]:
    postmortem = case.postmortem
    if postmortem is not None and postmortem.tended:
        yield Card(card_key(case.number), Text("comments/postmortem_card", view(case, postmortem)))


def view(case: Case, postmortem: PostMortem) -> dict[str, object]:
    """Everything that the card shows, as plain values."""
    running = [_item(one) for one in postmortem.followed if one.open]
    ended = [_item(one) for one in postmortem.followed if not one.open]
    return {
        "number": postmortem.number,
        "incident": postmortem.incident or 0,
        "lead": postmortem.lead,
        "due": postmortem.due,
        "zone": case.config.calendar.zone,
        "open": postmortem.open,
        "finished": postmortem.finished,
        "reviewed_by": postmortem.reviewed.by if postmortem.reviewed else "",
        "sev_1": postmortem.sev_1,
        "shared": postmortem.shared.value,
        "items": running[:SHOWN],
        "strangers": _strangers(postmortem),
        "more": max(0, len(running) - SHOWN),
        "ended": ended[-SHOWN:],
        "more_ended": max(0, len(ended) - SHOWN),
        "done": sum(1 for one in ended if one["how"] == "done"),
        "of": len(postmortem.followed) - sum(1 for one in ended if one["how"] == "gone"),
        "findings": lint_view(postmortem.findings),
        "unfollowed": postmortem.unfollowed,
        "problems": list(case.snapshot.problems),
        **notices_view(case),
        **help_view(Place.POSTMORTEM),
    }


def _strangers(postmortem: PostMortem) -> list[str]:
    """Who was given an item that is open, and did not belong to the repository then."""
    given = (one for one in postmortem.records if one.accepted and one.verb == Verb.ASSIGN)
    known = {one.arguments["login"].lower(): STRANGER in one.detail for one in given}
    owners = {login.lower(): login for one in postmortem.open_items for login in one.owners}
    return [login for name, login in owners.items() if known.get(name)]


def _item(one: Followed) -> dict[str, object]:
    ended = one.ended
    return {
        "number": one.number,
        "text": one.text,
        "owners": list(one.owners),
        "due": one.due,
        "deferred": len(one.deferrals),
        "why_deferred": one.deferrals[-1].why if one.deferrals else "",
        "how": ended.how.value if ended else "",
        "at": ended.at if ended else None,
        "by": ended.by if ended else "",
        "why": ended.why if ended and ended.by else "",
        "links": [int(word[1:]) for word in ended.why.split()] if ended and not ended.by else [],
    }
