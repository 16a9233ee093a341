-- Who was reminded of what: one row for each time that a line falls due and each step, so that nobody is told twice.
-- distributed by authority_id
create table monitoring_reminder (
    authority_id bigint not null,
    id bigint not null,
    occurrence_id bigint not null,
    assignment_id bigint not null,
    unit_id bigint not null,
    -- "-3", "0", "2": a step of the ladder, by its days after the due day; "by hand 2026-04-12": somebody pressed the button
    step text not null,
    at bigint not null,
    -- who pressed it; null: the ladder
    person_id bigint,
    constraint monitoring_reminder_pkey primary key (authority_id, id),
    constraint monitoring_reminder_step_key unique (authority_id, occurrence_id, step)
);
create index monitoring_reminder_assignment_index on monitoring_reminder (authority_id, assignment_id);

-- When an authority reminds its units; without rows three days before, on the day, two days after.
-- distributed by authority_id
create table monitoring_ladder_step (
    authority_id bigint not null,
    -- days after the due day; before it, where negative
    days integer not null,
    constraint monitoring_ladder_step_pkey primary key (authority_id, days)
);
