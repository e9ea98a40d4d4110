"""Products and price lists are record types like any other."""

from potok.kit.operations import operations


def test_products_and_price_lists_bring_their_operations() -> None:
    derived = {
        "crm.product.add", "crm.product.change", "crm.product.remove", "crm.product.restore",
        "crm.price_list.add", "crm.price_list.change", "crm.price_list.remove", "crm.price_list.restore",
        "crm.deal.lines.set", "crm.deal.lines.change",
    }  # fmt: skip
    assert derived <= operations.all().keys()
