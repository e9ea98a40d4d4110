"""Sample screens: the mockups drawn anew with the components, and answers of every kind for the islands."""

import json
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from potok.kit.errors import Refused
from potok.ui import answers, slots
from potok.ui.shapes import ClashField, FilterGroup, FilterRow, Found, Option, Stage, Step


@dataclass(frozen=True)
class Person:
    pk: int
    name: str
    position: str = ""
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


PAVEL = Person(6, "Павел Громов", "Отель на Невской")
IGOR, OLGA, ANNA, RUSTAM = (
    Person(1, "Игорь Тихонов"),
    Person(3, "Ольга Кузнецова"),
    Person(7, "Анна Соколова"),
    Person(12, "Рустам Ахметов"),
)
TATYANA, MARIA, SERGEY, DMITRY = (
    Person(15, "Татьяна Полякова"),
    Person(8, "Мария Лебедева"),
    Person(4, "Сергей Арсеньев"),
    Person(5, "Дмитрий Воронцов"),
)
KEPT: dict[str, Any] = {"draft": {}, "moves": [], "status": "Повторный звонок", "told": [], "undone": 0}


def _say(russian: str, english: str) -> Any:
    return lazystr(lambda: english if get_language() == "en" else russian)


lazystr = lazy(lambda say: say(), str)


def _count(number: int, tone: str) -> Any:
    return lambda request: (number, tone)


RAIL = [
    ("inbox", _say("Входящие", "Inbox"), "inbox", "", 1, _count(5, "mine")),
    ("feed", _say("Лента", "Feed"), "newspaper", "", 0, None),
    ("tasks", _say("Задачи", "Tasks"), "circle-check-big", "", 0, None),
    ("calendar", _say("Календарь", "Calendar"), "calendar", "", 3, None),
    ("chat", _say("Сообщения", "Messages"), "message-square", "", 0, _count(3, "unread")),
    ("calls", _say("Звонки", "Calls"), "phone", "", 0, None),
    ("leads", _say("Обращения", "Leads"), "user-round-plus", _say("Продажи", "Sales"), 0, None),
    ("deals", _say("Сделки", "Deals"), "kanban", _say("Продажи", "Sales"), 2, None),
    ("companies", _say("Компании", "Companies"), "building-2", _say("Продажи", "Sales"), 0, None),
    ("contacts", _say("Контакты", "Contacts"), "contact-round", _say("Продажи", "Sales"), 0, None),
    ("runs", _say("Запуски", "Instances"), "route", _say("Процессы", "Processes"), 0, _count(2, "incident")),
    ("definitions", _say("Шаблоны", "Definitions"), "workflow", _say("Процессы", "Processes"), 0, None),
    ("contracts", _say("Договоры", "Contracts"), "file-text", _say("Реестры", "Registers"), 0, None),
    ("letters", _say("Письма", "Letters"), "mail", _say("Реестры", "Registers"), 0, None),
    ("papers", _say("Документы", "Documents"), "folder", _say("Реестры", "Registers"), 0, None),
]
for order, (name, title, icon, group, phone, count) in enumerate(RAIL):
    slots.rail.add(slots.RailEntry(name, title, icon, f"/{name}/", group=group, order=order, phone=phone, count=count))
slots.create.add(slots.MenuEntry("deal", "Сделка", "kanban", "/deals/new", drawer=True))
slots.create.add(slots.MenuEntry("company", "Компания", "building-2", "/companies/new", drawer=True))
slots.me.add(slots.MenuEntry("profile", "Профиль", "user-round", "/me/"))
slots.me.add(slots.MenuEntry("out", "Выйти", "log-out", "/out/", post=True))


def page(template: str, **context: Any) -> Any:
    return lambda request, **kwargs: render(request, f"sample/{template}.html", {**PEOPLE, **context, **kwargs})


PEOPLE = {"pavel": PAVEL, "igor": IGOR, "olga": OLGA, "anna": ANNA, "maria": MARIA, "two": [IGOR, OLGA]}
STAGES = [
    Stage("Новая", "done", "2 дня", "/stage"),
    Stage("Счёт выставлен", "done", "6 дней", "/stage"),
    Stage("Оплачена", "now", "2 часа, обычно 1 день"),
    Stage("В работе", "ahead", "", "/stage"),
    Stage("Проверка документов", "ahead", "", "/stage"),
    Stage("Успешно", "ahead", "", "/stage"),
]
STEPS = [
    Step("Сделка оплачена", "done", "12:06"),
    Step("Выбор сотрудника", "person", "вы"),
    Step("Список документов", "todo", "вы"),
    Step("Выезд и бумаги", "todo", "2 дня"),
    Step("Проверка", "todo", "Тихонов"),
    Step("Акт и отчёт", "todo", "клиенту"),
]
STAGES_EN = [
    Stage("New", "done", "2 days", "/stage"),
    Stage("Invoice sent", "done", "6 days", "/stage"),
    Stage("Paid", "now", "2 hours, usually 1 day"),
    Stage("In work", "ahead", "", "/stage"),
    Stage("Papers checked", "ahead", "", "/stage"),
    Stage("Won", "ahead", "", "/stage"),
]
STEPS_EN = [
    Step("Deal paid", "done", "12:06"),
    Step("Choose who goes", "person", "you"),
    Step("List of papers", "todo", "you"),
    Step("Visit and papers", "todo", "2 days"),
    Step("Check", "todo", "Tikhonov"),
    Step("Act and report", "todo", "to the customer"),
]
PATH = [
    Step("Ольга Кузнецова", "done", "запустила 17 ноября, 15:40"),
    Step("Наталья Шереметьева", "done", "руководитель, 2 ч"),
    Step("Анна Соколова", "done", "юрист, 6 ч, с правкой"),
    Step("Мария Лебедева", "done", "бухгалтер, 1 день"),
    Step("Вы", "person", "за Ирину Васильеву"),
    Step("Сергей Арсеньев", "todo", "задача «Подписать»"),
    Step("Документ в папку компании", "todo"),
]
SIGNER = [Option("4", "Сергей Арсеньев", face=SERGEY)]


def card(pk: int, title: str, about: str, sum: str, person: Person, **more: str) -> dict[str, Any]:
    return {"pk": pk, "title": title, "about": about, "sum": sum, "person": person, **more}


COLUMNS = [
    ("new", "Новая", 2, "260 500 ₽", [
        card(1, "Обследование газоходов, 4 дома", "Жилищное агентство Петроградского района", "186 000 ₽", IGOR),
        card(2, "Чистка воздуховодов, кухня", "Ресторан «Корюшка»", "74 500 ₽", TATYANA, next="Завтра, 11:00"),
    ]),
    ("billed", "Счёт выставлен", 2, "508 000 ₽", [
        card(3, "Обслуживание холодильных установок", "Торговый дом «Елисеев»", "412 000 ₽", IGOR,
             state="timer", runs="Напомнит об оплате 23 ноября"),
        card(4, "Монтаж датчиков дыма", "Детский сад № 14", "96 000 ₽", OLGA, next="Оплата, на 3 дня",
             next_icon="banknote", late="1"),
    ]),
    ("paid", "Оплачена", 2, "395 000 ₽", [
        card(5, "Обслуживание вентиляции, БЦ «Гулливер»", "Балтийские вентиляционные системы", "295 000 ₽", IGOR,
             state="person", runs="Ждёт вас: выбрать сотрудника, 2 ч", selected="1"),
        card(6, "Замена фильтров, 3 этаж", "Бизнес-центр «Аптекарский»", "100 000 ₽", TATYANA,
             state="incident", runs="Сбой: у сделки нет контакта, письмо не ушло"),
    ]),
    ("work", "В работе", 1, "388 000 ₽", [
        card(7, "Дезинфекция систем кондиционирования", "Медицинский центр «Династия»", "388 000 ₽", RUSTAM,
             next="Сегодня, 15:00", next_icon="map-pin", state="run", runs="Рустам Ахметов едет на объект"),
    ]),
    ("check", "Проверка документов", 0, "", []),
]  # fmt: skip
COMPANIES = [
    ("Управляющая компания «Приморская»", "wait", "Повторный звонок", IGOR, "Захарченко Виктор", "+7 812 409-11-70"),
    (
        "Жилкомсервис № 2 Петроградского района",
        "done",
        "Назначена встреча",
        IGOR,
        "Мельниченко Раиса",
        "+7 812 233-58-04",
    ),
    ("Теплоэнергоремонт", "done", "Назначена встреча", TATYANA, "Островерхов Глеб", "+7 921 902-47-33"),
    ("Водоснабжение Петроградское", "run", "Подготовка договора", OLGA, "Добролюбова Инна", "+7 812 305-09-09"),
    ("ТСЖ «Каменноостровский, 42»", "todo", "Импортирована", None, "Хвостенко Лидия", "+7 911 254-60-18"),
    ("Петербургтеплоэнерго, участок 4", "incident", "Сбой процесса", IGOR, "", ""),
    ("Лифтремонт-Сервис", "done", "Договор подписан", OLGA, "Ляшенко Тимофей", "+7 812 600-21-45"),
]


FIELDS = [("department", "Отдел"), ("sum", "Сумма"), ("closing", "Закрытие"), ("responsible", "Ответственный")]
ANY = [("is", "равно"), ("not", "не равно"), ("empty", "не указано")]
MORE = [("from", "от"), ("till", "до"), ("is", "равно")]
GROUP = FilterGroup(
    "all",
    [
        FilterRow("department", "is", "Обслуживание", ANY),
        FilterRow("sum", "from", "50 000", MORE),
        FilterRow("closing", "till", "31 декабря", MORE),
    ],
)


def filter_row(request: HttpRequest) -> HttpResponse:
    row = FilterRow(request.GET["field"], "is", "", MORE if request.GET["field"] == "sum" else ANY)
    return render(request, "sample/_row.html", {"row": row, "fields": FIELDS})


def options(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").lower()
    everyone = [IGOR, OLGA, ANNA, RUSTAM, TATYANA, MARIA, SERGEY, DMITRY]
    found = [Option(str(one.pk), one.name, "свободен с 16:00", face=one) for one in everyone if q in one.name.lower()]
    return render(request, "sample/options.html", {"options": found})


def move(request: HttpRequest) -> HttpResponse:
    KEPT["moves"].append(request.POST.dict())
    if request.POST["column"] == "new":
        raise Refused("sample.back", "Вернуть в начало нельзя. Создайте новую сделку")
    return answers.done(request, answers.Toast("Стадия «В работе»", undo="/undo"))


def undo(request: HttpRequest) -> HttpResponse:
    KEPT["undone"] += 1
    return answers.done(request)


def status(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if request.POST["status"] == "плохо":
            raise Refused("sample.bad", "Такого статуса нет. Выберите из списка", place="status")
        if request.POST["status"] == "спор":
            return clash(request)
        KEPT["status"] = request.POST["status"]
    return render(request, "sample/_status.html", {"status": KEPT["status"]})


def clash(request: HttpRequest) -> HttpResponse:
    fields = [
        ClashField("sum", "Сумма", "295 000 ₽", "310 000 ₽", "280 000 ₽"),
        ClashField("responsible", "Ответственный", "Игорь Тихонов", "Рустам Ахметов", "Анна Соколова"),
    ]
    return answers.clash(request, "sample/_clash.html", {"fields": fields})


def draft(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        KEPT["draft"] = request.POST.dict()
        return answers.done(request)
    return JsonResponse({name: value for name, value in KEPT["draft"].items() if name != "csrfmiddlewaretoken"})


def company_new(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if not request.POST["title"]:
            raise Refused("sample.untitled", "Назовите компанию", place="title")
        response = answers.made(HttpResponse(status=204), type="company", id=77, title=request.POST["title"])
        return answers.say(request, response, answers.Toast("Компания создана"))
    return render(request, "sample/company_new.html", {"title": request.GET.get("title", "")})


def find(request: HttpRequest) -> HttpResponse:
    q, asked = request.GET["q"], ""
    if q == ",fkn":
        q = asked = "балт"
    titles = ["Балтийские вентиляционные системы", "Балтийская эксплуатационная компания"]
    lines = [Found(one, "/deals/5/", "building-2", "компания", q, drawer=True) for one in titles if q in one.lower()]
    return render(request, "sample/found.html", {"groups": [("Записи", lines)], "asked": asked})


def live(request: HttpRequest) -> StreamingHttpResponse:
    def stream() -> Any:
        heard = len(KEPT["told"])
        yield b": hello\n\n"
        for _ in range(200):
            for pairs in KEPT["told"][heard:]:
                heard += 1
                yield f"data: {json.dumps(pairs)}\n\n".encode()
            time.sleep(0.05)

    return StreamingHttpResponse(stream(), content_type="text/event-stream")


def tell(request: HttpRequest) -> HttpResponse:
    KEPT["status"] = request.GET["status"]
    KEPT["told"].append([["company", 1]])
    return HttpResponse(status=204)


def kept(request: HttpRequest) -> HttpResponse:
    return JsonResponse(KEPT)


def stage(request: HttpRequest) -> HttpResponse:
    return answers.done(request, answers.Toast("Стадия «В работе»", undo="/undo"))


def companies(request: HttpRequest) -> HttpResponse:
    return render(request, "sample/list.html", {**PEOPLE, "companies": COMPANIES, "status": KEPT["status"]})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [
    path("", page("home")),
    path("inbox/", page("inbox", path=PATH, signer=SIGNER)),
    path("inbox/open/", page("inbox", path=PATH, signer=SIGNER, open="open")),
    path("deals/", page("board", columns=COLUMNS, group=GROUP, fields=FIELDS)),
    path("filter-row", filter_row),
    path("deals/new", page("deal_new")),
    path("english/", page("english", stages=STAGES_EN, steps=STEPS_EN)),
    path("deals/<int:pk>/", page("card", stages=STAGES, steps=STEPS)),
    path("companies/", companies),
    path("companies/new", company_new),
    path("ui/options", options),
    path("move", move),
    path("undo", undo),
    path("stage", stage),
    path("status", status),
    path("clash", clash),
    path("draft", draft),
    path("find", find),
    path("live", live),
    path("tell", tell),
    path("kept", kept),
    path("broken", broken),
]
