//! The picture beside the sign-in: a school's roofed yard (*préau*) by a lake.

use leptos::prelude::*;

#[component]
pub(super) fn Scene() -> impl IntoView {
    view! {
        <svg class="scene" viewBox="0 0 720 420" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
            <circle class="sun" cx="560" cy="92" r="46"></circle>
            <path class="far" d="M0 250 90 150l60 55 95-120 100 120 70-60 110 115 80-55 115 95v170H0z"></path>
            <path class="near" d="M0 290l120-70 110 62 130-90 130 92 100-50 130 62v124H0z"></path>
            <path class="lake" d="M0 300h720v60H0z"></path>
            <path class="ground" d="M0 344c120-16 240-16 360-8s240 8 360-6v90H0z"></path>
            <path class="leaf" d="M96 226c34 0 56 26 56 56s-22 52-56 52-56-22-56-52 22-56 56-56"></path>
            <path class="post" d="M91 300h10v76H91z"></path>
            <path class="wall" d="M470 250h170v118H470z"></path>
            <path class="eaves" d="M452 252l103-58 103 58z"></path>
            <path class="glass" d="M492 274h34v34h-34zM548 274h34v34h-34zM604 274h22v34h-22zM492 326h34v42h-34z"></path>
            <path class="roof" d="M196 258l158-76 158 76v12H196z"></path>
            <path class="eaves" d="M196 258h316v12H196z"></path>
            <path class="post" d="M214 270h10v100h-10zM310 270h10v100h-10zM388 270h10v100h-10zM484 270h10v100h-10z"></path>
            <path class="child-1" d="M256 330c9 0 15 6 15 15v27h-30v-27c0-9 6-15 15-15"></path>
            <circle class="face-1" cx="256" cy="319" r="11"></circle>
            <path class="child-2" d="M348 338c8 0 13 6 13 13v23h-26v-23c0-7 5-13 13-13"></path>
            <circle class="face-2" cx="348" cy="328" r="10"></circle>
            <path class="child-3" d="M430 326c9 0 16 7 16 16v30h-32v-30c0-9 7-16 16-16"></path>
            <circle class="face-1" cx="430" cy="314" r="12"></circle>
        </svg>
    }
}
