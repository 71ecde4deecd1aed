drop table low_stock_notices;
drop table jobs;
