"""What of the engine others must know before it is loaded, which takes longer than most runs need."""

from typing import Final

DEFAULT_LEVEL: Final = 6
"""Of zlib."""
RENDERER_VERSION: Final = 6
"""Raised when equal templates and values give other parts than before, so that nothing is skipped wrongly."""
