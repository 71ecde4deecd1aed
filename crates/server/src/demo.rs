//! Placeholder until the imports branch is merged.
use crate::Failed;
use novashop_services::Context;
pub(crate) async fn load(_: &Context, _: Option<u64>) -> Result<(), Failed> {
    Ok(())
}
pub(crate) async fn load_if_empty(_: &Context) -> Result<(), Failed> {
    Ok(())
}
