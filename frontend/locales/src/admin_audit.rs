//! The audit log, in the back office.

use novashop_types::audit::AuditAction;

crate::words! {
    search: "Search: product, SKU, order number, username, category, id", "Buscar: producto, SKU, número de pedido, usuario, categoría, id";
    no_entries: "There is no change to show.", "No hay ningún cambio que mostrar.";
    when: "When (UTC)", "Cuándo (UTC)";
    who: "Who", "Quién";
    what: "What", "Qué";
    which: "Of what", "De qué";
    details: "Details", "Detalles";
    the_shop: "The shop itself", "La propia tienda";
    you: "You", "Tú";
    former: "Deleted account", "Cuenta eliminada";

    product_created: "Product made", "Producto creado";
    product_updated: "Product changed", "Producto cambiado";
    product_archived: "Product archived", "Producto archivado";
    variant_created: "Variant added", "Variante añadida";
    variant_updated: "Variant changed", "Variante cambiada";
    variant_deleted: "Variant removed", "Variante quitada";
    stock_changed: "Stock corrected", "Existencias corregidas";
    image_created: "Picture added", "Imagen añadida";
    image_updated: "Picture changed", "Imagen cambiada";
    image_deleted: "Picture removed", "Imagen quitada";
    category_created: "Category made", "Categoría creada";
    category_updated: "Category changed", "Categoría cambiada";
    category_deleted: "Category deleted", "Categoría eliminada";
    order_moved: "Order moved on", "Pedido movido";
    order_noted: "Note about an order", "Nota sobre un pedido";
    review_hidden: "Review hidden", "Opinión ocultada";
    review_shown: "Review shown again", "Opinión mostrada de nuevo";
    review_deleted: "Review deleted", "Opinión eliminada";
    review_answered: "Review answered", "Opinión respondida";
    answer_withdrawn: "Answer taken back", "Respuesta retirada";
    user_updated: "Account changed", "Cuenta cambiada";
    user_deleted: "Account deleted", "Cuenta eliminada";
    password_set: "Password set on the command line", "Contraseña puesta por línea de comandos";
    mail_link_read: "Secret link of a mail read", "Enlace secreto de un correo leído";
    mail_resent: "Mail sent again", "Correo reenviado";
    import_handed_in: "Import handed in", "Importación entregada";
    catalogue_imported: "Products imported on the command line", "Productos importados por línea de comandos";
    job_retried: "Job tried again", "Trabajo reintentado";

    product: "Product", "Producto";
    variant: "Variant", "Variante";
    category: "Category", "Categoría";
    order: "Order", "Pedido";
    review: "Review", "Opinión";
    user: "Account", "Cuenta";
    mail: "Mail", "Correo";
    import: "Import", "Importación";
    file: "File", "Archivo";
    job: "Job", "Trabajo";
}

/// What was done, in words.
#[must_use]
pub fn action_name(action: AuditAction) -> &'static str {
    match action {
        AuditAction::ProductCreated => product_created(),
        AuditAction::ProductUpdated => product_updated(),
        AuditAction::ProductArchived => product_archived(),
        AuditAction::VariantCreated => variant_created(),
        AuditAction::VariantUpdated => variant_updated(),
        AuditAction::VariantDeleted => variant_deleted(),
        AuditAction::StockChanged => stock_changed(),
        AuditAction::ImageCreated => image_created(),
        AuditAction::ImageUpdated => image_updated(),
        AuditAction::ImageDeleted => image_deleted(),
        AuditAction::CategoryCreated => category_created(),
        AuditAction::CategoryUpdated => category_updated(),
        AuditAction::CategoryDeleted => category_deleted(),
        AuditAction::OrderMoved => order_moved(),
        AuditAction::OrderNoted => order_noted(),
        AuditAction::ReviewHidden => review_hidden(),
        AuditAction::ReviewShown => review_shown(),
        AuditAction::ReviewDeleted => review_deleted(),
        AuditAction::ReviewAnswered => review_answered(),
        AuditAction::AnswerWithdrawn => answer_withdrawn(),
        AuditAction::UserUpdated => user_updated(),
        AuditAction::UserDeleted => user_deleted(),
        AuditAction::PasswordSet => password_set(),
        AuditAction::MailLinkRead => mail_link_read(),
        AuditAction::MailResent => mail_resent(),
        AuditAction::ImportHandedIn => import_handed_in(),
        AuditAction::CatalogueImported => catalogue_imported(),
        AuditAction::JobRetried => job_retried(),
    }
}

/// What an entry says was done, in words; what is newer or older than this app by its own word.
#[must_use]
pub fn action(word: &str) -> String {
    match AuditAction::parse(word) {
        Some(action) => action_name(action).to_owned(),
        None => word.to_owned(),
    }
}

/// What kind of thing it was done to, in words.
#[must_use]
pub fn kind(word: &str) -> String {
    let known = match word {
        "product" => product(),
        "variant" => variant(),
        "category" => category(),
        "order" => order(),
        "review" => review(),
        "user" => user(),
        "mail" => mail(),
        "import" => import(),
        "file" => file(),
        "job" => job(),
        other => other,
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, speak};

    #[test]
    fn every_action_has_words_of_its_own_in_both_languages() {
        for language in [Language::En, Language::Es] {
            speak(language);
            let mut words: Vec<_> = AuditAction::ALL.iter().map(|action| action_name(*action)).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), AuditAction::ALL.len());
        }
        assert_eq!((action("job.retried").as_str(), action("product.painted").as_str()), ("Trabajo reintentado", "product.painted"));
    }
}
