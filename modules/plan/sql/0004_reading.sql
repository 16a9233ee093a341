-- What the reader knew beside the words: where each field of an activity stands, when a report is due, and what it
-- would have an officer look at. A table's check can't be changed on SQLite, so plan_deadline is made anew; the copy
-- lives only in this file.

-- [{"field": "leads", "first": 12, "last": 13}, …]; null: the item was typed, or read before this was kept
alter table plan_activity_revision add column field_lines text;

-- distributed by authority_id
create table plan_deadline_copy (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    activity_id bigint,
    duty_id bigint,
    text text not null,
    kind text not null,
    from_date text,
    to_date text,
    every text,
    due_day integer,
    due_month integer,
    added_by bigint,
    added_at bigint,
    constraint plan_deadline_copy_pkey primary key (authority_id, id)
);
insert into plan_deadline_copy (authority_id, id, revision_id, activity_id, duty_id, text, kind, from_date, to_date,
    every, due_day, due_month, added_by, added_at)
select authority_id, id, revision_id, activity_id, duty_id, text, kind, from_date, to_date, every, due_day, due_month,
    added_by, added_at
from plan_deadline;
drop table plan_deadline;

-- Of an activity, a duty or a clause that tells units to report: exactly one of the three.
-- distributed by authority_id
create table plan_deadline (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    activity_id bigint,
    duty_id bigint,
    clause_id bigint,
    text text not null,
    kind text not null,
    from_date text,
    to_date text,
    every text,
    due_day integer,
    due_month integer,
    added_by bigint,
    added_at bigint,
    constraint plan_deadline_pkey primary key (authority_id, id),
    constraint plan_deadline_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_deadline_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_deadline_duty_fkey foreign key (authority_id, duty_id)
        references plan_duty (authority_id, id),
    constraint plan_deadline_clause_fkey foreign key (authority_id, clause_id)
        references plan_clause (authority_id, id) on delete cascade,
    constraint plan_deadline_subject_check check (
        (case when activity_id is null then 0 else 1 end) + (case when duty_id is null then 0 else 1 end)
        + (case when clause_id is null then 0 else 1 end) = 1),
    constraint plan_deadline_kind_check
        check (kind in ('fixed', 'window', 'recurring', 'relative', 'continuous')),
    constraint plan_deadline_every_check
        check (every in ('day', 'week', 'month', 'quarter', 'half_year', 'year'))
);
create index plan_deadline_revision_index on plan_deadline (authority_id, revision_id);
insert into plan_deadline (authority_id, id, revision_id, activity_id, duty_id, text, kind, from_date, to_date, every,
    due_day, due_month, added_by, added_at)
select authority_id, id, revision_id, activity_id, duty_id, text, kind, from_date, to_date, every, due_day, due_month,
    added_by, added_at
from plan_deadline_copy;
drop table plan_deadline_copy;

-- What the reader found odd in the paper itself ("Phần III đánh số hai lần"). What the plan lacks is not here: the
-- pages see that from the plan.
-- distributed by authority_id
create table plan_warning (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    code text not null,
    -- the number or word it is about, as printed
    about text not null,
    first_line integer not null,
    last_line integer not null,
    constraint plan_warning_pkey primary key (authority_id, id),
    constraint plan_warning_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id)
);
create index plan_warning_revision_index on plan_warning (authority_id, revision_id);
