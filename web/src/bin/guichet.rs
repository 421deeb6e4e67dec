//! The guichet's app.

fn main() {
    web::start_guichet();
}
