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
