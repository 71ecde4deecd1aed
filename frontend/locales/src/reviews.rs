//! What buyers say.

crate::words! {
    reviews: "Reviews", "Opiniones";
    none: "Nobody has said anything yet. If you know it, tell the others.", "Todavía nadie ha dicho nada. Si lo conoces, cuéntaselo a los demás.";
    none_such: "No review gives this rating.", "Ninguna opinión da esta valoración.";
    count(count: i64): if count == 1 { "1 review".to_owned() } else { format!("{count} reviews") },
        if count == 1 { "1 opinión".to_owned() } else { format!("{count} opiniones") };
    only_with(stars: &str): format!("Only reviews with {stars}"), format!("Solo opiniones con {stars}");
    bar(stars: &str, count: i64): format!("{stars}: {count}"), format!("{stars}: {count}");
    all: "All reviews", "Todas las opiniones";
    sort: "Sort reviews by", "Ordenar opiniones por";
    newest: "Newest", "Más recientes";
    highest: "Best rating", "Mejor valoración";
    lowest: "Worst rating", "Peor valoración";
    helpful: "Most helpful", "Más útiles";
    write: "Write a review", "Escribir una opinión";
    edit: "Edit your review", "Editar tu opinión";
    yours: "Your review", "Tu opinión";
    sign_in_to_write: "Sign in to write a review", "Inicia sesión para opinar";
    verified: "Bought here", "Comprado aquí";
    edited: "edited", "editada";
    former: "Former customer", "Antiguo cliente";
    answer: "The shop answers", "La tienda responde";
    find_helpful(count: i64): if count == 0 { "Helpful".to_owned() } else { format!("Helpful ({count})") },
        if count == 0 { "Útil".to_owned() } else { format!("Útil ({count})") };
    rating: "Your rating", "Tu valoración";
    rating_needed: "Choose one to five stars.", "Elige de una a cinco estrellas.";
    title: "Headline", "Título";
    text: "What would you tell a friend?", "¿Qué le contarías a un amigo?";
    publish: "Publish review", "Publicar opinión";
    published: "Thank you. Your review is there.", "Gracias. Tu opinión ya está publicada.";
    deleted: "Your review is gone.", "Tu opinión se ha eliminado.";
    delete_sure: "Delete your review? This cannot be undone.", "¿Eliminar tu opinión? No se puede deshacer.";
    hidden: "The shop hid this review. Only you see it.", "La tienda ocultó esta opinión. Solo tú la ves.";
}
