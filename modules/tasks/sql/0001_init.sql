-- A piece of work that a unit does for its line of a plan. It says who does what by when; how far the line is follows from
-- confirmed evidence alone (docs/adr/0009).
-- distributed by authority_id
create table tasks_task (
    authority_id bigint not null,
    id bigint not null,
    -- the line, and whose it is
    plan_id bigint not null,
    assignment_id bigint not null,
    unit_id bigint not null,
    title text not null,
    note text,
    state text not null,
    start_on text,
    due_on text,
    -- order among those of its state
    position bigint not null,
    created_at bigint not null,
    created_by bigint not null,
    -- when it was done or dropped
    closed_at bigint,
    -- the due day that its people have been told of
    reminded_on text,
    -- when it went into the trash; hidden until it is taken back
    trashed_at bigint,
    version integer not null,
    constraint tasks_task_pkey primary key (authority_id, id),
    constraint tasks_task_state_check check (state in ('to_do', 'doing', 'done', 'dropped'))
);
create index tasks_task_unit_index on tasks_task (authority_id, unit_id, state, position);
create index tasks_task_assignment_index on tasks_task (authority_id, assignment_id);
create index tasks_task_due_index on tasks_task (authority_id, state, due_on);

-- Who works on it; one of them answers for it.
-- distributed by authority_id
create table tasks_participant (
    authority_id bigint not null,
    task_id bigint not null,
    person_id bigint not null,
    responsible integer not null,
    constraint tasks_participant_pkey primary key (authority_id, task_id, person_id),
    constraint tasks_participant_task_fkey foreign key (authority_id, task_id) references tasks_task (authority_id, id)
);
create index tasks_participant_person_index on tasks_participant (authority_id, person_id);

-- distributed by authority_id
create table tasks_checklist_item (
    authority_id bigint not null,
    id bigint not null,
    task_id bigint not null,
    position bigint not null,
    text text not null,
    -- when and by whom it was ticked; null: it is still to do
    done_at bigint,
    done_by bigint,
    constraint tasks_checklist_item_pkey primary key (authority_id, id),
    constraint tasks_checklist_item_task_fkey foreign key (authority_id, task_id) references tasks_task (authority_id, id)
);
create index tasks_checklist_item_index on tasks_checklist_item (authority_id, task_id, position);

-- distributed by authority_id
create table tasks_comment (
    authority_id bigint not null,
    id bigint not null,
    task_id bigint not null,
    text text not null,
    person_id bigint not null,
    at bigint not null,
    constraint tasks_comment_pkey primary key (authority_id, id),
    constraint tasks_comment_task_fkey foreign key (authority_id, task_id) references tasks_task (authority_id, id)
);
create index tasks_comment_index on tasks_comment (authority_id, task_id);

-- Who was asked to read a comment.
-- distributed by authority_id
create table tasks_mention (
    authority_id bigint not null,
    comment_id bigint not null,
    person_id bigint not null,
    constraint tasks_mention_pkey primary key (authority_id, comment_id, person_id),
    constraint tasks_mention_comment_fkey foreign key (authority_id, comment_id) references tasks_comment (authority_id, id)
);

-- Tasks that a unit makes again and again: kept from those of one line. The shipped ones are data/templates.tsv.
-- distributed by authority_id
create table tasks_template (
    authority_id bigint not null,
    id bigint not null,
    unit_id bigint not null,
    name text not null,
    created_at bigint not null,
    created_by bigint not null,
    constraint tasks_template_pkey primary key (authority_id, id),
    constraint tasks_template_name_key unique (authority_id, unit_id, name)
);

-- distributed by authority_id
create table tasks_template_task (
    authority_id bigint not null,
    template_id bigint not null,
    position integer not null,
    title text not null,
    note text,
    -- its due day, counted back from the line's; null: none
    days_before integer,
    -- the items of its checklist, one a line
    checklist text,
    constraint tasks_template_task_pkey primary key (authority_id, template_id, position),
    constraint tasks_template_task_template_fkey foreign key (authority_id, template_id) references tasks_template (authority_id, id)
);
