-- Days off that are decided year by year, and days worked instead, as the authority has entered them from the decision
-- that says so. What the Labour Code fixes itself (Art. 111, 112) stands in calendar.cpp.
-- distributed by authority_id
create table identity_calendar_day (
    authority_id bigint not null,
    day text not null,
    occasion text not null,
    -- the decision or notice it was taken from
    citation text not null,
    constraint identity_calendar_day_pkey primary key (authority_id, day),
    constraint identity_calendar_day_occasion_check
        check (occasion in ('tet', 'hung_kings', 'national_day', 'exchanged', 'other', 'worked'))
);

-- Where a printed day that is a day off leaves the due day: 'as_printed', or on the 'next_working_day'.
alter table identity_authority add column due_days text not null default 'as_printed';

-- One calendar for a whole installation, which nothing read yet.
drop table identity_special_day;
drop table identity_fixed_holiday;
