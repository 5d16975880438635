"""Who is named before an item's text: `@kim: …`, `[kim] …`, `Kim to …`."""

import re

from stanch.core.actions import owners, words
from stanch.core.actions.facts import Around, Said
from stanch.core.login import LOGIN

_LEADING_WHO = re.compile(
    rf"(?:[*_]{{0,2}}(?P<handles>@{LOGIN}(?:(?:,| and| &|/"
    rf"| \+)? ?@{LOGIN}){{0,5}})[*_]{{0,2}}(?: ?[:,\u2013\u2014-]+ | to | will | )"
    rf"|[*_]{{0,2}}(?P<named>{owners.PERSON.pattern}"
    rf"|[A-Z][\w-]{{1,30}} (?:[a-z]{{1,20}} )?team)[*_]{{0,2}}(?:[:][*_]{{0,2}} | to (?=[a-z])| will (?=[a-z]))"
    rf"|\*\*(?P<bold>{owners.PERSON.pattern})\*\* (?=[A-Z][a-z])"
    rf"|\[(?P<bracket>[^\[\]\n]{{1,60}})\][: ]{{1,2}}"
    rf"|\((?P<round>@{LOGIN}(?:, ?@{LOGIN}){{0,5}})\)[: ]{{1,2}})(?=\S)"
)


def without_leading_owner(text: str, result: Said, around: Around) -> str:
    """`@kim: …`, `[kim] …` and, for people whom the document knows, `Kim: …` and `Kim to …`."""
    found = _LEADING_WHO.match(text)
    if not found:
        return text
    if found["handles"] or found["round"]:
        result.add_owners(found["handles"] or found["round"])
        return text[found.end() :]
    if found["named"] and (
        _owns(found["named"], around) or (" to " in found[0] and result.due.raw and _may_own(found["named"]))
    ):
        result.add_owners(found["named"])
        return text[found.end() :]
    if found["bold"] and _owns(found["bold"], around):
        result.add_owners(found["bold"])
        return text[found.end() :]
    if found["bracket"] and owners.looks_like_people(found["bracket"], around.people):
        result.add_owners(found["bracket"])
        return text[found.end() :]
    return text


def _may_own(name: str) -> bool:
    return name.split(maxsplit=1)[0].casefold() not in words.NO_SUBJECTS and owners.could_be_a_name(name)


def _owns(name: str, around: Around) -> bool:
    first = name.casefold().split()[0]
    return first not in words.NO_SUBJECTS and (
        name.casefold() in around.people or first in around.people or bool(owners.ROLE.fullmatch(name) and " " in name)
    )
