"""Where a provider of single sign-on sends browsers back to."""

from django.urls import path

from apps.annotators.api import single_sign_on

urlpatterns = [path("callback/", single_sign_on.come_back, name="come_back")]
