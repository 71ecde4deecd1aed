drop index audit_action;
drop index audit_actor;
