//! The cart.

crate::words! {
    title: "Your cart", "Tu carrito";
    loading: "Looking into your cart", "Mirando tu carrito";
    empty: "Your cart is empty", "Tu carrito está vacío";
    empty_hint: "Everything you put in it waits here for you.", "Lo que añadas te esperará aquí.";
    signed_out: "Your account keeps a cart of its own.", "Tu cuenta guarda su propio carrito.";
    look_around: "Look around", "Ver los productos";
    added(name: &str): format!("{name} is in your cart."), format!("{name} está en tu carrito.");
    removed(name: &str): format!("{name} was taken out."), format!("{name} se ha quitado.");
    remove(name: &str): format!("Take {name} out"), format!("Quitar {name}");
    remove_short: "Take out", "Quitar";
    fewer(name: &str): format!("One fewer of {name}"), format!("Uno menos de {name}");
    more(name: &str): format!("One more of {name}"), format!("Uno más de {name}");
    quantity(name: &str): format!("How many of {name}"), format!("Cantidad de {name}");
    each(price: &str): format!("{price} each"), format!("{price} por unidad");
    pieces(count: i64): if count == 1 { "1 item".to_owned() } else { format!("{count} items") },
        if count == 1 { "1 artículo".to_owned() } else { format!("{count} artículos") };
    subtotal: "Items", "Artículos";
    discount: "Discount", "Descuento";
    total: "Total", "Total";
    delivery: "Delivery", "Envío";
    free: "Free", "Gratis";
    check_out: "Check out", "Finalizar compra";
    see_cart: "See the cart", "Ver el carrito";
    go_on: "Go on shopping", "Seguir comprando";
    price_changed(price: &str): format!("The price has changed since you added it. It is now {price}."),
        format!("El precio ha cambiado desde que lo añadiste. Ahora es {price}.");
    unavailable: "This is sold out at present.", "Está agotado por ahora.";
    only_left(count: i64): if count == 1 { "Only 1 is left.".to_owned() } else { format!("Only {count} are left.") },
        if count == 1 { "Solo queda 1.".to_owned() } else { format!("Solo quedan {count}.") };
    take(count: i64): format!("Take {count}"), format!("Llevar {count}");
    fix_first: "Something in your cart cannot be had as it stands. Change it above, then check out.",
        "Algo de tu carrito no está disponible tal como está. Cámbialo arriba y después finaliza la compra.";
}
