from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from godview import languages, preferences, styleguide, theme

urlpatterns: list[URLPattern | URLResolver] = [
    path("theme/", theme.choose, name="theme"),
    path("language/", languages.choose, name="language"),
    path("settings/", preferences.settings, name="settings"),
    path("settings/keys/", preferences.single_keys, name="single_keys"),
    path("settings/glossary/", preferences.glossary, name="glossary"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("godview.api")),
    path("settings/api-tokens/", include("clients.api.urls")),
    path("welcome/", include("godview.welcome.urls")),
    path("import/", include("godview.importing.urls")),
    path("", include("clients.urls")),
    path("deadlines/", include("tasks.deadline_urls")),
    path("tasks/", include("tasks.task_urls")),
    path("", include("tasks.urls")),
    path("", include("training.urls")),
    path("", include("metrics.urls")),
]
