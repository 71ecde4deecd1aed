//! Lists of products, and what narrows them.

crate::words! {
    breadcrumb: "Where you are", "Dónde estás";
    results_for(words: &str): format!("Results for “{words}”"), format!("Resultados de «{words}»");
    search_everything: "What are you looking for?", "¿Qué buscas?";
    found(count: u64): match count {
        0 => "No products".to_owned(),
        1 => "1 product".to_owned(),
        _ => format!("{} products", crate::language().number(count)),
    }, match count {
        0 => "Ningún producto".to_owned(),
        1 => "1 producto".to_owned(),
        _ => format!("{} productos", crate::language().number(count)),
    };
    filters: "Filters", "Filtros";
    filters_set(count: usize): if count == 0 { "Filters".to_owned() } else { format!("Filters ({count})") },
        if count == 0 { "Filtros".to_owned() } else { format!("Filtros ({count})") };
    show_found(count: u64): if count == 1 { "Show 1 product".to_owned() } else { format!("Show {count} products") },
        if count == 1 { "Ver 1 producto".to_owned() } else { format!("Ver {count} productos") };
    clear_all: "Clear all", "Quitar todos";
    remove_filter(name: &str): format!("Remove filter: {name}"), format!("Quitar filtro: {name}");
    filters_that_are_set: "Filters that are set", "Filtros puestos";
    sort: "Sort by", "Ordenar por";
    sort_relevance: "Best match", "Más parecido";
    sort_newest: "Newest", "Más nuevo";
    sort_price: "Price, low to high", "Precio, de menor a mayor";
    sort_price_descending: "Price, high to low", "Precio, de mayor a menor";
    sort_name: "Name, A to Z", "Nombre, de la A a la Z";
    sort_rating: "Best rated", "Mejor valorado";
    availability: "Availability", "Disponibilidad";
    only_in_stock: "In stock only", "Solo disponibles";
    price: "Price", "Precio";
    price_from: "From", "Desde";
    price_to: "To", "Hasta";
    price_apply: "Apply price", "Aplicar precio";
    price_between(min: &str, max: &str): format!("{min} to {max}"), format!("De {min} a {max}");
    price_over(min: &str): format!("{min} and more"), format!("{min} o más");
    price_under(max: &str): format!("Up to {max}"), format!("Hasta {max}");
    rating: "Rating", "Valoración";
    rating_any: "Any rating", "Cualquiera";
    stars_and_up(stars: u8): format!("{stars} stars and up"), format!("{stars} estrellas o más");
    more_values(count: usize): format!("{count} more"), format!("{count} más");
    subcategories: "In this category", "En esta categoría";
    seen_of(seen: usize, total: u64): format!("{seen} of {total}"), format!("{seen} de {total}");
    nothing: "Nothing fits", "No hay nada así";
    nothing_filtered: "No product has all of this. Take a filter away, or start again.", "Ningún producto cumple todo esto. Quita un filtro o empieza de nuevo.";
    nothing_searched: "We found nothing for these words. Try fewer or other words, or look through the categories.", "No hemos encontrado nada con estas palabras. Prueba con menos o con otras, o mira las categorías.";
    nothing_yet: "There is nothing here yet. Have a look at everything else.", "Aquí todavía no hay nada. Mira todo lo demás.";
    sold_out: "Sold out", "Agotado";
    sale: "Reduced", "Rebajado";
}

/// An order of products, in words.
#[must_use]
pub fn sort_name_of(sort: novashop_types::catalogue::ProductSort) -> &'static str {
    use novashop_types::catalogue::ProductSort as Sort;
    match sort {
        Sort::Relevance => sort_relevance(),
        Sort::Newest => sort_newest(),
        Sort::Price => sort_price(),
        Sort::PriceDescending => sort_price_descending(),
        Sort::Name => sort_name(),
        Sort::Rating => sort_rating(),
    }
}
