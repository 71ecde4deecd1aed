alter table users add column language text not null default 'en';
alter table orders add column language text not null default 'en';
-- SQLite cannot change a check, so the table is made anew.
create table mails_new (
    id blob primary key not null,
    user_id blob references users (id) on delete set null,
    order_id blob references orders (id),
    kind text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    -- What the mail says, part by part: text and HTML are made of it.
    content text,
    secret_link text,
    status text not null default 'kept' check (status in ('kept', 'queued', 'sending', 'sent', 'failed')),
    attempts integer not null default 0,
    last_error text,
    -- How often staff had it sent again: each time it is another message.
    resent integer not null default 0,
    created_at bigint not null,
    -- When it is tried next; while it is being sent, until when it is one worker's. Null where nothing is left to do.
    next_at bigint,
    sent_at bigint,
    check ((next_at is not null) = (status in ('queued', 'sending')))
);
insert into mails_new (id, user_id, kind, recipient, subject, body, secret_link, status, attempts, last_error, created_at, sent_at)
select id, user_id, kind, recipient, subject, body, secret_link, status, attempts, last_error, created_at, sent_at from mails;
drop table mails;
alter table mails_new rename to mails;
create index mails_newest on mails (created_at desc, id desc);
create index mails_user on mails (user_id);
create index mails_due on mails (next_at, id) where next_at is not null;
create index mails_order on mails (order_id) where order_id is not null;
