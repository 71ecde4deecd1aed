//! Orders in the back office.

crate::words! {
    order(number: &str): format!("Order {number}"), format!("Pedido {number}");
    all: "All", "Todos";
    status: "Status", "Estado";
    search: "Number, e-mail or name", "Número, correo o nombre";
    from: "From (UTC)", "Desde (UTC)";
    until: "Until (UTC)", "Hasta (UTC)";
    none: "No orders here.", "No hay pedidos aquí.";
    none_help: "Orders appear as soon as somebody buys. Try other filters if you miss one.", "Los pedidos aparecen en cuanto alguien compra. Si echas en falta alguno, prueba otros filtros.";
    new_orders(count: i64): if count == 1 { "Show 1 new order".to_owned() } else { format!("Show {count} new orders") },
        if count == 1 { "Mostrar 1 pedido nuevo".to_owned() } else { format!("Mostrar {count} pedidos nuevos") };
    number: "Number", "Número";
    placed: "Placed", "Realizado";
    customer: "Customer", "Cliente";
    pieces: "Pieces", "Unidades";
    total: "Total", "Total";
    items: "Items", "Artículos";
    unit_price: "Each", "Precio";
    line_total: "Sum", "Importe";
    quantity: "Quantity", "Cantidad";
    subtotal: "Subtotal", "Subtotal";
    discount: "Discount", "Descuento";
    shipping: "Shipping", "Envío";
    tax: "Tax", "Impuestos";
    ship_to: "Ship to", "Enviar a";
    bill_to: "Bill to", "Facturar a";
    payment: "Payment", "Pago";
    payment_pending: "Waiting for the money", "A la espera del dinero";
    payment_captured: "Received", "Recibido";
    payment_cancelled: "Will not come", "No llegará";
    bank_or_cash: "Bank transfer or cash", "Transferencia o efectivo";
    expires(at: &str): format!("Cancelled by itself on {at} (UTC) if it is not paid."), format!("Se cancela solo el {at} (UTC) si no se paga.");
    history: "History", "Historial";
    event_placed: "Placed", "Realizado";
    event_note: "Note", "Nota";
    tracking: "Tracking number", "Número de seguimiento";
    tracking_help: "The customer gets it by mail.", "El cliente lo recibe por correo.";
    next: "What next?", "¿Y ahora qué?";
    finished: "Nothing is left to do with this order.", "No queda nada por hacer con este pedido.";
    to_paid: "Mark as paid", "Marcar como pagado";
    to_fulfilled: "Mark as sent", "Marcar como enviado";
    to_delivered: "Mark as delivered", "Marcar como entregado";
    to_cancelled: "Cancel the order", "Cancelar el pedido";
    to_fulfilled_help: "The customer is told that the parcel is on its way.", "Avisaremos al cliente de que el paquete está en camino.";
    to_cancelled_help: "The pieces go back into stock and the customer is told. This cannot be undone.", "Las unidades vuelven a las existencias y avisaremos al cliente. No se puede deshacer.";
    reason: "Reason", "Motivo";
    reason_help: "The customer sees it.", "El cliente lo verá.";
    moved(status: &str): format!("The order is now: {status}"), format!("El pedido está ahora: {status}");
    note: "Note for colleagues", "Nota para el equipo";
    note_help: "Customers never see it.", "Los clientes nunca la ven.";
    add_note: "Add note", "Añadir nota";
    note_added: "Note added", "Nota añadida";
    packing_slip: "Packing slip", "Albarán";
    print: "Print", "Imprimir";
    slip_thanks: "Thank you for your order.", "Gracias por tu pedido.";
    packed: "Packed", "Empaquetado";
    look_up_customer: "Look up the account", "Buscar la cuenta";
    write_to(email: &str): format!("Write to {email}"), format!("Escribir a {email}");
}

/// What a transition's button says.
#[must_use]
pub fn transition(to: novashop_types::orders::OrderStatus) -> &'static str {
    use novashop_types::orders::OrderStatus as Status;
    match to {
        Status::Paid => to_paid(),
        Status::Fulfilled => to_fulfilled(),
        Status::Delivered => to_delivered(),
        Status::Cancelled => to_cancelled(),
        Status::PendingPayment | Status::Refunded => crate::common::order_status(to),
    }
}

/// What an event of an order's history is called.
#[must_use]
pub fn event(kind: &str) -> String {
    use novashop_types::orders::{NOTE, OrderStatus};
    match (kind, OrderStatus::parse(kind)) {
        ("placed", _) => event_placed().to_owned(),
        (NOTE, _) => event_note().to_owned(),
        (_, Some(status)) => crate::common::order_status(status).to_owned(),
        // One that this app does not know yet.
        (other, None) => other.to_owned(),
    }
}

/// Where the money is.
#[must_use]
pub fn payment_status(status: novashop_types::orders::PaymentStatus) -> &'static str {
    use novashop_types::orders::PaymentStatus as Status;
    match status {
        Status::Pending => payment_pending(),
        Status::Captured => payment_captured(),
        Status::Cancelled => payment_cancelled(),
    }
}
