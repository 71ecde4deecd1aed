//! The dashboard of the back office.

crate::words! {
    range: "Time shown", "Periodo";
    days(count: i64): format!("{count} days"), format!("{count} días");
    revenue: "Revenue", "Ingresos";
    orders: "Orders", "Pedidos";
    average_basket: "Average basket", "Cesta media";
    items_sold: "Pieces sold", "Unidades vendidas";
    new_customers: "New customers", "Clientes nuevos";
    to_handle: "To handle", "Por gestionar";
    to_send(count: i64): if count == 1 { "1 order to send".to_owned() } else { format!("{count} orders to send") },
        if count == 1 { "1 pedido por enviar".to_owned() } else { format!("{count} pedidos por enviar") };
    to_be_paid(count: i64): if count == 1 { "1 order waits for payment".to_owned() } else { format!("{count} orders wait for payment") },
        if count == 1 { "1 pedido pendiente de pago".to_owned() } else { format!("{count} pedidos pendientes de pago") };
    nothing_to_handle: "All done. New orders appear here by themselves.", "Todo hecho. Los pedidos nuevos aparecen aquí solos.";
    revenue_by_day: "Revenue by day", "Ingresos por día";
    orders_by_day: "Orders by day", "Pedidos por día";
    chart_help: "Use the arrow keys to go from day to day.", "Usa las flechas para pasar de un día a otro.";
    figures_as_table: "The figures as a table", "Las cifras en una tabla";
    day: "Day (UTC)", "Día (UTC)";
    best_sellers: "Best sellers", "Más vendidos";
    no_sales: "Nothing sold in this time.", "No se ha vendido nada en este periodo.";
    product: "Product", "Producto";
    sold: "Sold", "Vendidas";
    low_stock: "Low stock", "Pocas existencias";
    stock: "Stock", "Existencias";
    enough_stock: "There is enough of everything.", "Hay suficiente de todo.";
    left(count: i64): match count { 0 => "None left".to_owned(), _ => format!("{count} left") },
        match count { 0 => "Agotado".to_owned(), 1 => "Queda 1".to_owned(), _ => format!("Quedan {count}") };
    live: "Just now", "Ahora mismo";
    live_empty: "Orders appear here as they are placed and moved on.", "Los pedidos aparecen aquí en cuanto se hacen o avanzan.";
    placed(number: &str): format!("Order {number} placed"), format!("Nuevo pedido {number}");
    moved(number: &str, status: &str): format!("Order {number}: {status}"), format!("Pedido {number}: {status}");
}
