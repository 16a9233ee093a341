-- When a draft went into the trash; it is hidden until it is taken back, and gone once it is purged.
alter table plan_plan add column trashed_at bigint;
