//! The frame of the back office and what all its pages share.

crate::words! {
    back_office: "Back office", "Administración";
    dashboard: "Dashboard", "Panel";
    orders: "Orders", "Pedidos";
    products: "Products", "Productos";
    categories: "Categories", "Categorías";
    stock: "Stock", "Existencias";
    reviews: "Reviews", "Opiniones";
    customers: "Customers", "Clientes";
    mails: "Mails", "Correos";
    jobs: "Jobs", "Trabajos";
    imports: "Import and export", "Importar y exportar";
    audit: "Audit log", "Auditoría";
    system: "System", "Sistema";
    navigation: "Back office pages", "Páginas de administración";
    to_shop: "To the shop", "Ir a la tienda";

    login_title: "Sign in to the back office", "Inicia sesión en la administración";
    login_again: "Your session has ended", "Tu sesión ha terminado";
    login_again_help: "Sign in and go on where you were: what you typed is still there.", "Inicia sesión y sigue donde estabas: lo que escribiste sigue ahí.";
    login_name: "Username or e-mail", "Usuario o correo";
    login_password: "Password", "Contraseña";
    not_staff_title: "This is where the shop is run", "Aquí se lleva la tienda";
    not_staff(name: &str): format!("You are signed in as {name}, who shops here. Ask somebody who runs the shop for access, or sign in with another account."),
        format!("Has iniciado sesión como {name}, que compra aquí. Pide acceso a quien lleva la tienda o entra con otra cuenta.");
    other_account: "Use another account", "Usar otra cuenta";
    page_missing: "There is no such page", "Esta página no existe";
    page_missing_help: "The address may be old or mistyped. Everything is in the menu.", "La dirección puede ser antigua o estar mal escrita. Todo está en el menú.";

    find: "Find pages, products and orders", "Buscar páginas, productos y pedidos";
    find_short: "Find", "Buscar";
    find_pages: "Pages", "Páginas";
    find_nothing: "Nothing found. Try another word.", "No hay resultados. Prueba con otra palabra.";
    find_keys: "Arrow keys to choose, Enter to open, Escape to close", "Flechas para elegir, Intro para abrir, Escape para cerrar";
    new_product: "New product", "Producto nuevo";

    select_all: "Select all on this page", "Seleccionar todo en esta página";
    select_row(name: &str): format!("Select {name}"), format!("Seleccionar {name}");
    selected(count: i64): if count == 1 { "1 selected".to_owned() } else { format!("{count} selected") },
        if count == 1 { "1 seleccionado".to_owned() } else { format!("{count} seleccionados") };
    clear_selection: "Clear selection", "Quitar selección";
    table_keys: "Arrow keys move, Space or X selects, Shift with an arrow selects on, Enter opens", "Las flechas mueven, Espacio o X selecciona, Mayús con flecha amplía, Intro abre";
    next_page: "Next page", "Página siguiente";
    first_page: "Back to the first page", "Volver a la primera página";
    total(count: i64): if count == 1 { "1 in all".to_owned() } else { format!("{} in all", crate::number(count)) },
        if count == 1 { "1 en total".to_owned() } else { format!("{} en total", crate::number(count)) };

    filters: "Filters", "Filtros";
    clear_filters: "Clear filters", "Quitar filtros";
    all: "All", "Todos";
    save_filter: "Save this filter", "Guardar este filtro";
    filter_name: "Name of the filter", "Nombre del filtro";
    saved_filters: "Saved filters", "Filtros guardados";
    forget_filter(name: &str): format!("Forget the filter {name}"), format!("Olvidar el filtro {name}");
    nothing_here: "Nothing here yet", "Todavía no hay nada";
    nothing_fits: "Nothing fits these filters", "Nada coincide con estos filtros";

    discard: "Discard", "Descartar";
    unsaved: "Unsaved changes", "Cambios sin guardar";
    leave: "Leave without saving", "Salir sin guardar";
    stay: "Stay here", "Quedarse";
}
