"""The Django project and the technical floor that every app stands on."""
