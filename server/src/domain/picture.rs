//! What a picture of a product or a cool app may measure, and how large it is kept. Its pixels are `files::picture`.

use super::file::FilePurpose;
use super::problem::Problem;

/// Pixels of a picture at most: more than screens and most cameras have, and what a server can hold in memory.
const MOST_MEGAPIXELS: u64 = 40;
/// Pixels of a side at most.
pub const LONGEST_SIDE: u32 = 12_000;

/// Width and height in pixels, as people see the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    pub width: u32,
    pub height: u32,
}

/// What the pictures of a purpose have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureRule {
    square: bool,
    least_width: u32,
    /// Pixels of both sides, where no others are taken.
    exact_side: Option<u32>,
    /// Pixels that it is kept with; wider ones are scaled down.
    kept_width: u32,
}

impl FilePurpose {
    /// Those of products and cool apps are pictures and nothing else; other purposes take files as they are.
    pub fn picture(self) -> Option<PictureRule> {
        let any = PictureRule {
            square: false,
            least_width: 1,
            exact_side: None,
            kept_width: 2_560,
        };
        let exactly = |side| PictureRule {
            exact_side: Some(side),
            ..any
        };
        match self {
            FilePurpose::ProductIcon => Some(PictureRule {
                square: true,
                least_width: 240,
                kept_width: 512,
                ..any
            }),
            FilePurpose::ProductScreenshot => Some(PictureRule {
                least_width: 320,
                ..any
            }),
            FilePurpose::ProductImage | FilePurpose::CoolAppThumbnail | FilePurpose::CoolAppCase => Some(any),
            FilePurpose::CoolAppIcon => Some(exactly(240)),
            FilePurpose::CoolAppEntryIcon => Some(exactly(48)),
            FilePurpose::Contract
            | FilePurpose::AcceptanceCertificate
            | FilePurpose::Package
            | FilePurpose::Record
            | FilePurpose::RecordImport
            | FilePurpose::SelfTestEvidence
            | FilePurpose::ServiceAttachment => None,
        }
    }

    /// The purposes of pictures, which everybody may see who knows their ids.
    pub fn pictures() -> impl Iterator<Item = FilePurpose> {
        Self::ALL.iter().copied().filter(|purpose| purpose.picture().is_some())
    }
}

impl Dimensions {
    /// Asked before a picture is decoded: a few bytes can claim to be any number of pixels.
    pub fn decodable(self) -> Result<(), Problem> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        if pixels > MOST_MEGAPIXELS * 1_000_000 || self.width.max(self.height) > LONGEST_SIDE {
            return Err(Dimensions::too_many());
        }
        Ok(())
    }

    pub fn too_many() -> Problem {
        Problem::TooManyPixels {
            max_megapixels: MOST_MEGAPIXELS,
            max_side: LONGEST_SIDE,
        }
    }

    /// Those of the picture laid on its side.
    pub fn turned(self) -> Dimensions {
        Dimensions {
            width: self.height,
            height: self.width,
        }
    }
}

impl PictureRule {
    /// Whether a picture of that size is taken.
    pub fn check(self, size: Dimensions) -> Result<(), Problem> {
        if let Some(side) = self.exact_side
            && (size.width, size.height) != (side, side)
        {
            return Err(Problem::NotOfSide { side });
        }
        if self.square && size.width != size.height {
            return Err(Problem::NotSquare);
        }
        if size.width < self.least_width {
            return Err(Problem::PictureTooSmall { min: self.least_width });
        }
        Ok(())
    }

    /// The size that it is kept with, in the same proportion.
    pub fn kept(self, size: Dimensions) -> Dimensions {
        if size.width <= self.kept_width {
            return size;
        }
        let (width, height) = (u64::from(size.width), u64::from(size.height));
        let scaled = (height * u64::from(self.kept_width) + width / 2) / width;
        Dimensions {
            width: self.kept_width,
            // No higher than before, so it fits.
            height: u32::try_from(scaled).unwrap_or(size.height).max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Dimensions {
        Dimensions { width, height }
    }

    fn rule(purpose: FilePurpose) -> PictureRule {
        purpose.picture().expect("a picture")
    }

    #[test]
    fn l4_an_icon_is_square_and_has_240_pixels_at_least() {
        let icon = rule(FilePurpose::ProductIcon);
        assert_eq!(icon.check(size(239, 239)), Err(Problem::PictureTooSmall { min: 240 }));
        assert_eq!(icon.check(size(240, 240)), Ok(()));
        assert_eq!(icon.check(size(241, 241)), Ok(()));
        for other in [size(240, 241), size(241, 240), size(239, 240)] {
            assert_eq!(icon.check(other), Err(Problem::NotSquare));
        }
    }

    #[test]
    fn l21_icons_of_cool_apps_have_240_and_48_pixels_exactly() {
        for (purpose, side) in [(FilePurpose::CoolAppIcon, 240), (FilePurpose::CoolAppEntryIcon, 48)] {
            assert_eq!(rule(purpose).check(size(side, side)), Ok(()));
            for (width, height) in [
                (side - 1, side - 1),
                (side + 1, side + 1),
                (side, side + 1),
                (side - 1, side),
            ] {
                let refused = rule(purpose).check(size(width, height));
                assert_eq!(refused, Err(Problem::NotOfSide { side }), "{width} × {height}");
            }
        }
    }

    #[test]
    fn a_screenshot_has_320_pixels_of_width_at_least_and_an_image_any() {
        let screenshot = rule(FilePurpose::ProductScreenshot);
        assert_eq!(
            screenshot.check(size(319, 4000)),
            Err(Problem::PictureTooSmall { min: 320 })
        );
        assert_eq!(screenshot.check(size(320, 1)), Ok(()));
        assert_eq!(rule(FilePurpose::ProductImage).check(size(1, 1)), Ok(()));
    }

    #[test]
    fn a_picture_of_40_megapixels_is_decoded_and_one_pixel_more_is_not() {
        assert_eq!(size(8_000, 5_000).decodable(), Ok(()));
        assert_eq!(size(12_000, 3_333).decodable(), Ok(()));
        for other in [
            size(8_000, 5_001),
            size(12_001, 1),
            size(1, 12_001),
            size(u32::MAX, u32::MAX),
        ] {
            assert_eq!(other.decodable(), Err(Dimensions::too_many()));
        }
    }

    #[test]
    fn what_is_wider_than_shown_is_kept_smaller_in_its_proportion() {
        let icon = rule(FilePurpose::ProductIcon);
        assert_eq!(icon.kept(size(511, 511)), size(511, 511));
        assert_eq!(icon.kept(size(512, 512)), size(512, 512));
        assert_eq!(icon.kept(size(513, 513)), size(512, 512));
        let screenshot = rule(FilePurpose::ProductScreenshot);
        assert_eq!(screenshot.kept(size(2_560, 9_000)), size(2_560, 9_000));
        assert_eq!(screenshot.kept(size(5_120, 2_881)), size(2_560, 1_441));
        assert_eq!(screenshot.kept(size(12_000, 1)), size(2_560, 1));
    }

    #[test]
    fn the_pictures_of_products_are_png_or_jpeg_of_2_mib() {
        let all: Vec<FilePurpose> = FilePurpose::pictures().collect();
        assert_eq!(
            all,
            [
                FilePurpose::ProductIcon,
                FilePurpose::ProductScreenshot,
                FilePurpose::ProductImage,
                FilePurpose::CoolAppIcon,
                FilePurpose::CoolAppEntryIcon,
                FilePurpose::CoolAppThumbnail,
                FilePurpose::CoolAppCase,
            ]
        );
        for purpose in &all[..3] {
            assert_eq!(purpose.max_bytes(), 2 * 1024 * 1024);
            assert_eq!(purpose.wrong_kind(), Problem::FileKind { allowed: "PNG, JPEG" });
        }
    }
}
