//! Doorward with what it exports to JavaScript.
#![no_std]
#![forbid(unsafe_code)]

extern crate doorward;
