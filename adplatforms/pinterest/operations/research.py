"""Operations for research before a campaign: keywords, terms, trends, what can be targeted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adplatforms.core.ids import id_of

from ..account import Account
from ..answers import record, rows_of
from ..arguments import listed, pieces

__all__ = ["Research"]


class Research(Account):
    """Keywords, terms, trends and Pinterest's own lists; answers are plain data."""

    def keyword_metrics(
        self, keywords: Iterable[str], country_code: str, *, ad_account_id: Any = None
    ) -> list[dict[str, Any]]:
        """Search volume and bids of keywords: any number, 2,000 go into one call.

        country_code: ISO 3166-1 ("US"). A keyword with a comma cannot be asked for.
        Source: the operation country_keywords_metrics/get.
        """
        common = {"ad_account_id": ad_account_id, "country_code": country_code}
        found: list[dict[str, Any]] = []
        for some in pieces(_texts(keywords), 2000):
            found += rows_of(self.call("country_keywords_metrics/get", keywords=some, **common), "data")
        return found

    def related_terms(self, terms: Iterable[str] | str) -> Any:
        """Terms that people search for besides these. Source: the operation terms_related/list."""
        return self.call("terms_related/list", terms=_texts(terms))

    def suggested_terms(self, term: str, limit: int | None = None) -> list[str]:
        """Terms that begin like this one. limit: 1 to 10. Source: the operation terms_suggested/list."""
        return rows_of(self.call("terms_suggested/list", term=term, limit=limit))

    def trending_keywords(self, region: str, trend_type: str = "growing", **more: Any) -> list[dict[str, Any]]:
        """The keywords that trend in a region.

        trend_type: "growing", "monthly", "yearly" or "seasonal". more: interests, genders, ages, include_keywords
        (lists), limit (1 to 50), normalize_against_group, include_prediction, include_demographics.
        Source: the operation trending_keywords/list.
        """
        return rows_of(self.call("trending_keywords/list", region=region, trend_type=trend_type, **more), "trends")

    def editorial_articles(self, region: str) -> list[dict[str, Any]]:
        """Articles of Pinterest's editors on what trends: title, description, interests, related_keywords and links.

        region: such as "US". Source: the operation trends_editorial_articles/list, since 5.28.0.
        """
        return rows_of(self.call("trends_editorial_articles/list", region=region))

    def featured_topics(self, region: str, interest: str | None = None) -> Any:
        """Topics that Pinterest features. Source: the operation trends_featured_topics/list."""
        return self.call("trends_featured_topics/list", region=region, interest=interest)

    def trending_categories(self, region: str, **more: Any) -> Any:
        """Product categories that trend in a region. more: verticals, ages, genders, engagement_type.

        Source: the operation trends_product_categories_trending/list.
        """
        return self.call("trends_product_categories_trending/list", region=region, **more)

    def category_trends(self, product_categories: Iterable[str] | str, region: str, **more: Any) -> Any:
        """How product categories develop in a region.

        product_categories: 1 to 20. more: lookback_window, engagement_type.
        Source: the operation trends_product_categories_details/list.
        """
        return self.call(
            "trends_product_categories_details/list",
            product_categories=listed(product_categories),
            region=region,
            **more,
        )

    def targeting_options(self, targeting_type: str, **more: Any) -> list[Any]:
        """What can be targeted, of one type.

        targeting_type: "APPTYPE", "GENDER", "LOCALE", "AGE_BUCKET", "LOCATION", "GEO", "INTEREST", "KEYWORD",
        "AUDIENCE_INCLUDE" or "AUDIENCE_EXCLUDE". Source: the operation targeting_options/get.
        """
        options = self.call("targeting_options/get", targeting_type=targeting_type, **more)
        if options is None:  # the description allows null for none
            return []
        return rows_of(options)

    def interest(self, interest_id: Any) -> dict[str, Any]:
        """An interest that can be targeted. Source: the operation interest_targeting_options/get."""
        return record(self.call("interest_targeting_options/get", interest_id=id_of(interest_id, (), "interest_id")))

    def ad_countries(self) -> list[dict[str, Any]]:
        """The countries that ads can run in. Source: the operation ad_account_countries/get."""
        return rows_of(self.call("ad_account_countries/get"), "items")

    def delivery_metrics(self, report_type: str | None = None) -> list[dict[str, Any]]:
        """The columns of analytics and reports, with what they mean. report_type: "SYNC" or "ASYNC", else both.

        Source: the operation delivery_metrics/get.
        """
        return rows_of(self.call("delivery_metrics/get", report_type=report_type), "items")

    def lead_form_questions(self) -> Any:
        """The questions that lead forms can ask, as plain data: the description knows no body of the answer.

        Source: the operation lead_form_questions/get.
        """
        return self.call("lead_form_questions/get")


def _texts(texts: Iterable[str] | str) -> list[str]:
    """One text or many, as a list. Texts hold blanks, so one is never parted."""
    if isinstance(texts, str):
        return [texts]
    return list(texts)
