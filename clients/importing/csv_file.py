import csv
import io
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from clients.importing.limits import MAX_COLUMNS, MAX_LINES, Line, Refused
from clients.importing.words import column_name
from godview.templatetags.display import number

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 100_000


def csv_lines(content: bytes, columns: Collection[str], warnings: list[str]) -> Iterator[Line]:
    """The lines of a CSV file, whichever separator and encoding the spreadsheet chose."""
    text = decoded(content, warnings)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, columns))
    end_of_last = 0
    try:
        for cells in reader:
            if end_of_last > MAX_LINES:
                raise Refused(
                    _("The file has more than %(max_lines)s lines. Split it into several.")
                    % {"max_lines": number(MAX_LINES)}
                )
            yield end_of_last + 1, cells
            end_of_last = reader.line_num
    except csv.Error as error:
        raise Refused(
            _(
                "Line %(end_of_last_1)s cannot be read (%(error)s). Look for a quote that "
                "is opened and never closed."
            )
            % {"end_of_last_1": end_of_last + 1, "error": error}
        ) from error


def decoded(content: bytes, warnings: list[str]) -> str:
    """UTF-8 or UTF-16, otherwise Windows-1252, which is said aloud."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if b"\0" in content[:200]:
            return content.decode("utf-16-be" if content[0] == 0 else "utf-16-le")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused(_("The file's letters cannot be read. Save it as CSV UTF-8.")) from None
    warnings.append(
        _(
            "The file is not UTF-8 and was read as Windows-1252: look whether accents are right, "
            "or save it as CSV UTF-8."
        )
    )
    return text


def _delimiter(text: str, columns: Collection[str]) -> str:
    """The separator under which the first line names the most known columns."""
    first = next((line for line in io.StringIO(text[:20_000]) if line.strip()), "")

    def known(delimiter: str) -> tuple[int, int]:
        names = first.split(delimiter, MAX_COLUMNS)
        return sum(column_name(name.strip().strip('"')) in columns for name in names), len(names)

    return max(DELIMITERS, key=known)
