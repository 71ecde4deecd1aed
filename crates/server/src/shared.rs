//! What this process shares with others, where there is a Redis to share it by.

use std::sync::Arc;

use novashop_api::limits::Limits;
use novashop_links::{Link, Quotas, Stream, follow};
use novashop_services::Context;
use sha2::{Digest, Sha256};

use crate::{Failed, config::Config, context};

/// Links the process to the others. Redis need not be there: nobody waits for it.
pub(crate) fn link(ctx: &mut Context, config: &Config) -> Result<Option<Arc<Link>>, Failed> {
    let Some(url) = &config.redis_url else { return Ok(None) };
    let link = Arc::new(Link::new(url, &config.redis_prefix)?);
    let kept = Arc::clone(&link);
    actix_web::rt::spawn(async move { kept.keep().await });
    ctx.carrier = Arc::new(Stream::new(Arc::clone(&link)));
    Ok(Some(link))
}

/// Has those who listen in this process told what the others do. To be called once all of them listen: what comes before is lost to them.
pub(crate) fn listen(ctx: &Context, link: Option<&Arc<Link>>) {
    if let Some(link) = link {
        actix_web::rt::spawn(follow(Arc::clone(link), ctx.events.clone()));
    }
}

/// The quotas of clients, which all processes count together.
pub(crate) fn limits(ctx: &Context, config: &Config, link: Option<&Arc<Link>>) -> Result<Option<Arc<Limits>>, Failed> {
    if !config.rate_limits {
        return Ok(None);
    }
    let limits = Limits::new(Arc::clone(&ctx.clock));
    let Some(link) = link else { return Ok(Some(Arc::new(limits))) };
    let key = Sha256::new().chain_update(b"novashop quota key\0").chain_update(context::secret(config)?).finalize();
    let limits = Arc::new(limits.sharing(Quotas(Arc::clone(link)), key.into()));
    let counting = Arc::clone(&limits);
    actix_web::rt::spawn(async move { counting.keep_in_step().await });
    Ok(Some(limits))
}
