-- The spine: catalogues, plans, their revisions, what each revision says, and who is assigned what.
-- docs/adr/0008 says why words are kept under a revision while activities and duties keep their ids.

-- What can be told. Shipped with the eight contents of the source plan; an authority may change its own.
-- distributed by authority_id
create table plan_topic (
    authority_id bigint not null,
    id bigint not null,
    code text not null,
    name text not null,
    position integer not null,
    valid_from text not null,
    valid_to text,
    version integer not null,
    constraint plan_topic_pkey primary key (authority_id, id),
    constraint plan_topic_code_key unique (authority_id, code)
);

-- How it can be told. Shipped with the forms of Decree 49/2024/NĐ-CP and those of the source plan.
-- distributed by authority_id
create table plan_channel (
    authority_id bigint not null,
    id bigint not null,
    code text not null,
    name text not null,
    position integer not null,
    valid_from text not null,
    valid_to text,
    version integer not null,
    constraint plan_channel_pkey primary key (authority_id, id),
    constraint plan_channel_code_key unique (authority_id, code)
);

-- distributed by authority_id
create table plan_plan (
    authority_id bigint not null,
    id bigint not null,
    state text not null,
    title text not null,
    -- 0 while the paper names no year
    year_from integer not null,
    year_to integer not null,
    drafting_unit_id bigint not null,
    aggregating_unit_id bigint not null,
    -- the revision in force, once one is issued, and the one being worked on, while there is one
    issued_revision_id bigint,
    draft_revision_id bigint,
    parent_authority_id bigint,
    parent_plan_id bigint,
    created_at bigint not null,
    created_by bigint not null,
    version integer not null,
    constraint plan_plan_pkey primary key (authority_id, id),
    constraint plan_plan_state_check check (state in ('draft', 'issued', 'closed', 'withdrawn'))
);

-- One wording of the plan: the words of an issued revision never change.
-- distributed by authority_id
create table plan_revision (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    ordinal integer not null,
    kind text not null,
    state text not null,
    -- what the paper prints at its head and foot; null where it prints nothing
    document_type text,
    document_number text,
    document_symbol text,
    issuer text,
    place text,
    day integer,
    month integer,
    year integer,
    title text not null,
    decision text,
    signed_authority text,
    signed_on_behalf text,
    signer_position text,
    signer_name text,
    document_confirmed_by bigint,
    document_version integer not null,
    -- given at issue
    issued_number text,
    issued_on text,
    -- the file it was read from
    file_id bigint,
    file_name text,
    created_at bigint not null,
    created_by bigint not null,
    changed_at bigint not null,
    changed_by bigint not null,
    -- correct_reading: the first person proposes, a second one agrees
    reason text,
    proposed_by bigint,
    version integer not null,
    constraint plan_revision_pkey primary key (authority_id, id),
    constraint plan_revision_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id),
    constraint plan_revision_ordinal_key unique (authority_id, plan_id, ordinal),
    constraint plan_revision_kind_check check (kind in ('first', 'amendment', 'correction')),
    constraint plan_revision_state_check
        check (state in ('draft', 'under_review', 'approved', 'issued', 'withdrawn'))
);

-- The numbered lines the reader saw: what the review page shows beside the items.
-- distributed by authority_id
create table plan_source (
    authority_id bigint not null,
    revision_id bigint not null,
    lines text not null,
    constraint plan_source_pkey primary key (authority_id, revision_id),
    constraint plan_source_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id)
);

-- Every item of a revision that is words alone: legal bases, objectives, requirements, printed themes and
-- channels, budget and reporting clauses, recipients. One table, so that one set of acts reviews them all.
-- distributed by authority_id
create table plan_clause (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    kind text not null,
    position integer not null,
    text text not null,
    -- legal_basis only: the cited document, the parts of its date that are printed, and who issued it
    cited_number text,
    cited_issuer text,
    cited_day integer,
    cited_month integer,
    cited_year integer,
    -- reporting only: the body reported to, as printed
    reported_to text,
    confidence integer not null,
    first_line integer,
    last_line integer,
    confirmed_by bigint,
    changed_at bigint not null,
    changed_by bigint not null,
    version integer not null,
    constraint plan_clause_pkey primary key (authority_id, id),
    constraint plan_clause_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_clause_kind_check
        check (kind in ('legal_basis', 'objective', 'requirement', 'theme', 'channel', 'budget', 'reporting', 'recipient'))
);
create index plan_clause_revision_index on plan_clause (authority_id, revision_id, kind, position);

-- A printed theme or channel means these Topics; proposed by Loa until a person says yes.
-- distributed by authority_id
create table plan_clause_topic (
    authority_id bigint not null,
    clause_id bigint not null,
    topic_id bigint not null,
    confirmed_by bigint,
    constraint plan_clause_topic_pkey primary key (authority_id, clause_id, topic_id),
    constraint plan_clause_topic_clause_fkey foreign key (authority_id, clause_id)
        references plan_clause (authority_id, id) on delete cascade,
    constraint plan_clause_topic_topic_fkey foreign key (authority_id, topic_id)
        references plan_topic (authority_id, id)
);

-- distributed by authority_id
create table plan_clause_channel (
    authority_id bigint not null,
    clause_id bigint not null,
    channel_id bigint not null,
    confirmed_by bigint,
    constraint plan_clause_channel_pkey primary key (authority_id, clause_id, channel_id),
    constraint plan_clause_channel_clause_fkey foreign key (authority_id, clause_id)
        references plan_clause (authority_id, id) on delete cascade,
    constraint plan_clause_channel_channel_fkey foreign key (authority_id, channel_id)
        references plan_channel (authority_id, id)
);

-- The stable side of an activity: revisions come and go, this id and its kind stay.
-- distributed by authority_id
create table plan_activity (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    kind text not null,
    fields text not null,
    version integer not null,
    constraint plan_activity_pkey primary key (authority_id, id),
    constraint plan_activity_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id)
);
create index plan_activity_plan_index on plan_activity (authority_id, plan_id);

-- What one revision says of it. A dropped activity ("bãi bỏ") keeps its row.
-- distributed by authority_id
create table plan_activity_revision (
    authority_id bigint not null,
    revision_id bigint not null,
    activity_id bigint not null,
    position integer not null,
    ordinal text not null,
    title text not null,
    group_title text,
    content text,
    funding text,
    dropped integer not null,
    confidence integer not null,
    first_line integer,
    last_line integer,
    confirmed_by bigint,
    changed_at bigint not null,
    changed_by bigint not null,
    version integer not null,
    constraint plan_activity_revision_pkey primary key (authority_id, revision_id, activity_id),
    constraint plan_activity_revision_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_activity_revision_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id)
);

-- distributed by authority_id
create table plan_duty (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    constraint plan_duty_pkey primary key (authority_id, id),
    constraint plan_duty_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id)
);

-- distributed by authority_id
create table plan_duty_revision (
    authority_id bigint not null,
    revision_id bigint not null,
    duty_id bigint not null,
    position integer not null,
    text text not null,
    -- attached by a person: the work is then the activity's, and no standing assignment is made of it
    activity_id bigint,
    dropped integer not null,
    confidence integer not null,
    first_line integer,
    last_line integer,
    confirmed_by bigint,
    changed_at bigint not null,
    changed_by bigint not null,
    version integer not null,
    constraint plan_duty_revision_pkey primary key (authority_id, revision_id, duty_id),
    constraint plan_duty_revision_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_duty_revision_duty_fkey foreign key (authority_id, duty_id)
        references plan_duty (authority_id, id),
    constraint plan_duty_revision_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id)
);

-- Who is named for an activity or a duty, as printed, and which unit or group of units that is.
-- distributed by authority_id
create table plan_party (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    activity_id bigint,
    duty_id bigint,
    role text not null,
    position integer not null,
    name text not null,
    unit_id bigint,
    group_id bigint,
    -- among several leads the one who closes the activity
    accountable integer not null,
    -- who added it where the paper says nothing; null: it is printed
    added_by bigint,
    added_at bigint,
    constraint plan_party_pkey primary key (authority_id, id),
    constraint plan_party_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_party_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_party_duty_fkey foreign key (authority_id, duty_id)
        references plan_duty (authority_id, id),
    constraint plan_party_subject_check check ((activity_id is null) <> (duty_id is null)),
    constraint plan_party_target_check check (unit_id is null or group_id is null),
    constraint plan_party_role_check check (role in ('lead', 'partner', 'requested'))
);
create index plan_party_revision_index on plan_party (authority_id, revision_id);

-- distributed by authority_id
create table plan_deadline (
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
    constraint plan_deadline_pkey primary key (authority_id, id),
    constraint plan_deadline_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_deadline_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_deadline_duty_fkey foreign key (authority_id, duty_id)
        references plan_duty (authority_id, id),
    constraint plan_deadline_subject_check check ((activity_id is null) <> (duty_id is null)),
    constraint plan_deadline_kind_check
        check (kind in ('fixed', 'window', 'recurring', 'relative', 'continuous')),
    constraint plan_deadline_every_check
        check (every in ('day', 'week', 'month', 'quarter', 'half_year', 'year'))
);
create index plan_deadline_revision_index on plan_deadline (authority_id, revision_id);

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
    constraint plan_target_period_check check (period in ('week', 'month', 'quarter', 'year'))
);
create index plan_target_revision_index on plan_target (authority_id, revision_id);

-- distributed by authority_id
create table plan_product (
    authority_id bigint not null,
    id bigint not null,
    revision_id bigint not null,
    activity_id bigint not null,
    position integer not null,
    text text not null,
    added_by bigint,
    added_at bigint,
    constraint plan_product_pkey primary key (authority_id, id),
    constraint plan_product_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id),
    constraint plan_product_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id)
);
create index plan_product_revision_index on plan_product (authority_id, revision_id);

-- What an activity tells and how: always said by a person, never by the paper alone.
-- distributed by authority_id
create table plan_activity_topic (
    authority_id bigint not null,
    activity_id bigint not null,
    topic_id bigint not null,
    added_by bigint not null,
    added_at bigint not null,
    constraint plan_activity_topic_pkey primary key (authority_id, activity_id, topic_id),
    constraint plan_activity_topic_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_activity_topic_topic_fkey foreign key (authority_id, topic_id)
        references plan_topic (authority_id, id)
);

-- distributed by authority_id
create table plan_activity_channel (
    authority_id bigint not null,
    activity_id bigint not null,
    channel_id bigint not null,
    added_by bigint not null,
    added_at bigint not null,
    constraint plan_activity_channel_pkey primary key (authority_id, activity_id, channel_id),
    constraint plan_activity_channel_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_activity_channel_channel_fkey foreign key (authority_id, channel_id)
        references plan_channel (authority_id, id)
);

-- One per unit and activity or duty; its roles are a set, the strongest of which rules.
-- distributed by authority_id
create table plan_assignment (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    activity_id bigint,
    duty_id bigint,
    unit_id bigint not null,
    accountable integer not null,
    lead integer not null,
    partner integer not null,
    requested integer not null,
    state text not null,
    since_revision_id bigint not null,
    ended_revision_id bigint,
    -- when the unit said that its part is done (on time is by this), and why it was returned
    reported_at bigint,
    reported_by bigint,
    reason text,
    version integer not null,
    constraint plan_assignment_pkey primary key (authority_id, id),
    constraint plan_assignment_activity_key unique (authority_id, activity_id, unit_id),
    constraint plan_assignment_duty_key unique (authority_id, duty_id, unit_id),
    constraint plan_assignment_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id),
    constraint plan_assignment_activity_fkey foreign key (authority_id, activity_id)
        references plan_activity (authority_id, id),
    constraint plan_assignment_duty_fkey foreign key (authority_id, duty_id)
        references plan_duty (authority_id, id),
    constraint plan_assignment_subject_check check ((activity_id is null) <> (duty_id is null)),
    constraint plan_assignment_state_check check (state in ('open', 'reported', 'closed', 'ended'))
);
create index plan_assignment_unit_index on plan_assignment (authority_id, unit_id, state);
create index plan_assignment_plan_index on plan_assignment (authority_id, plan_id);

-- Each step of a revision through its states, with the reason the other side reads.
-- distributed by authority_id
create table plan_step (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    revision_id bigint not null,
    name text not null,
    person_id bigint not null,
    at bigint not null,
    reason text,
    constraint plan_step_pkey primary key (authority_id, id),
    constraint plan_step_revision_fkey foreign key (authority_id, revision_id)
        references plan_revision (authority_id, id)
);
create index plan_step_plan_index on plan_step (authority_id, plan_id, at);
