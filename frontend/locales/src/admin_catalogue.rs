//! Categories, stock, and files of products.

crate::words! {
    new_category: "New category", "Categoría nueva";
    edit_category: "Edit category", "Editar categoría";
    name: "Name", "Nombre";
    slug: "Address in the shop", "Dirección en la tienda";
    slug_help: "Left empty, it is made from the name.", "Si lo dejas vacío, se forma con el nombre.";
    description: "Description", "Descripción";
    parent: "Lies in", "Está en";
    top: "At the top", "En el primer nivel";
    inside(name: &str): format!("Add a category in {name}"), format!("Añadir una categoría en {name}");
    edit(name: &str): format!("Edit {name}"), format!("Editar {name}");
    delete(name: &str): format!("Delete {name}"), format!("Eliminar {name}");
    outward(name: &str): format!("Move {name} one level up"), format!("Subir {name} un nivel");
    inward(name: &str, into: &str): format!("Move {name} into {into}"), format!("Mover {name} dentro de {into}");
    products(count: i64): if count == 1 { "1 product".to_owned() } else { format!("{count} products") },
        if count == 1 { "1 producto".to_owned() } else { format!("{count} productos") };
    delete_title(name: &str): format!("Delete {name}?"), format!("¿Eliminar {name}?");
    delete_text: "Its page in the shop is gone at once.", "Su página de la tienda desaparece enseguida.";
    deleted: "The category is deleted", "Categoría eliminada";
    not_empty_children(count: i64): if count == 1 { "One category lies in it. Move or delete that one first.".to_owned() } else { format!("{count} categories lie in it. Move or delete them first.") },
        if count == 1 { "Contiene una categoría. Muévela o elimínala antes.".to_owned() } else { format!("Contiene {count} categorías. Muévelas o elimínalas antes.") };
    not_empty_products: "There are still products in it, perhaps archived ones. Move them first.", "Todavía contiene productos, quizá archivados. Muévelos antes.";
    see_products: "See its products", "Ver sus productos";
    no_categories: "Categories are the shop's shelves. Make the first one.", "Las categorías son los estantes de la tienda. Crea la primera.";

    stock_search: "Product or SKU", "Producto o SKU";
    stock_low: "What runs low", "Lo que se agota";
    stock_found: "Variants found", "Variantes encontradas";
    stock_fine: "Nothing runs low", "No se agota nada";
    product: "Product", "Producto";
    variant: "Variant", "Variante";
    sku: "SKU", "SKU";
    stock: "Stock", "Existencias";
    change: "Change", "Cambiar";
    ledger: "Ledger", "Registro";
    change_stock(sku: &str): format!("Change the stock of {sku}"), format!("Cambiar las existencias de {sku}");
    ledger_of(sku: &str): format!("Ledger of {sku}"), format!("Registro de {sku}");
    by: "More or fewer", "Sumar o restar";
    to: "Counted", "Recuento";
    how: "How", "Cómo";
    quantity: "Quantity", "Cantidad";
    by_help: "5 came in: 5. Three are broken: -3.", "Llegaron 5: 5. Tres rotos: -3.";
    to_help: "How many there are now.", "Cuántos hay ahora.";
    reason: "Reason", "Motivo";
    when: "When", "Cuándo";
    kind: "Kind", "Tipo";
    delta: "Change", "Cambio";
    after: "Then", "Quedan";
    no_movements: "It has never changed", "Nunca ha cambiado";
    its_order: "The order", "El pedido";
    by_whom: "Who did it", "Quién lo hizo";
    kind_initial: "Beginning", "Inicio";
    kind_adjusted: "By hand", "A mano";
    kind_sold: "Sold", "Vendido";
    kind_returned: "Returned", "Devuelto";
    kind_imported: "Import", "Importación";
    not_a_count: "Enter a whole number.", "Escribe un número entero.";
    stock_now(count: i64): format!("Now {count} in stock"), format!("Ahora hay {count}");

    import_title: "Import products", "Importar productos";
    import_text: "A Shopify product CSV, a CSV exported here, or the shop's JSON, up to 10 MB. New products are made, known ones changed, none deleted.", "Un CSV de productos de Shopify, un CSV exportado aquí o el JSON de la tienda, hasta 10 MB. Se crean los nuevos, se cambian los conocidos y no se elimina ninguno.";
    drop_file: "Drop a file here, or choose one", "Suelta un archivo aquí o elige uno";
    choose_file: "Choose a file", "Elegir archivo";
    sending: "Sending the file", "Enviando el archivo";
    export_title: "Export", "Exportar";
    export_products: "Products as CSV", "Productos en CSV";
    export_orders: "Orders as CSV", "Pedidos en CSV";
    history: "Earlier imports", "Importaciones anteriores";
    no_imports: "No file has been imported yet", "Todavía no se ha importado ningún archivo";
    queued: "Waiting", "En espera";
    running: "Running", "En curso";
    done: "Done", "Terminado";
    failed: "Failed", "Fallido";
    file: "File", "Archivo";
    result: "Result", "Resultado";
    rows(done: u64, total: u64): format!("{done} of {total} products"), format!("{done} de {total} productos");
    counts(created: u64, updated: u64, unchanged: u64): format!("{created} new, {updated} changed, {unchanged} as they were"), format!("{created} nuevos, {updated} cambiados, {unchanged} sin cambios");
    bad_rows(count: u64): if count == 1 { "1 row was not taken".to_owned() } else { format!("{count} rows were not taken") },
        if count == 1 { "1 fila no se aceptó".to_owned() } else { format!("{count} filas no se aceptaron") };
    line: "Line", "Línea";
    why: "Why", "Por qué";
    more_rows(count: u64): format!("and {count} more"), format!("y {count} más");
}

/// Why a stock changed, in words.
#[must_use]
pub fn kind_word(kind: novashop_types::catalogue::StockMovementKind) -> &'static str {
    use novashop_types::catalogue::StockMovementKind as Kind;
    match kind {
        Kind::Initial => kind_initial(),
        Kind::Adjusted => kind_adjusted(),
        Kind::Sold => kind_sold(),
        Kind::Returned => kind_returned(),
        Kind::Imported => kind_imported(),
    }
}

/// Where an import stands, in words.
#[must_use]
pub fn import_word(status: novashop_types::imports::ImportStatus) -> &'static str {
    use novashop_types::imports::ImportStatus as Status;
    match status {
        Status::Queued => queued(),
        Status::Running => running(),
        Status::Done => done(),
        Status::Failed => failed(),
    }
}
