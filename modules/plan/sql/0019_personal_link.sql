-- A link by which one person, who has no account, answers for one unit in one plan (docs/adr/0024).
-- distributed by authority_id
create table plan_personal_link (
    authority_id bigint not null,
    id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    holder_name text not null,
    -- her telephone or mail address, to reach her; null: not given, or forgotten once the link is over
    contact text,
    -- of the secret that stands in the address; the secret itself is kept nowhere
    secret_hash text not null,
    -- the last day on which it is good
    expires_on text not null,
    -- who gave it, or renewed it last
    given_by bigint not null,
    given_at bigint not null,
    revoked_at bigint,
    revoked_by bigint,
    last_used_at bigint,
    -- the day of the last use, and how many uses that day saw
    used_on text,
    uses integer not null,
    version integer not null,
    constraint plan_personal_link_pkey primary key (authority_id, id),
    constraint plan_personal_link_secret_key unique (authority_id, secret_hash),
    constraint plan_personal_link_plan_fkey foreign key (authority_id, plan_id)
        references plan_plan (authority_id, id)
);
create index plan_personal_link_plan_index on plan_personal_link (authority_id, plan_id, unit_id);

-- The link by which it was sent, and who had given that; null: somebody with an account sent it.
alter table plan_evidence add column personal_link_id bigint;
alter table plan_evidence add column link_given_by bigint;
