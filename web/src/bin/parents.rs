//! The parents' app.

fn main() {
    web::start_parents();
}
