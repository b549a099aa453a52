"""Reading lists: one reader per format, all of them streaming, none stopped by a bad line."""

from apps.imports.domain.readers.formats import Format
from apps.imports.domain.readers.jsons import Reading
from apps.imports.domain.readers.lists import ReadList, read_archive, read_list

__all__ = ["Format", "ReadList", "Reading", "read_archive", "read_list"]
