"""Wrong usage, as an exception."""

from __future__ import annotations


def wrong_usage(message: str) -> Exception:
    """The exception that ends a command with this message; the library that has it is imported for it alone."""
    import typer  # noqa: PLC0415  a command without a mistake can do without

    return typer.BadParameter(message)


def is_wrong_usage(error: Exception) -> bool:
    """Whether an exception is of the library's kind for wrong usage, of which its public ``BadParameter`` is one."""
    import typer  # noqa: PLC0415

    return isinstance(error, typer.BadParameter.__mro__[1])
