//! The words of a page's first view, in every language: a missing one does not compile.

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
    skip "Skip to content" "Saltar al contenido"
    home "Home" "Inicio"
    all_products "All products" "Todos los productos"
    categories "Categories" "Categorías"
    search "Search" "Buscar"
    search_products "Search products" "Buscar productos"
    results_for "Results for" "Resultados para"
    account "Account" "Cuenta"
    cart "Cart" "Carrito"
    checkout "Checkout" "Finalizar compra"
    order "Order" "Pedido"
    sign_in "Sign in" "Iniciar sesión"
    register "Create an account" "Crear una cuenta"
    forgot_password "Forgot your password?" "¿Olvidaste tu contraseña?"
    reset_password "Choose a new password" "Elige una contraseña nueva"
    verify_email "Confirm your e-mail address" "Confirma tu correo electrónico"
    offline "You are offline" "Sin conexión"
    offline_text "Your cart is safe. We will try again as soon as you are back." "Tu carrito está a salvo. Lo intentaremos de nuevo en cuanto vuelvas."
    back_office "Back office" "Administración"
    breadcrumb "You are here" "Estás aquí"
    hero "Well-made things for every day" "Cosas bien hechas para cada día"
    hero_text "A small shop of goods that last, chosen with care." "Una pequeña tienda de objetos que duran, elegidos con cuidado."
    hero_action "See all products" "Ver todos los productos"
    newest "New in the shop" "Novedades"
    best_rated "Best rated" "Mejor valorados"
    in_stock "In stock" "En existencias"
    sold_out "Sold out" "Agotado"
    left "left" "disponibles"
    before "Before" "Antes"
    sale "Sale" "Oferta"
    out_of_five "out of 5" "de 5"
    reviews "Reviews" "Opiniones"
    verified "Verified purchase" "Compra verificada"
    former_customer "A former customer" "Antiguo cliente"
    no_products "Nothing fits. Take a filter away or look for something else." "No hay nada que encaje. Quita un filtro o busca otra cosa."
    more "Show more" "Mostrar más"
    not_found "This page is not here" "Esta página no existe"
    not_found_text "It may have moved, or the address has a typing error. The goods are still here." "Puede que se haya movido o que la dirección tenga un error. Los productos siguen aquí."
    away "We could not reach the shop" "No hemos podido conectar con la tienda"
    away_text "Your cart is safe. Try again in a few seconds." "Tu carrito está a salvo. Inténtalo de nuevo en unos segundos."
    try_again "Try again" "Intentar de nuevo"
    busy "Too many requests from your network" "Demasiadas peticiones desde tu red"
    busy_text "Your cart is safe. Wait a moment, then try again." "Tu carrito está a salvo. Espera un momento e inténtalo de nuevo."
    needs_script "This shop needs JavaScript for the cart and the checkout." "Esta tienda necesita JavaScript para el carrito y la compra."
    description "A quiet, warm shop of well-made everyday things." "Una tienda tranquila y cálida de objetos cotidianos bien hechos."
}

/// The words in a language.
#[must_use]
pub const fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &EN,
        Language::Es => &ES,
    }
}
