-- ---- Backups ---------------------------------------------------------------------------------------------

-- name: backup_setting
select s.enabled, s.daily_at, s.keep, s.folder, s.sealed_key, s.key_fingerprint, s.changed_at, s.version
from app_backup_setting s
where s.authority_id = $1;

-- Nothing is touched when somebody else changed it meanwhile.
-- name: set_backup_setting
insert into app_backup_setting (authority_id, enabled, daily_at, keep, folder, sealed_key, key_fingerprint, changed_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1)
on conflict (authority_id) do update
set enabled = $2, daily_at = $3, keep = $4, folder = $5, sealed_key = $6, key_fingerprint = $7, changed_at = $8, version = $9 + 1
where app_backup_setting.version = $9;

-- name: add_backup
insert into app_backup_run (authority_id, id, path, state, origin, person_id, started_at, key_fingerprint)
values ($1, $2, $3, 'running', $4, $5, $6, $7);

-- name: end_backup
update app_backup_run
set state = $3, ended_at = $4, size = $5, lost_files = $6, problem = $7
where authority_id = $1 and id = $2 and state = 'running';

-- name: backup_by_id
select b.id, b.path, b.state, b.origin, b.person_id, b.started_at, b.ended_at, b.size, b.lost_files, b.key_fingerprint, b.problem
from app_backup_run b
where b.authority_id = $1 and b.id = $2;

-- name: backups
select b.id, b.path, b.state, b.origin, b.person_id, b.started_at, b.ended_at, b.size, b.lost_files, b.key_fingerprint, b.problem
from app_backup_run b
where b.authority_id = $1
order by b.started_at desc, b.id desc
limit $2;

-- name: last_scheduled_backup
select max(b.started_at) as started_at from app_backup_run b where b.authority_id = $1 and b.origin = 'schedule';

-- name: last_good_backup
select max(b.ended_at) as ended_at from app_backup_run b where b.authority_id = $1 and b.state = 'whole';

-- name: forget_backup
delete from app_backup_run where authority_id = $1 and id = $2;
