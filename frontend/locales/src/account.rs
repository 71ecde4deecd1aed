//! Signing in, and one's own account.

crate::words! {
    title: "Your account", "Tu cuenta";
    sections: "Parts of your account", "Partes de tu cuenta";
    profile: "Profile", "Perfil";
    orders: "Orders", "Pedidos";
    wishlist: "Wishlist", "Favoritos";
    sessions: "Where you are signed in", "Dónde tienes la sesión abierta";
    password: "Password", "Contraseña";
    data: "Your data", "Tus datos";
    loading: "One moment", "Un momento";

    sign_in: "Sign in", "Iniciar sesión";
    login: "Username or e-mail", "Usuario o correo";
    forgot_link: "Forgotten your password?", "¿Has olvidado la contraseña?";
    no_account: "New here?", "¿Es tu primera vez?";
    register_link: "Make an account", "Crea una cuenta";
    register: "Make an account", "Crea una cuenta";
    register_hint: "Your orders, your address and your wishlist in one place.", "Tus pedidos, tu dirección y tus favoritos en un solo lugar.";
    have_account: "Have one already?", "¿Ya tienes una?";
    username: "Username", "Usuario";
    username_help: "3 to 32 letters, digits, dots, underscores or hyphens.", "De 3 a 32 letras, dígitos, puntos, guiones o guiones bajos.";
    email: "E-mail", "Correo electrónico";
    first_name: "First name", "Nombre";
    last_name: "Last name", "Apellidos";
    city: "Town or city", "Localidad";
    address: "Street and number", "Calle y número";
    show_password: "Show the password", "Mostrar la contraseña";
    hide_password: "Hide the password", "Ocultar la contraseña";
    password_help: "At least 10 characters. A few words in a row are easy to keep in mind.", "Al menos 10 caracteres. Unas cuantas palabras seguidas se recuerdan bien.";
    password_common: "Somebody would try this one first. Add a word or two.", "Alguien probaría esta primero. Añade una o dos palabras.";
    password_personal: "This is your own name or address. Choose something else.", "Es tu propio nombre o correo. Elige otra cosa.";
    password_good: "That will do well.", "Así está bien.";
    password_more(count: usize): if count == 1 { "1 more character.".to_owned() } else { format!("{count} more characters.") },
        if count == 1 { "1 carácter más.".to_owned() } else { format!("{count} caracteres más.") };

    forgot: "A new password", "Una contraseña nueva";
    forgot_hint: "Tell us your e-mail address. If there is an account with it, we send you a link that works for an hour.",
        "Dinos tu correo. Si hay una cuenta con él, te enviamos un enlace que vale una hora.";
    send_link: "Send me the link", "Envíame el enlace";
    forgot_sent(email: &str): format!("If there is an account with {email}, a mail is on its way to it. Look into your spam too."),
        format!("Si hay una cuenta con {email}, le hemos enviado un correo. Mira también en el spam.");
    reset: "Choose a new password", "Elige una contraseña nueva";
    new_password: "New password", "Contraseña nueva";
    reset_done: "Your new password counts from now on. Sign in with it.", "Tu contraseña nueva ya vale. Inicia sesión con ella.";
    reset_no_token: "This link is not whole. Open it from the mail again, or ask for a new one.", "Este enlace no está completo. Ábrelo otra vez desde el correo o pide uno nuevo.";
    ask_again: "Ask for a new link", "Pedir un enlace nuevo";
    verify: "Confirm your e-mail address", "Confirma tu correo";
    verify_hint: "Press the button, and we know that this address is yours.", "Pulsa el botón y sabremos que este correo es tuyo.";
    verify_button: "This address is mine", "Este correo es mío";
    verify_done: "Thank you. Your address is confirmed.", "Gracias. Tu correo está confirmado.";
    to_account: "To your account", "A tu cuenta";
    to_shop: "To the shop", "A la tienda";

    verified: "Confirmed", "Confirmado";
    not_verified: "Not confirmed yet: open the link in the mail that we sent you.", "Sin confirmar: abre el enlace del correo que te enviamos.";
    current_password: "Your present password", "Tu contraseña actual";
    email_asks: "A new address needs your present password.", "Para cambiar el correo necesitamos tu contraseña actual.";
    mail_language: "Language of mails", "Idioma de los correos";
    mail_language_help: "Mails about an order are written in the language you ordered in.", "Los correos de un pedido van en el idioma en que lo hiciste.";
    nothing_changed: "There is nothing to save: you changed nothing.", "No hay nada que guardar: no has cambiado nada.";

    wishlist_empty: "Your wishlist is empty", "Aún no tienes favoritos";
    wishlist_hint: "Press the heart of what you like, and find it here again.", "Pulsa el corazón de lo que te guste y lo encontrarás aquí.";
    wishlist_remove(name: &str): format!("Take {name} off the wishlist"), format!("Quitar {name} de favoritos");
    wishlist_removed(name: &str): format!("{name} is off your wishlist."), format!("{name} ya no está en tus favoritos.");

    this_session: "This one", "Esta";
    signed_in_on(day: &str): format!("Signed in on {day}"), format!("Abierta el {day}");
    last_used(day: &str): format!("last used on {day}"), format!("usada por última vez el {day}");
    end_session: "Sign out there", "Cerrar sesión ahí";
    end_others: "Sign out everywhere else", "Cerrar todas las demás";
    session_ended: "Signed out there.", "Sesión cerrada.";
    unknown_device: "A device without a name", "Un dispositivo sin nombre";
    on_device(browser: &str, system: &str): format!("{browser} on {system}"), format!("{browser} en {system}");

    change_password: "Change the password", "Cambiar la contraseña";
    password_changed: "Your new password counts from now on. Elsewhere you are signed out.", "Tu contraseña nueva ya vale. En los demás sitios se ha cerrado la sesión.";

    export: "Take your data along", "Llévate tus datos";
    export_hint: "Everything we keep about you, in one file that programs can read (JSON).", "Todo lo que guardamos sobre ti, en un archivo que los programas pueden leer (JSON).";
    export_button: "Download", "Descargar";
    delete: "Delete your account", "Elimina tu cuenta";
    delete_hint: "Your name, addresses, reviews, wishlist and cart are erased. The figures of your orders stay for the books, without your name. This cannot be undone.",
        "Se borran tu nombre, direcciones, opiniones, favoritos y carrito. Las cifras de tus pedidos se conservan para la contabilidad, sin tu nombre. No se puede deshacer.";
    delete_button: "Delete my account", "Eliminar mi cuenta";
    delete_type(username: &str): format!("Type {username} to confirm"), format!("Escribe {username} para confirmar");
    delete_mismatch: "This is not your username.", "Ese no es tu usuario.";
    deleted: "Your account is deleted.", "Tu cuenta está eliminada.";
}
