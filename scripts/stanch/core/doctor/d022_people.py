"""D022: whoever is called is still here, and may do what they are called for."""

from collections.abc import Iterator

from stanch.core.config import Config
from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown, Why


class People(Check):
    """A call to somebody who left wakes nobody, and whoever may not write cannot say that they are looking."""

    code = "D022"
    place = "settings/access"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        called = called_by(seen.loaded.config)
        if not called:
            return
        if isinstance(seen.people, Unknown):
            yield self.untold(seen.people)
            return
        for login in called:
            person = seen.people.known.get(login.lower())
            if person is None:
                yield self.untold(Unknown(f"what {login} may do", Why.UNASKED))
            elif not person.there:
                yield self.found("gone", login.lower(), login=login)
            elif not person.access.may_command:
                yield self.found("may-not", login.lower(), login=login)
            elif not person.assignable:
                yield self.warned("unassignable", login.lower(), login=login)


def called_by(config: Config) -> tuple[str, ...]:
    """Everybody whom the configuration names to be called, each once."""
    rota = config.oncall
    named = (*config.people, *rota.people(), *(one.login for one in rota.overrides), rota.lead)
    return tuple({login.lower(): login for login in reversed(named) if login}.values())[::-1]
