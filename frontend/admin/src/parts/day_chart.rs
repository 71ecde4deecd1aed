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
    total: String,
    /// How it is drawn.
    kind: ChartKind,
    /// The days, oldest first.
    days: Vec<DayFigure>,
    /// The smallest number that the scale ends with.
    least: i64,
    /// A value of the scale in words.
    write: Box<dyn Fn(i64) -> String>,
) -> impl IntoView {
    let top = scale::top(days.iter().map(|day| day.value).max().unwrap_or(0), least);
    let count = days.len();
    let width = units(count);
    let middle = (top % 2 == 0).then(|| write(top / 2));
    let label = |day: Option<&DayFigure>| day.map(|day| day.day.clone()).unwrap_or_default();
    let (first, between, last) = (label(days.first()), label(days.get(count / 2)), label(days.last()));
    let drawing = match kind {
        ChartKind::Bars => bars(&days, top),
        ChartKind::Line => line(&days, top),
    };

    let days = StoredValue::new(days);
    let chosen = RwSignal::new(None::<usize>);
    let said = move || {
        let day = chosen.get().and_then(|index| days.with_value(|days| days.get(index).map(|day| (day.day.clone(), day.text.clone()))));
        day.map(|(day, text)| format!("{day}: {text}"))
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if let Some(next) = scale::moved(chosen.get_untracked(), &event.key(), count) {
            event.prevent_default();
            chosen.set(Some(next));
        }
    };
    view! {
        <figure class="chart">
            <figcaption class="chart__head">
                <span class="chart__title">{title}</span>
                <span class="chart__figure" aria-hidden="true">
                    {move || said().unwrap_or_else(|| total.clone())}
                </span>
            </figcaption>
            <div class="chart__plot">
                <div class="chart__scale" aria-hidden="true">
                    <span>{write(top)}</span>
                    <span>{middle}</span>
                    <span>{write(0)}</span>
                </div>
                <svg
                    class="chart__drawing"
                    viewBox=format!("0 0 {width} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="slider"
                    tabindex="0"
                    aria-label=format!("{title}. {}", words::chart_help())
                    aria-valuemin="0"
                    aria-valuemax=count.saturating_sub(1)
                    aria-valuenow=move || chosen.get().unwrap_or(count.saturating_sub(1))
                    aria-valuetext=move || said().unwrap_or_default()
                    on:keydown=keys
                    on:focus=move |_| {
                        if chosen.get_untracked().is_none() {
                            chosen.set(count.checked_sub(1));
                        }
                    }
                    on:blur=move |_| chosen.set(None)
                    on:pointerleave=move |_| chosen.set(None)
                >
                    {[HEIGHT, HEIGHT / 2, 0]
                        .map(|y| view! { <line class="chart__grid" x1="0" x2=width y1=y y2=y vector-effect="non-scaling-stroke"/> })
                        .collect_view()}
                    {(0..count)
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
                    <span>{first}</span>
                    <span>{between}</span>
                    <span>{last}</span>
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
