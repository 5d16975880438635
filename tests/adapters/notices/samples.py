"""One notice, and texts that nobody would wish for."""

from dataclasses import replace

from stanch.core.channels import Channel, Kind
from stanch.core.writes import Send

SEND = Send(
    number=12,
    key="12/announce/pagerduty/declared/20261117T020000Z",
    channel=Channel.PAGERDUTY,
    kind=Kind.DECLARED,
    text="SEV-1 declared: Checkout fails (#12)\n\nDown.\nDeclared 02:00 UTC by alex.\n",
    severity=1,
    incident="octo/shop#12",
    url="https://github.test/octo/shop/issues/12",
    due="2026-11-17T02:00:00Z",
    at=1_794_880_800,
)


def saying(text: str, kind: Kind = Kind.DECLARED) -> Send:
    return replace(SEND, text=text, kind=kind)


HOSTILE = (
    "",
    "\n\n",
    "x" * 65_536,
    "&<>" * 5_000,
    "<!channel> <!here> <!everyone> <@U012AB3CD> <#C012AB3CD> <!subteam^S012AB3CD>",
    "<https://evil.example|your bank> https://evil.example www.evil.example mailto:a@b.example",
    "*bold* _it_ ~no~ `code` ```fence``` > quote :fire: @channel @here",
    "\u202eforward\u2066 \u200bzero\ufeff \x00\x07\x1b[31m",
    "é" * 149 + "👩\u200d👩\u200d👧" * 200,
    "a\u0300" * 4_000,
    "👍🏽" * 2_000,
    "line\n" * 3_000,
    "\r\n\r\n mixed \u2028 ends \u2029",
    "&lt;!channel&gt; &#60;!here&#62;",
    '{"ok": true} "quotes" \\ back',
    "\ud800 lone",
)
