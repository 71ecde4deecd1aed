//! Reviews, customers and users in the back office.

crate::words! {
    rating: "Rating", "Valoración";
    visibility: "Visibility", "Visibilidad";
    visible: "Visible", "Visibles";
    hidden: "Hidden", "Ocultas";
    answers: "Answers", "Respuestas";
    answered: "Answered", "Con respuesta";
    unanswered: "Not answered", "Sin respuesta";
    no_reviews: "No reviews here.", "No hay opiniones aquí.";
    no_reviews_help: "Customers can review what they received. Try other filters if you miss one.", "Los clientes pueden opinar sobre lo que reciben. Si echas en falta alguna, prueba otros filtros.";
    verified: "Bought here", "Comprado aquí";
    deleted_account: "Deleted account", "Cuenta eliminada";
    is_hidden: "Hidden from shoppers", "Oculta para los clientes";
    hide: "Hide", "Ocultar";
    show: "Show again", "Mostrar de nuevo";
    hidden_now: "Shoppers do not see the review any more", "Los clientes ya no ven la opinión";
    shown_now: "Shoppers see the review again", "Los clientes vuelven a ver la opinión";
    shop_answer: "The shop's answer", "La respuesta de la tienda";
    answer: "Answer", "Responder";
    edit_answer: "Edit the answer", "Editar la respuesta";
    answer_help: "Everybody can read it. Empty it to take it back.", "Todo el mundo puede leerla. Vacíala para retirarla.";
    search_people: "Name, username or e-mail", "Nombre, usuario o correo";
    nobody: "Nobody found.", "No se ha encontrado a nadie.";
    nobody_help: "Try a part of the name or of the e-mail address.", "Prueba con una parte del nombre o del correo.";
    name: "Name", "Nombre";
    username: "Username", "Usuario";
    email: "E-mail", "Correo";
    email_verified: "Address confirmed", "Correo confirmado";
    email_unverified: "Address not confirmed", "Correo sin confirmar";
    city: "Town", "Ciudad";
    address: "Address", "Dirección";
    role: "Role", "Rol";
    role_customer: "Customer", "Cliente";
    role_staff: "Staff", "Equipo";
    role_admin: "Administrator", "Administrador";
    role_help: "Staff runs the catalogue and the orders. Administrators also see accounts, mails and the audit log.", "El equipo lleva el catálogo y los pedidos. Los administradores ven además las cuentas, los correos y el registro.";
    since: "Since", "Desde";
    state: "Account", "Cuenta";
    active: "Active", "Activa";
    inactive: "Blocked", "Bloqueada";
    profile: "Profile", "Perfil";
    access: "Access", "Acceso";
    change_role: "Change role", "Cambiar rol";
    block: "Block the account", "Bloquear la cuenta";
    unblock: "Let them sign in again", "Permitir el acceso de nuevo";
    role_question(name: &str, role: &str): format!("Make {name} “{role}”? They are signed out everywhere and have to sign in again."),
        format!("¿Dar a {name} el rol «{role}»? Se cerrará su sesión en todas partes y tendrá que volver a entrar.");
    block_question(name: &str): format!("Block {name}? They are signed out everywhere and cannot sign in until you allow it again. Their orders stay."),
        format!("¿Bloquear a {name}? Se cerrará su sesión en todas partes y no podrá entrar hasta que lo permitas. Sus pedidos se conservan.");
    unblock_question(name: &str): format!("Let {name} sign in again?"), format!("¿Permitir que {name} vuelva a entrar?");
    own_account: "This is your own account: you will be signed out, and may not get back here.", "Es tu propia cuenta: se cerrará tu sesión y quizá no puedas volver aquí.";
    latest_orders: "Latest orders with this address", "Últimos pedidos con este correo";
    no_orders: "No orders yet.", "Todavía no hay pedidos.";
    all_orders: "All of them", "Ver todos";
    changed: "The account is changed", "La cuenta se ha cambiado";
}

/// A role in words.
#[must_use]
pub fn role_name(role: novashop_types::accounts::Role) -> &'static str {
    use novashop_types::accounts::Role;
    match role {
        Role::Customer => role_customer(),
        Role::Staff => role_staff(),
        Role::Admin => role_admin(),
    }
}
