//! The shop's figures: numbers first, then the days as charts and as a table.

use leptos::prelude::*;
use novashop_locales::{admin_dashboard as words, day, money, number, short_day};
use novashop_types::{Money, Timestamp, stats::Stats};

use crate::parts::day_chart::{ChartKind, DayChart, DayFigure};

/// The numbers of the time shown.
#[component]
pub fn StatsNumbers(
    /// The figures.
    stats: Stats,
) -> impl IntoView {
    let waiting = stats.to_handle.paid.saturating_add(stats.to_handle.pending_payment);
    let figures = [
        (words::revenue(), money(stats.revenue)),
        (words::orders(), number(stats.orders)),
        (words::average_basket(), money(stats.average_basket)),
        (words::items_sold(), number(stats.items_sold)),
        (words::new_customers(), number(stats.new_customers)),
        (words::to_handle(), number(waiting)),
    ];
    view! {
        <dl class="figures">
            {figures
                .map(|(name, value)| {
                    view! {
                        <div class="figure">
                            <dt>{name}</dt>
                            <dd class="number">{value}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// The days.
#[component]
pub fn StatsDays(
    /// The figures.
    #[prop(into)]
    stats: Signal<Stats>,
) -> impl IntoView {
    let currency = stats.with_untracked(|stats| stats.currency);
    let amount = move |amount: i64| money(Money::new(amount, currency));
    let figure = |date: &str, value: i64, text: String| DayFigure { day: instant(date).map(short_day).unwrap_or_default(), value, text };
    let by_day = Memo::new(move |_| stats.with(|stats| stats.by_day.clone()));
    let revenue = move || by_day.with(|days| days.iter().map(|day| figure(&day.date, day.revenue.amount, money(day.revenue))).collect::<Vec<_>>());
    let orders = move || by_day.with(|days| days.iter().map(|day| figure(&day.date, day.orders, number(day.orders))).collect::<Vec<_>>());
    let all_revenue = Signal::derive(move || stats.with(|stats| money(stats.revenue)));
    let all_orders = Signal::derive(move || stats.with(|stats| number(stats.orders)));
    let row = |(date, revenue, orders): (String, Money, i64)| {
        view! {
            <tr>
                <th scope="row">{instant(&date).map(day).unwrap_or(date)}</th>
                <td class="number">{money(revenue)}</td>
                <td class="number">{number(orders)}</td>
            </tr>
        }
    };
    // The newest first: that is what is looked up.
    let rows = move || by_day.get().into_iter().rev().map(|day| row((day.date, day.revenue, day.orders))).collect_view();
    view! {
        <div class="charts">
            <DayChart title=words::revenue_by_day() total=all_revenue kind=ChartKind::Bars days=Memo::new(move |_| revenue()) least=1_000 write=Box::new(amount)/>
            <DayChart title=words::orders_by_day() total=all_orders kind=ChartKind::Line days=Memo::new(move |_| orders()) least=4 write=Box::new(number)/>
        </div>
        <details class="chart-table">
            <summary>{words::figures_as_table()}</summary>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words::day()}</th>
                        <th scope="col" class="number">
                            {words::revenue()}
                        </th>
                        <th scope="col" class="number">
                            {words::orders()}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn instant(date: &str) -> Option<Timestamp> {
    date.parse().ok()
}
