-- New columns have defaults: a process of the version before writes on as it did.
alter table users add column language text not null default 'en';
alter table orders add column language text not null default 'en';
alter table mails
    add column order_id uuid references orders (id),
    -- What the mail says, part by part: text and HTML are made of it.
    add column content jsonb,
    -- When it is tried next; while it is being sent, until when it is one worker's. Null where nothing is left to do.
    add column next_at bigint,
    -- How often staff had it sent again: each time it is another message.
    add column resent integer not null default 0,
    drop constraint mails_status_check,
    add constraint mails_status_check check (status in ('kept', 'queued', 'sending', 'sent', 'failed')),
    add constraint mails_next_at_check check ((next_at is not null) = (status in ('queued', 'sending')));
create index mails_due on mails (next_at, id) where next_at is not null;
create index mails_order on mails (order_id) where order_id is not null;
