//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use novashop_types::jobs::JobStatus;

/// NovaShop: a shop in one program.
#[derive(Debug, Parser)]
#[command(
    name = "novashop",
    version,
    about = "NovaShop: a shop in one program",
    arg_required_else_help = true,
    after_help = "Examples:\n  novashop serve --demo          a shop with a demo catalogue on http://127.0.0.1:3000\n  novashop import products.csv   bring in a catalogue\n  novashop migrate status        what the schema looks like"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the shop.
    #[command(
        after_help = "Examples:\n  novashop serve\n  novashop serve --demo\n  novashop serve --role worker\n  API_URL=http://10.0.0.7:8000 novashop serve --role web\n\nSet variables in the environment or in .env; see `novashop config`."
    )]
    Serve {
        /// What this process does: `api` answers requests, `web` serves the app, `worker` runs what happens in the background.
        #[arg(long, value_delimiter = ',', default_value = "api,web,worker")]
        role: Vec<Role>,
        /// Load the demo catalogue where there is none yet, and make a staff login.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the schema up to date, take a migration back, or see what has run.
    #[command(after_help = "Examples:\n  novashop migrate up\n  novashop migrate down --yes\n  novashop migrate status")]
    Migrate {
        #[command(subcommand)]
        action: Migrate,
    },
    /// Fill the database with the demo catalogue, or with many made-up products.
    #[command(after_help = "Examples:\n  novashop demo\n  novashop demo --size 100000")]
    Demo {
        /// How many made-up products, besides the demo catalogue.
        #[arg(long)]
        size: Option<u64>,
        /// Also in production.
        #[arg(long)]
        yes: bool,
    },
    /// Bring in products from a file: the shop's own JSON, DummyJSON's form, or a Shopify product CSV.
    #[command(
        after_help = "The form is told by the content. Bad rows are named with their line and reason, the good ones are kept.\nBringing in the same file again changes nothing.\n\nExamples:\n  novashop import catalogue.json\n  novashop import products_export.csv"
    )]
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Check that stock, orders, ratings and references are what they must be. Reads only: the shop goes on meanwhile.
    #[command(
        after_help = "Every broken row is named with what it says and what it should say.\nExit code 0: nothing is broken (there may be warnings); 1: something is.\n\nExamples:\n  novashop verify\n  novashop verify --json | jq '.checks[] | select(.broken > 0)'"
    )]
    Verify {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Try the shop on this machine, with a database that is thrown away afterwards.
    Selftest {
        #[command(subcommand)]
        test: Selftest,
    },
    /// Write the whole shop into one file: database, pictures, secret. The shop may go on selling meanwhile.
    #[command(
        after_help = "For the embedded default (SQLite); on PostgreSQL it says which commands do the same.\n\nExample:\n  novashop backup shop.novashop"
    )]
    Backup {
        /// The file to write.
        file: PathBuf,
        /// Replace the file where it is there already.
        #[arg(long)]
        force: bool,
    },
    /// Make a shop of a backup, where there is none yet. Everything is checked before anything is put in place.
    #[command(after_help = "Example:\n  DATA_DIR=/srv/shop novashop restore shop.novashop")]
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Move an embedded shop (SQLite) into an empty PostgreSQL database. Stop the shop first.
    #[command(
        after_help = "Every row is compared on both sides; one difference, and nothing has moved. Pictures stay where they are.\n\nExample:\n  novashop move --to postgres://user:password@host/database"
    )]
    Move {
        /// The address of the PostgreSQL database.
        #[arg(long)]
        to: String,
    },
    /// Ask a role of this machine whether it is alive. Exit code 0: it is; 1: it is not.
    #[command(after_help = "For containers, in which nothing else could ask.\n\nExample:\n  novashop healthcheck --role web")]
    Healthcheck {
        /// Which role.
        #[arg(long, default_value = "api")]
        role: Role,
    },
    /// What is done in the background: imports, orders that expire, reports. See it, and try again what died.
    Jobs {
        #[command(subcommand)]
        action: Jobs,
    },
    /// Accounts for the people who run the shop.
    User {
        #[command(subcommand)]
        action: User,
    },
    /// Print the OpenAPI document.
    #[command(after_help = "Example:\n  novashop openapi > openapi/openapi.json")]
    Openapi,
    /// Explain every variable of the configuration.
    Config,
    /// Print a completion script for a shell.
    #[command(after_help = "Example:\n  novashop completions bash > /etc/bash_completion.d/novashop")]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Answers requests.
    Api,
    /// Serves the app and its pages.
    Web,
    /// Runs what happens in the background.
    Worker,
}

impl Role {
    /// Its word on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Web => "web",
            Self::Worker => "worker",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Migrate {
    /// Run every migration that has not run.
    Up,
    /// Take the last migrations back. Their data is lost.
    Down {
        /// How many.
        #[arg(long, default_value_t = 1)]
        steps: u32,
        /// Yes, the data may go.
        #[arg(long)]
        yes: bool,
    },
    /// Say which migrations have run.
    Status,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Selftest {
    /// Let many buy the last pieces at the same moment, through the real API. Exit code 0: each was sold once; 1: not so.
    #[command(
        after_help = "Examples:\n  novashop selftest oversell\n  novashop selftest oversell --buyers 400 --stock 20\n  novashop selftest oversell --database-url postgres://postgres@127.0.0.1/postgres"
    )]
    Oversell {
        /// How many buy at once.
        #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=5000))]
        buyers: u16,
        /// How many pieces there are.
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=5000))]
        stock: u16,
        /// A PostgreSQL server where a database may be made and dropped. Without it: SQLite in a temporary folder.
        #[arg(long)]
        database_url: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Jobs {
    /// List jobs, the newest first.
    #[command(after_help = "Examples:\n  novashop jobs list --status dead\n  novashop jobs list --json")]
    List {
        /// Only those in this state.
        #[arg(long)]
        status: Option<JobState>,
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Have a dead job tried again, or all of them.
    #[command(after_help = "Examples:\n  novashop jobs retry 0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5\n  novashop jobs retry --all")]
    Retry {
        /// The job's id.
        #[arg(required_unless_present = "all")]
        id: Option<String>,
        /// Every dead job.
        #[arg(long, conflicts_with = "id")]
        all: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum JobState {
    /// Waits for a worker, or for its next attempt.
    Queued,
    /// A worker has it in hand.
    Running,
    /// Done.
    Done,
    /// Failed once too often.
    Dead,
}

impl From<JobState> for JobStatus {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Queued => Self::Queued,
            JobState::Running => Self::Running,
            JobState::Done => Self::Done,
            JobState::Dead => Self::Dead,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Make an administrator. The password is taken from NOVASHOP_ADMIN_PASSWORD, asked for, or read from standard input.
    #[command(after_help = "Example:\n  novashop user create-admin maya maya@example.com")]
    CreateAdmin {
        /// How the administrator signs in.
        username: String,
        /// The administrator's address.
        email: String,
    },
    /// Set somebody's password and end their sessions, where no mail can help. It is asked for, or read from standard input.
    #[command(after_help = "Examples:\n  novashop user set-password maya\n  pass show shop/maya | novashop user set-password maya@example.com")]
    SetPassword {
        /// Their username or e-mail address.
        login: String,
    },
}
