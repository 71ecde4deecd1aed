//! The words of a page's first view, in every language: a missing one does not compile. They are the app's own (`frontend/locales`), which
//! takes the place of what stands here; a test in the browser compares them.

use novashop_types::Language;

macro_rules! texts {
    ($($name:ident $en:literal $es:literal)+) => {
        /// The words in one language.
        #[derive(Debug)]
        pub struct Texts { $(#[doc = $en] pub $name: &'static str,)+ }

        const EN: Texts = Texts { $($name: $en),+ };
        const ES: Texts = Texts { $($name: $es),+ };
    };
}

texts! {
    skip "Skip to the content" "Saltar al contenido"
    tagline "Well-made things for every day" "Cosas bien hechas para cada día"
    home "Home" "Inicio"
    shop "Shop" "Tienda"
    all_products "All products" "Todos los productos"
    categories "Categories" "Categorías"
    shop_by_category "Shop by category" "Compra por categoría"
    one_product "1 product" "1 producto"
    products "{} products" "{} productos"
    search "Search" "Buscar"
    search_products "Search products" "Buscar productos"
    search_everything "What are you looking for?" "¿Qué buscas?"
    main_navigation "Main" "Principal"
    account "Account" "Cuenta"
    my_orders "My orders" "Mis pedidos"
    favourites "Wishlist" "Favoritos"
    cart "Cart" "Carrito"
    breadcrumb "Where you are" "Dónde estás"

    hero "Good things, used every day" "Cosas buenas, para usar cada día"
    hero_text "A small shop for kitchen, home, clothes and desk. Made to last, easy to mend, fairly priced." "Una tienda pequeña para la cocina, la casa, la ropa y el escritorio. Hecho para durar, fácil de reparar y a un precio justo."
    hero_action "See all products" "Ver todos los productos"
    hero_new "What is new" "Novedades"
    promises "What you can count on" "Con lo que puedes contar"
    promise_delivery "Delivery you can follow" "Un envío que puedes seguir"
    promise_delivery_text "The page of your order moves by itself, from payment to your door." "La página de tu pedido avanza sola, del pago a tu puerta."
    promise_cancel "Change your mind" "Cambia de idea"
    promise_cancel_text "Cancel an order yourself for as long as it has not left us." "Cancela tú el pedido mientras no haya salido de aquí."
    promise_honest "Honest reviews" "Opiniones honestas"
    promise_honest_text "A mark shows who really bought it, and bad reviews stay." "Una marca dice quién lo compró de verdad, y las malas se quedan."
    newest "Just in" "Recién llegado"
    best_rated "Best rated" "Mejor valorado"
    see_all "See all" "Ver todo"

    results_for "Results for “{}”" "Resultados de «{}»"
    filters "Filters" "Filtros"
    filters_set "Filters that are set" "Filtros puestos"
    remove_filter "Remove filter: {}" "Quitar filtro: {}"
    only_in_stock "In stock only" "Solo disponibles"
    price_between "{} to {}" "De {} a {}"
    price_over "{} and more" "{} o más"
    price_under "Up to {}" "Hasta {}"
    stars_and_up "{} stars and up" "{} estrellas o más"
    subcategories "In this category" "En esta categoría"
    no_products "No products" "Ningún producto"
    sort "Sort by" "Ordenar por"
    sort_relevance "Best match" "Más parecido"
    sort_newest "Newest" "Más nuevo"
    sort_price "Price, low to high" "Precio, de menor a mayor"
    sort_price_descending "Price, high to low" "Precio, de mayor a menor"
    sort_name "Name, A to Z" "Nombre, de la A a la Z"
    seen_of "{} of {}" "{} de {}"
    more "Load more" "Ver más"
    nothing "Nothing fits" "No hay nada así"
    nothing_filtered "No product has all of this. Take a filter away, or start again." "Ningún producto cumple todo esto. Quita un filtro o empieza de nuevo."
    nothing_searched "We found nothing for these words. Try fewer or other words, or look through the categories." "No hemos encontrado nada con estas palabras. Prueba con menos o con otras, o mira las categorías."
    nothing_yet "There is nothing here yet. Have a look at everything else." "Aquí todavía no hay nada. Mira todo lo demás."
    clear_all "Clear all" "Quitar todos"

    sold_out "Sold out" "Agotado"
    sale "Reduced" "Rebajado"
    now "Now" "Ahora"
    before "Was" "Antes"
    in_stock "In stock" "Disponible"
    one_left "Only 1 left" "Solo queda 1"
    left "Only {} left" "Solo quedan {}"
    pictures "Pictures" "Imágenes"
    picture_of "Picture {} of {}" "Imagen {} de {}"
    enlarge "Enlarge the picture" "Ampliar la imagen"
    not_available "{}, not available" "{}, no disponible"
    add_to_cart "Add to cart" "Añadir al carrito"
    add_to_wishlist "Add to wishlist" "Añadir a favoritos"
    delivery_line "Shipping is shown before you order. Cancel for as long as it has not left us." "Verás el envío antes de pedir. Puedes cancelar mientras no haya salido."
    secure_line "No account needed to order." "No necesitas cuenta para pedir."
    description "Description" "Descripción"
    details "Details" "Detalles"
    yes "Yes" "Sí"
    no "No" "No"

    reviews "Reviews" "Opiniones"
    to_reviews "Read the reviews" "Leer las opiniones"
    rating_of_one "{} out of 5 stars, 1 review" "{} de 5 estrellas, 1 opinión"
    rating_of "{} out of 5 stars, {} reviews" "{} de 5 estrellas, {} opiniones"
    one_star "1 star" "1 estrella"
    stars "{} stars" "{} estrellas"
    verified "Bought here" "Comprado aquí"
    edited "edited" "editada"
    former_customer "Former customer" "Antiguo cliente"
    answer "The shop answers" "La tienda responde"

    your_cart "Your cart" "Tu carrito"
    checkout "Checkout" "Finalizar compra"
    order "Order {}" "Pedido {}"
    profile "Profile" "Perfil"
    orders "Orders" "Pedidos"
    wishlist "Wishlist" "Favoritos"
    sessions "Where you are signed in" "Dónde tienes la sesión abierta"
    change_password "Change the password" "Cambiar la contraseña"
    own_data "Your data" "Tus datos"
    sign_in "Sign in" "Iniciar sesión"
    register "Make an account" "Crea una cuenta"
    forgot_password "A new password" "Una contraseña nueva"
    reset_password "Choose a new password" "Elige una contraseña nueva"
    verify_email "Confirm your e-mail address" "Confirma tu correo"
    back_office "Back office" "Administración"

    not_found "There is nothing here" "Aquí no hay nada"
    not_found_text "The page may have moved, or the address has a slip in it. Search for what you had in mind, or look through the categories." "Puede que la página se haya movido o que la dirección tenga un error. Busca lo que tenías en mente o mira las categorías."
    offline "No connection" "Sin conexión"
    offline_text "We could not reach the shop. Your cart is safe. Check your connection and try again." "No hemos podido conectar con la tienda. Tu carrito está a salvo. Comprueba tu conexión e inténtalo de nuevo."
    away "We could not reach the shop" "No hemos podido conectar con la tienda"
    away_text "Your cart is safe. Try again in a few seconds." "Tu carrito está a salvo. Inténtalo de nuevo en unos segundos."
    try_again "Try again" "Intentarlo de nuevo"
    busy "Too many requests from your network" "Demasiadas peticiones desde tu red"
    busy_text "Your cart is safe. Wait a moment, then try again." "Tu carrito está a salvo. Espera un momento e inténtalo de nuevo."
    needs_script "This shop needs JavaScript for the cart and the checkout." "Esta tienda necesita JavaScript para el carrito y la compra."
    about "A quiet, warm shop of well-made everyday things." "Una tienda tranquila y cálida de objetos cotidianos bien hechos."
}

/// The words in a language.
#[must_use]
pub const fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &EN,
        Language::Es => &ES,
    }
}

/// A text with its places (`{}`) filled in, in order.
#[must_use]
pub fn filled(text: &str, values: &[&str]) -> String {
    let mut parts = text.split("{}");
    let first = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    parts.fold(first, |text, part| text + values.next().unwrap_or(&"") + part)
}

/// A count in words: one, or another number.
#[must_use]
pub fn counted(one: &str, many: &str, count: i64) -> String {
    if count == 1 { one.to_owned() } else { filled(many, &[&count.to_string()]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_its_values_in_order_and_as_they_are() {
        assert_eq!(filled(EN.seen_of, &["24", "120"]), "24 of 120");
        assert_eq!(filled(ES.results_for, &["{} {}"]), "Resultados de «{} {}»");
        assert_eq!((counted(ES.one_left, ES.left, 1), counted(ES.one_left, ES.left, 3)), ("Solo queda 1".into(), "Solo quedan 3".into()));
    }
}
