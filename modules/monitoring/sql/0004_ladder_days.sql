-- How an authority's ladder counts its days: 'calendar', or 'working' ones; without a row by the calendar.
-- distributed by authority_id
create table monitoring_ladder (
    authority_id bigint not null,
    days text not null,
    constraint monitoring_ladder_pkey primary key (authority_id),
    constraint monitoring_ladder_days_check check (days in ('calendar', 'working'))
);
