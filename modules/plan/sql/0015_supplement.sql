-- Work that the paper does not have and a leader gives all the same: a draft until it is given, then an activity of the
-- revision in force that carries who added it, and when (docs/adr/0021).
-- distributed by authority_id
create table plan_supplement (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    state text not null,
    title text not null,
    unit_id bigint not null,
    topic_id bigint not null,
    channel_id bigint not null,
    -- as typed: "trước ngày 30/9", "mỗi tháng"; empty: none is said
    deadline text not null,
    target text not null,
    -- what it became
    activity_id bigint,
    created_at bigint not null,
    created_by bigint not null,
    changed_at bigint not null,
    changed_by bigint not null,
    version integer not null,
    constraint plan_supplement_pkey primary key (authority_id, id),
    constraint plan_supplement_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id),
    constraint plan_supplement_topic_fkey foreign key (authority_id, topic_id)
        references plan_topic (authority_id, id),
    constraint plan_supplement_channel_fkey foreign key (authority_id, channel_id)
        references plan_channel (authority_id, id),
    constraint plan_supplement_state_check check (state in ('draft', 'given', 'dropped'))
);
create index plan_supplement_plan_index on plan_supplement (authority_id, plan_id, state);

-- Null: the paper has it.
alter table plan_activity_revision add column added_by bigint;
alter table plan_activity_revision add column added_at bigint;
