-- `if not exists`: where there are millions of entries they are made beforehand, `concurrently`.
create index if not exists audit_actor on audit (actor_id, created_at desc, id desc);
create index if not exists audit_action on audit (action, created_at desc, id desc);
