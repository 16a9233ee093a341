-- How far plans are, counted as lines are given out, reported and confirmed, so that dashboards read figures and not lines.
-- What is late is not counted: it becomes so without anybody writing.
-- distributed by authority_id
create table plan_unit_progress (
    authority_id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    -- lines the plan gives the unit now; of them reported by it, and confirmed
    lines bigint not null,
    reported bigint not null,
    closed bigint not null,
    constraint plan_unit_progress_pkey primary key (authority_id, plan_id, unit_id)
);

-- How often something falls due in a month, "2026-04", and how often something was confirmed in it.
-- distributed by authority_id
create table plan_month_progress (
    authority_id bigint not null,
    plan_id bigint not null,
    month text not null,
    due bigint not null,
    closed bigint not null,
    constraint plan_month_progress_pkey primary key (authority_id, plan_id, month)
);

insert into plan_unit_progress (authority_id, plan_id, unit_id, lines, reported, closed)
select s.authority_id, s.plan_id, s.unit_id, count(*), sum(case when s.state = 'reported' then 1 else 0 end),
    sum(case when s.state = 'closed' then 1 else 0 end)
from plan_assignment s
where s.state <> 'ended'
group by s.authority_id, s.plan_id, s.unit_id;
insert into plan_month_progress (authority_id, plan_id, month, due, closed)
select m.authority_id, m.plan_id, m.month, sum(m.due), sum(m.closed)
from (
    select o.authority_id, o.plan_id, substr(o.due_on, 1, 7) as month, 1 as due, 0 as closed
    from plan_occurrence o
    where o.state <> 'ended' and o.due_on is not null
    union all
    select o.authority_id, o.plan_id, substr(o.closed_on, 1, 7) as month, 0 as due, 1 as closed
    from plan_occurrence o
    where o.state <> 'ended' and o.closed_on is not null
) m
group by m.authority_id, m.plan_id, m.month;
