-- name: applied_migrations
select m.owner, m.file, m.checksum from storage_migration m order by m.owner, m.file;

-- name: applied_migration
select m.checksum from storage_migration m where m.owner = $1 and m.file = $2;

-- name: add_migration
insert into storage_migration (owner, file, checksum) values ($1, $2, $3);

-- name: forget_public_views
delete from storage_migration where file = 'public.sql';

-- name: leased_nodes
select l.node from storage_node_lease l where l.lease_until > $1 order by l.node;

-- Only one process gets a number that has run out: the others touch no row.
-- name: lease_node
insert into storage_node_lease (node, holder, lease_until) values ($1, $2, $3)
on conflict (node) do update set holder = $2, lease_until = $3 where storage_node_lease.lease_until <= $4
returning node;

-- name: renew_node
update storage_node_lease set lease_until = $3 where node = $1 and holder = $2;

-- name: return_node
delete from storage_node_lease where node = $1 and holder = $2;
