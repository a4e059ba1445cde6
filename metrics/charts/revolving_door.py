"""Who came in and who went out, as two bars of one scale."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDTH, HEIGHT, GAP = 320, 22, 6
LONGEST = 200  # of a bar: the rest of the width is for its words


def revolving_door(added: int, lost: int) -> SafeString:
    """Added above, lost below; the words beside say the same."""
    most = max(added, lost, 1)
    came, went = _("%(count)s added"), _("%(count)s lost")
    told = _("%(added)s added, %(lost)s lost") % {"added": added, "lost": lost}
    bars = "".join(
        f'<rect class="{name}" x="0" y="{place * (HEIGHT + GAP)}" '
        f'width="{round(LONGEST * count / most)}" height="{HEIGHT}" rx="2"/>'
        f'<text x="{round(LONGEST * count / most) + 8}" y="{place * (HEIGHT + GAP) + 15}">'
        f"{words}</text>"
        for place, (name, count, words) in enumerate(
            (("added", added, came % {"count": added}), ("lost", lost, went % {"count": lost}))
        )
    )
    tall = 2 * HEIGHT + GAP
    return mark_safe(  # noqa: S308 - numbers and fixed words
        f'<svg class="door-bars" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" '
        f'role="img" aria-label="{told}">{bars}</svg>'
    )
