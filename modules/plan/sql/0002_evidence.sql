-- What is done for an assignment, and how far that reaches its targets (house.md §5; ADR 0009).

-- What one unit has to reach: the confirmed lines of evidence are held against it. Its id stays the same through
-- amendments, so that what was done keeps counting.
-- distributed by authority_id
create table plan_assignment_target (
    authority_id bigint not null,
    id bigint not null,
    assignment_id bigint not null,
    position integer not null,
    text text not null,
    comparator text not null,
    value_thousandths bigint not null,
    unit_word text not null,
    period text,
    -- how often the period comes in the activity's time: "mỗi tháng", April to December, is 9; 1 without a period
    times integer not null,
    -- null: the plan's own words; else who gave this unit its share
    added_by bigint,
    added_at bigint,
    -- no longer asked for; kept because evidence counts towards it
    dropped integer not null,
    constraint plan_assignment_target_pkey primary key (authority_id, id),
    constraint plan_assignment_target_assignment_fkey foreign key (authority_id, assignment_id)
        references plan_assignment (authority_id, id),
    constraint plan_assignment_target_comparator_check
        check (comparator in ('at_least', 'exactly', 'about', 'more_than', 'increase')),
    constraint plan_assignment_target_period_check
        check (period in ('day', 'week', 'month', 'quarter', 'half_year', 'year')),
    constraint plan_assignment_target_times_check check (times > 0)
);
create index plan_assignment_target_index on plan_assignment_target (authority_id, assignment_id);

-- One thing that was done: what, when, where, by which channel. It counts once the aggregating office has
-- confirmed it. Its files are media's, owned by the Ref plan.evidence.
-- distributed by authority_id
create table plan_evidence (
    authority_id bigint not null,
    id bigint not null,
    assignment_id bigint not null,
    what text not null,
    done_on text not null,
    place text,
    channel_id bigint,
    state text not null,
    -- why it was returned or withdrawn
    reason text,
    submitted_at bigint not null,
    submitted_by bigint not null,
    decided_at bigint,
    decided_by bigint,
    version integer not null,
    constraint plan_evidence_pkey primary key (authority_id, id),
    constraint plan_evidence_assignment_fkey foreign key (authority_id, assignment_id)
        references plan_assignment (authority_id, id),
    constraint plan_evidence_channel_fkey foreign key (authority_id, channel_id)
        references plan_channel (authority_id, id),
    constraint plan_evidence_state_check check (state in ('submitted', 'confirmed', 'returned', 'withdrawn'))
);
create index plan_evidence_assignment_index on plan_evidence (authority_id, assignment_id);

-- How much of it counts towards which target.
-- distributed by authority_id
create table plan_evidence_line (
    authority_id bigint not null,
    evidence_id bigint not null,
    target_id bigint not null,
    quantity_thousandths bigint not null,
    constraint plan_evidence_line_pkey primary key (authority_id, evidence_id, target_id),
    constraint plan_evidence_line_evidence_fkey foreign key (authority_id, evidence_id)
        references plan_evidence (authority_id, id),
    constraint plan_evidence_line_target_fkey foreign key (authority_id, target_id)
        references plan_assignment_target (authority_id, id),
    constraint plan_evidence_line_quantity_check check (quantity_thousandths > 0)
);
create index plan_evidence_line_target_index on plan_evidence_line (authority_id, target_id);

-- What it told. A piece with several topics shows under each and is counted once.
-- distributed by authority_id
create table plan_evidence_topic (
    authority_id bigint not null,
    evidence_id bigint not null,
    topic_id bigint not null,
    constraint plan_evidence_topic_pkey primary key (authority_id, evidence_id, topic_id),
    constraint plan_evidence_topic_evidence_fkey foreign key (authority_id, evidence_id)
        references plan_evidence (authority_id, id),
    constraint plan_evidence_topic_topic_fkey foreign key (authority_id, topic_id)
        references plan_topic (authority_id, id)
);

-- The numbers that evidence of a kind brings ("plan.participants"). Indicators, matrix and reports read these, never
-- a kind's own fields (house.md §5).
-- distributed by authority_id
create table plan_measure_value (
    authority_id bigint not null,
    evidence_id bigint not null,
    measure text not null,
    value_thousandths bigint not null,
    constraint plan_measure_value_pkey primary key (authority_id, evidence_id, measure),
    constraint plan_measure_value_evidence_fkey foreign key (authority_id, evidence_id)
        references plan_evidence (authority_id, id)
);
create index plan_measure_value_measure_index on plan_measure_value (authority_id, measure);
