"""The GraphQL slice is what GitHub describes: the comparison finds each way in which a schema can differ."""

from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, validate_schema

from tests.official.agreement import disagreements
from tests.official.graphql_slice import cut, touched_by

ROOT = Path(__file__).parents[2]
SLICE = (ROOT / "tests/official/graphql.graphql").read_text("utf-8")

OFFICIAL = """
"Prose."
type Query {
  "More prose." issue(number: Int!, old: Boolean = false): Issue
  stars(first: Int): StarConnection!
}
interface Node { id: ID! }
type Issue implements Node { id: ID!  title: String! @deprecated(reason: "Prose.")  by: Who  state: State! }
union Who = User | Robot
type User { login: String! }
type Robot { login: String! }
enum State { OPEN CLOSED }
type StarConnection { nodes: [User] }
input Close { id: ID!  why: String }
type Mutation { close(input: Close!): Issue }
"""


def official() -> GraphQLSchema:
    """A small schema with each kind of type."""
    return build_schema(OFFICIAL)


def cut_of(document: str, *extra: str) -> str:
    """What is left of the small schema for one document."""
    return cut(OFFICIAL, touched_by(official(), [document], extra))


def test_the_sandbox_runs_the_same_slice() -> None:
    """The embedded GitHub and the tests use one schema."""
    assert (ROOT / "scripts/stanch/sandbox/github.graphql").read_text("utf-8") == SLICE


def test_the_slice_can_be_executed() -> None:
    """It is a valid schema by itself."""
    assert validate_schema(build_schema(SLICE)) == []


def test_the_slice_has_no_prose() -> None:
    """No description and no deprecation reason is carried over."""
    assert '"' not in SLICE


def test_a_cut_keeps_what_a_document_touches_and_nothing_else() -> None:
    """Fields, the argument in use, required arguments, whole enums; no prose, no directive."""
    text = cut_of("{ issue(number: 1) { state by { ... on User { login } } } }")
    assert text == (
        "type Issue {\n  by: Who\n  state: State!\n}\n\n"
        "type Query {\n  issue(number: Int!): Issue\n}\n\n"
        "enum State {\n  OPEN\n  CLOSED\n}\n\n"
        "type User {\n  login: String!\n}\n\n"
        "union Who = User\n"
    )


def test_a_cut_keeps_the_page_arguments_of_a_connection() -> None:
    """A server can only refuse a missing page size if it knows the argument."""
    assert "stars(first: Int): StarConnection!" in cut_of("{ stars { nodes { login } } }")


def test_a_cut_keeps_required_input_fields_and_extra_fields() -> None:
    """An input that is given as a variable keeps what it must hold; `extra` adds fields by name."""
    text = cut_of("mutation M($i: Close!) { close(input: $i) { id } }", "Query.issue", "Robot.login")
    assert "input Close {\n  id: ID!\n}" in text
    assert "issue(number: Int!): Issue" in text
    assert "type Robot {" in text


def test_a_cut_agrees_with_the_whole() -> None:
    """Being smaller is no disagreement."""
    text = cut_of("{ issue(number: 1, old: true) { title by { ... on User { login } } } }")
    assert disagreements(build_schema(text), official()) == []


@pytest.mark.parametrize(
    ("there", "here", "said"),
    [
        ("title: String!", "title: String", "Issue.title: officially String!, here String"),
        ("by: Who", "by: Who!", "Issue.by: officially Who, here Who!"),
        ("by: Who", "by: Who  mood: Int", "Issue: mood is not official"),
        ("number: Int!,", "number: ID!,", "Query.issue(number): officially Int!, here ID!"),
        ("number: Int!,", "", "Query.issue: the required argument number is missing"),
        (
            "old: Boolean = false",
            "old: Boolean = true",
            "Query.issue(old) default: officially false, here true",
        ),
        ("first: Int", "first: Int, page: Int", "Query.stars: page is not official"),
        ("OPEN CLOSED", "OPEN", "State: CLOSED is missing"),
        ("OPEN CLOSED", "OPEN CLOSED LOST", "State: LOST is not official"),
        ("User | Robot", "User | Robot | Issue", "Who: Issue is not official"),
        ("type Robot {", "type Robot implements Node { id: ID!", "Robot: Node is not official"),
        ("id: ID!  why: String", "why: String", "Close: the required field id is missing"),
        ("why: String", "why: Int", "Close.why: officially String, here Int"),
        ("type Robot", "type Cat { login: String! }\ntype Robot", "Cat: officially nothing, here ObjectType"),
    ],
)
def test_each_way_to_differ_is_found(there: str, here: str, said: str) -> None:
    """One changed type, nullability, argument, value or member is one sentence."""
    assert there in OFFICIAL
    changed = OFFICIAL.replace(there, here)
    assert said in disagreements(build_schema(changed), official())
