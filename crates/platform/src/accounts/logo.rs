//! The workspace's logo: whatever is uploaded is decoded within bounds, and kept as a PNG of our own making.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits, imageops::FilterType};
use nexsent_model::{Fault, FaultCode, live::LiveEvent};
use nexsent_texts::t;
use surrealdb_types::{Bytes, SurrealValue};
use tokio::sync::Semaphore;

use super::audit::Entry;
use crate::{
    Error, Result, TenantDb,
    db::{q, rid},
    secrets::{encode, token_hash},
};

/// The largest upload, in bytes.
pub const MAX_LOGO: usize = 1024 * 1024;
/// Pixels of a side, as it is uploaded.
const MAX_SIDE: u32 = 4096;
/// Bytes that decoding may take: the largest picture in four channels of 16 bits, and some.
const MAX_ALLOC: u64 = 160 * 1024 * 1024;
/// Pixels of a side, as it is kept.
const KEPT_SIDE: u32 = 512;
/// Each takes up to [`MAX_ALLOC`].
static DECODING: Semaphore = Semaphore::const_new(2);

fn unreadable() -> Fault {
    Fault::field("logo", t!("fault-logo-unreadable"))
}

/// The picture as a PNG of at most 512 pixels a side.
fn recode(bytes: &[u8]) -> std::result::Result<Vec<u8>, Fault> {
    // What it is, is told by its content: names and content types are whatever the sender says.
    let format = image::guess_format(bytes).map_err(|_| unreadable())?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(unreadable());
    }
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(|_| unreadable())?;
    if width > MAX_SIDE || height > MAX_SIDE {
        // Without marks between thousands, as sizes of pictures are written.
        let (width, height, max) = (width.to_string(), height.to_string(), MAX_SIDE.to_string());
        return Err(Fault::field("logo", t!("fault-logo-pixels", width = width, height = height, max = max)));
    }
    if width == 0 || height == 0 {
        return Err(unreadable());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| unreadable())?;
    let picture = if width.max(height) > KEPT_SIDE { picture.resize(KEPT_SIDE, KEPT_SIDE, FilterType::Triangle) } else { picture };
    // Eight bits a channel, and nothing of what else the file carried.
    let picture = picture.into_rgba8();
    let mut out = Vec::new();
    picture.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).map_err(|_| unreadable())?;
    Ok(out)
}

#[derive(SurrealValue)]
struct Kept {
    png: Bytes,
}

impl TenantDb {
    /// Takes a picture as the workspace's logo.
    ///
    /// # Errors
    /// A fault unless the role may, and on `logo`.
    pub async fn set_logo(&self, bytes: Vec<u8>) -> Result<()> {
        self.may_admin()?;
        if bytes.len() > MAX_LOGO {
            let message = t!("fault-logo-large", megabytes = MAX_LOGO / 1024 / 1024);
            return Err(Fault { code: FaultCode::TooLarge, message, field: Some("logo".to_owned()) }.into());
        }
        let permit = DECODING.acquire().await.map_err(|_| Error::Setup("stopping".to_owned()))?;
        let png = tokio::task::spawn_blocking(move || recode(&bytes)).await.map_err(|_| unreadable())??;
        drop(permit);
        let mark = token_hash(&encode(&png))[..16].to_owned();
        q!(
            self.core().system,
            "UPSERT $id SET tenant = $t, png = $png, mark = $mark RETURN NONE",
            id = rid("logo", &self.t()),
            t = self.t(),
            png = Bytes::from(png),
            mark = mark.clone()
        )?;
        self.audit(Entry::change("workspace.logo", "logo", self.me().logo.clone().unwrap_or_default(), mark)).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// Takes the logo away.
    ///
    /// # Errors
    /// A fault unless the role may.
    pub async fn remove_logo(&self) -> Result<()> {
        self.may_admin()?;
        q!(self.core().system, "DELETE $id RETURN NONE", id = rid("logo", &self.t()))?;
        self.audit(Entry { before: self.me().logo.clone(), ..Entry::new("workspace.logo", "logo") }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// The logo as a PNG.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn logo(&self) -> Result<Vec<u8>> {
        let kept: Option<Kept> = q!(self.db(), "SELECT png FROM ONLY $id WHERE tenant = $t", id = rid("logo", &self.t()), t = self.t())?.take(0)?;
        kept.map(|k| k.png.to_vec()).ok_or_else(|| Fault::not_found("logo").into())
    }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, RgbaImage};

    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut out = Vec::new();
        let image = DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, image::Rgba([200, 10, 10, 255])));
        let image = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(image.into_rgb8()) } else { image };
        image.write_to(&mut Cursor::new(&mut out), format).unwrap();
        out
    }

    const BOMB: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\xea\x60\x00\x00\xea\x60\x08\x00\x00\x00\x00\xa5\xb9\x2a\x9e\x00\x00\x00\x11\x49\x44\x41\x54\x78\xda\x63\x60\x18\x05\xa3\x60\x14\x0c\x77\x00\x00\x03\xe8\x00\x01\xce\x49\x4c\x58\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

    #[test]
    fn pictures_become_small_pngs() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let png = recode(&picture(1200, 300, format)).unwrap();
            let (w, h) = ImageReader::with_format(Cursor::new(&png), ImageFormat::Png).into_dimensions().unwrap();
            assert_eq!((w, h), (512, 128), "{format:?}");
        }
        let small = recode(&picture(20, 10, ImageFormat::Png)).unwrap();
        assert_eq!(ImageReader::with_format(Cursor::new(&small), ImageFormat::Png).into_dimensions().unwrap(), (20, 10));
    }

    #[test]
    fn a_picture_that_is_none_is_refused() {
        let half = picture(300, 300, ImageFormat::Png);
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        for bad in [&b""[..], b"hello", svg, b"GIF89a\x01\x00\x01\x00", &half[..half.len() / 2], b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(recode(bad).unwrap_err().field.as_deref(), Some("logo"));
        }
        // A whole picture in ninety bytes that says it has 60,000 pixels a side: refused by its head, before anything is unpacked.
        assert!(recode(BOMB).unwrap_err().message.contains("60000"));
        assert!(recode(&picture(5000, 2, ImageFormat::Png)).unwrap_err().message.contains("5000"));
    }
}
