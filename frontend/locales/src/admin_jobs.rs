//! What is done in the background, in the back office.

use novashop_types::jobs::JobStatus;

crate::words! {
    intro: "What the shop does by itself. A dead job failed too often: see why, mend it, and try it again.", "Lo que la tienda hace por sí sola. Un trabajo muerto ha fallado demasiadas veces: mira por qué, arréglalo y vuelve a intentarlo.";
    no_jobs: "No job is here.", "No hay ningún trabajo aquí.";
    job: "Job", "Trabajo";
    attempts: "Attempts", "Intentos";
    written: "Written (UTC)", "Escrito (UTC)";
    next: "Next attempt (UTC)", "Próximo intento (UTC)";
    status: "Status", "Estado";
    last_error: "Last error", "Último error";
    retry: "Try again", "Reintentar";
    retry_job(name: &str): format!("Try again: {name}"), format!("Reintentar: {name}");
    retried: "The job waits for a worker.", "El trabajo espera a un proceso.";
    queued: "Waiting", "En espera";
    running: "Under way", "En curso";
    done: "Done", "Hecho";
    dead: "Dead", "Muerto";
    import: "Import of a file", "Importación de un archivo";
    expire_orders: "Unpaid orders expire", "Caducan los pedidos sin pagar";
    forget_carts: "Old carts are forgotten", "Se olvidan los carritos antiguos";
    notice_low_stock: "Notice of low stock", "Aviso de pocas existencias";
    report_sales: "Daily sales report", "Informe diario de ventas";
    forget_old_rows: "Old rows are forgotten", "Se olvidan los registros antiguos";
    adopt_imports: "Waiting imports are looked for", "Se buscan importaciones en espera";
}

/// Where a job stands, in words.
#[must_use]
pub fn job_status(status: JobStatus) -> &'static str {
    match status {
        JobStatus::Queued => queued(),
        JobStatus::Running => running(),
        JobStatus::Done => done(),
        JobStatus::Dead => dead(),
    }
}

/// What a job does, in words; a kind that is newer than this app by its own word.
#[must_use]
pub fn job_kind(kind: &str) -> String {
    let known = match kind {
        "import" => import(),
        "expire_orders" => expire_orders(),
        "forget_carts" => forget_carts(),
        "notice_low_stock" => notice_low_stock(),
        "report_sales" => report_sales(),
        "forget_old_rows" => forget_old_rows(),
        "adopt_imports" => adopt_imports(),
        other => other,
    };
    known.to_owned()
}
