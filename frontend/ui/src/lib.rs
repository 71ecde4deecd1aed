//! Components that shop and back office share. Their looks are in `styles/components.css`.

mod button;
mod dialog;
mod error_view;
mod field;
mod icon;
mod load;
mod page;
mod picture;
mod preferences;
mod price;
mod rating;
mod toasts;

pub use button::Button;
pub use dialog::{Dialog, DialogKind};
pub use error_view::{ErrorView, Notice, NoticeKind, failure_text};
pub use field::{Check, Choice, SelectField, TextArea, TextField};
pub use icon::{Icon, Sign};
pub use load::Load;
pub use page::{page_title, provide_page_title, start, use_title};
pub use picture::Picture;
use preferences::start_language;
pub use preferences::{Theme, choose_language, choose_theme, theme};
pub use price::Price;
pub use rating::Rating;
pub use toasts::{ToastList, Toasts, provide_toasts, use_toasts};
