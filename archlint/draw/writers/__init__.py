"""The formats, a module each with a ``write(sheet) -> bytes``; :mod:`archlint.draw.formats` lists them."""
