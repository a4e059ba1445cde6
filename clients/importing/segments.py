"""The agency's own rule to work by, for a group of clients or for an RCM code."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.resource import RowsResource
from clients.importing.words import spoken
from clients.models import SegmentRule

GROUPS = {
    "star": "star, stars",
    "cow": "cow, cows, cash cow, cash cows",
    "problem_child": "problem child, problem children, problem, question mark, question marks",
    "dog": "dog, dogs",
}
KNOWN = {name: group for group, names in GROUPS.items() for name in names.split(", ")}
CODE = re.compile(r"[1-5]{3}|[01]{3}")


class SegmentCell(Cell):
    says = gettext_lazy("An RCM code such as 551, or star, cow, problem child, dog.")

    def meaning(self, text: str) -> str:
        group = KNOWN.get(spoken(text))
        if group:
            return group
        code = text.zfill(3)  # a spreadsheet writes 011 as 11
        if not CODE.fullmatch(code):
            raise ValueError(
                _(
                    "“%(text)s” is no segment. Write three digits of 1 to 5 (or of 0 and 1), "
                    "or star, cow, problem child, dog."
                )
                % {"text": text}
            )
        return code


class SegmentRuleRows(RowsResource):
    code = Column("code", SegmentCell(), required=True)
    rule = Column("rule", required=True)

    class Meta:
        model = SegmentRule
        import_id_fields = ("code",)


SEGMENT_RULES = Kind(
    name="segment_rules",
    title=gettext_lazy("Rules of segments"),
    what=gettext_lazy(
        "How we work with the clients of a segment, where the agency says it in its own words."
    ),
    resource=SegmentRuleRows,
    example=(("star", "The best people, and a plan for the next year."), ("155", "Call first.")),
)
