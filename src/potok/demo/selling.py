"""What the demo company sells: its legal persons, its price list, the goods on deals, invoices and a contract."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.sales import public as sales
from potok.demo import company
from potok.kit.operations import operations
from potok.people.public import Extent, roles
from potok.records import public as records

if TYPE_CHECKING:
    from potok.demo.loading import Builder

REQUISITES = ("legal_name", "inn", "kpp", "ogrn", "legal_address", "bank", "bic", "account", "bank_account")


class Selling:
    """Builds it beside the rest, from `company/sales.<language>.yaml`."""

    def __init__(self, builder: "Builder") -> None:
        self.builder, self.call = builder, builder.call
        self.data = company.sales(builder.language)
        self.products: dict[str, Any] = {}

    def build(self) -> None:
        """Build all of it; the deals are there."""
        self.add_roles()
        self.add_entities()
        self.add_products()
        self.put_goods_on_deals()
        self.send_invoices()
        self.sign_contracts()

    def add_roles(self) -> None:
        for given in self.data["roles"]:
            role = roles.add(self.call, name=given["title"])
            for thing, acts in given["may"].items():
                for act, extent in acts.items():
                    roles.grant(self.call, role=role, permission=f"{thing}.{act}", extent=Extent[extent.upper()])
            for code in given["people"]:
                roles.give(self.call, role=role, person=self.builder.people[code])

    def add_entities(self) -> None:
        for given in self.data["entities"]:
            values = {name: given[name] for name in ("title", "director", "accountant", *REQUISITES)}
            self._add("crm.own_entity", {**values, "is_default": given.get("is_default", False)})

    def add_products(self) -> None:
        sections = {
            title: records.dictionaries.add(self.call, dictionary="crm.product_section", title=title)
            for title in self.data["sections"]
        }
        listed = self._add("crm.price_list", {"title": self.data["price_list"]})
        for given in self.data["products"]:
            values = {"tax": "22", **{name: given[name] for name in ("title", "code", "unit", "price")}}
            self.products[given["code"]] = self._add("crm.product", {**values, "section": sections[given["section"]]})
            if "partner" in given:
                amount = Decimal(given["partner"])
                goods.prices.set_(self.call, price_list=listed, product=self.products[given["code"]], amount=amount)

    def put_goods_on_deals(self) -> None:
        for code, lines in self.data["goods"].items():
            asked = [self._line(line) for line in lines]
            operations["crm.deal.lines.change"](self.call, record=self.builder.records[code], lines=asked)

    def _line(self, given: dict[str, Any]) -> dict[str, Any]:
        code = given.get("product")
        return {**given, "product": self.products[code].pk} if code else {**given, "tax": "22"}

    def send_invoices(self) -> None:
        for code in self.data["invoices"]:
            deal = Deal.objects.get(pk=self.builder.records[code].pk)
            drawn = sales.operations.draw_up_invoice(self.call, source=deal)
            issued = sales.operations.issue(self.call, invoice=drawn)
            if code in self.builder.data["paid"]:
                sales.paying.pay(self.call, invoice=issued)

    def sign_contracts(self) -> None:
        year = self.call.at.year
        for given in self.data["contracts"]:
            values = {
                "title": given["title"],
                "company": self.builder.records[given["company"]].pk,
                "state": "active",
                "amount": given["amount"],
                "starts_on": date(year, 1, 1),
                "ends_on": date(year, 12, 31),
                "own_entity": getattr(sales.usual_entity(), "pk", None),
            }
            sales.operations.number(self.call, contract=self._add("crm.contract", values))

    def _add(self, name: str, values: dict[str, Any]) -> Any:
        responsible = self.builder.people["kuznetsova"]
        return records.verbs[name].add(self.call, values={**values, "responsible": responsible})
