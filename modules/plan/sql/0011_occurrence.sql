-- A line falls due once, or once a period: each time is reported, closed and late on its own (house.md §5). The state
-- of the line itself is what its occurrences make of it.
-- distributed by authority_id
create table plan_occurrence (
    authority_id bigint not null,
    id bigint not null,
    assignment_id bigint not null,
    -- the line's, so that what is late is found without it; its activity or duty is the subject
    plan_id bigint not null,
    subject_id bigint not null,
    unit_id bigint not null,
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
    constraint plan_occurrence_pkey primary key (authority_id, id),
    constraint plan_occurrence_period_key unique (authority_id, assignment_id, period_from, period_to),
    constraint plan_occurrence_assignment_fkey foreign key (authority_id, assignment_id)
        references plan_assignment (authority_id, id),
    constraint plan_occurrence_state_check check (state in ('open', 'reported', 'closed', 'ended'))
);
create index plan_occurrence_plan_index on plan_occurrence
    (authority_id, plan_id, state, due_on, subject_id, unit_id, assignment_id);
create index plan_occurrence_closed_index on plan_occurrence (authority_id, plan_id, closed_on);
create index plan_occurrence_unit_index on plan_occurrence (authority_id, unit_id, state, due_on);

-- Lines of plans that are in force already, each with the one day its deadline ends on; what recurs is spread over its
-- periods when the plan is next amended.
insert into plan_occurrence (authority_id, id, assignment_id, plan_id, subject_id, unit_id, printed_on, due_on, state, reported_at,
    reported_by, closed_on, reason, version)
select s.authority_id, s.id, s.id, s.plan_id, coalesce(s.activity_id, s.duty_id), s.unit_id,
    (select min(l.to_date) from plan_deadline l join plan_plan p on p.authority_id = l.authority_id and p.id = s.plan_id
        where l.authority_id = s.authority_id and l.revision_id = p.issued_revision_id
            and (l.activity_id = s.activity_id or l.duty_id = s.duty_id)),
    (select min(l.to_date) from plan_deadline l join plan_plan p on p.authority_id = l.authority_id and p.id = s.plan_id
        where l.authority_id = s.authority_id and l.revision_id = p.issued_revision_id
            and (l.activity_id = s.activity_id or l.duty_id = s.duty_id)),
    s.state, s.reported_at, s.reported_by,
    -- the day was not kept: that of the last piece of evidence comes nearest
    case when s.state = 'closed' then (select max(e.done_on) from plan_evidence e
        where e.authority_id = s.authority_id and e.assignment_id = s.id and e.state = 'confirmed') end,
    s.reason, 1
from plan_assignment s;
alter table plan_assignment drop column reported_at;
alter table plan_assignment drop column reported_by;
alter table plan_assignment drop column reason;

-- What the unit says to being given the line: null nothing yet, 'accepted', 'returned' with its reason; and the person
-- of the unit who looks after it.
alter table plan_assignment add column answer text;
alter table plan_assignment add column answer_reason text;
alter table plan_assignment add column answered_at bigint;
alter table plan_assignment add column answered_by bigint;
alter table plan_assignment add column person_id bigint;
