"""How many examples Hypothesis tries: profiles `dev` (a few), `ci` (those a test names) and `long` (ten times those).

Chosen by `HYPOTHESIS_PROFILE`, or `pytest --hypothesis-profile`; `dev` if nothing is said.
"""

import os
from typing import Any, Final

from hypothesis import settings

MOST_IN_DEV: Final = 25
TIMES_LONG: Final = 10
_CI: Final = 100
"""Hypothesis's own number, which holds where a test names none."""


def register_profiles() -> None:
    """Make the three known to Hypothesis and take the one that is asked for."""
    for name in ("dev", "ci", "long"):
        settings.register_profile(name, max_examples=number_in(name, _CI), deadline=None, print_blob=True)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def examples(ci: int, dev: int = MOST_IN_DEV, **more: Any) -> settings:
    """Settings of a test with so many examples in profile `ci`, and at most `dev` in that."""
    return settings(max_examples=number_in(settings.get_current_profile_name(), ci, dev), **more)


def number_in(profile: str, ci: int, dev: int = MOST_IN_DEV) -> int:
    """How many examples a profile tries of a test that has `ci` of them in that."""
    return {"dev": min(ci, dev), "long": TIMES_LONG * ci}.get(profile, ci)
