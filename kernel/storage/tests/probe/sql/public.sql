create view probe_public_thing as
select t.id, t.name from probe_thing t where t.id < 1000;

create view probe_public_first as
select p.id from probe_public_thing p where p.id = 1;
