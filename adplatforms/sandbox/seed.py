"""Names for a believable agency business, the same on every run: brands, people, seasons, audiences.

Knows no platform; each platform's seed draws from here. Some names hold characters that break careless
code: letters outside ASCII, and the `&`, `<` and `"` that XML must escape.
"""

from __future__ import annotations

ORGANIZATIONS = ("Meridian Media Group", "Nordlicht Agenturen", "Southern Cross Partners")

AGENCIES = (
    "Harbor & Pine",
    "Brightside Performance",
    "Redwood Digital",
    "Atlas Trading Desk",
    "Kessler Mediahaus",
    "Zürich Reach AG",
    "Quai Neuf",
    "Blue Door London",
    "Foxglove & Partners",
    "Bondi Programmatic",
    "Wattle Street Media",
    "Tasman Growth Lab",
)

BRANDS = (
    "Alder & Ash", "Aurora Skincare", "Bellweather Bank", "Bluebird Airlines", "Café Crème", "Cobalt Cycles",
    "Copper Kettle Tea", "Crestline Hotels", "Dunmore Whisky", "Everfield Foods", "Falkner Tools",
    "Fernway Outdoor", "Fjällgren", "Galway Knitwear", "Greenleaf Energy", "Halcyon Audio", "Harrow Motors",
    "Hearth & Home", "Juniper Pharmacy", "Kestrel Insurance", "Kite Mobile", "Lantern Books", "Lumen Optics",
    "Marlowe Suits", "Müller & Söhne", "Northgate Grocers", "Oakhaven Furniture", "Orchard Toys",
    "Pebble Pet Care", "Piñata Parties", "Quarry Coffee", "Ridgeback Boots", "Sable Cosmetics",
    "Saltwater Surf", "Solstice Travel", "Summit Sports", "Tidewater Seafood", "Verity Health",
    "Willow Baby", "Yarrow Gardens",
)  # fmt: skip

DIVISIONS = ("US", "Europe", "Online")

SEASONS = (
    "Spring Sale", "Summer Launch", "Back to School", "Autumn Collection", "Black Friday", "Holiday Gifts",
    "New Year Clearance", "Valentine's Day", "Mother's Day", "Always On", "Brand Awareness", "App Installs",
    "Loyalty Sign-ups", "Store Visits", "Product Launch", "Été", "Members < 30", '"Last Chance"',
)  # fmt: skip

TACTICS = (
    "Prospecting", "Retargeting", "Lookalike", "Contextual", "Video Reach", "CTV", "Mobile In-App",
    "Test & Learn", "High Impact", "Native",
)  # fmt: skip

CHANNELS = ("Display", "Mobile Web", "In-App", "Online Video", "CTV", "Native", "Audio")

AUDIENCES = (
    "Site Visitors 30d", "Cart Abandoners", "Past Purchasers", "In-Market", "Lookalike 1%", "Lookalike 5%",
    "Parents 25-44", "Frequent Travellers", "Deal Seekers", "Sports Fans", "Home Owners", "CRM Match",
    "Run of Network", "Top 250 Sites", "Weather Triggered", "Business Decision Makers",
)  # fmt: skip

FORMATS = (
    ("Leaderboard", 728, 90), ("Medium Rectangle", 300, 250), ("Skyscraper", 160, 600),
    ("Half Page", 300, 600), ("Mobile Banner", 320, 50), ("Billboard", 970, 250),
)  # fmt: skip

CONCEPTS = ("Hero", "Price Message", "Testimonial", "Lifestyle", "Product Close-up", "Countdown")

PIXELS = ("All Pages", "Product View", "Add to Cart", "Order Confirmation", "Newsletter Sign-up")

PEOPLE = (
    ("Ana", "Silva"), ("Björn", "Lindqvist"), ("Chloé", "Moreau"), ("David", "Okafor"), ("Emily", "Chen"),
    ("Fatima", "Haddad"), ("Grace", "O'Neill"), ("Hiro", "Tanaka"), ("Isabel", "García"),
    ("Jack", "Thompson"),
    ("Katarzyna", "Nowak"), ("Liam", "Murphy"), ("Mei", "Wong"), ("Nikhil", "Patel"), ("Olivia", "Brown"),
    ("Paulo", "Costa"), ("Quinn", "Taylor"), ("Rosa", "Bianchi"), ("Stefan", "Weiß"), ("Tove", "Andersen"),
    ("Uma", "Krishnan"), ("Victor", "Hugo"), ("Wendy", "Schmidt"),
)  # fmt: skip

VERTICALS = (
    "Automotive", "Beauty", "Business Services", "Consumer Electronics", "Consumer Packaged Goods",
    "Education", "Energy", "Entertainment", "Financial Services", "Food & Beverage", "Health",
    "Home & Garden", "Insurance", "Pets", "Retail", "Sports", "Technology", "Telecommunications",
    "Toys & Games", "Travel",
)  # fmt: skip

CURRENCIES = (
    ("USD", "US Dollar"), ("EUR", "Euro"), ("GBP", "British Pound"), ("AUD", "Australian Dollar"),
    ("CHF", "Swiss Franc"), ("JPY", "Japanese Yen"),
)  # fmt: skip

ZONES = (
    "America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/Berlin", "Europe/Zurich",
    "Europe/Paris", "Europe/London", "Australia/Sydney", "Australia/Melbourne", "Pacific/Auckland", "UTC",
)  # fmt: skip

VENDORS = (
    ("Acorn Data", "DATA"), ("Birch Audiences", "DATA"), ("Cedar Graph", "DATA"), ("Verity Check", "AD_VERIFICATION"),
    ("SafePage", "CONTEXTUAL"), ("Motif Dynamic", "DYNAMIC_CREATIVE"), ("Rich Canvas", "RICH_MEDIA"),
    ("Ask & Know", "SURVEY"), ("PixelTrail", "PIXEL_TRACKING"), ("ChoiceMark", "OBA_COMPLIANCE"),
    ("Northern Ad Network", "NETWORK"), ("ServeRight", "AD_SERVER"),
)  # fmt: skip

EXCHANGES = (
    ("Meadow Exchange", "MDW", None), ("Open Harbor", "OHB", None), ("Pixel Bazaar", "PXB", None),
    ("Videolane", "VDL", None), ("AppMarket One", "AM1", None), ("Nordic Supply", "NRD", None),
    ("Native Works", "NTW", None), ("TV Gateway", "TVG", None), ("Meadow Premium", "MDWP", 1),
    ("Videolane Select", "VDLS", 4),
)  # fmt: skip

PUBLISHERS = (
    "The Daily Lantern", "Köln Kurier", "Harbour Weekly", "Le Quotidien", "Outdoor & Trail", "Finance Desk",
)  # fmt: skip

SEGMENT_TREE = {
    "Demographics": ("Age 18-24", "Age 25-34", "Age 35-44", "Parents", "Home Owners", "Students"),
    "Interests": ("Cooking", "Cycling", "Gaming", "Gardening", "Pets & Animals", "Travel"),
    "In-Market": ("Cars", "Insurance", "Mobile Plans", "Hotels", "Furniture"),
    "Life Stage": ("New Parents", "Movers", "Retirees"),
}

TOPIC_TREE = {
    "Topics": ("Arts", "Business", "Food & Drink", "Health", "News", "Sports", "Technology"),
    "Quality": ("Above the Fold", "High Viewability", "Premium Pages"),
}

SITE_LISTS = (
    ("Brand Safe Sites", "INCLUDE"), ("Top 250", "INCLUDE"), ("Blocked Sites", "EXCLUDE"),
    ("Competitors & Others", "EXCLUDE"),
)  # fmt: skip

DIMENSIONS: dict[int, tuple[str, str | None, tuple[str, ...]]] = {
    1: ("DMA", "DMAX", ("New York", "Los Angeles", "Chicago", "Boston")),
    2: ("Connection Speed", "CSPD", ("Broadband", "Mobile", "Dialup")),
    3: ("ISP", "ISPX", ("Comcast", "Verizon", "Telekom", "Telstra")),
    4: ("Browser", "BSER", ("Chrome", "Firefox", "Safari", "Edge")),
    5: ("OS", None, ("Windows", "macOS", "Android", "iOS", "Linux")),
    7: ("Region", "REGN", ("United States", "California", "New York", "Bayern", "Île-de-France", "Victoria")),
    8: ("MathSelect250", None, ("News", "Sports", "Entertainment")),
    14: ("Country", None, ("United States", "Germany", "France", "Australia")),
    15: ("Safety", "SFTY", ("Adult Content", "Hate Speech", "Violence")),
    16: ("Channels", "CHNL", ("Display", "Video", "Mobile", "Social")),
    19: ("Fold Position", "FOLD", ("Above the Fold", "Below the Fold", "Unknown Fold")),
    20: ("Linear Format", "VLIN", ("Pre-roll", "Mid-roll", "Post-roll")),
    21: ("Content Initiation", "VCON", ("Auto Play", "User Initiated", "Unknown Start")),
    22: ("Audio", "VAUD", ("Audio On", "Audio Off", "Audio Unknown")),
    23: ("Player Size", "VPSZ", ("Small", "Medium", "Large")),
    24: ("Device", "DVCE", ("Desktop", "Smartphone", "Tablet", "Connected TV")),
}
"""Target dimensions: name, code where one is known, some values."""
