-- `if not exists`: where there are millions of votes it is made beforehand, `concurrently`.
create index if not exists review_votes_user on review_votes (user_id, review_id);
