-- Files of products that staff handed in. The bytes wait here and not beside the pictures: every process has the database, a file is kept or
-- lost with its row, and nobody else can fetch it. They go as soon as the import is over.
create table imports (
    id {uuid} primary key not null,
    actor_id {uuid} references users (id) on delete set null,
    status text not null check (status in ('queued', 'running', 'done', 'failed')),
    file_name text not null,
    size bigint not null,
    content {bytes},
    format text,
    rows_total bigint not null default 0,
    rows_done bigint not null default 0,
    products_created bigint not null default 0,
    products_updated bigint not null default 0,
    products_unchanged bigint not null default 0,
    error_count bigint not null default 0,
    errors {json} not null,
    failure text,
    -- How often a worker took it up. A worker writes its progress only while this is the number it began with.
    attempts bigint not null default 0,
    -- Until then it is some worker's; after it, that worker died.
    claimed_until bigint not null default 0,
    created_at bigint not null,
    finished_at bigint
);
create index imports_newest on imports (created_at desc, id desc);
create index imports_waiting on imports (claimed_until, created_at, id) where finished_at is null;
create index imports_actor on imports (actor_id);
