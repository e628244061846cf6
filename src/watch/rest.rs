//! Memory that is free goes back to the system while there is nothing to do.

use std::hint::black_box;
use std::thread;

/// Has the allocator give back what was freed a second ago or earlier. It looks for that only when a thread asks for a
/// page of memory, and when a thread ends (`purge_delay` of mimalloc 3); while nothing is done, none does either.
pub(super) fn give_back() {
    // Where no thread can be started there are worse troubles than memory that is kept.
    if let Ok(thread) = thread::Builder::new().spawn(|| drop(black_box(vec![0_u8; 1 << 16]))) {
        let _ = thread.join();
    }
}
