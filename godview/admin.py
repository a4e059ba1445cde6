from django.contrib.admin import AdminSite


class GodViewAdminSite(AdminSite):
    site_header = "God View"
    site_title = "God View"
