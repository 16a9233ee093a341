-- A target may be a number for each day or half-year as well: "phát mỗi ngày 02 lượt". A table's check can't be
-- changed on SQLite, so the table is made anew; the copy lives only in this file.

-- distributed by authority_id
create table plan_target_copy (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    activity_id bigint not null,
    position integer not null,
    text text not null,
    comparator text not null,
    value_thousandths bigint not null,
    unit_word text not null,
    period text,
    added_by bigint,
    added_at bigint,
    constraint plan_target_copy_pkey primary key (authority_id, id)
);
insert into plan_target_copy (authority_id, id, revision_id, activity_id, position, text, comparator,
    value_thousandths, unit_word, period, added_by, added_at)
select authority_id, id, revision_id, activity_id, position, text, comparator, value_thousandths, unit_word, period,
    added_by, added_at
from plan_target;
drop table plan_target;

-- distributed by authority_id
create table plan_target (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    activity_id bigint not null,
    position integer not null,
    text text not null,
    comparator text not null,
    -- thousandths, so that "87,5%" is exact
    value_thousandths bigint not null,
    unit_word text not null,
    period text,
    added_by bigint,
    added_at bigint,
    constraint plan_target_pkey primary key (authority_id, id),
    constraint plan_target_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_target_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_target_comparator_check
        check (comparator in ('at_least', 'exactly', 'about', 'more_than', 'increase')),
    constraint plan_target_period_check
        check (period in ('day', 'week', 'month', 'quarter', 'half_year', 'year'))
);
create index plan_target_revision_index on plan_target (authority_id, revision_id);
insert into plan_target (authority_id, id, revision_id, activity_id, position, text, comparator, value_thousandths,
    unit_word, period, added_by, added_at)
select authority_id, id, revision_id, activity_id, position, text, comparator, value_thousandths, unit_word, period,
    added_by, added_at
from plan_target_copy;
drop table plan_target_copy;
