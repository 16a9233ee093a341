-- Where the reader found the number, the day, the issuer and the rest of the head and foot of the paper, for the review
-- page to show: [{"field": "number", "first": 3, "last": 3}, …]; null: typed, or read before this was kept.
alter table plan_revision add column head_lines text;
