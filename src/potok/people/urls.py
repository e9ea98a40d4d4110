"""Addresses of people, mounted by the site at the root."""

from django.urls import path, re_path

from potok.people.web import find, groups, persons, profile, roles, seeing, sign_in, structure, working_time

app_name = "people"
urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("welcome/<int:id>/<str:token>", sign_in.welcome, name="welcome"),
    path("me", profile.profile, name="profile"),
    path("me/photo", profile.photo, name="photo"),
    path("me/password", profile.password, name="password"),
    re_path(r"^photos/(?P<name>[0-9a-f]{32}\.webp)$", profile.picture, name="picture"),
    path("people/", structure.show, name="structure"),
    path("people/find", find.find, name="find"),
    path("people/new", persons.add, name="add"),
    path("people/<int:id>", persons.show, name="person"),
    path("people/<int:id>/edit", persons.change, name="change"),
    path("people/<int:id>/dismissal", persons.dismissal, name="dismissal"),
    path("people/<int:id>/eyes", seeing.begin, name="see_as"),
    path("people/own-eyes", seeing.end, name="see_as_end"),
    path("people/<int:id>/invitation", persons.invitation, name="invitation"),
    path("departments/new", structure.add, name="department_add"),
    path("departments/<int:id>", structure.change, name="department"),
    path("departments/<int:id>/removal", structure.remove, name="department_removal"),
    path("groups/", groups.show, name="groups"),
    path("groups/new", groups.add, name="group_add"),
    path("groups/<int:id>", groups.change, name="group"),
    path("roles/", roles.show, name="roles"),
    path("roles/new", roles.add, name="role_add"),
    path("roles/<int:id>/grants", roles.grants, name="role_grants"),
    path("roles/<int:id>/holders", roles.holders, name="role_holders"),
    path("roles/<int:id>/removal", roles.remove, name="role_removal"),
    path("working-time/", working_time.show, name="working_time"),
    path("working-time/hours", working_time.keep, name="hours"),
    path("working-time/days", working_time.keep_day, name="special_day"),
    path("working-time/days/removal", working_time.remove_day, name="special_day_removal"),
    path("working-time/absences", working_time.add_absence, name="absences"),
    path("working-time/absences/<int:id>/removal", working_time.remove_absence, name="absence_removal"),
]
