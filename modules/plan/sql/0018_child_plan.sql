-- A lower committee's own plan of the lines that an upper one's plan gives it, and what of it goes up (docs/adr/0023).
-- What the first migration kept room for names no unit, and no revision that the lines were taken from.
alter table plan_plan drop column parent_authority_id;
alter table plan_plan drop column parent_plan_id;

-- In the lower authority: which of its plans carries out an upper one's. One for each unit that stands for it up there.
-- distributed by authority_id
create table plan_child_plan (
    authority_id bigint not null,
    parent_authority_id bigint not null,
    parent_plan_id bigint not null,
    parent_unit_id bigint not null,
    plan_id bigint not null,
    -- of the upper plan, the last one that its office has looked at
    parent_revision_id bigint not null,
    constraint plan_child_plan_pkey primary key (authority_id, parent_authority_id, parent_plan_id, parent_unit_id),
    constraint plan_child_plan_plan_key unique (authority_id, plan_id),
    constraint plan_child_plan_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id) on delete cascade
);

-- Which line up there an activity does. Several activities may do one line; none does two.
-- distributed by authority_id
create table plan_child_activity (
    authority_id bigint not null,
    activity_id bigint not null,
    plan_id bigint not null,
    parent_assignment_id bigint not null,
    constraint plan_child_activity_pkey primary key (authority_id, activity_id),
    constraint plan_child_activity_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id) on delete cascade
);
create index plan_child_activity_plan_index on plan_child_activity (authority_id, plan_id);

-- In the upper authority, all of it written by the job plan.report_up: how far the unit's own plan has come.
-- distributed by authority_id
create table plan_child_report (
    authority_id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    child_authority_id bigint not null,
    child_plan_id bigint not null,
    state text not null,
    -- "21/KH-UBND"; null until it is issued
    number text,
    issued_on text,
    constraint plan_child_report_pkey primary key (authority_id, plan_id, unit_id),
    constraint plan_child_report_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id) on delete cascade,
    constraint plan_child_report_state_check check (state in ('draft', 'issued', 'closed', 'withdrawn'))
);
create index plan_child_report_unit_index on plan_child_report (authority_id, unit_id);

-- A line that its unit does by its own plan: how many lines it gave out there, and how many of them are closed.
-- distributed by authority_id
create table plan_child_line (
    authority_id bigint not null,
    assignment_id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    lines bigint not null,
    closed bigint not null,
    constraint plan_child_line_pkey primary key (authority_id, assignment_id),
    constraint plan_child_line_assignment_fkey foreign key (authority_id, assignment_id)
        references plan_assignment (authority_id, id)
);
create index plan_child_line_plan_index on plan_child_line (authority_id, plan_id, unit_id);

-- What was confirmed there of such a line in a month, "2026-04": target 0 counts pieces of evidence, any other is one of
-- the line's own targets and its amount in thousandths.
-- distributed by authority_id
create table plan_child_result (
    authority_id bigint not null,
    assignment_id bigint not null,
    month text not null,
    target_id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    amount bigint not null,
    constraint plan_child_result_pkey primary key (authority_id, assignment_id, month, target_id)
);
create index plan_child_result_plan_index on plan_child_result (authority_id, plan_id, unit_id);
