-- A line that was reported and then returned is urged anew: the version that its time had belongs to the key. A table's key
-- can't be changed on SQLite, so the table is made anew; the copy lives only in this file.
-- distributed by authority_id
create table monitoring_reminder_copy (
    authority_id bigint not null,
    id bigint not null,
    occurrence_id bigint not null,
    assignment_id bigint not null,
    unit_id bigint not null,
    step text not null,
    due_on text not null,
    at bigint not null,
    person_id bigint,
    constraint monitoring_reminder_copy_pkey primary key (authority_id, id)
);
insert into monitoring_reminder_copy (authority_id, id, occurrence_id, assignment_id, unit_id, step, due_on, at, person_id)
select authority_id, id, occurrence_id, assignment_id, unit_id, step, due_on, at, person_id from monitoring_reminder;
drop table monitoring_reminder;

-- Who was reminded of what: one row for each time that a line falls due, each step and each round of reporting, so that
-- nobody is told twice.
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
    -- the day that it fell due then
    due_on text not null,
    -- of the time that falls due: it is another one once it was returned, its day has moved, or others have the line; then
    -- the ladder begins anew
    occurrence_version bigint not null,
    at bigint not null,
    -- who pressed it; null: the ladder
    person_id bigint,
    constraint monitoring_reminder_pkey primary key (authority_id, id),
    constraint monitoring_reminder_step_key unique (authority_id, occurrence_id, step, due_on, occurrence_version)
);
-- What was done until now was done of the time as it stands.
insert into monitoring_reminder (authority_id, id, occurrence_id, assignment_id, unit_id, step, due_on, occurrence_version, at, person_id)
select r.authority_id, r.id, r.occurrence_id, r.assignment_id, r.unit_id, r.step, r.due_on,
    coalesce((select o.version from plan_occurrence o where o.authority_id = r.authority_id and o.id = r.occurrence_id), 0),
    r.at, r.person_id
from monitoring_reminder_copy r;
drop table monitoring_reminder_copy;

-- In which letters a line stands.
create index monitoring_urging_letter_line_occurrence_index on monitoring_urging_letter_line (authority_id, occurrence_id);

-- The day on which the office that sent the letter was told who has not answered it.
alter table monitoring_urging_letter add column unanswered_told_on text;

-- The last day on which an office was told what waits for its confirmation.
-- distributed by authority_id
create table monitoring_evidence_notice (
    authority_id bigint not null,
    unit_id bigint not null,
    told_on text not null,
    constraint monitoring_evidence_notice_pkey primary key (authority_id, unit_id)
);
