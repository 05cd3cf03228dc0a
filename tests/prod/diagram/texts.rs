//! What is written: well-formed, the same every time, and as it was looked at.

use prod::emit::diagram::{Direction, svg};

use super::pictures::{generated, shop};

#[test]
fn pictures_are_the_same_bytes_every_time() {
    for picture in [shop(Direction::Down), generated(3, 24)] {
        assert_eq!(svg(&picture), svg(&picture));
    }
}
