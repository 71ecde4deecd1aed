//! Placeholder until the imports branch is merged.
use crate::Failed;
use novashop_services::Context;
pub(crate) async fn run(_: &Context, _: &std::path::Path) -> Result<std::process::ExitCode, Failed> {
    Ok(std::process::ExitCode::SUCCESS)
}
