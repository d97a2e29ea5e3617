"""TPC-H's tables, deterministic: `tables(scale)` gives (name, lines of COPY text) in load order.

Sizes, key patterns, ranges and value lists follow the specification's chapter 4.2.3 as far as the
22 queries can tell; texts are drawn from a small vocabulary with the marked phrases at its rates.
"""

import datetime
import random

NATIONS = [
    ("ALGERIA", 0), ("ARGENTINA", 1), ("BRAZIL", 1), ("CANADA", 1), ("EGYPT", 4),
    ("ETHIOPIA", 0), ("FRANCE", 3), ("GERMANY", 3), ("INDIA", 2), ("INDONESIA", 2), ("IRAN", 4),
    ("IRAQ", 4), ("JAPAN", 2), ("JORDAN", 4), ("KENYA", 0), ("MOROCCO", 0), ("MOZAMBIQUE", 0),
    ("PERU", 1), ("CHINA", 2), ("ROMANIA", 3), ("SAUDI ARABIA", 4), ("VIETNAM", 2), ("RUSSIA", 3),
    ("UNITED KINGDOM", 3), ("UNITED STATES", 1)]
REGIONS = ["AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"]
COLORS = (
    "almond antique aquamarine azure beige bisque black blanched blue blush brown burlywood "
    "burnished chartreuse chiffon chocolate coral cornflower cornsilk cream cyan dark deep dim "
    "dodger drab firebrick floral forest frosted gainsboro ghost goldenrod green grey honeydew "
    "hot indian ivory khaki lace lavender lawn lemon light lime linen magenta maroon medium "
    "metallic midnight mint misty moccasin navajo navy olive orange orchid pale papaya peach peru "
    "pink plum powder puff purple red rose rosy royal saddle salmon sandy seashell sienna sky "
    "slate smoke snow spring steel tan thistle tomato turquoise violet wheat white yellow").split()
TYPES = (["STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"],
         ["ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"],
         ["TIN", "NICKEL", "BRASS", "STEEL", "COPPER"])
CONTAINERS = (["SM", "LG", "MED", "JUMBO", "WRAP"],
              ["CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM"])
SEGMENTS = ["AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"]
PRIORITIES = ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"]
INSTRUCTIONS = ["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"]
MODES = ["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"]
WORDS = (
    "foxes ideas theodolites pinto beans instructions dependencies excuses platelets asymptotes "
    "courts dolphins multipliers sauternes warthogs frets dinos attainments somas braids hockey "
    "players requests accounts packages deposits sleep wake are cajole haggle nag use boost affix "
    "detect integrate maintain nod was lose sublate solve thrash promise engage hinder print "
    "furious sly careful blithe quick fluffy slow quiet ruthless thin close dogged daring brave "
    "special pending express regular final ironic even bold silent about above across after "
    "against along among around at before behind beneath").split()
FIRST_DAY = datetime.date(1992, 1, 1)
LAST_DAY = datetime.date(1998, 12, 31)
CURRENT_DAY = datetime.date(1995, 6, 17)
DAYS = [(FIRST_DAY + datetime.timedelta(day)).isoformat()
        for day in range((LAST_DAY - FIRST_DAY).days + 1)]
CURRENT = (CURRENT_DAY - FIRST_DAY).days


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


class Text:
    """Comments: slices of a long text, so that drawing one is cheap."""

    def __init__(self, seed):
        generator = random.Random(seed)
        self.pool = " ".join(generator.choices(WORDS, k=60_000))
        self.random = random.Random(seed + 1).random

    def draw(self, least, most):
        size = least + int(self.random() * (most - least + 1))
        start = int(self.random() * (len(self.pool) - size))
        return self.pool[start:start + size].strip() or "none"


def phone(generator, nation):
    return (f"{nation + 10}-{generator.randint(100, 999)}-{generator.randint(100, 999)}-"
            f"{generator.randint(1000, 9999)}")


def address(generator):
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,"
    return "".join(generator.choices(letters, k=generator.randint(10, 40))).strip() or "x"


def retail_cents(part):
    return 90000 + (part // 10) % 20001 + 100 * (part % 1000)


def supplier_of(part, number, suppliers):
    return (part + number * (suppliers // 4 + (part - 1) // suppliers)) % suppliers + 1


def region(scale):
    text = Text(10)
    for key, name in enumerate(REGIONS):
        yield f"{key}\t{name}\t{text.draw(31, 115)}\n"


def nation(scale):
    text = Text(20)
    for key, (name, place) in enumerate(NATIONS):
        yield f"{key}\t{name}\t{place}\t{text.draw(31, 114)}\n"


def supplier(scale):
    generator, text = random.Random(30), Text(31)
    for key in range(1, int(10_000 * scale) + 1):
        home = generator.randrange(25)
        comment = text.draw(25, 62)
        if generator.random() < 0.005:
            word = generator.choice(["Complaints", "Complaints", "Recommends"])
            comment = f"{comment[:20]}Customer {comment[20:30]}{word}"
        yield (f"{key}\tSupplier#{key:09}\t{address(generator)}\t{home}\t"
               f"{phone(generator, home)}\t{money(generator.randint(-99999, 999999))}\t"
               f"{comment}\n")


def part(scale):
    generator, text = random.Random(40), Text(41)
    for key in range(1, int(200_000 * scale) + 1):
        maker = generator.randint(1, 5)
        kind = " ".join(generator.choice(list_) for list_ in TYPES)
        box = " ".join(generator.choice(list_) for list_ in CONTAINERS)
        yield (f"{key}\t{' '.join(generator.sample(COLORS, 5))}\tManufacturer#{maker}\t"
               f"Brand#{maker}{generator.randint(1, 5)}\t{kind}\t{generator.randint(1, 50)}\t"
               f"{box}\t{money(retail_cents(key))}\t{text.draw(5, 22)}\n")


def partsupp(scale):
    generator, text = random.Random(50), Text(51)
    suppliers = int(10_000 * scale)
    for key in range(1, int(200_000 * scale) + 1):
        for number in range(4):
            yield (f"{key}\t{supplier_of(key, number, suppliers)}\t{generator.randint(1, 9999)}\t"
                   f"{money(generator.randint(100, 100000))}\t{text.draw(49, 198)}\n")


def customer(scale):
    generator, text = random.Random(60), Text(61)
    for key in range(1, int(150_000 * scale) + 1):
        home = generator.randrange(25)
        yield (f"{key}\tCustomer#{key:09}\t{address(generator)}\t{home}\t"
               f"{phone(generator, home)}\t{money(generator.randint(-99999, 999999))}\t"
               f"{generator.choice(SEGMENTS)}\t{text.draw(29, 116)}\n")


def orders_and_lines(scale):
    """Both tables' lines together: an order's price and state come from its lines."""
    generator, text = random.Random(70), Text(71)
    integer = generator.random
    customers = int(150_000 * scale)
    parts, suppliers = int(200_000 * scale), int(10_000 * scale)
    clerks = max(int(1000 * scale), 1)
    last_order = len(DAYS) - 151
    for number in range(int(1_500_000 * scale)):
        # Eight keys of every 32 are used, and two of three customers order.
        order = number // 8 * 32 + number % 8 + 1
        buyer = 1 + int(integer() * customers)
        while buyer % 3 == 0:
            buyer = 1 + int(integer() * customers)
        day = int(integer() * last_order)
        lines, total, open_count = [], 0, 0
        count = 1 + int(integer() * 7)
        for line in range(1, count + 1):
            key = 1 + int(integer() * parts)
            seller = supplier_of(key, int(integer() * 4), suppliers)
            quantity = 1 + int(integer() * 50)
            price = quantity * retail_cents(key)
            discount, tax = int(integer() * 11), int(integer() * 9)
            shipped = day + 1 + int(integer() * 121)
            committed = day + 30 + int(integer() * 61)
            received = shipped + 1 + int(integer() * 30)
            flag = ("R" if integer() < 0.5 else "A") if received <= CURRENT else "N"
            is_open = shipped > CURRENT
            open_count += is_open
            total += price * (100 + tax) * (100 - discount)
            lines.append(
                f"{order}\t{key}\t{seller}\t{line}\t{quantity}\t{money(price)}\t"
                f"0.{discount:02}\t0.{tax:02}\t{flag}\t{'O' if is_open else 'F'}\t"
                f"{DAYS[shipped]}\t{DAYS[committed]}\t{DAYS[received]}\t"
                f"{INSTRUCTIONS[int(integer() * 4)]}\t{MODES[int(integer() * 7)]}\t"
                f"{text.draw(10, 43)}\n")
        state = "O" if open_count == count else "P" if open_count else "F"
        comment = text.draw(19, 78)
        if integer() < 0.012:
            comment = f"{comment[:20]} special {comment[20:30]} requests"
        yield (f"{order}\t{buyer}\t{state}\t{money((total + 5000) // 10000)}\t{DAYS[day]}\t"
               f"{PRIORITIES[int(integer() * 5)]}\tClerk#{1 + int(integer() * clerks):09}\t0\t"
               f"{comment}\n"), lines


def tables(scale):
    for make in (region, nation, part, supplier, partsupp, customer):
        yield make.__name__, list(make(scale))
    orders, lines = [], []
    for order, its_lines in orders_and_lines(scale):
        orders.append(order)
        lines += its_lines
    yield "orders", orders
    yield "lineitem", lines
