"""Sample screens: the mockups drawn anew with the components, and answers of every kind for the islands."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from potok.ui import slots


@dataclass(frozen=True)
class Person:
    pk: int
    name: str
    position: str = ""
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


PAVEL = Person(6, "Павел Громов", "Отель на Невской")
slots.rail.add(slots.RailEntry("inbox", "Входящие", "inbox", "/inbox/", order=1, phone=1, count=lambda r: (5, "mine")))
slots.rail.add(slots.RailEntry("tasks", "Задачи", "circle-check-big", "/tasks/", order=2))
slots.rail.add(slots.RailEntry("deals", "Сделки", "kanban", "/deals/", group="Продажи", order=10, phone=2))
slots.rail.add(
    slots.RailEntry("companies", "Компании", "building-2", "/companies/", group="Продажи", order=11, phone=3)
)
slots.rail.add(
    slots.RailEntry("runs", "Запуски", "route", "/runs/", group="Процессы", order=20, count=lambda r: (2, "incident"))
)
slots.create.add(slots.MenuEntry("deal", "Сделка", "kanban", "/deals/new", key="KeyD", drawer=True))
slots.create.add(slots.MenuEntry("company", "Компания", "building-2", "/companies/new", drawer=True))
slots.me.add(slots.MenuEntry("profile", "Профиль", "user-round", "/me/"))
slots.me.add(slots.MenuEntry("out", "Выйти", "log-out", "/out/", post=True))


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "sample/home.html")


urlpatterns = [path("", home)]
