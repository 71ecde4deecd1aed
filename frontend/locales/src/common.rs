//! What shop and back office both say.

crate::words! {
    skip_to_content: "Skip to the content", "Saltar al contenido";
    close: "Close", "Cerrar";
    cancel: "Cancel", "Cancelar";
    save: "Save", "Guardar";
    saved: "Saved", "Guardado";
    delete: "Delete", "Eliminar";
    edit: "Edit", "Editar";
    undo: "Undo", "Deshacer";
    retry: "Try again", "Intentarlo de nuevo";
    back: "Back", "Volver";
    search: "Search", "Buscar";
    menu: "Menu", "Menú";
    loading: "Loading", "Cargando";
    load_more: "Load more", "Ver más";
    optional: "optional", "opcional";
    yes: "Yes", "Sí";
    no: "No", "No";
    theme: "Appearance", "Apariencia";
    theme_light: "Light", "Claro";
    theme_dark: "Dark", "Oscuro";
    theme_system: "As the device", "Como el dispositivo";
    language_name: "English", "Español";
    language: "Language", "Idioma";
    sign_in: "Sign in", "Iniciar sesión";
    sign_out: "Sign out", "Cerrar sesión";
    rating_of(average: &str, count: i64): match count {
        0 => "No reviews yet".to_owned(),
        1 => format!("{average} out of 5 stars, 1 review"),
        _ => format!("{average} out of 5 stars, {count} reviews"),
    }, match count {
        0 => "Sin opiniones todavía".to_owned(),
        1 => format!("{average} de 5 estrellas, 1 opinión"),
        _ => format!("{average} de 5 estrellas, {count} opiniones"),
    };
    stars(count: i32): if count == 1 { "1 star".to_owned() } else { format!("{count} stars") },
        if count == 1 { "1 estrella".to_owned() } else { format!("{count} estrellas") };
    was_price(price: &str): format!("Was {price}"), format!("Antes {price}");
    now_price(price: &str): format!("Now {price}"), format!("Ahora {price}");
    unsaved_changes: "There are changes that are not saved. Leave anyway?", "Hay cambios sin guardar. ¿Salir de todos modos?";
    status_pending_payment: "Waiting for payment", "Pendiente de pago";
    status_paid: "Paid", "Pagado";
    status_fulfilled: "On its way", "En camino";
    status_delivered: "Delivered", "Entregado";
    status_cancelled: "Cancelled", "Cancelado";
    status_refunded: "Refunded", "Reembolsado";
}

/// Where an order stands, in words.
#[must_use]
pub fn order_status(status: novashop_types::orders::OrderStatus) -> &'static str {
    use novashop_types::orders::OrderStatus as Status;
    match status {
        Status::PendingPayment => status_pending_payment(),
        Status::Paid => status_paid(),
        Status::Fulfilled => status_fulfilled(),
        Status::Delivered => status_delivered(),
        Status::Cancelled => status_cancelled(),
        Status::Refunded => status_refunded(),
    }
}
