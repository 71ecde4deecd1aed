//! The editor of a product.

crate::words! {
    basics: "What it is", "Qué es";
    name: "Name", "Nombre";
    slug: "Address in the shop", "Dirección en la tienda";
    slug_help: "Lower-case letters, digits and hyphens. Left empty, it is made from the name.", "Minúsculas, cifras y guiones. Si lo dejas vacío, se forma con el nombre.";
    description: "Description", "Descripción";
    description_help: "Plain text; an empty line begins a new paragraph.", "Texto sin formato; una línea vacía empieza otro párrafo.";
    place: "Where it is", "Dónde está";
    category: "Category", "Categoría";
    no_category: "None", "Ninguna";
    status: "Status", "Estado";
    attributes: "Facts", "Datos";
    attributes_help: "Material, size, care: names and values that shoppers read.", "Material, medidas, cuidado: nombres y valores que leen los compradores.";
    attribute_name: "Name", "Nombre";
    attribute_value: "Value", "Valor";
    add_attribute: "Add a fact", "Añadir un dato";
    remove(what: &str): format!("Remove {what}"), format!("Quitar {what}");

    selling: "Variants, prices and stock", "Variantes, precios y existencias";
    selling_help: "One row for each thing that is bought and counted.", "Una fila por cada cosa que se compra y se cuenta.";
    options: "Options", "Opciones";
    options_help: "What shoppers choose from, such as Size: S, M, L. Without options there is one variant.", "Lo que eligen los compradores, por ejemplo Talla: S, M, L. Sin opciones hay una sola variante.";
    option_name: "Option", "Opción";
    option_values: "Values, separated by commas", "Valores, separados por comas";
    add_option: "Add an option", "Añadir una opción";
    make_grid: "Make the variants", "Crear las variantes";
    add_variant: "Add a variant", "Añadir una variante";
    sku: "SKU", "SKU";
    sku_help: "made up if empty", "se crea si está vacío";
    price: "Price", "Precio";
    was: "Before", "Antes";
    stock: "Stock", "Existencias";
    stock_reason: "Reason for the new stock", "Motivo del cambio de existencias";
    stock_reason_help: "It stands in the ledger.", "Queda en el registro.";
    variant(number: usize): format!("variant {number}"), format!("variante {number}");
    cell(field: &str, number: usize): format!("{field}, variant {number}"), format!("{field}, variante {number}");
    not_an_amount: "Enter an amount such as 19.99.", "Escribe un importe como 19,99.";
    not_a_count: "Enter a whole number.", "Escribe un número entero.";
    reason_needed: "Say why the stock changes.", "Indica por qué cambian las existencias.";

    images: "Pictures", "Imágenes";
    images_help: "JPEG, PNG or WebP, up to 10 MB. The first one stands in lists.", "JPEG, PNG o WebP, hasta 10 MB. La primera aparece en los listados.";
    images_later: "Save the product first, then add its pictures.", "Guarda primero el producto y después añade sus imágenes.";
    drop_here: "Drop pictures here, or choose files", "Suelta imágenes aquí o elige archivos";
    choose_files: "Choose files", "Elegir archivos";
    uploading(name: &str): format!("Uploading {name}"), format!("Subiendo {name}");
    alt: "What it shows, for who cannot see it", "Qué muestra, para quien no la ve";
    earlier: "Move earlier", "Mover antes";
    later: "Move later", "Mover después";
    delete_image: "Delete this picture?", "¿Eliminar esta imagen?";
    delete_image_text: "It disappears from the shop at once.", "Desaparece de la tienda enseguida.";
    moved(place: usize, count: usize): format!("Now picture {place} of {count}"), format!("Ahora es la imagen {place} de {count}");

    preview: "In the shop", "En la tienda";
    see_in_shop: "See it in the shop", "Ver en la tienda";
    not_in_shop: "Shoppers do not see it until it is on sale.", "Los compradores no lo ven hasta que esté a la venta.";
    created: "The product is there. Add its pictures now.", "El producto está creado. Ahora añade sus imágenes.";
    look_again: "Some fields need another look.", "Algunos campos necesitan otra mirada.";

    conflict: "Somebody else saved first", "Otra persona guardó antes";
    conflict_text: "While you were working, this product was changed. This is where the two differ:", "Mientras trabajabas, este producto cambió. En esto se diferencian:";
    conflict_same: "Nothing that you can see differs.", "No se diferencia nada visible.";
    field: "Field", "Campo";
    theirs: "Saved now", "Guardado ahora";
    yours: "Yours", "Tuyo";
    take_theirs: "Load what is saved", "Cargar lo guardado";
    keep_mine: "Keep mine and save", "Conservar lo mío y guardar";
    empty: "(empty)", "(vacío)";
}
