-- What a shop decided once and for all, such as its currency: prices are numbers without one.
create table settings (
    name text primary key,
    value text not null
);
