"""Every address of the product; apps are named by dotted string only."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from concord.http import docs, health, page

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", docs.docs, name="docs"),
    # What of allauth nobody here needs: addresses of one's own choice, and providers by other ways.
    re_path(
        r"^_allauth/browser/v1/(?:account/(?:email|phone|providers)|auth/(?:email|phone|code|provider))",
        page.no_such_route,
    ),
    path("_allauth/", include("apps.annotators.api.allauth_urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("sso/", include("apps.annotators.api.sign_on_urls")),
    path("api/", include("apps.annotators.api.urls")),
    path("api/", include("apps.datasets.api.urls")),
    path("api/", include("apps.tasks.api.urls")),
    path("api/", include("apps.imports.api.urls")),
    path("api/", include("apps.reviews.api.urls")),
    path("api/", include("apps.assist.api.urls")),
    path("api/", include("apps.exchange.api.urls")),
    path("api/", include("apps.desk.api.urls")),
    re_path(r"^api/.*$", page.no_such_route, name="no_such_route"),
    # Everything else is a page: the front end's router decides which.
    re_path(r"^(?!_allauth/|assets/|static/).*$", page.front_end, name="front_end"),
]
handler400 = "concord.http.page.bad_request"
handler403 = "concord.http.page.forbidden"
handler404 = "concord.http.page.not_found"
handler500 = "concord.http.page.server_error"
