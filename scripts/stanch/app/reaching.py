"""A test message to every channel that a secret connects: the only way to know that one is reachable."""

from collections.abc import Iterator
from dataclasses import dataclass

from stanch.app.desk import Desk
from stanch.core.channels import Channel, Kind
from stanch.core.doctor.inspection import Inspection
from stanch.core.errors import StanchError
from stanch.core.marker import stamp_of
from stanch.core.severity import Severity
from stanch.core.wanted import Text
from stanch.core.writes import Send


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a test message: `problem` is empty where it arrived."""

    channel: str
    problem: str = ""


def send_tests(desk: Desk, seen: Inspection) -> tuple[Sent, ...]:
    """One message to each channel, by name; what goes wrong with one hinders no other."""
    return tuple(_sent(desk, seen, channel) for channel in sorted(desk.sender.channels))


def _sent(desk: Desk, seen: Inspection, channel: Channel) -> Sent:
    try:
        for write in _writes(desk, seen, channel):
            desk.sender.send(write)
    except StanchError as problem:
        return Sent(channel.value, str(problem).rstrip("."))
    return Sent(channel.value)


def _writes(desk: Desk, seen: Inspection, channel: Channel) -> Iterator[Send]:
    """An alert at a pager is of the least severity, and ends at once."""
    text = desk.words(Text("notices/test", {"repository": seen.home.full_name}))
    stamp = stamp_of(seen.now)
    for kind in (Kind.TEST, Kind.RESOLVED) if channel is Channel.PAGERDUTY else (Kind.TEST,):
        yield Send(
            number=0,
            key=f"0/test/{stamp}",
            channel=channel,
            kind=kind,
            text=text,
            severity=Severity.SEV_4,
            incident=f"{seen.home.full_name}#test-{stamp}",
            url=seen.home.url,
            due=seen.now.isoformat(),
            at=int(seen.now.timestamp()),
            to=seen.loaded.config.notices.to(channel),
        )
