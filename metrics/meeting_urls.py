from django.urls import include, path

from metrics.views import growth_saving as saving
from metrics.views import meetings as growth
from metrics.views import pod_meeting as pod
from metrics.views import pod_meeting_deeds as deeds

urlpatterns = [
    path("", growth.meetings, name="meetings"),
    path("begin/", growth.begin_review, name="begin_review"),
    path("growth/<int:pk>/", growth.go_on_with_review, name="go_on_with_review"),
    path("growth/<int:pk>/end/", growth.growth_end, name="growth_end"),
    path("growth/<int:pk>/<int:place>/", growth.growth_slide, name="growth_slide"),
    path("growth/<int:pk>/<int:place>/save/", saving.save_decision, name="save_decision"),
    path("pod/<slug:slug>/", pod.pod_meeting, name="pod_meeting"),
    path("pod/<slug:slug>/begin/", deeds.begin_pod_meeting, name="begin_pod_meeting"),
    path(
        "pod/<slug:slug>/<int:pk>/",
        include(
            [
                path("", pod.pod_record, name="pod_record"),
                path("end/", deeds.end_pod_meeting, name="end_pod_meeting"),
                path("go-on/", deeds.go_on_with_pod_meeting, name="go_on_in_pod"),
                path("risks/", deeds.tell_risk_in_pod, name="tell_risk_in_pod"),
                path("topics/<slug:key>/", deeds.tick_topic, name="tick_topic"),
                path("clients/", deeds.take_up_client, name="take_up_client"),
                path("clients/<slug:client>/tick/", deeds.tick_client, name="tick_client"),
                path("clients/<slug:client>/note/", deeds.note_client, name="note_client"),
                path("clients/<slug:client>/decide/", deeds.decide_in_pod, name="decide_in_pod"),
            ]
        ),
    ),
]
