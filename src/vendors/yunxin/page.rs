//! The fields of a query that comes in pages, the same for every operation that has them.

/// How many per page, from where, which types.
macro_rules! page_fields {
    () => {
        /// How many per page.
        pub static LIMIT: Field = Field::query(
            "limit",
            words::LIMIT,
            $crate::domain::field::Kind::Integer { min: 1, max: 100 },
            "Y-FIND",
        )
        .initial("100")
        .required("Y-FIND");
        /// Where the page begins.
        pub static PAGE_TOKEN: Field = Field::query(
            "page_token",
            words::PAGE_TOKEN,
            $crate::domain::field::Kind::Text($crate::domain::field::Lines::One),
            "Y-FIND",
        )
        .hint(words::PAGE_TOKEN_HINT);
    };
}
pub(super) use page_fields;

/// Order and types of a listing.
macro_rules! listing_fields {
    () => {
        /// The order. The wire name says the opposite: `true` is oldest first.
        pub static ORDER: Field = Field::query(
            "descending",
            words::ORDER,
            $crate::domain::field::Kind::Word(&[
                $crate::domain::field::Choice::new("false", words::NEWEST_FIRST),
                $crate::domain::field::Choice::new("true", words::OLDEST_FIRST),
            ]),
            "Y-FIND",
        )
        .omitted("false");
        /// Only messages of these types.
        pub static TYPES: Field = Field::query(
            "message_type",
            words::TYPES,
            $crate::domain::field::Kind::Ids(
                &$crate::vendors::yunxin::ids::NUMBER,
                $crate::domain::field::Items::Commas,
            ),
            "Y-FIND",
        )
        .hint(words::TYPES_HINT);
    };
}
pub(super) use listing_fields;
