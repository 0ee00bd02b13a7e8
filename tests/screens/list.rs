//! Every screen and dialog of the product, in the order in which a new user meets them. A screen that is not here is not looked at.

use crate::screen::Screen;

/// What the pictures are of.
pub const SCREENS: &[Screen] = &[Screen {
    name: "sign-in",
    account: None,
    address: "/sign-in",
    steps: &[],
}];
