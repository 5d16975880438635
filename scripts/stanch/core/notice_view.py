"""What the card shows of notices: whether anything makes a noise, and what did not arrive. Nothing that moves."""

from collections.abc import Iterable

from stanch.core.case import Case
from stanch.core.incident import Incident, Kind
from stanch.core.outbox import Outbox, State, channel_of, keys_in, kind_of
from stanch.core.sending import known
from stanch.core.severity import Severity

NAMES = {"slack": "Slack", "pagerduty": "PagerDuty", "webhook": "the webhook"}


def notices_view(case: Case) -> dict[str, object]:
    """The part of a card's view that `comments/_card_notices` tells."""
    receipts = known(case, case.sent)
    silent = case.incident is not None and _silent(case, case.incident, receipts)
    return {
        "notices": {
            "silent": silent,
            "owed": _rows(keys_in(receipts, State.OWED)),
            "unknown": _rows(keys_in(receipts, State.UNKNOWN)),
        }
    }


def _silent(case: Case, incident: Incident, receipts: Outbox) -> bool:
    """Whether nothing would wake anybody for this SEV-1, which nobody has acknowledged.

    A channel that was told of it counts, whoever looks now: not every workflow has the secrets. A drill wakes nobody.
    """
    waiting = incident.kind is Kind.INCIDENT and incident.burning and incident.acknowledged is None
    if not waiting or incident.drill or incident.taken_in or incident.severity is not Severity.SEV_1:
        return False
    noisy = case.config.notices.noisy(Severity.SEV_1)
    told = any(channel_of(key) == channel.value for key in receipts for channel in noisy)
    return not told and noisy.isdisjoint(case.snapshot.channels)


def _rows(keys: Iterable[str]) -> list[dict[str, object]]:
    return [{"kind": kind_of(key), "channel": NAMES.get(channel_of(key), channel_of(key))} for key in keys]
