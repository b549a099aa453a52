"""Reading lists: one reader per format, all of them streaming, none stopped by a bad line."""

from apps.imports.domain.readers.lists import Format, ReadList, read_list

__all__ = ["Format", "ReadList", "read_list"]
