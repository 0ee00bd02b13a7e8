//! Starts the front end in the page.

fn main() {
    console_error_panic_hook::set_once();
    appshelf_web::app::start();
}
