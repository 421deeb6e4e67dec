//! A finger that sweeps over the planning turns to another week.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::{Element, TouchEvent, TouchList};

use crate::browser;

/// A shorter way is a tap that slipped, in CSS pixels.
const FAR: i32 = 60;
/// From the screen's edge, the browser itself goes back and forth.
const EDGE: i32 = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Previous,
    Next,
}

/// What a finger means that touched at `from` and left at `to`, on a page so wide.
fn turn(from: (i32, i32), to: (i32, i32), width: i32) -> Option<Turn> {
    let (right, down) = (to.0 - from.0, to.1 - from.1);
    let is_inside = (EDGE..=width - EDGE).contains(&from.0);
    let is_sideways = right.abs() >= FAR && right.abs() > 2 * down.abs();
    (is_inside && is_sideways).then_some(if right < 0 { Turn::Next } else { Turn::Previous })
}

/// Goes where the arrows lead, as long as the component is there.
pub(super) fn follow_swipes(previous: Signal<Option<String>>, next: Signal<Option<String>>) {
    let navigate = use_navigate();
    let from = StoredValue::new(None);
    let start = window_event_listener(ev::touchstart, move |event| {
        from.set_value(only(&event.touches()).filter(|_| may_start(&event)));
    });
    let end = window_event_listener(ev::touchend, move |event| {
        let way = from.get_value().zip(only(&event.changed_touches()));
        from.set_value(None);
        let width = document().document_element().map_or(0, |root| root.client_width());
        let address = way.and_then(|(from, to)| match turn(from, to, width)? {
            Turn::Previous => previous.get_untracked(),
            Turn::Next => next.get_untracked(),
        });
        if let Some(address) = address {
            navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    });
    let cancel = window_event_listener(ev::touchcancel, move |_| from.set_value(None));
    on_cleanup(move || {
        start.remove();
        end.remove();
        cancel.remove();
    });
}

/// Where the finger is; two of them do something else.
fn only(fingers: &TouchList) -> Option<(i32, i32)> {
    let finger = fingers.item(0).filter(|_| fingers.length() == 1)?;
    Some((finger.client_x(), finger.client_y()))
}

/// Not over a dialog, nor where a finger already moves something sideways: in a table that scrolls,
/// or on a page that was zoomed.
fn may_start(event: &TouchEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |place| element.as_ref().is_some_and(|at| matches!(at.closest(place), Ok(Some(_))));
    let is_zoomed = window().visual_viewport().is_some_and(|seen| seen.scale() > 1.05);
    is_in("main") && !is_in(".scrolls") && !is_zoomed && !browser::is_dialog_open()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(right: i32, down: i32) -> Option<Turn> {
        turn((200, 400), (200 + right, 400 + down), 390)
    }

    #[test]
    fn the_planning_follows_the_finger() {
        assert_eq!(of(-120, 10), Some(Turn::Next));
        assert_eq!(of(120, -10), Some(Turn::Previous));
        assert_eq!(of(-FAR, 0), Some(Turn::Next));
    }

    #[test]
    fn a_tap_that_slips_and_a_scroll_are_no_swipes() {
        assert_eq!(of(0, 0), None);
        assert_eq!(of(1 - FAR, 0), None);
        assert_eq!(of(100, 50), None);
        assert_eq!(of(100, -49), Some(Turn::Previous));
        assert_eq!(of(-10, 300), None);
    }

    #[test]
    fn the_edges_are_the_browsers() {
        assert_eq!(turn((EDGE - 1, 400), (200, 400), 390), None);
        assert_eq!(turn((390 - EDGE + 1, 400), (200, 400), 390), None);
        assert_eq!(turn((EDGE, 400), (200, 400), 390), Some(Turn::Previous));
    }
}
