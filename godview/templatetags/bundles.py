"""Links to style and scripts: one for each bundle, or one for each file where none are joined."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from godview.bundles import BUNDLES, JoinedStaticFilesStorage, joined_name

register = template.Library()


@register.simple_tag
def styles(bundle: str) -> SafeString:
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', _addresses(f"css/{bundle}"))


@register.simple_tag
def scripts(bundle: str) -> SafeString:
    return format_html_join("\n", '<script src="{}" defer></script>', _addresses(f"js/{bundle}"))


def _addresses(bundle: str) -> list[tuple[str]]:
    is_joined = isinstance(staticfiles_storage, JoinedStaticFilesStorage)
    files = (joined_name(bundle),) if is_joined else BUNDLES[bundle]
    return [(static(file),) for file in files]
