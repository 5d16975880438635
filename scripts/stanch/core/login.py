"""What a GitHub login looks like, for everybody who reads one."""

import re

LOGIN = r"(?![A-Za-z0-9-]{0,38}--)[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:_[A-Za-z0-9]{1,20})?"
"""Letters, digits and single hyphens; an enterprise's managed user bears its short code, as in `alex_corp`.

Source: https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
"""

_LOGIN = re.compile(LOGIN)


def is_login(text: str) -> bool:
    """Whether GitHub could know somebody by this name."""
    return _LOGIN.fullmatch(text) is not None
