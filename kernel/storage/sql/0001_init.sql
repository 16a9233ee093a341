-- Node numbers in use; a lease that has run out may be taken over.
-- local
create table storage_node_lease (
    node bigint not null,
    holder bigint not null,
    lease_until bigint not null,
    constraint storage_node_lease_pkey primary key (node)
);
