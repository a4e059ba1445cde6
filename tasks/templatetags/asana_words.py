"""`{{ run.reason|retold }}`: why Asana was not read, kept in English, in the reader's words."""

from django import template

from tasks import retold as sentences

register = template.Library()


@register.filter
def retold(reason: str) -> str:
    return sentences.retold(reason)
