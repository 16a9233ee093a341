-- Who is who: authorities, their units as they were on each day, people, sessions, and the timeline.
-- Days: valid_from is the first day, valid_to the first day on which it is no more.

-- A People's Committee that issues documents: the tenant.
-- reference
create table identity_authority (
    id bigint not null,
    name text not null,
    short_name text not null,
    level text not null,
    parent_authority_id bigint,
    place text not null,
    hamlet_word text not null,
    portal_host text,
    valid_from text not null,
    valid_to text,
    demonstration bigint not null,
    version bigint not null,
    constraint identity_authority_pkey primary key (id),
    constraint identity_authority_parent_fkey foreign key (parent_authority_id)
        references identity_authority (id),
    constraint identity_authority_host_key unique (portal_host),
    constraint identity_authority_level_check check (level in ('province', 'district', 'commune'))
);

-- reference
create table identity_unit (
    authority_id bigint not null,
    id bigint not null,
    parent_id bigint,
    kind text not null,
    valid_from text not null,
    valid_to text,
    closing text,
    represents_authority_id bigint,
    headcount bigint,
    population bigint,
    position bigint not null,
    version bigint not null,
    constraint identity_unit_pkey primary key (authority_id, id),
    constraint identity_unit_authority_fkey foreign key (authority_id) references identity_authority (id),
    constraint identity_unit_parent_fkey foreign key (authority_id, parent_id)
        references identity_unit (authority_id, id),
    constraint identity_unit_represents_fkey foreign key (represents_authority_id)
        references identity_authority (id),
    constraint identity_unit_dates_check check (valid_to is null or valid_from < valid_to),
    constraint identity_unit_closing_check check (
        (closing is null) = (valid_to is null)
        and (closing is null
            or closing in ('dissolved', 'renamed', 'replaced', 'merged', 'split', 'transferred')))
);
create index identity_unit_parent on identity_unit (authority_id, parent_id);
create unique index identity_unit_root on identity_unit (authority_id) where parent_id is null;

-- A class reference: "các cơ quan chuyên môn". Its members are those of its kinds, or listed.
-- reference
create table identity_unit_group (
    authority_id bigint not null,
    id bigint not null,
    name text not null,
    version bigint not null,
    constraint identity_unit_group_pkey primary key (authority_id, id),
    constraint identity_unit_group_authority_fkey foreign key (authority_id)
        references identity_authority (id)
);

-- reference
create table identity_unit_group_kind (
    authority_id bigint not null,
    group_id bigint not null,
    kind text not null,
    constraint identity_unit_group_kind_pkey primary key (authority_id, group_id, kind),
    constraint identity_unit_group_kind_group_fkey foreign key (authority_id, group_id)
        references identity_unit_group (authority_id, id)
);

-- A listed member counts on the days on which the unit is open and this row holds.
-- reference
create table identity_unit_group_member (
    authority_id bigint not null,
    group_id bigint not null,
    unit_id bigint not null,
    valid_from text not null,
    valid_to text,
    constraint identity_unit_group_member_pkey primary key (authority_id, group_id, unit_id),
    constraint identity_unit_group_member_group_fkey foreign key (authority_id, group_id)
        references identity_unit_group (authority_id, id),
    constraint identity_unit_group_member_unit_fkey foreign key (authority_id, unit_id)
        references identity_unit (authority_id, id)
);

-- How a unit or a group is called. Official names of a unit follow each other without a gap; the last one
-- has no valid_to. Aliases hold for every day.
-- reference
create table identity_unit_name (
    authority_id bigint not null,
    id bigint not null,
    unit_id bigint,
    group_id bigint,
    kind text not null,
    name text not null,
    short_name text not null,
    compare_key text not null,
    source text not null,
    added_by bigint not null,
    added_at bigint not null,
    valid_from text not null,
    valid_to text,
    constraint identity_unit_name_pkey primary key (authority_id, id),
    constraint identity_unit_name_unit_fkey foreign key (authority_id, unit_id)
        references identity_unit (authority_id, id),
    constraint identity_unit_name_group_fkey foreign key (authority_id, group_id)
        references identity_unit_group (authority_id, id),
    constraint identity_unit_name_owner_check check ((unit_id is null) <> (group_id is null)),
    constraint identity_unit_name_kind_check check (kind in ('official', 'alias')),
    constraint identity_unit_name_source_check check (source in ('given', 'review'))
);
create unique index identity_unit_name_current on identity_unit_name (authority_id, unit_id)
    where kind = 'official' and valid_to is null and unit_id is not null;
create index identity_unit_name_unit on identity_unit_name (authority_id, unit_id);
create index identity_unit_name_key on identity_unit_name (authority_id, compare_key);

-- Each official name of each unit, beside the unit: on any day exactly one of them holds.
create view identity_named_unit as
select u.authority_id, u.id, u.parent_id, u.kind, n.name, n.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version,
    n.valid_from as name_from, n.valid_to as name_to
from identity_unit u
join identity_unit_name n on n.authority_id = u.authority_id and n.unit_id = u.id and n.kind = 'official';

-- From a unit that has ended to one that carries on, perhaps another authority's.
-- reference
create table identity_unit_link (
    authority_id bigint not null,
    unit_id bigint not null,
    successor_authority_id bigint not null,
    successor_id bigint not null,
    kind text not null,
    date text not null,
    share bigint,
    constraint identity_unit_link_pkey
        primary key (authority_id, unit_id, successor_authority_id, successor_id),
    constraint identity_unit_link_unit_fkey foreign key (authority_id, unit_id)
        references identity_unit (authority_id, id),
    constraint identity_unit_link_successor_fkey foreign key (successor_authority_id, successor_id)
        references identity_unit (authority_id, id),
    constraint identity_unit_link_share_check check (share is null or share between 1 and 100)
);
create index identity_unit_link_successor on identity_unit_link (successor_authority_id, successor_id);

-- A person is one nation-wide; the home authority looks after the account.
-- reference
create table identity_person (
    id bigint not null,
    name text not null,
    sign_in_name text not null,
    search_key text not null,
    active bigint not null,
    home_authority_id bigint not null,
    created_at bigint not null,
    version bigint not null,
    constraint identity_person_pkey primary key (id),
    constraint identity_person_home_fkey foreign key (home_authority_id) references identity_authority (id)
);

-- The sign-in name, unique nation-wide because the table is distributed by it (citus.md S10). No password
-- hash: the account is there and can't be used yet.
-- distributed by sign_in_name
create table identity_credential (
    sign_in_name text not null,
    person_id bigint not null,
    password_hash text,
    changed_at bigint not null,
    constraint identity_credential_pkey primary key (sign_in_name),
    constraint identity_credential_person_fkey foreign key (person_id) references identity_person (id)
);

-- distributed by authority_id
create table identity_membership (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    unit_id bigint not null,
    role text not null,
    position text not null,
    valid_from text not null,
    valid_to text,
    constraint identity_membership_pkey primary key (authority_id, id),
    constraint identity_membership_unit_fkey foreign key (authority_id, unit_id)
        references identity_unit (authority_id, id),
    constraint identity_membership_person_fkey foreign key (person_id) references identity_person (id),
    constraint identity_membership_key unique (authority_id, person_id, unit_id, role, valid_from),
    constraint identity_membership_dates_check check (valid_to is null or valid_from <= valid_to)
);
create index identity_membership_unit on identity_membership (authority_id, unit_id);
create index identity_membership_person on identity_membership (person_id);

-- token_hash: SHA-256 of the cookie's token, which is kept nowhere.
-- distributed by token_hash
create table identity_session (
    token_hash text not null,
    person_id bigint not null,
    acting_authority_id bigint not null,
    created_at bigint not null,
    seen_at bigint not null,
    address text not null,
    agent text not null,
    constraint identity_session_pkey primary key (token_hash),
    constraint identity_session_person_fkey foreign key (person_id) references identity_person (id)
);
create index identity_session_person on identity_session (person_id);
create index identity_session_seen on identity_session (seen_at);

-- A browser in which the person has signed in before.
-- distributed by device_hash
create table identity_device (
    device_hash text not null,
    person_id bigint not null,
    seen_at bigint not null,
    constraint identity_device_pkey primary key (device_hash),
    constraint identity_device_person_fkey foreign key (person_id) references identity_person (id)
);

-- Failed sign-ins, counted by what they have in common; the key is hashed, so no name stands here.
-- distributed by throttle_key
create table identity_throttle (
    throttle_key text not null,
    failures bigint not null,
    counted_at bigint not null,
    open_at bigint not null,
    constraint identity_throttle_pkey primary key (throttle_key)
);
create index identity_throttle_counted on identity_throttle (counted_at);

-- Forms that have been handled, and where their answers led.
-- distributed by authority_id
create table identity_answer (
    authority_id bigint not null,
    person_id bigint not null,
    request_id text not null,
    location text not null,
    answered_at bigint not null,
    constraint identity_answer_pkey primary key (authority_id, person_id, request_id)
);
create index identity_answer_time on identity_answer (answered_at);

-- What was done. block is set once, by the sealing job; authority_id 0 is the installation itself.
-- distributed by authority_id
create table identity_timeline_line (
    authority_id bigint not null,
    id bigint not null,
    at bigint not null,
    person_id bigint not null,
    event text not null,
    subject_kind text not null,
    subject_authority_id bigint not null,
    subject_id bigint not null,
    changes text not null,
    personal_digest text not null,
    block bigint,
    constraint identity_timeline_line_pkey primary key (authority_id, id)
);
create index identity_timeline_line_subject
    on identity_timeline_line (authority_id, subject_kind, subject_id, id);
create index identity_timeline_line_block on identity_timeline_line (authority_id, block, id);
create index identity_timeline_line_open on identity_timeline_line (authority_id, id) where block is null;

-- The part of a line that a person may have erased; the line holds the digest of salt and content.
-- distributed by authority_id
create table identity_timeline_personal (
    authority_id bigint not null,
    line_id bigint not null,
    salt text not null,
    content text not null,
    constraint identity_timeline_personal_pkey primary key (authority_id, line_id),
    constraint identity_timeline_personal_line_fkey foreign key (authority_id, line_id)
        references identity_timeline_line (authority_id, id)
);

-- distributed by authority_id
create table identity_timeline_block (
    authority_id bigint not null,
    ordinal bigint not null,
    previous_hash text not null,
    hash text not null,
    line_count bigint not null,
    sealed_at bigint not null,
    constraint identity_timeline_block_pkey primary key (authority_id, ordinal)
);

-- Days off that have the same date each year (Labour Code 45/2019/QH14, Art. 112).
-- reference
create table identity_fixed_holiday (
    month bigint not null,
    day bigint not null,
    name text not null,
    constraint identity_fixed_holiday_pkey primary key (month, day)
);
insert into identity_fixed_holiday (month, day, name) values
    (1, 1, 'Tết Dương lịch'),
    (4, 30, 'Ngày Chiến thắng'),
    (5, 1, 'Ngày Quốc tế lao động'),
    (9, 2, 'Quốc khánh');

-- Days that are decided year by year: Tết, Giỗ Tổ, the second day of Quốc khánh, swapped days.
-- reference
create table identity_special_day (
    day text not null,
    kind text not null,
    name text not null,
    constraint identity_special_day_pkey primary key (day),
    constraint identity_special_day_kind_check check (kind in ('holiday', 'working_day'))
);
