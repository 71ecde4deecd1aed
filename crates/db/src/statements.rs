//! How many statements a piece of work needs: shown in `Server-Timing`, asserted in tests.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, Statement, metric::Info};

tokio::task_local! {
    static COUNTED: Cell<Statements>;
    static RECORDED: RefCell<Vec<Statement>>;
}

/// Statements that the database was given, and how long they took together. The beginning and the end of a transaction are none; rows for
/// several tables that are sent together (`sql::Inserts`) are one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statements {
    /// How many.
    pub count: u32,
    /// How long until the database had answered them.
    pub elapsed: Duration,
}

/// Runs some work and counts its statements. Work that it hands to other tasks is not counted.
pub async fn counted<F: Future>(work: F) -> (F::Output, Statements) {
    COUNTED
        .scope(Cell::default(), async {
            let output = work.await;
            (output, COUNTED.with(Cell::get))
        })
        .await
}

/// Runs some work and gives its statements with their values: so that a test explains what the program really asks.
pub async fn recorded<F: Future>(work: F) -> (F::Output, Vec<Statement>) {
    RECORDED
        .scope(RefCell::default(), async {
            let output = work.await;
            (output, RECORDED.with(RefCell::take))
        })
        .await
}

/// Has a connection's statements counted.
pub(crate) fn watch(connection: &mut DatabaseConnection) {
    connection.set_metric_callback(|info: &Info<'_>| {
        count(info.elapsed);
        let _outside = RECORDED.try_with(|recorded| recorded.borrow_mut().push(info.statement.clone()));
    });
}

fn count(elapsed: Duration) {
    // Outside of `counted` and `recorded` nobody wants to know.
    let _outside = COUNTED.try_with(|counted| {
        let so_far = counted.get();
        counted.set(Statements { count: so_far.count.saturating_add(1), elapsed: so_far.elapsed.saturating_add(elapsed) });
    });
}

/// Has a statement counted that does not go through sea-orm, from now until it is done.
pub(crate) fn note(statement: &Statement) -> Noted {
    let _outside = RECORDED.try_with(|recorded| recorded.borrow_mut().push(statement.clone()));
    Noted(Instant::now())
}

/// A statement that runs.
pub(crate) struct Noted(Instant);

impl Noted {
    /// It was answered.
    pub(crate) fn done(self) {
        count(self.0.elapsed());
    }
}
