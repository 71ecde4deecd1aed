//! A product's page.

crate::words! {
    pictures: "Pictures", "Imágenes";
    picture_of(place: usize, count: usize): format!("Picture {place} of {count}"), format!("Imagen {place} de {count}");
    enlarge: "Enlarge the picture", "Ampliar la imagen";
    previous_picture: "Previous picture", "Imagen anterior";
    next_picture: "Next picture", "Imagen siguiente";
    in_stock: "In stock", "Disponible";
    left(count: i64): if count == 1 { "Only 1 left".to_owned() } else { format!("Only {count} left") },
        if count == 1 { "Solo queda 1".to_owned() } else { format!("Solo quedan {count}") };
    sold_out: "Sold out", "Agotado";
    sold_out_here: "Sold out in this choice. Another one may be there.", "Agotado en esta opción. Puede que haya otra.";
    not_made: "Not made like this", "No existe así";
    not_available(value: &str): format!("{value}, not available"), format!("{value}, no disponible");
    chosen(option: &str, value: &str): format!("{option}: {value}"), format!("{option}: {value}");
    quantity: "Quantity", "Cantidad";
    one_less: "One less", "Uno menos";
    one_more: "One more", "Uno más";
    add_to_cart: "Add to cart", "Añadir al carrito";
    add_to_wishlist: "Add to wishlist", "Añadir a favoritos";
    on_wishlist: "On your wishlist", "En tus favoritos";
    added_to_wishlist: "On your wishlist now.", "Ya está en tus favoritos.";
    removed_from_wishlist: "Taken from your wishlist.", "Quitado de tus favoritos.";
    delivery_line: "Shipping is shown before you order. Cancel for as long as it has not left us.", "Verás el envío antes de pedir. Puedes cancelar mientras no haya salido.";
    secure_line: "No account needed to order.", "No necesitas cuenta para pedir.";
    description: "Description", "Descripción";
    details: "Details", "Detalles";
    related: "You may also like", "También te puede gustar";
    to_reviews: "Read the reviews", "Leer las opiniones";
}
