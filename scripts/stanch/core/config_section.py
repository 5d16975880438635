"""What every section of `.github/stanch.yml` has in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A mapping that takes only the keys that it names."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )
