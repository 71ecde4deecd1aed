create table mails_old (
    id blob primary key not null,
    user_id blob references users (id) on delete set null,
    kind text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    secret_link text,
    status text not null default 'kept' check (status in ('kept', 'sent', 'failed')),
    attempts integer not null default 0,
    last_error text,
    created_at bigint not null,
    sent_at bigint
);
insert into mails_old (id, user_id, kind, recipient, subject, body, secret_link, status, attempts, last_error, created_at, sent_at)
select id, user_id, kind, recipient, subject, body, secret_link, iif(next_at is null, status, 'kept'), attempts, last_error, created_at, sent_at
from mails;
drop table mails;
alter table mails_old rename to mails;
create index mails_newest on mails (created_at desc, id desc);
create index mails_user on mails (user_id);
alter table orders drop column language;
alter table users drop column language;
