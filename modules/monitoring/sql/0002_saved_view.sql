-- A list as a person filtered it, under a name of hers.
-- distributed by authority_id
create table monitoring_saved_view (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    name text not null,
    -- where it leads: "/theo-doi/viec?tinh-trang=qua-han&don-vi=12"
    path text not null,
    created_at bigint not null,
    constraint monitoring_saved_view_pkey primary key (authority_id, id),
    constraint monitoring_saved_view_name_key unique (authority_id, person_id, name)
);
