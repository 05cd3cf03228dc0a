//! Diagrams: the geometry of many pictures, the looks of a few.

mod geometry;
mod pictures;
mod products;
mod texts;
mod views;
mod xml;
