-- What a plan asks of a unit that ends passes to those who carry on, as an officer confirmed it (docs/adr/0027).
-- distributed by authority_id
create table plan_passing (
    authority_id bigint not null,
    plan_id bigint not null,
    -- the unit that ends, and who takes over what nobody else is named for
    unit_id bigint not null,
    successor_unit_id bigint not null,
    -- the decision that ends it: "Nghị quyết 1663/NQ-UBTVQH15"; empty: none is known
    basis text not null,
    confirmed_at bigint not null,
    confirmed_by bigint not null,
    -- the day from which it holds; null: that day is still to come
    carried_out_on text,
    version integer not null,
    constraint plan_passing_pkey primary key (authority_id, plan_id, unit_id),
    constraint plan_passing_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id)
);
create index plan_passing_unit_index on plan_passing (authority_id, unit_id);

-- Who takes over one activity or duty instead; several: the first has what was done so far, the others begin with the day.
-- distributed by authority_id
create table plan_passing_line (
    authority_id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    subject_id bigint not null,
    position integer not null,
    successor_unit_id bigint not null,
    constraint plan_passing_line_pkey primary key (authority_id, plan_id, unit_id, subject_id, position),
    constraint plan_passing_line_passing_fkey foreign key (authority_id, plan_id, unit_id)
        references plan_passing (authority_id, plan_id, unit_id)
);

-- The successor's line that this one went into, with what was done of it.
alter table plan_assignment add column passed_to_id bigint;
create index plan_assignment_passed_index on plan_assignment (authority_id, passed_to_id);

-- The unit that did it, where that is not the line's unit any more.
alter table plan_evidence add column unit_id bigint;

-- What a lower committee did of a target counts wherever the target has gone.
create index plan_child_result_target_index on plan_child_result (authority_id, target_id);

-- A line that several units' lines went into has a period once for each of them: whose it was is part of the key. A table's
-- key can't be changed on SQLite, so the table is made anew; the copy lives only in this file.
-- distributed by authority_id
create table plan_occurrence_copy (
    authority_id bigint not null,
    id bigint not null,
    assignment_id bigint not null,
    plan_id bigint not null,
    subject_id bigint not null,
    unit_id bigint not null,
    period_from text,
    period_to text,
    printed_on text,
    due_on text,
    state text not null,
    reported_at bigint,
    reported_by bigint,
    closed_on text,
    reason text,
    version integer not null,
    on_time integer,
    constraint plan_occurrence_copy_pkey primary key (authority_id, id)
);
insert into plan_occurrence_copy (authority_id, id, assignment_id, plan_id, subject_id, unit_id, period_from, period_to, printed_on,
    due_on, state, reported_at, reported_by, closed_on, reason, version, on_time)
select authority_id, id, assignment_id, plan_id, subject_id, unit_id, period_from, period_to, printed_on, due_on, state,
    reported_at, reported_by, closed_on, reason, version, on_time
from plan_occurrence;
drop table plan_occurrence;

-- distributed by authority_id
create table plan_occurrence (
    authority_id bigint not null,
    id bigint not null,
    assignment_id bigint not null,
    -- the line's, so that what is late is found without it; its activity or duty is the subject
    plan_id bigint not null,
    subject_id bigint not null,
    unit_id bigint not null,
    -- whose it was when it fell due or was reported: the line's unit, until its work passes to a successor
    due_unit_id bigint not null,
    -- first and last day of the period it is for; null: the one time there is
    period_from text,
    period_to text,
    -- the day the plan says; the day that counts, moved past days off where the authority says so; null: none is said
    printed_on text,
    due_on text,
    state text not null,
    -- when the unit said that it is done (on time is by this); null again once it is returned
    reported_at bigint,
    reported_by bigint,
    -- the day on which it was confirmed
    closed_on text,
    -- why it was returned, or why the accountable lead reported before the others
    reason text,
    version integer not null,
    -- whether it was reported by 24:00 of its day in Vietnam: 1 or 0; null while it is not reported, or has no day
    on_time integer,
    constraint plan_occurrence_pkey primary key (authority_id, id),
    constraint plan_occurrence_period_key unique (authority_id, assignment_id, period_from, period_to, due_unit_id),
    constraint plan_occurrence_assignment_fkey foreign key (authority_id, assignment_id)
        references plan_assignment (authority_id, id),
    constraint plan_occurrence_state_check check (state in ('open', 'reported', 'closed', 'ended'))
);
create index plan_occurrence_plan_index on plan_occurrence
    (authority_id, plan_id, state, due_on, subject_id, unit_id, assignment_id);
create index plan_occurrence_closed_index on plan_occurrence (authority_id, plan_id, closed_on);
create index plan_occurrence_unit_index on plan_occurrence (authority_id, unit_id, state, due_on);
create index plan_occurrence_due_index on plan_occurrence (authority_id, plan_id, coalesce(due_on, '9999-12-31'), id);
insert into plan_occurrence (authority_id, id, assignment_id, plan_id, subject_id, unit_id, due_unit_id, period_from, period_to,
    printed_on, due_on, state, reported_at, reported_by, closed_on, reason, version, on_time)
select authority_id, id, assignment_id, plan_id, subject_id, unit_id, unit_id, period_from, period_to, printed_on, due_on, state,
    reported_at, reported_by, closed_on, reason, version, on_time
from plan_occurrence_copy;
drop table plan_occurrence_copy;
