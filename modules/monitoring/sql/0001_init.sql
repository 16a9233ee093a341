-- Who was reminded of what: one row for each time that a line falls due and each step, so that nobody is told twice.
-- distributed by authority_id
create table monitoring_reminder (
    authority_id bigint not null,
    id bigint not null,
    occurrence_id bigint not null,
    assignment_id bigint not null,
    unit_id bigint not null,
    -- "-3", "0", "2": a step of the ladder, by its days after the due day; "letter", "leaders"; "by hand 2026-04-12":
    -- somebody pressed the button
    step text not null,
    -- the day that it fell due then: once the day has moved the ladder begins anew
    due_on text not null,
    at bigint not null,
    -- who pressed it; null: the ladder
    person_id bigint,
    constraint monitoring_reminder_pkey primary key (authority_id, id),
    constraint monitoring_reminder_step_key unique (authority_id, occurrence_id, step, due_on)
);

-- When an authority urges its units; without rows as a new Ladder is.
-- distributed by authority_id
create table monitoring_ladder_step (
    authority_id bigint not null,
    act text not null,
    -- days after the due day; before it, where negative
    days integer not null,
    constraint monitoring_ladder_step_pkey primary key (authority_id, act, days),
    constraint monitoring_ladder_step_act_check check (act in ('notice', 'letter', 'leaders'))
);

-- The official letter to units that are late: drafted by the ladder, numbered and issued by the office that puts the plan's
-- work together. Until then a line that is reported drops off; issued it stays as it is.
-- distributed by authority_id
create table monitoring_urging_letter (
    authority_id bigint not null,
    id bigint not null,
    -- the office that sends it
    unit_id bigint not null,
    state text not null,
    number text,
    issued_on text,
    -- by when the units are to answer
    reply_by text,
    created_at bigint not null,
    issued_by bigint,
    version integer not null,
    constraint monitoring_urging_letter_pkey primary key (authority_id, id),
    constraint monitoring_urging_letter_state_check check (state in ('draft', 'issued', 'cancelled'))
);
create index monitoring_urging_letter_unit_index on monitoring_urging_letter (authority_id, unit_id, state);

-- distributed by authority_id
create table monitoring_urging_letter_line (
    authority_id bigint not null,
    letter_id bigint not null,
    occurrence_id bigint not null,
    unit_id bigint not null,
    -- as it was when the letter was issued, null before: what was said stays said
    due_on text,
    title text,
    unit_name text,
    plan_title text,
    plan_number text,
    plan_issued_on text,
    constraint monitoring_urging_letter_line_pkey primary key (authority_id, letter_id, occurrence_id),
    constraint monitoring_urging_letter_line_letter_fkey foreign key (authority_id, letter_id)
        references monitoring_urging_letter (authority_id, id)
);
