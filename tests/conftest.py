"""What every test may rely on: hypothesis is reproducible and does not mind a busy machine."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
