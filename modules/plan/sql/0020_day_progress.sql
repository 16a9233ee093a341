-- How much falls due on a day, and how much was confirmed on it: calendars read days, the chart of the year their months.
-- distributed by authority_id
create table plan_day_progress (
    authority_id bigint not null,
    plan_id bigint not null,
    day text not null,
    -- what falls due on it, by how it stands now
    open bigint not null,
    reported bigint not null,
    closed bigint not null,
    -- what was confirmed on it, whenever it fell due
    confirmed bigint not null,
    constraint plan_day_progress_pkey primary key (authority_id, plan_id, day)
);
insert into plan_day_progress (authority_id, plan_id, day, open, reported, closed, confirmed)
select d.authority_id, d.plan_id, d.day, sum(d.open), sum(d.reported), sum(d.closed), sum(d.confirmed)
from (
    select o.authority_id, o.plan_id, o.due_on as day, case when o.state = 'open' then 1 else 0 end as open,
        case when o.state = 'reported' then 1 else 0 end as reported, case when o.state = 'closed' then 1 else 0 end as closed,
        0 as confirmed
    from plan_occurrence o
    where o.state <> 'ended' and o.due_on is not null
    union all
    select o.authority_id, o.plan_id, o.closed_on as day, 0 as open, 0 as reported, 0 as closed, 1 as confirmed
    from plan_occurrence o
    where o.state <> 'ended' and o.closed_on is not null
) d
group by d.authority_id, d.plan_id, d.day;
drop table plan_month_progress;
