//! A figure day by day, as bars or as a line. One place to focus: the arrow keys go from day to day, and what stands above the chart says
//! the day's figure, as it does under a pointer.

use leptos::prelude::*;
use novashop_locales::admin_dashboard as words;

use crate::parts::scale::{self, DAY_WIDTH, HEIGHT};

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar a day: amounts.
    Bars,
    /// A line from day to day: counts.
    Line,
}

/// What a chart shows of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFigure {
    /// The day, short.
    pub day: String,
    /// What is drawn.
    pub value: i64,
    /// What it says.
    pub text: String,
}

/// The chart.
#[component]
pub fn DayChart(
    /// What it shows.
    title: &'static str,
    /// What it comes to in all.
    total: Signal<String>,
    /// How it is drawn.
    kind: ChartKind,
    /// The days, oldest first. What is told anew is drawn in the same chart, which keeps the focus.
    days: Memo<Vec<DayFigure>>,
    /// The smallest number that the scale ends with.
    least: i64,
    /// A value of the scale in words.
    write: Box<dyn Fn(i64) -> String>,
) -> impl IntoView {
    let top = Memo::new(move |_| scale::top(days.with(|days| days.iter().map(|day| day.value).max().unwrap_or(0)), least));
    let count = Memo::new(move |_| days.with(Vec::len));
    let last = move || count.get().saturating_sub(1);
    let width = move || units(count.get());
    let write = StoredValue::new_local(write);
    let middle = move || Some(top.get()).filter(|top| top % 2 == 0).map(|top| write.with_value(|write| write(top / 2)));
    let label = move |index: usize| days.with(|days| days.get(index).map(|day| day.day.clone()).unwrap_or_default());
    let drawing = move || {
        days.with(|days| match kind {
            ChartKind::Bars => bars(days, top.get()),
            ChartKind::Line => line(days, top.get()),
        })
    };

    let chosen = RwSignal::new(None::<usize>);
    let said = move || {
        let day = chosen.get().and_then(|index| days.with(|days| days.get(index).map(|day| (day.day.clone(), day.text.clone()))));
        day.map(|(day, text)| format!("{day}: {text}"))
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if let Some(next) = scale::moved(chosen.get_untracked(), &event.key(), count.get_untracked()) {
            event.prevent_default();
            chosen.set(Some(next));
        }
    };
    view! {
        <figure class="chart">
            <figcaption class="chart__head">
                <span class="chart__title">{title}</span>
                <span class="chart__figure" aria-hidden="true">
                    {move || said().unwrap_or_else(|| total.get())}
                </span>
            </figcaption>
            <div class="chart__plot">
                <div class="chart__scale" aria-hidden="true">
                    <span>{move || write.with_value(|write| write(top.get()))}</span>
                    <span>{middle}</span>
                    <span>{write.with_value(|write| write(0))}</span>
                </div>
                <svg
                    class="chart__drawing"
                    viewBox=move || format!("0 0 {} {HEIGHT}", width())
                    preserveAspectRatio="none"
                    role="slider"
                    tabindex="0"
                    aria-label=format!("{title}. {}", words::chart_help())
                    aria-valuemin="0"
                    aria-valuemax=last
                    aria-valuenow=move || chosen.get().unwrap_or_else(last)
                    aria-valuetext=move || said().unwrap_or_default()
                    on:keydown=keys
                    on:focus=move |_| {
                        if chosen.get_untracked().is_none() {
                            chosen.set(count.get_untracked().checked_sub(1));
                        }
                    }
                    on:blur=move |_| chosen.set(None)
                    on:pointerleave=move |_| chosen.set(None)
                >
                    {[HEIGHT, HEIGHT / 2, 0]
                        .map(|y| view! { <line class="chart__grid" x1="0" x2=width y1=y y2=y vector-effect="non-scaling-stroke"/> })
                        .collect_view()}
                    {move || (0..count.get())
                        .map(|index| {
                            view! {
                                <rect
                                    class="chart__day"
                                    class:chart__day--chosen=move || chosen.get() == Some(index)
                                    x=units(index)
                                    y="0"
                                    width=DAY_WIDTH
                                    height=HEIGHT
                                    on:pointerenter=move |_| chosen.set(Some(index))
                                />
                            }
                        })
                        .collect_view()}
                    {drawing}
                </svg>
                <div class="chart__days" aria-hidden="true">
                    <span>{move || label(0)}</span>
                    <span>{move || label(count.get() / 2)}</span>
                    <span>{move || label(last())}</span>
                </div>
            </div>
        </figure>
    }
}

/// Where the day of this index begins.
fn units(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(0).saturating_mul(DAY_WIDTH)
}

fn bars(days: &[DayFigure], top: i64) -> AnyView {
    let bar = |(index, day): (usize, &DayFigure)| {
        let height = scale::height(day.value, top);
        view! { <rect class="chart__bar" x=units(index).saturating_add(1) y=HEIGHT - height width=DAY_WIDTH - 2 height=height/> }
    };
    days.iter().enumerate().map(bar).collect_view().into_any()
}

fn line(days: &[DayFigure], top: i64) -> AnyView {
    let point =
        |(index, day): (usize, &DayFigure)| format!("{},{}", units(index).saturating_add(DAY_WIDTH / 2), HEIGHT - scale::height(day.value, top));
    let points: Vec<String> = days.iter().enumerate().map(point).collect();
    view! { <polyline class="chart__line" points=points.join(" ") vector-effect="non-scaling-stroke"/> }.into_any()
}
