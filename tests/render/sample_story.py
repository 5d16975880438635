"""A realistic story to develop the page against: three scenarios in harbour/checkout, in virtual time."""

from datetime import UTC, datetime, timedelta

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
)

BOT = "stanch[bot]"
DAY = datetime(2026, 3, 3, tzinfo=UTC)
SEV1, SEV2, SEV3 = LabelView("sev-1", "b60205"), LabelView("sev-2", "d93f0b"), LabelView("sev-3", "fbca04")
POSTMORTEM = LabelView("post-mortem", "5319e7")
FALSE_ALARM = LabelView("false-alarm", "c5def5")


def at(clock: str, days: int = 0) -> datetime:
    """UTC, from a time of day such as 14:02:10, so many days after the first."""
    hours, minutes, *rest = (int(part) for part in clock.split(":"))
    return DAY + timedelta(days=days, hours=hours, minutes=minutes, seconds=rest[0] if rest else 0)


def says(clock: str, who: str, body: str, *reactions: str, days: int = 0) -> CommentView:
    return CommentView(who, is_bot=False, at=at(clock, days), body_markdown=body, reactions=reactions)


def bot(clock: str, body: str, days: int = 0) -> CommentView:
    return CommentView(BOT, is_bot=True, at=at(clock, days), body_markdown=body)


def event(kind: EventWord, clock: str, actor: str, subject: str = "", days: int = 0) -> EventView:
    colors = {label.name: label.color for label in (SEV1, SEV2, SEV3, POSTMORTEM, FALSE_ALARM)}
    return EventView(
        kind, actor, at(clock, days), subject, color=colors.get(subject, ""), is_bot=actor.endswith("[bot]")
    )


CARD = """\
## SEV-1 · Resolved

Down, data at risk, or revenue stopped. All hands.

| Clock | Promise | Kept |
|:--|:--|:--|
| Acknowledge | by 14:09 UTC · 15:09 CET | ✅ after 3 min 40 s |
| First client message | by 14:19 UTC · 15:19 CET | ✅ after 8 min |
| Next update | every 30 min | ✅ 3 sent, 1 late |
| Fix | by 16:04 UTC · 17:04 CET | ✅ mitigated after 22 min |
| Post-mortem | by 5 Mar 2026, 18:00 UTC | #13 |

**Lead** @jordan · **On it** @jordan, @alex, @morgan

### What changed in the 24 hours before
- 13:41 UTC · deployment of `4f1c09e` to production by @sam · revert: `git revert 4f1c09e`
- 13:38 UTC · #11 Retry card authorisation twice, merged by @sam

### First 15 minutes
- [x] Verify that it is real
- [x] Classify it
- [x] Tell the channel
- [x] Tell the client
- [x] Take ownership
- [x] Contain before you diagnose: rollback, flag off, scale, redirect, kill switch

### Containment
| # | What | By | Until | |
|:--|:--|:--|:--|:--|
| c1 | rollback to `a81d2b7` | @jordan | until the fix ships | restored 15:48 UTC |

### Verified in production
- [x] The failure is gone
- [x] Its neighbours still work
- [x] Containment is removed

<details><summary>Commands</summary>

`/ack` `/take` `/status` `/update` `/contain` `/restore` `/verify` `/resolve` `/help`

</details>
"""

PM_BODY = """\
**Authors** @jordan · **Status** draft · **Incident** #12

| | |
|:--|:--|
| Date | Tuesday 3 March 2026, 14:01 to 15:52 UTC |
| Severity | SEV-1 |
| Duration | 1 h 51 min |
| Time to detect | 3 min |
| Time to acknowledge | 3 min 40 s |
| Time to mitigate | 22 min |
| Time to resolve | 1 h 48 min |

## Impact
About 2,300 customers could not pay between 14:01 and 14:26 UTC. No data was lost.

## Timeline
| UTC | Team | What happened |
|:--|:--|:--|
| 14:01 | 15:01 | The error rate of card payments starts to rise |
| 14:04 | 15:04 | @alex opens the incident as SEV-1 |
| 14:07 | 15:07 | @jordan acknowledges |
| 14:26 | 15:26 | Mitigated by rollback to `a81d2b7` |
| 15:31 | 16:31 | #14 merged: an authorisation is sent once |
| 15:52 | 16:52 | Resolved |

## Root cause
A retry was added around a call that is not idempotent, and the provider blocked the second try.

1. **Why** did payments fail? The provider answered 409 to each second authorisation.
2. **Why** was there a second one? The client now retried on a slow answer.
3. **Why** was that not seen in review? The call looks like a read.
4. **Why** did no test catch it? The provider's sandbox accepts doubles.
5. **Why** did it reach everybody at once? The change was not behind a flag.

## What went well
- The rollback took four minutes.

## What went wrong
- One client update was seven minutes late.

## Action items
- [x] Send an idempotency key with each authorisation — Owner: @alex — Due: 2026-03-05
- [ ] Alert on the provider's 409 rate — Owner: @morgan — Due: 2026-03-10
- [ ] Put payment changes behind a flag by default — Owner: @sam — Due: 2026-03-13

> We look for what let this happen, not for who. Everybody acted on what they could see at the time.
"""

INCIDENT_12 = ThreadView(
    number=12,
    title="Card payments fail at checkout",
    state=ThreadState.CLOSED,
    labels=(SEV1,),
    assignees=("jordan",),
    author="alex",
    at=at("14:04"),
    body_markdown=(
        "### What is broken\nEvery card payment ends in *We could not take your payment*.\n\n"
        "### Who is affected\nAll customers, all regions.\n\n### Data at risk\nNone that we know of.\n\n"
        "### What changed\nDeployment of `4f1c09e` at 13:41.\n\n"
        "### How was it detected\nAlert: error rate of `POST /payments` over 40 %.\n\n```\n"
        "2026-03-03T14:01:12Z checkout-7 WARN provider answered 409 idempotency_conflict id=7c1e try=2\n"
        "```"
    ),
    entries=(
        event(EventWord.LABELED, "14:04:03", "alex", "sev-1"),
        CommentView(BOT, is_bot=True, at=at("14:04:09"), body_markdown=CARD, edited=True, is_card=True),
        bot(
            "14:04:10",
            "**All hands: SEV-1.** @jordan @alex @morgan @sam\n\nAcknowledge with `/ack` by **14:09 UTC**.",
        ),
        says("14:07:40", "jordan", "/ack\n\nLooking at the provider's dashboard now.", "rocket"),
        says("14:08:02", "jordan", "/take", "rocket"),
        event(EventWord.ASSIGNED, "14:08:08", BOT, "jordan"),
        says(
            "14:12:00",
            "morgan",
            "/update Card payments are failing for everybody. We know, and we are working on it. "
            "The next news comes before 14:42 UTC.",
            "rocket",
        ),
        says("14:17:30", "sam", "/contian rollback a81d2b7", "-1"),
        bot("14:17:38", "@sam `/contian` is not a command. Did you mean `/contain`?"),
        CommentView(
            "jordan",
            is_bot=False,
            at=at("14:22:10"),
            body_markdown="/contain rollback to a81d2b7 until the fix ships",
            edited=True,
            reactions=("rocket", "+1", "+1"),
        ),
        EventView(EventWord.DEPLOYED, "jordan", at("14:25:40"), subject="production", detail="success", number=None),
        says("14:26:00", "jordan", "/status mitigated Error rate is back to 0.2 %.", "rocket"),
        bot(
            "15:12:00",
            "@jordan A client update was due at **15:12 UTC**. "
            "Send one with `/update …`, or `/snooze 30m` with a reason.",
        ),
        says(
            "15:19:10",
            "morgan",
            "/update Payments work again since 14:26 UTC. We are testing the lasting fix.",
            "rocket",
        ),
        EventView(
            EventWord.REFERENCED,
            "alex",
            at("15:20:31"),
            subject="Send an idempotency key with each authorisation",
            number=14,
        ),
        EventView(
            EventWord.MERGED,
            "alex",
            at("15:31:00"),
            subject="Send an idempotency key with each authorisation",
            number=14,
        ),
        says(
            "15:48:00",
            "jordan",
            "/restore c1\n/verify failure\n/verify neighbours\n/verify containment",
            "rocket",
        ),
        CommentView(
            BOT,
            is_bot=True,
            at=at("15:48:11"),
            body_markdown="A second copy of this notice was made when two runs met.",
            minimized=True,
        ),
        says("15:52:00", "jordan", "/resolve", "rocket"),
        EventView(EventWord.CLOSED, BOT, at("15:52:07"), detail="completed", is_bot=True),
        EventView(
            EventWord.REFERENCED,
            BOT,
            at("15:52:09"),
            subject="Post-mortem: Card payments fail at checkout",
            number=13,
            is_bot=True,
        ),
    ),
)

POSTMORTEM_13 = ThreadView(
    number=13,
    title="Post-mortem: Card payments fail at checkout",
    state=ThreadState.CLOSED,
    labels=(POSTMORTEM,),
    assignees=("jordan",),
    author=BOT,
    author_is_bot=True,
    at=at("15:52:09"),
    body_markdown=PM_BODY,
    entries=(
        event(EventWord.LABELED, "15:52:09", BOT, "post-mortem"),
        event(EventWord.ASSIGNED, "15:52:09", BOT, "jordan"),
        bot(
            "09:00:00",
            "@alex Due tomorrow: *Send an idempotency key with each authorisation* (5 March 2026).",
            days=1,
        ),
        says("11:20:00", "alex", "/done 1", "rocket", days=1),
        says(
            "14:05:00",
            "sam",
            "Read it twice. The fourth *why* is the one that will help us again.\n\n/reviewed",
            "rocket",
            "heart",
            days=2,
        ),
        EventView(EventWord.CLOSED, "jordan", at("14:10:00", 2), detail="completed"),
    ),
    kind=ThreadKind.POSTMORTEM,
)

INCIDENT_21 = ThreadView(
    number=21,
    title="Search returns nothing for some tenants",
    state=ThreadState.CLOSED,
    labels=(SEV3,),
    assignees=("sam",),
    author="morgan",
    at=at("09:15", 6),
    body_markdown="Three tenants report empty results since this morning. Browsing by category works.",
    entries=(
        event(EventWord.LABELED, "09:15:04", "morgan", "sev-2", days=6),
        CommentView(
            BOT,
            is_bot=True,
            at=at("09:15:10", 6),
            body_markdown="## SEV-3 · Resolved\n\nPartial: a workaround exists.\n\n"
            "| Clock | Promise | Kept |\n|:--|:--|:--|\n| Acknowledge | by 09:30 UTC | ✅ after 6 min |\n"
            "| Fix | backlog | ✅ same day |\n\n**Lead** @sam",
            edited=True,
            is_card=True,
        ),
        bot("09:15:11", "@sam You are on call: **SEV-2**. Acknowledge with `/ack` by **09:30 UTC**.", days=6),
        says("09:21:00", "sam", "/ack", "rocket", days=6),
        says("09:40:00", "sam", "/sev 3 browsing works, three tenants only", "rocket", days=6),
        event(EventWord.UNLABELED, "09:40:07", BOT, "sev-2", days=6),
        event(EventWord.LABELED, "09:40:07", BOT, "sev-3", days=6),
        EventView(
            EventWord.RENAMED,
            "sam",
            at("09:44", 6),
            subject="Search is down",
            detail="Search returns nothing for some tenants",
        ),
        says("10:30:00", "sam", "/contain workaround rebuild the index per tenant", "rocket", days=6),
        says("13:05:00", "sam", "/verify failure\n/resolve", "rocket", days=6),
        EventView(EventWord.CLOSED, BOT, at("13:05:08", 6), detail="completed", is_bot=True),
    ),
)

INCIDENT_31 = ThreadView(
    number=31,
    title="Orders dropped to zero",
    state=ThreadState.NOT_PLANNED,
    labels=(SEV1, FALSE_ALARM),
    assignees=(),
    author="kim",
    at=at("23:52", 9),
    body_markdown="The dashboard shows **0 orders** for ten minutes.",
    entries=(
        event(EventWord.LABELED, "23:52:02", "kim", "sev-1", days=9),
        CommentView(
            BOT,
            is_bot=True,
            at=at("23:52:07", 9),
            body_markdown="## SEV-1 · False alarm\n\nNothing was broken: the dashboard was. No post-mortem is due.",
            edited=True,
            is_card=True,
        ),
        bot(
            "23:52:08",
            "**All hands: SEV-1.** @alex @jordan\n\nAcknowledge with `/ack` by **23:57 UTC**.",
            days=9,
        ),
        says("23:55:30", "riley", "/ack", "rocket", days=9),
        says("00:04:00", "riley", "/false-alarm the dashboard lost its data source", "rocket", days=10),
        event(EventWord.LABELED, "00:04:06", BOT, "false-alarm", days=10),
        EventView(EventWord.CLOSED, BOT, at("00:04:07", 10), detail="not_planned", is_bot=True),
    ),
)

ROLLBACK = ScenarioView(
    slug="sev1-rollback",
    title="SEV-1: payments fail, and a rollback stops the bleeding",
    summary=(
        "Every card payment fails after a deployment. Jordan acknowledges within four minutes, rolls back "
        "before anybody knows the cause, and the fix ships ninety minutes later. The post-mortem opens by "
        "itself and is followed until it is closed."
    ),
    repository="harbour/checkout",
    moments=(
        Moment(at("14:01"), "", MomentKind.STARTED),
        Moment(at("14:04"), "", MomentKind.DETECTED),
        Moment(at("14:07:40"), "by jordan", MomentKind.ACKNOWLEDGED),
        Moment(at("14:12"), "first client message", MomentKind.UPDATE),
        Moment(at("14:22:10"), "rollback to a81d2b7", MomentKind.CONTAINMENT),
        Moment(at("14:26"), "", MomentKind.MITIGATED),
        Moment(at("15:12"), "client update asked for", MomentKind.REMINDER),
        Moment(at("15:19:10"), "client update", MomentKind.UPDATE),
        Moment(at("15:52"), "", MomentKind.RESOLVED),
        Moment(at("15:52:09"), "opened", MomentKind.POSTMORTEM),
        Moment(at("09:00", 1), "action item due tomorrow", MomentKind.REMINDER),
        Moment(at("14:10", 2), "closed", MomentKind.POSTMORTEM),
    ),
    figures=(
        Figure("acknowledge", 220, "seconds"),
        Figure("mitigate", 1320, "seconds"),
        Figure("resolve", 6480, "seconds"),
        Figure("reads", 31),
        Figure("writes", 19),
        Figure("doubled", 0),
    ),
    threads=(INCIDENT_12, POSTMORTEM_13),
)

DOWNGRADE = ScenarioView(
    slug="sev2-downgraded",
    title="SEV-2: smaller than it looked",
    summary=(
        "Search is empty for some tenants. A look at the boundaries shows a workaround, and the severity goes down."
    ),
    repository="harbour/checkout",
    moments=(
        Moment(at("08:50", 6), "", MomentKind.STARTED),
        Moment(at("09:15", 6), "", MomentKind.DETECTED),
        Moment(at("09:21", 6), "by sam", MomentKind.ACKNOWLEDGED),
        Moment(at("09:40", 6), "SEV-2 to SEV-3", MomentKind.SEVERITY),
        Moment(at("10:30", 6), "workaround", MomentKind.CONTAINMENT),
        Moment(at("10:34", 6), "", MomentKind.MITIGATED),
        Moment(at("13:05", 6), "", MomentKind.RESOLVED),
    ),
    figures=(
        Figure("acknowledge", 360, "seconds"),
        Figure("mitigate", 4740, "seconds"),
        Figure("resolve", 13800, "seconds"),
        Figure("reads", 14),
        Figure("writes", 9),
        Figure("doubled", 0),
    ),
    threads=(INCIDENT_21,),
)

ALARM = ScenarioView(
    slug="false-alarm",
    title="A false alarm, shortly before midnight",
    summary=(
        "All hands are called, somebody looks, and nothing is broken. It costs twelve minutes and no post-mortem."
    ),
    repository="harbour/checkout",
    moments=(
        Moment(at("23:52", 9), "", MomentKind.DETECTED),
        Moment(at("23:55:30", 9), "by riley", MomentKind.ACKNOWLEDGED),
        Moment(at("00:04", 10), "", MomentKind.FALSE_ALARM),
    ),
    figures=(
        Figure("acknowledge", 210, "seconds"),
        Figure("mitigate", None, "seconds"),
        Figure("reads", 8),
        Figure("writes", 7),
        Figure("doubled", 0),
    ),
    threads=(INCIDENT_31,),
)

SAMPLE = Story(
    title="Three incidents, played in virtual time",
    generated_note="4 h 26 min of incident, played in 2.1 s.",
    zone="Europe/Berlin",
    scenarios=(ROLLBACK, DOWNGRADE, ALARM),
)
