//! Mails and the state of the program, in the back office.

crate::words! {
    no_mails: "No mail was written yet.", "Todavía no se ha escrito ningún correo.";
    to: "To", "Para";
    subject: "Subject", "Asunto";
    kind: "Why", "Motivo";
    written: "Written", "Escrito";
    status: "Status", "Estado";
    mail_kept: "Kept here", "Guardado aquí";
    mail_queued: "Waits", "En espera";
    mail_sending: "Being sent", "Enviándose";
    mail_sent: "Sent", "Enviado";
    mail_failed: "Not delivered", "No entregado";
    mail_password_reset: "Forgotten password", "Contraseña olvidada";
    mail_email_verification: "Confirming an address", "Confirmar una dirección";
    mail_order_placed: "Order placed", "Pedido hecho";
    mail_order_paid: "Order paid", "Pedido pagado";
    mail_order_fulfilled: "Order sent", "Pedido enviado";
    mail_order_delivered: "Order delivered", "Pedido entregado";
    mail_order_cancelled: "Order cancelled", "Pedido cancelado";
    mail_low_stock: "Low stock", "Pocas existencias";
    mail_sales_report: "Daily sales report", "Informe diario de ventas";
    kept_help: "No mail server is set up, so this mail is only kept here. Its link is secret:", "No hay servidor de correo configurado, así que este correo solo se guarda aquí. Su enlace es secreto:";
    tried(times: &str): format!("Tried {times} times"), format!("Intentos: {times}");
    next_try(moment: &str): format!("next at {moment} UTC"), format!("el próximo: {moment} UTC");
    sent_on(moment: &str): format!("Sent on {moment} UTC"), format!("Enviado el {moment} UTC");
    server_said: "What the mail server said", "Lo que dijo el servidor de correo";
    resend: "Send again", "Enviar de nuevo";
    not_resent: "It was not sent. Either no mail server is set up, or it is on its way already, or the account is blocked or has another address by now.", "No se ha enviado. O no hay servidor de correo, o ya está en camino, o la cuenta está bloqueada o ya tiene otra dirección.";
    resent: "The mail is on its way", "El correo está en camino";
    as_html: "As mail programs show it", "Como lo muestran los programas de correo";
    as_text: "As plain text", "Como texto";
    preview_audited: "Whoever opens a mail is noted in the audit log.", "Quien abre un correo queda anotado en el registro.";
    well: "Everything works", "Todo funciona";
    not_well: "Something needs a look", "Algo necesita atención";
    refreshed: "Looked at again every ten seconds while this page is open.", "Se actualiza cada diez segundos mientras la página está abierta.";
    program: "Program", "Programa";
    version: "Version", "Versión";
    roles: "Roles of this process", "Funciones de este proceso";
    running_since: "Running since (UTC)", "En marcha desde (UTC)";
    memory: "Memory", "Memoria";
    unknown: "unknown", "desconocido";
    database: "Database", "Base de datos";
    kind_of_database: "Kind", "Tipo";
    schema: "Newest migration", "Última migración";
    reachable: "Answers", "Responde";
    unreachable: "Does not answer", "No responde";
    cache: "Cache", "Caché";
    cache_off: "Off", "Desactivada";
    entries: "Answers kept", "Respuestas guardadas";
    size: "Size", "Tamaño";
    hit_rate: "Found in it", "Encontradas en ella";
    hits_of(hits: &str, all: &str): format!("{hits} of {all}"), format!("{hits} de {all}");
    queue: "Queue", "Cola";
    outbox: "Mails and events waiting", "Correos y eventos en espera";
    oldest: "Longest wait", "Espera más larga";
    seconds(count: &str): format!("{count} s"), format!("{count} s");
    imports: "Imports waiting", "Importaciones en espera";
    redis: "Between processes", "Entre procesos";
    events_published: "Events told to all", "Eventos enviados a todos";
    events_heard: "Events heard", "Eventos recibidos";
    redis_errors: "Failures", "Fallos";
    media: "Pictures", "Imágenes";
    media_writable: "Can be stored", "Se pueden guardar";
    media_away: "Cannot be stored", "No se pueden guardar";
}

/// Where a mail stands, in words.
#[must_use]
pub fn mail_status(status: novashop_types::admin::MailStatus) -> &'static str {
    use novashop_types::admin::MailStatus as Status;
    match status {
        Status::Kept => mail_kept(),
        Status::Queued => mail_queued(),
        Status::Sending => mail_sending(),
        Status::Sent => mail_sent(),
        Status::Failed => mail_failed(),
    }
}

/// Why a mail was written, in words; a kind that is newer than this app by its own word.
#[must_use]
pub fn mail_kind(kind: &str) -> String {
    let known = match kind {
        "password_reset" => mail_password_reset(),
        "email_verification" => mail_email_verification(),
        "order_placed" => mail_order_placed(),
        "order_paid" => mail_order_paid(),
        "order_fulfilled" => mail_order_fulfilled(),
        "order_delivered" => mail_order_delivered(),
        "order_cancelled" => mail_order_cancelled(),
        "low_stock" => mail_low_stock(),
        "sales_report" => mail_sales_report(),
        other => other,
    };
    known.to_owned()
}
