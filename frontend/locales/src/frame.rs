//! The shop's header, footer, home page and the pages for when there is nothing to show.

crate::words! {
    tagline: "Well-made things for every day", "Cosas bien hechas para cada día";
    categories: "Categories", "Categorías";
    all_products: "All products", "Todos los productos";
    home: "Home", "Inicio";
    account: "Account", "Cuenta";
    cart: "Cart", "Carrito";
    wishlist: "Wishlist", "Favoritos";
    cart_with(count: i64): match count {
        0 => "Cart, empty".to_owned(),
        1 => "Cart, 1 item".to_owned(),
        _ => format!("Cart, {count} items"),
    }, match count {
        0 => "Carrito, vacío".to_owned(),
        1 => "Carrito, 1 artículo".to_owned(),
        _ => format!("Carrito, {count} artículos"),
    };
    search_products: "Search products", "Buscar productos";
    suggestions: "Suggestions", "Sugerencias";
    suggestions_found(count: usize): match count {
        0 => "No suggestions".to_owned(),
        1 => "1 suggestion".to_owned(),
        _ => format!("{count} suggestions"),
    }, match count {
        0 => "Sin sugerencias".to_owned(),
        1 => "1 sugerencia".to_owned(),
        _ => format!("{count} sugerencias"),
    };
    in_category: "Category", "Categoría";
    see_all_results(words: &str): format!("See everything for “{words}”"), format!("Ver todo sobre «{words}»");
    main_navigation: "Main", "Principal";
    shop: "Shop", "Tienda";
    help: "Help", "Ayuda";
    my_orders: "My orders", "Mis pedidos";
    appearance_and_language: "Appearance and language", "Apariencia e idioma";
    offline: "You are offline. What is on this page stays; the rest waits until you are back.", "Estás sin conexión. Lo que hay en esta página se queda; el resto espera a que vuelvas.";
    back_online: "You are back online.", "Vuelves a tener conexión.";
    hero: "Good things, used every day", "Cosas buenas, para usar cada día";
    hero_text: "A small shop for kitchen, home, clothes and desk. Made to last, easy to mend, fairly priced.", "Una tienda pequeña para la cocina, la casa, la ropa y el escritorio. Hecho para durar, fácil de reparar y a un precio justo.";
    hero_action: "See all products", "Ver todos los productos";
    hero_new: "What is new", "Novedades";
    newest: "Just in", "Recién llegado";
    best_rated: "Best rated", "Mejor valorado";
    see_all: "See all", "Ver todo";
    shop_by_category: "Shop by category", "Compra por categoría";
    products(count: i64): if count == 1 { "1 product".to_owned() } else { format!("{count} products") },
        if count == 1 { "1 producto".to_owned() } else { format!("{count} productos") };
    promises: "What you can count on", "Con lo que puedes contar";
    promise_delivery: "Delivery you can follow", "Un envío que puedes seguir";
    promise_delivery_text: "The page of your order moves by itself, from payment to your door.", "La página de tu pedido avanza sola, del pago a tu puerta.";
    promise_cancel: "Change your mind", "Cambia de idea";
    promise_cancel_text: "Cancel an order yourself for as long as it has not left us.", "Cancela tú el pedido mientras no haya salido de aquí.";
    promise_honest: "Honest reviews", "Opiniones honestas";
    promise_honest_text: "A mark shows who really bought it, and bad reviews stay.", "Una marca dice quién lo compró de verdad, y las malas se quedan.";
    not_found: "There is nothing here", "Aquí no hay nada";
    not_found_text: "The page may have moved, or the address has a slip in it. Search for what you had in mind, or look through the categories.", "Puede que la página se haya movido o que la dirección tenga un error. Busca lo que tenías en mente o mira las categorías.";
    offline_title: "No connection", "Sin conexión";
    offline_text: "We could not reach the shop. Your cart is safe. Check your connection and try again.", "No hemos podido conectar con la tienda. Tu carrito está a salvo. Comprueba tu conexión e inténtalo de nuevo.";
}
