//! Doorward with what it exports to JavaScript.
//!
//! Without the standard library, whose handler of panics formats messages that nobody in WebAssembly can read. (What
//! mints has it: the source of randomness does.)
#![no_std]
#![forbid(unsafe_code)]

extern crate doorward;

/// The one that the standard library has for WebAssembly.
#[cfg(all(target_arch = "wasm32", not(feature = "mint")))]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// As with the standard library: the call ends with a `RuntimeError`.
#[cfg(all(target_arch = "wasm32", not(feature = "mint")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
