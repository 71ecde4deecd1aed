-- What is to be done in the background. A job is written in the transaction of its cause, and this row is the truth about it: the queue that
-- carries it to a worker may lose it, double it or be thrown away.
create table jobs (
    id {uuid} primary key not null,
    kind text not null,
    payload {json} not null,
    -- A second row with the same key is not written: two workers that hear the same hour strike write one job.
    unique_key text unique,
    status text not null check (status in ('queued', 'running', 'done', 'dead')),
    -- How often a worker took it up. A worker writes to it only while this is the number that it made.
    attempts bigint not null default 0,
    -- It is not tried more often than that.
    max_attempts bigint not null,
    last_error text,
    -- When it is to run: at once, or after the pause that follows a failure.
    due_at bigint not null,
    -- Until then nobody hands it out: it is not due, or on its way to a worker, or in a worker's hands. After it, that worker died.
    available_at bigint not null,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint
);
create index jobs_due on jobs (available_at, id) where finished_at is null;
create index jobs_newest on jobs (created_at desc, id desc);
create index jobs_status on jobs (status, created_at desc, id desc);
create index jobs_finished on jobs (finished_at) where finished_at is not null;

-- Variants of which staff knows that there are few; the row goes when there are enough again.
create table low_stock_notices (
    variant_id {uuid} primary key not null references variants (id) on delete cascade,
    noticed_at bigint not null
);
