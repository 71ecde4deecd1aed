//! What mails say, in English and Spanish. A sentence that lacks a language does not compile.

use novashop_types::Language;

/// Declares sentences: `name: "English", "Español";`, with values: `name(count: i64): format!("…"), format!("…");`.
macro_rules! words {
    () => {};
    ($name:ident : $en:literal, $es:literal; $($rest:tt)*) => {
        pub(super) fn $name(language: Language) -> String {
            match language {
                Language::En => $en,
                Language::Es => $es,
            }
            .to_owned()
        }
        words! { $($rest)* }
    };
    ($name:ident ( $($value:ident : $kind:ty),+ ) : $en:expr, $es:expr; $($rest:tt)*) => {
        pub(super) fn $name(language: Language, $($value: $kind),+) -> String {
            match language {
                Language::En => $en,
                Language::Es => $es,
            }
        }
        words! { $($rest)* }
    };
}

words! {
    hello(name: &str): format!("Hello {name},"), format!("Hola, {name}:");

    reset_subject: "Choose a new password", "Elige una contraseña nueva";
    reset_text: "Somebody asked for a new password for your account. If that was you, choose one within the next hour.",
        "Alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, elígela en la próxima hora.";
    reset_button: "Choose a new password", "Elegir una contraseña nueva";
    reset_note: "If it was not you, do nothing: your password stays as it is.", "Si no has sido tú, no hagas nada: tu contraseña sigue siendo la misma.";

    verify_subject: "Confirm your e-mail address", "Confirma tu correo electrónico";
    verify_text: "Welcome. Please confirm that this address is yours within the next three days.",
        "Te damos la bienvenida. Confirma que esta dirección es tuya en los próximos tres días.";
    verify_button: "Confirm my address", "Confirmar mi dirección";
    verify_note: "If you did not register, do nothing.", "Si no te has registrado, no hagas nada.";

    changed_subject: "Your e-mail address was changed", "Tu correo electrónico ha cambiado";
    changed_text: "The e-mail address of your account was changed, and this is no longer it.",
        "El correo electrónico de tu cuenta ha cambiado y ya no es este.";
    changed_note: "If that was you, there is nothing to do. If not, answer this mail: we give you your account back.",
        "Si has sido tú, no tienes que hacer nada. Si no, responde a este correo y te devolvemos tu cuenta.";

    placed_subject(number: &str): format!("Your order {number}"), format!("Tu pedido {number}");
    placed_heading: "Thank you for your order", "Gracias por tu pedido";
    placed_text(number: &str, day: &str): format!("We have your order {number} of {day}. As soon as your payment is here, we pack it."),
        format!("Hemos recibido tu pedido {number} del {day}. En cuanto llegue tu pago, lo preparamos.");
    how_to_pay: "How to pay", "Cómo pagar";
    pay_by(total: &str, number: &str): format!("Transfer {total} with the reference {number}, or pay in cash when you pick it up."),
        format!("Transfiere {total} con la referencia {number}, o paga en efectivo al recogerlo.");
    pay_until(moment: &str): format!("We hold the goods for you until {moment}."), format!("Te lo reservamos hasta el {moment}.");
    at_time(day: &str, time: &str): format!("{day}, {time} UTC"), format!("{day}, {time} UTC");

    paid_subject(number: &str): format!("Your payment for order {number} is here"), format!("Hemos recibido el pago de tu pedido {number}");
    paid_heading: "Your payment is here", "Tu pago ha llegado";
    paid_text(number: &str, total: &str): format!("Thank you: {total} for your order {number} have arrived. We are packing it, and write again when it is on its way."),
        format!("Gracias: han llegado {total} de tu pedido {number}. Lo estamos preparando y te escribimos cuando esté en camino.");

    fulfilled_subject(number: &str): format!("Your order {number} is on its way"), format!("Tu pedido {number} está en camino");
    fulfilled_heading: "Your parcel is on its way", "Tu paquete está en camino";
    fulfilled_text(number: &str): format!("We have handed over your order {number}."), format!("Hemos entregado tu pedido {number} al transportista.");
    tracking: "Parcel number", "Número de seguimiento";

    delivered_subject(number: &str): format!("Your order {number} has arrived"), format!("Tu pedido {number} ha llegado");
    delivered_heading: "Your parcel has arrived", "Tu paquete ha llegado";
    delivered_text(number: &str): format!("Your order {number} was delivered. We hope you enjoy what is in it."),
        format!("Tu pedido {number} se ha entregado. Esperamos que lo disfrutes.");
    delivered_note: "Is something wrong? Answer this mail.", "¿Algo va mal? Responde a este correo.";

    cancelled_subject(number: &str): format!("Your order {number} is called off"), format!("Tu pedido {number} está cancelado");
    cancelled_heading: "Your order is called off", "Tu pedido está cancelado";
    cancelled_by_customer(number: &str): format!("You have called off your order {number}. Nothing will be sent."),
        format!("Has cancelado tu pedido {number}. No se enviará nada.");
    cancelled_by_staff(number: &str): format!("We are sorry: we had to call off your order {number}. Nothing will be sent."),
        format!("Lo sentimos: hemos tenido que cancelar tu pedido {number}. No se enviará nada.");
    cancelled_by_time(number: &str): format!("No payment for your order {number} came in time, so it is called off and the goods are back in the shop. You are welcome to order again."),
        format!("No ha llegado a tiempo el pago de tu pedido {number}, así que está cancelado y los artículos vuelven a la tienda. Puedes volver a pedirlos cuando quieras.");
    nothing_to_pay: "Nothing is to be paid.", "No tienes que pagar nada.";
    money_back(total: &str): format!("We give you back the {total} that you have paid."), format!("Te devolvemos los {total} que has pagado.");
    reason: "Reason", "Motivo";

    see_order: "See your order", "Ver tu pedido";
    keep_link: "Whoever has this link can see the order: keep this mail to yourself.", "Quien tenga este enlace puede ver el pedido: no compartas este correo.";
    pieces(quantity: i64, price: &str): format!("{quantity} × {price}"), format!("{quantity} × {price}");
    subtotal: "Items", "Artículos";
    discount: "Discount", "Descuento";
    delivery: "Delivery", "Envío";
    free: "Free", "Gratis";
    tax: "Tax", "Impuestos";
    total: "Total", "Total";

    low_subject(name: &str): format!("Few left: {name}"), format!("Quedan pocos: {name}");
    sold_out_subject(name: &str): format!("Sold out: {name}"), format!("Agotado: {name}");
    low_text: "This is running out. Order more in time, or take it off the shop.", "Se está acabando. Pide más a tiempo o retíralo de la tienda.";
    product: "Product", "Producto";
    sku: "SKU", "SKU";
    options: "Options", "Opciones";
    left: "Left", "Quedan";
    see_product: "See the product", "Ver el producto";

    report_subject(day: &str, revenue: &str): format!("Sales of {day}: {revenue}"), format!("Ventas del {day}: {revenue}");
    report_heading(day: &str): format!("Sales of {day}"), format!("Ventas del {day}");
    report_text: "What was placed on that day (UTC) and is neither called off nor refunded.", "Lo que se pidió ese día (UTC) y no se ha cancelado ni reembolsado.";
    revenue: "Revenue", "Ingresos";
    orders: "Orders", "Pedidos";
    average_basket: "Average basket", "Cesta media";
    items_sold: "Pieces sold", "Unidades vendidas";
    new_customers: "New customers", "Clientes nuevos";
    to_pay: "Wait for payment now", "Esperan el pago ahora";
    to_send: "Wait to be sent now", "Esperan el envío ahora";
    sold(count: &str): format!("{count} sold"), format!("{count} vendidos");
    see_figures: "See the figures", "Ver las cifras";
}
