"""The client: reads are asked again within bounds, writes are sent once, redirects are never followed."""

import pytest

from stanch.adapters.answer import TooMuch
from stanch.adapters.client import connect, graphql_url
from stanch.core.errors import (
    Forbidden,
    GitHubError,
    Moved,
    NoSuchThread,
    NotReadable,
    RateLimited,
    Refused,
    UnknownOutcome,
    UsageProblem,
)
from tests.adapters.loopback import Canned, listening

LIMIT = Canned(403, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "7"})
READ = {"data": {"repository": {"nameWithOwner": "team/shop"}}}


@pytest.mark.parametrize(
    "failure",
    [Canned(500), Canned(502), Canned(503), Canned(504), Canned(drop=True), Canned(body="{cut off")],
    ids=["500", "502", "503", "504", "drop", "half a body"],
)
def test_a_failed_read_is_asked_again(failure: Canned) -> None:
    """A read that failed twice in passing is answered by its third try, after 1 and 2 seconds."""
    with listening(failure, failure, Canned(body={"permission": "write"})) as github:
        client = github.client()
        assert client.reads.get("/x") == {"permission": "write"}
        client.close()
    assert github.pauses == [1.0, 2.0]
    assert client.reads.count == len(github.asked) == 3


def test_a_read_that_times_out_is_asked_again() -> None:
    """No answer within the timeout is a failed try, not a failed read."""
    with listening(Canned(hang=True), Canned(body={"ok": 1})) as github:
        client = github.client(timeout=2)
        assert client.reads.get("/x") == {"ok": 1}
        client.close()
    assert github.pauses == [1.0]


@pytest.mark.parametrize("verb", ["get", "graphql"])
def test_a_read_is_given_up_after_three_tries(verb: str) -> None:
    """A read that goes on failing raises NotReadable; it is never taken as empty."""
    with listening(*[Canned(503)] * 9) as github:
        client = github.client()
        with pytest.raises(NotReadable):
            client.reads.get("/x") if verb == "get" else client.reads.graphql("{ x }", {})
        client.close()
    assert len(github.asked) == 3


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Canned(400), NotReadable),
        (Canned(401, {"message": "Bad credentials"}), Forbidden),
        (Canned(403, {"message": "Resource not accessible by integration"}), Forbidden),
        (Canned(404, {"message": "Not Found"}), NoSuchThread),
        (Canned(410), NoSuchThread),
        (Canned(422), NotReadable),
        (Canned(501, {"message": "no such route"}), NotReadable),
        (Canned(301, headers={"Location": "/elsewhere"}), Moved),
    ],
    ids=lambda value: str(getattr(value, "status", "")),
)
def test_a_definite_answer_to_a_read_is_not_asked_again(answer: Canned, kind: type[GitHubError]) -> None:
    """What will not change within seconds is reported at once, with its status."""
    with listening(answer) as github:
        client = github.client()
        with pytest.raises(kind) as problem:
            client.reads.get("/x")
        client.close()
    assert problem.value.status == answer.status
    assert len(github.asked) == 1
    assert github.pauses == []


@pytest.mark.parametrize(
    "limit",
    [
        LIMIT,
        Canned(429, {"message": "slow down"}, {"Retry-After": "7"}),
        Canned(
            403,
            {"message": "API rate limit exceeded"},
            {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": "1785000007",
                "Date": "Sat, 25 Jul 2026 17:20:00 GMT",
            },
        ),
    ],
    ids=["secondary", "429", "primary, by the server's clock"],
)
def test_a_read_waits_as_long_as_a_limit_asks(limit: Canned) -> None:
    """Retry-After, or the time to the reset by GitHub's own clock, is waited out before the next try."""
    with listening(limit, Canned(body={"ok": 1})) as github:
        client = github.client()
        client.reads.get("/x")
        client.close()
    assert github.pauses == [7.0]


def test_a_limit_inside_a_graphql_answer_is_waited_out() -> None:
    """GraphQL reports limits with status 200; that read is asked again as well."""
    limited = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}
    with listening(Canned(body=limited, headers={"Retry-After": "3"}), Canned(body=READ)) as github:
        client = github.client()
        answer = client.reads.graphql("{ x }", {})
        client.close()
    assert answer.repository["nameWithOwner"].text() == "team/shop"
    assert github.pauses == [3.0]


@pytest.mark.parametrize("seconds", ["61", "3600"])
def test_a_read_does_not_wait_longer_than_a_minute(seconds: str) -> None:
    """A limit that asks for more than a minute ends the run; a later one pays what is owed."""
    with listening(Canned(429, headers={"Retry-After": seconds})) as github:
        client = github.client()
        with pytest.raises(RateLimited) as problem:
            client.reads.get("/x")
        client.close()
    assert problem.value.retry_after == float(seconds)
    assert github.pauses == []


def test_the_minute_is_shared_by_all_tries() -> None:
    """Two waits of 40 seconds are more than one read may cost."""
    limit = Canned(429, headers={"Retry-After": "40"})
    with listening(limit, limit, Canned()) as github:
        client = github.client()
        with pytest.raises(RateLimited):
            client.reads.get("/x")
        client.close()
    assert github.pauses == [40.0]


@pytest.mark.parametrize("failure", [Canned(502), Canned(504)], ids=["502", "504"])
def test_a_read_that_can_be_halved_is_not_repeated_as_it_was(failure: Canned) -> None:
    """A page that GitHub could not finish is handed back at once, after a breath, to be made smaller."""
    with listening(failure) as github:
        client = github.client()
        with pytest.raises(TooMuch):
            client.reads.graphql("{ x }", {}, halvable=True)
        client.close()
    assert len(github.asked) == 1
    assert github.pauses == [1.0]


@pytest.mark.parametrize("verb", ["POST", "PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "failure",
    [Canned(500), Canned(502), Canned(503), Canned(504), Canned(408), Canned(412), Canned(drop=True)],
    ids=["500", "502", "503", "504", "408", "412", "drop"],
)
def test_a_write_is_sent_once_and_an_unclear_answer_is_unknown(verb: str, failure: Canned) -> None:
    """5xx, 412 and a dropped connection mean "unknown", never "not applied"; nothing is sent again."""
    with listening(failure, Canned(201)) as github:
        client = github.client()
        with pytest.raises(UnknownOutcome):
            client.writes.send(verb, "/x", {"body": "one"})
        client.close()
    assert github.asked == [f"{verb} /x"]
    assert github.pauses == []


def test_a_write_that_times_out_is_sent_once() -> None:
    """A write that nobody answered in time is unknown, and is not sent again."""
    with listening(Canned(hang=True), Canned(201)) as github:
        client = github.client(timeout=2)
        with pytest.raises(UnknownOutcome):
            client.writes.send("POST", "/x", {"body": "one"})
        client.close()
    assert github.asked == ["POST /x"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Canned(400), Refused),
        (Canned(401), Forbidden),
        (Canned(403, {"message": "Resource not accessible by integration"}), Forbidden),
        (LIMIT, RateLimited),
        (Canned(429), RateLimited),
        (Canned(404), Refused),
        (Canned(410), Refused),
        (Canned(422, {"message": "Validation Failed"}), Refused),
        (Canned(301, headers={"Location": "/elsewhere"}), Moved),
        (Canned(302, headers={"Location": "/elsewhere"}), Moved),
        (Canned(307, headers={"Location": "/elsewhere"}), Moved),
    ],
    ids=lambda value: str(getattr(value, "status", "")),
)
def test_a_definite_no_to_a_write_has_its_own_kind(answer: Canned, kind: type[GitHubError]) -> None:
    """A caller can tell "nothing was applied" from "unknown" by the kind, and why by the kind and status."""
    with listening(answer, Canned(201)) as github:
        client = github.client()
        with pytest.raises(kind) as problem:
            client.writes.send("POST", "/x", {"body": "one"})
        client.close()
    assert problem.value.status == answer.status
    assert github.asked == ["POST /x"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("location", ["/elsewhere", "http://elsewhere.invalid/x", "https://127.0.0.1/x"])
def test_a_redirect_is_never_followed(status: int, location: str) -> None:
    """An issue that was transferred is not written to in another repository, wherever the redirect points."""
    with listening(Canned(status, headers={"Location": location}), Canned(200)) as github:
        client = github.client()
        with pytest.raises(Moved):
            client.reads.get("/x")
        client.close()
    assert github.asked == ["GET /x"]


def test_a_burst_goes_at_once_and_then_one_a_second() -> None:
    """Five writes go without a wait; each further one waits a second before it."""
    with listening(*[Canned(201)] * 7) as github:
        client = github.client()
        for _ in range(7):
            client.writes.send("POST", "/x", {})
        client.close()
    assert github.pauses == [1.0, 1.0]
    assert client.writes.count == 7


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"type": "NOT_FOUND", "message": "no such node"}, Refused),
        ({"type": "UNPROCESSABLE", "message": "no"}, Refused),
        ({"type": "FORBIDDEN", "message": "no"}, Forbidden),
        ({"type": "RATE_LIMITED", "message": "slow"}, RateLimited),
        ({"message": "You have exceeded a secondary rate limit"}, RateLimited),
        ({"message": "Something went wrong while executing your query"}, UnknownOutcome),
        ({"message": "boom"}, UnknownOutcome),
        ("not even an object", UnknownOutcome),
    ],
)
def test_an_error_of_a_mutation_has_its_kind(error: object, kind: type[GitHubError]) -> None:
    """A mutation that GitHub names a reason against was refused; without a type it may have been applied."""
    with listening(Canned(body={"data": None, "errors": [error]})) as github:
        client = github.client()
        with pytest.raises(kind):
            client.writes.mutate("mutation { x }", {})
        client.close()
    assert len(github.asked) == 1


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://api.github.com/", "https://api.github.com/graphql"),
        ("https://host.example/api/v3", "https://host.example/api/graphql"),
        ("https://host.example:8443/api/v3/", "https://host.example:8443/api/graphql"),
        ("https://api.team.ghe.com", "https://api.team.ghe.com/graphql"),
        ("http://127.0.0.1:4110", "http://127.0.0.1:4110/graphql"),
    ],
)
def test_the_graphql_address_follows_from_the_api_address(api: str, graphql: str) -> None:
    """github.com, Enterprise Server, data residency and the embedded GitHub each have their own form."""
    assert graphql_url(api) == graphql


def test_an_enterprise_server_is_asked_below_its_own_paths() -> None:
    """REST goes below /api/v3 and GraphQL to /api/graphql, as Enterprise Server has it."""
    with listening(Canned(body={"ok": 1}), Canned(body=READ)) as github:
        client = connect("token", github.url + "/api/v3", pause=github.pauses.append)
        client.reads.get("/repos/team/shop")
        client.reads.graphql("{ x }", {"n": 1})
        client.close()
    assert github.asked == ["GET /api/v3/repos/team/shop", "POST /api/graphql"]
    assert github.bodies[1] == {"query": "{ x }", "variables": {"n": 1}}


@pytest.mark.parametrize(
    "address",
    ["", "api.github.com", "ftp://host", "https://", "https://a:b@host", "https://host:port", "https://[::1"],
)
def test_an_address_that_is_none_is_a_usage_problem(address: str) -> None:
    """A wrong GITHUB_API_URL is told as such, before anything is sent."""
    with pytest.raises(UsageProblem):
        connect("token", address)


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak", "tokèn"])
def test_a_token_that_is_none_is_a_usage_problem(token: str) -> None:
    """A missing or mangled token is told as such, and its text is not repeated."""
    with pytest.raises(UsageProblem) as problem:
        connect(token, "https://api.github.com")
    assert not token.strip() or token not in str(problem.value)


def test_the_token_goes_into_the_header_and_into_no_message() -> None:
    """An error's text may end in a public log."""
    with listening(Canned(401, {"message": "Bad credentials"})) as github:
        client = github.client()
        with pytest.raises(Forbidden) as problem:
            client.reads.get("/x")
        client.close()
    assert "token-of-a-test" in github.headers[0]["Authorization"]
    assert "token-of-a-test" not in str(problem.value)


def test_an_error_message_is_one_short_line() -> None:
    """What a server says cannot start a line of its own in the run's log, where `::` would be a command."""
    with listening(Canned(400, {"message": "no\n::set-env name=X::y" + "z" * 999})) as github:
        client = github.client()
        with pytest.raises(NotReadable) as problem:
            client.reads.get("/x")
        client.close()
    assert "\n" not in str(problem.value)
    assert len(str(problem.value)) < 500
