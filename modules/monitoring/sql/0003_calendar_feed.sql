-- A calendar that programs fetch by an address nobody can guess: of all units of a person, or of one of them.
-- distributed by authority_id
create table monitoring_calendar_feed (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    -- 0: all units of the person
    unit_id bigint not null,
    -- the secret part of the address, sealed with the installation's keys
    secret text not null,
    created_at bigint not null,
    constraint monitoring_calendar_feed_pkey primary key (authority_id, id),
    constraint monitoring_calendar_feed_unit_key unique (authority_id, person_id, unit_id)
);
