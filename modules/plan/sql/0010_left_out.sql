-- Left out of a draft by a person, who may still keep it; gone when the draft goes to the leader.
alter table plan_clause add column dropped integer not null default 0;
