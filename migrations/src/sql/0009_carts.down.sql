drop index carts_abandoned;
