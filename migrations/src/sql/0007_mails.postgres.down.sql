drop index mails_order;
drop index mails_due;
update mails set next_at = null, status = 'kept' where status in ('queued', 'sending');
alter table mails
    drop constraint mails_next_at_check,
    drop constraint mails_status_check,
    add constraint mails_status_check check (status in ('kept', 'sent', 'failed')),
    drop column resent,
    drop column next_at,
    drop column content,
    drop column order_id;
alter table orders drop column language;
alter table users drop column language;
