"""What a text is compared by: stems and ideas, also where it is mistyped, in another language, or endless."""

import pytest
from tests.steps import grows

from stanch.core.runbooks.terms import IDEA, LONGEST, Terms, stem, terms
from stanch.core.runbooks.vocabulary import DENIED, HARMLESS, IDEAS


def ideas(text: str, *, typed: bool = False) -> set[str]:
    return {one.removeprefix(IDEA) for one in terms(text, typed=typed).counts if one.startswith(IDEA)}


def test_nothing_is_said() -> None:
    """Empty words and bare numbers are no terms."""
    assert terms("") == terms("and then it was 42, der die das") == Terms()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deployment", "deployments"),
        ("refused", "refuse"),
        ("queries", "query"),
        ("x509", "X509"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    """Whatever its case and its ending."""
    assert terms(one).counts.keys() == terms(other).counts.keys()


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("FATAL: sorry, too many clients already", "connections used up"),
        ("HikariPool-1 - Connection is not available", "connections used up"),
        ("Error: connect ECONNREFUSED 10.0.0.4:5432", "unreachable"),
        ("tls: failed to verify certificate: x509: certificate has expired", "certificate"),
        ("Last State: Terminated, Reason: OOMKilled", "memory"),
        ("OSError: [Errno 28] No space left on device", "full"),
        ("the share of 5xx is 12 %", "server error"),
        ("HTTP 503 from the gateway", "server error"),
        ("it takes 14 seconds to open", "slow"),
        ("KubePodCrashLooping namespace=shop", "kubernetes"),
        ("La page de paiement ne répond plus", "payment"),
        ("Anmeldung nicht möglich", "sign in"),
        ("la base de données ne répond plus", "database"),
        ("no login since seven", "sign in"),
    ],
)
def test_what_people_and_monitors_write_has_an_idea(text: str, idea: str) -> None:
    """Messages of common tools, names of alerts, numbers in between, other languages."""
    assert idea in ideas(text)


@pytest.mark.parametrize(
    ("text", "idea"),
    [("certficate expired", "certificate"), ("Zahlungsseite leer", "payment"), ("kubernets pods", "kubernetes")],
)
def test_a_slip_is_mended_in_what_was_typed(text: str, idea: str) -> None:
    """One letter less or more, and compounds by how they begin; a runbook is taken at its word."""
    assert idea in ideas(text, typed=True)
    assert "certificate" not in ideas("certficate")


@pytest.mark.parametrize("text", ["no deploy since Tuesday", "no new release", "kein Deployment", "not behind a flag"])
def test_a_cause_that_is_denied_is_no_sign_of_it(text: str) -> None:
    """What was not done did not break anything."""
    assert ideas(text) & DENIED == set()


def test_the_words_are_kept_as_they_were_said() -> None:
    """A reason shows them; only letters and digits are left of them, whatever stood between."""
    found = terms("Too  MANY <!-- @clients, `max_connections`")
    assert found.said[IDEA + "connections used up"] == "too many clients"
    assert all(said.replace(" ", "").isalnum() and said.isascii() for said in found.said.values())


def test_every_idea_is_known_by_words_of_its_own() -> None:
    """None is empty, and what is harmless and what is denied are ideas; no phrase can end in nothing."""
    assert {HARMLESS, *DENIED} <= IDEAS.keys()
    phrases = [phrase for spoken in IDEAS.values() for phrase in spoken.split(",")]
    assert [phrase for phrase in phrases if not terms(phrase).counts] == []
    assert all(stem(word) for phrase in phrases for word in phrase.split())


@pytest.mark.parametrize(
    "piece", ["a", "too many ", "CrashLoop", "Ünïcödé ", "e\u0301\u0301 ", "x\u202e@y|<!-- ", "1", "kubernetx "]
)
def test_an_endless_text_is_read_as_far_as_it_matters(piece: str) -> None:
    """64 KiB of anything costs no more than what is read of it."""

    def read(text: str) -> None:
        assert len(terms(text, typed=True).counts) <= LONGEST

    assert not grows(read, (piece * 65_536)[:65_536], (piece * 32_768)[:32_768])
