-- A spreadsheet that was tried and may be taken over, of units or of people: content is the file in base64, digest tells
-- whether a trial today would be the one that was shown.
-- distributed by authority_id
create table identity_import (
    authority_id bigint not null,
    id bigint not null,
    kind text not null,
    file_name text not null,
    content text not null,
    sha256 text not null,
    digest text not null,
    person_id bigint not null,
    created_at bigint not null,
    applied_at bigint,
    constraint identity_import_pkey primary key (authority_id, id),
    constraint identity_import_authority_fkey foreign key (authority_id) references identity_authority (id),
    constraint identity_import_kind_check check (kind in ('units', 'people'))
);
create index identity_import_age on identity_import (created_at);
insert into identity_import (authority_id, id, kind, file_name, content, sha256, digest, person_id, created_at, applied_at)
select authority_id, id, 'units', file_name, content, sha256, tree_digest, person_id, created_at, applied_at
from identity_unit_import;
drop table identity_unit_import;
