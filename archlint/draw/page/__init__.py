"""The files of the interactive page; :mod:`archlint.draw.writers.html` puts them together."""
