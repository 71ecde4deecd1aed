-- `if not exists`: where there are millions of carts it is made beforehand, `concurrently`.
create index if not exists carts_abandoned on carts (updated_at) where user_id is null and closed_at is null;
