//! The checkout.

crate::words! {
    title: "Checkout", "Finalizar compra";
    contact: "Where it goes", "Dónde lo enviamos";
    review: "What you order", "Lo que pides";
    pay: "How you pay", "Cómo pagas";
    have_account: "Do you have an account?", "¿Tienes cuenta?";
    sign_in: "Sign in, and the address of your last order is here already.", "Inicia sesión y ya estará aquí la dirección de tu último pedido.";
    email: "E-mail", "Correo electrónico";
    email_help: "Here we send news of your order, and nothing else.", "Aquí te avisamos de tu pedido, y de nada más.";
    name: "Full name", "Nombre completo";
    line1: "Street and number", "Calle y número";
    line2: "Floor, door, company", "Piso, puerta, empresa";
    postal_code: "Postal code", "Código postal";
    city: "Town or city", "Localidad";
    region: "State or region", "Provincia o región";
    country: "Country", "País";
    choose_country: "Choose a country", "Elige un país";
    same_address: "The bill goes to the same address", "La factura va a la misma dirección";
    billing: "Where the bill goes", "A quién va la factura";
    delivery_standard: "Standard delivery", "Envío estándar";
    delivery_days(from: u32, to: u32): format!("{from} to {to} working days"), format!("De {from} a {to} días laborables");
    manual: "Bank transfer or cash", "Transferencia o efectivo";
    manual_help: "Nothing is taken from you now. After you order we tell you how to pay, and hold the goods for you meanwhile.",
        "Ahora no se te cobra nada. Después del pedido te decimos cómo pagar y, mientras tanto, te lo reservamos.";
    place(total: &str): format!("Place order · {total}"), format!("Hacer el pedido · {total}");
    placing: "Your order is being placed", "Estamos haciendo tu pedido";
    once: "However often you press, it is ordered once.", "Por más veces que pulses, se pide una sola vez.";
    look_again(count: usize): if count == 1 { "One field needs another look.".to_owned() } else { format!("{count} fields need another look.") },
        if count == 1 { "Revisa un campo.".to_owned() } else { format!("Revisa {count} campos.") };
    changed: "Your cart has changed since you last saw it. Look at the new total, then order if it suits you.",
        "Tu carrito ha cambiado desde que lo viste. Mira el nuevo total y haz el pedido si te parece bien.";
    change_price(name: &str, was: &str, now: &str): format!("{name}: {now} instead of {was}"), format!("{name}: {now} en lugar de {was}");
    change_quantity(name: &str, was: i64, now: i64): format!("{name}: {now} instead of {was} pieces"), format!("{name}: {now} unidades en lugar de {was}");
    change_gone(name: &str): format!("{name} is no longer in the cart"), format!("{name} ya no está en el carrito");
    change_new(name: &str): format!("{name} was added"), format!("Se añadió {name}");
    change_total(was: &str, now: &str): format!("Total: {now} instead of {was}"), format!("Total: {now} en lugar de {was}");
    short: "Somebody was faster. Change what is short, then order again.", "Alguien se adelantó. Cambia lo que falta y vuelve a pedir.";
    short_left(name: &str, left: i64): if left == 0 { format!("{name} is sold out.") } else { format!("Only {left} of {name} left.") },
        if left == 0 { format!("{name} está agotado.") } else { format!("Solo quedan {left} de {name}.") };
    unknown: "We could not hear whether your order arrived. Press again: it is never placed twice.",
        "No sabemos si tu pedido llegó. Pulsa otra vez: nunca se hará dos veces.";
    looking: "Looking whether your last order arrived", "Comprobando si tu último pedido llegó";
    edit_cart: "Change the cart", "Cambiar el carrito";
}
