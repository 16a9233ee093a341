-- When a template went into the trash; it is hidden until it is taken back. Its name is its id meanwhile, so that another
-- may be kept under the name that it had, which is trashed_name.
alter table tasks_template add column trashed_at bigint;
alter table tasks_template add column trashed_name text;
