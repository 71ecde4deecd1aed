//! Orders, as those who placed them see them.

use novashop_types::orders::OrderStatus;

crate::words! {
    title: "Your orders", "Tus pedidos";
    order(number: &str): format!("Order {number}"), format!("Pedido {number}");
    loading: "Looking for your order", "Buscando tu pedido";
    thanks: "Thank you. Your order is placed.", "Gracias. Tu pedido está hecho.";
    thanks_mail(email: &str): format!("News of it go to {email}."), format!("Te avisamos en {email}.");
    next: "What happens next", "Qué pasa ahora";
    next_pending_payment: "We are waiting for your payment. As soon as it is here, we pack your order.", "Esperamos tu pago. En cuanto llegue, preparamos tu pedido.";
    next_paid: "Your payment is here. We are packing your order.", "Tu pago ha llegado. Estamos preparando tu pedido.";
    next_fulfilled: "Your parcel is on its way to you.", "Tu paquete está en camino.";
    next_delivered: "Your parcel has arrived. We hope you enjoy what is in it.", "Tu paquete ha llegado. Esperamos que lo disfrutes.";
    next_cancelled: "This order was cancelled. Nothing more is to be paid.", "Este pedido se canceló. No tienes que pagar nada más.";
    next_refunded: "Your money is on its way back to you.", "Tu dinero está en camino de vuelta.";
    step_placed: "Placed", "Hecho";
    step_paid: "Paid", "Pagado";
    step_fulfilled: "On its way", "En camino";
    step_delivered: "Delivered", "Entregado";
    step_cancelled: "Cancelled", "Cancelado";
    step_refunded: "Refunded", "Reembolsado";
    done: "done", "hecho";
    ahead: "still to come", "pendiente";
    tracking(number: &str): format!("Parcel number {number}"), format!("Número de seguimiento {number}");
    reason(text: &str): format!("Reason: {text}"), format!("Motivo: {text}");
    items: "What you ordered", "Lo que has pedido";
    address: "Where it goes", "Dónde va";
    billing: "Where the bill goes", "A quién va la factura";
    subtotal: "Items", "Artículos";
    discount: "Discount", "Descuento";
    delivery: "Delivery", "Envío";
    tax: "Tax", "Impuestos";
    total: "Total", "Total";
    free: "Free", "Gratis";
    pieces(count: i64, price: &str): format!("{count} × {price}"), format!("{count} × {price}");
    how_to_pay: "How to pay", "Cómo pagar";
    pay_by(total: &str, number: &str): format!("Transfer {total} with the reference {number}, or pay in cash when you pick it up."),
        format!("Transfiere {total} con la referencia {number}, o paga en efectivo al recogerlo.");
    pay_until(day: &str): format!("We hold the goods for you until {day}."), format!("Te lo reservamos hasta el {day}.");
    cancel: "Cancel the order", "Cancelar el pedido";
    cancel_sure: "Cancel this order?", "¿Cancelar este pedido?";
    cancel_what: "Nothing will be sent. What you have paid is given back.", "No se enviará nada. Te devolvemos lo que hayas pagado.";
    cancel_why: "Why? You need not say.", "¿Por qué? No hace falta que lo digas.";
    keep: "Keep it", "Mantenerlo";
    cancelled: "The order is cancelled.", "El pedido está cancelado.";
    print: "Print", "Imprimir";
    help: "Is something wrong?", "¿Algo va mal?";
    help_text(number: &str): format!("Answer any mail about this order, and name its number {number}."),
        format!("Responde a cualquier correo de este pedido e indica su número {number}.");
    private: "This order is private", "Este pedido es privado";
    private_hint: "Open it by the link from when you ordered, or sign in to the account you ordered with.",
        "Ábrelo con el enlace de cuando hiciste el pedido, o inicia sesión con la cuenta con la que pediste.";
    none: "You have not ordered anything yet", "Todavía no has pedido nada";
    none_hint: "What you order stands here, with where it is.", "Lo que pidas aparecerá aquí, y dónde está.";
    placed_on(day: &str): format!("Placed on {day}"), format!("Hecho el {day}");
}

/// What the shop does next with an order, or waits for.
#[must_use]
pub fn what_next(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::PendingPayment => next_pending_payment(),
        OrderStatus::Paid => next_paid(),
        OrderStatus::Fulfilled => next_fulfilled(),
        OrderStatus::Delivered => next_delivered(),
        OrderStatus::Cancelled => next_cancelled(),
        OrderStatus::Refunded => next_refunded(),
    }
}
