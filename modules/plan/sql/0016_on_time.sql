-- Whether it was reported by 24:00 of its day in Vietnam: 1 or 0; null while it is not reported, or has no day.
alter table plan_occurrence add column on_time integer;
-- Days from 1970-01-01 to the due day, by the civil calendar's own arithmetic (a year begins in March), as the engines
-- share no function for it; the day ends 17 hours into its day in UTC.
update plan_occurrence set on_time = case when reported_at < (
    (cast(substr(due_on, 1, 4) as bigint) - case when cast(substr(due_on, 6, 2) as bigint) <= 2 then 1 else 0 end) * 365
    + (cast(substr(due_on, 1, 4) as bigint) - case when cast(substr(due_on, 6, 2) as bigint) <= 2 then 1 else 0 end) / 4
    - (cast(substr(due_on, 1, 4) as bigint) - case when cast(substr(due_on, 6, 2) as bigint) <= 2 then 1 else 0 end) / 100
    + (cast(substr(due_on, 1, 4) as bigint) - case when cast(substr(due_on, 6, 2) as bigint) <= 2 then 1 else 0 end) / 400
    + (153 * (cast(substr(due_on, 6, 2) as bigint) + case when cast(substr(due_on, 6, 2) as bigint) > 2 then -3 else 9 end) + 2) / 5
    + cast(substr(due_on, 9, 2) as bigint) - 1 - 719468
    + 1) * 86400000 - 25200000 then 1 else 0 end
where reported_at is not null and due_on is not null;

-- Lists of all lines walk plan by plan, in the order they were made.
create index plan_occurrence_made_index on plan_occurrence (authority_id, plan_id, id);
