-- How people get in, how far their roles reach, and who acts in whose place.

-- own_unit or subtree where a membership reaches less far than its role does; null: as far as the role.
alter table identity_membership add column scope text;

-- Where messages go; null until somebody enters it. email_confirmed_at: a link that was sent there has been used.
alter table identity_person add column email text;
alter table identity_person add column email_confirmed_at bigint;

-- While a session acts by a deputyship, its row.
alter table identity_session add column deputyship_id bigint;

-- The person in whose place it was done; 0: in one's own.
alter table identity_timeline_line add column acting_for_id bigint not null default 0;

-- deputy_id acts in the place of principal_id on the days from valid_from to the one before valid_to.
-- distributed by authority_id
create table identity_deputyship (
    authority_id bigint not null,
    id bigint not null,
    principal_id bigint not null,
    deputy_id bigint not null,
    valid_from text not null,
    valid_to text not null,
    reason text not null,
    appointed_by bigint not null,
    appointed_at bigint not null,
    constraint identity_deputyship_pkey primary key (authority_id, id),
    constraint identity_deputyship_principal_fkey foreign key (principal_id) references identity_person (id),
    constraint identity_deputyship_deputy_fkey foreign key (deputy_id) references identity_person (id),
    constraint identity_deputyship_persons_check check (principal_id <> deputy_id),
    constraint identity_deputyship_dates_check check (valid_from <= valid_to)
);
create index identity_deputyship_deputy on identity_deputyship (authority_id, deputy_id);
create index identity_deputyship_principal on identity_deputyship (authority_id, principal_id);

-- A single-use link that lets its holder set a password (invitation, reset) or confirm an address. token_hash: SHA-256 of
-- the token, which is kept nowhere. address: where it was sent, "" when it was handed over by hand.
-- distributed by token_hash
create table identity_account_link (
    token_hash text not null,
    person_id bigint not null,
    authority_id bigint not null,
    purpose text not null,
    address text not null,
    created_by bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint identity_account_link_pkey primary key (token_hash),
    constraint identity_account_link_person_fkey foreign key (person_id) references identity_person (id),
    constraint identity_account_link_purpose_check check (purpose in ('invitation', 'reset', 'email'))
);
create index identity_account_link_person on identity_account_link (person_id);
create index identity_account_link_expires on identity_account_link (expires_at);

-- The second factor (RFC 6238). sealed_secret is locked with the installation's keys; last_step is the time step of the
-- last code that was taken, so that none is taken twice. confirmed_at null: begun, and no code of it was entered yet.
-- distributed by person_id
create table identity_totp (
    person_id bigint not null,
    sealed_secret text not null,
    created_at bigint not null,
    confirmed_at bigint,
    last_step bigint not null,
    constraint identity_totp_pkey primary key (person_id),
    constraint identity_totp_person_fkey foreign key (person_id) references identity_person (id)
);

-- distributed by person_id
create table identity_recovery_code (
    person_id bigint not null,
    code_hash text not null,
    created_at bigint not null,
    used_at bigint,
    constraint identity_recovery_code_pkey primary key (person_id, code_hash),
    constraint identity_recovery_code_person_fkey foreign key (person_id) references identity_person (id)
);

-- A password was right and the second factor is still to come: what a browser holds between the two forms.
-- distributed by token_hash
create table identity_half_sign_in (
    token_hash text not null,
    person_id bigint not null,
    device_hash text not null,
    created_at bigint not null,
    expires_at bigint not null,
    constraint identity_half_sign_in_pkey primary key (token_hash),
    constraint identity_half_sign_in_person_fkey foreign key (person_id) references identity_person (id)
);
create index identity_half_sign_in_expires on identity_half_sign_in (expires_at);
