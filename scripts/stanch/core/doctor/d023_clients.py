"""D023: nobody is a client and of the team at once."""

from collections.abc import Iterator, Mapping

from stanch.core.doctor.check import Check
from stanch.core.doctor.d022_people import called_by
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection, Person, Unknown


class Clients(Check):
    """A colleague's report is then taken for a client's, and calls people that a label would not."""

    code = "D023"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        config = seen.loaded.config
        called = {login.lower() for login in called_by(config)}
        known: Mapping[str, Person] = {} if isinstance(seen.people, Unknown) else seen.people.known
        for login in config.clients:
            person = known.get(login.lower())
            if login.lower() in called or (person is not None and person.access.may_command):
                yield self.found("colleague", login.lower(), login=login)
            elif person is not None and not person.there:
                yield self.found("gone", login.lower(), login=login)
