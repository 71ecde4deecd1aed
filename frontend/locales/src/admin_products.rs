//! The list of products and changes of many at once.

crate::words! {
    search: "Name or description", "Nombre o descripción";
    name: "Product", "Producto";
    status: "Status", "Estado";
    category: "Category", "Categoría";
    price: "Price", "Precio";
    stock: "Stock", "Existencias";
    variants: "Variants", "Variantes";
    rating: "Rating", "Valoración";
    updated: "Changed", "Modificado";
    availability: "Availability", "Disponibilidad";
    in_stock: "In stock", "Con existencias";
    sold_out: "Sold out", "Agotado";
    draft: "Draft", "Borrador";
    published: "On sale", "A la venta";
    archived: "Archived", "Archivado";
    from_price(price: &str): format!("from {price}"), format!("desde {price}");
    first_product: "Make your first product, or import a file of them.", "Crea tu primer producto o importa un archivo.";

    publish: "Publish", "Publicar";
    archive: "Archive", "Archivar";
    to_draft: "Back to draft", "Volver a borrador";
    change_prices: "Change prices", "Cambiar precios";
    publish_title(count: i64): if count == 1 { "Publish 1 product?".to_owned() } else { format!("Publish {count} products?") },
        if count == 1 { "¿Publicar 1 producto?".to_owned() } else { format!("¿Publicar {count} productos?") };
    publish_text: "Shoppers see them at once.", "Los compradores los verán enseguida.";
    archive_title(count: i64): if count == 1 { "Archive 1 product?".to_owned() } else { format!("Archive {count} products?") },
        if count == 1 { "¿Archivar 1 producto?".to_owned() } else { format!("¿Archivar {count} productos?") };
    archive_text: "Shoppers no longer see them. Orders keep what they sold; you can publish them again.", "Los compradores dejarán de verlos. Los pedidos conservan lo vendido; puedes volver a publicarlos.";
    draft_title(count: i64): if count == 1 { "Put 1 product back to draft?".to_owned() } else { format!("Put {count} products back to draft?") },
        if count == 1 { "¿Volver 1 producto a borrador?".to_owned() } else { format!("¿Volver {count} productos a borrador?") };
    draft_text: "Only staff see them until they are published again.", "Solo el personal los verá hasta que se publiquen de nuevo.";
    percent: "Change in percent", "Cambio en porcentaje";
    percent_help: "-10 takes a tenth off, 5 adds a twentieth. All variants change; what they cost before stays.", "-10 quita una décima parte, 5 añade una vigésima. Cambian todas las variantes; el precio anterior se queda.";
    percent_wrong: "Enter a whole number from -90 to 900, other than 0.", "Escribe un número entero de -90 a 900 que no sea 0.";
    now: "Now", "Ahora";
    then: "Then", "Después";
    preview: "Lowest price of each product, before and after", "Precio más bajo de cada producto, antes y después";
    changed(count: i64): if count == 1 { "1 product changed".to_owned() } else { format!("{count} products changed") },
        if count == 1 { "1 producto modificado".to_owned() } else { format!("{count} productos modificados") };
    refused(count: i64, reason: &str): if count == 1 { format!("1 product was not changed: {reason}") } else { format!("{count} products were not changed. The first: {reason}") },
        if count == 1 { format!("1 producto no se modificó: {reason}") } else { format!("{count} productos no se modificaron. El primero: {reason}") };
}

/// Whether shoppers see a product, in words.
#[must_use]
pub fn status_word(status: novashop_types::catalogue::ProductStatus) -> &'static str {
    use novashop_types::catalogue::ProductStatus as Status;
    match status {
        Status::Draft => draft(),
        Status::Published => published(),
        Status::Archived => archived(),
    }
}
