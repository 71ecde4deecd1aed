drop index reviews_hidden;
drop index reviews_latest;
drop index variants_low;
drop index orders_sold;
