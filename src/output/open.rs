//! Opening files without following links.

use std::fs::OpenOptions;
use std::io::{self, Read};
use std::path::Path;

/// Read a file that is not a link.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    no_follow(OpenOptions::new().read(true)).open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Make opening fail where the path's last part is a link, on systems that can tell.
pub(super) fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
    }
    #[cfg(not(unix))]
    options
}
