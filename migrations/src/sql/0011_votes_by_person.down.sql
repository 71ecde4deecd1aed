drop index review_votes_user;
