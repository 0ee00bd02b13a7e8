//! What becomes of real pictures (`made`), of those that only pretend to be some, and of what is hidden in them.

mod made;

use std::time::{Duration, Instant};

use futures_util::stream;
use image::{DynamicImage, GenericImageView, GrayImage, ImageFormat, Rgba, RgbaImage};

use super::*;
use made::{SECRET, chunk, exif, jpeg, kinds, picture, png, tagged, with_chunks, written};

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

async fn sent(purpose: FilePurpose, bytes: Vec<u8>) -> Result<Picture, Problem> {
    let chunks = stream::iter(vec![Ok::<_, std::io::Error>(Bytes::from(bytes))]);
    let rule = purpose.picture().unwrap();
    match Pictures::default().read(purpose, rule, chunks).await {
        Ok(picture) => Ok(picture),
        Err(UploadError::Refused(problem)) => Err(problem),
        Err(other) => panic!("{other}"),
    }
}

async fn kept(purpose: FilePurpose, bytes: Vec<u8>) -> (u32, u32) {
    let picture = sent(purpose, bytes).await.unwrap();
    let read = image::load_from_memory(&picture.bytes).unwrap();
    assert_eq!(
        (read.width(), read.height()),
        (picture.dimensions.width, picture.dimensions.height)
    );
    (read.width(), read.height())
}

fn reddish(pixel: Rgba<u8>) -> bool {
    pixel[0] > 150 && pixel[2] < 100
}

#[tokio::test]
async fn a_picture_stays_what_it_is_and_keeps_its_size() {
    let image = sent(FilePurpose::ProductImage, png(300, 200)).await.unwrap();
    assert_eq!(image.media_type, MediaType::Png);
    assert_eq!(
        image::load_from_memory(&image.bytes).unwrap().to_rgb8(),
        picture(300, 200)
    );
    let photo = sent(FilePurpose::ProductImage, jpeg(300, 200)).await.unwrap();
    assert_eq!(photo.media_type, MediaType::Jpeg);
    assert!(photo.bytes.starts_with(b"\xff\xd8\xff"));
    assert_eq!(
        photo.dimensions,
        Dimensions {
            width: 300,
            height: 200
        }
    );
}

#[tokio::test]
async fn every_kind_of_pixel_is_taken() {
    let grey = DynamicImage::from(GrayImage::from_pixel(30, 20, image::Luma([90])));
    let colour = DynamicImage::from(picture(30, 20));
    for (image, format) in [
        (grey.clone(), ImageFormat::Png),
        (grey.clone(), ImageFormat::Jpeg),
        (grey.to_luma16().into(), ImageFormat::Png),
        (grey.to_luma_alpha8().into(), ImageFormat::Png),
        (grey.to_luma_alpha16().into(), ImageFormat::Png),
        (colour.to_rgb16().into(), ImageFormat::Png),
        (colour.to_rgba8().into(), ImageFormat::Png),
        (colour.to_rgba16().into(), ImageFormat::Png),
    ] {
        let made = sent(FilePurpose::ProductImage, written(image.clone(), format))
            .await
            .unwrap();
        let read = image::load_from_memory(&made.bytes).unwrap();
        assert_eq!(read.color().has_alpha(), image.color().has_alpha());
        assert!(read.color().bytes_per_pixel() <= 4);
        let (before, after) = (image.to_rgb8(), read.to_rgb8());
        let near = before
            .iter()
            .zip(after.iter())
            .all(|(one, other)| one.abs_diff(*other) < 12);
        assert!(near, "{:?} as {format:?}", image.color());
    }
}

#[tokio::test]
async fn metadata_of_a_jpeg_turns_it_upright_and_is_gone() {
    // Where red is, by orientation: above, below, left or right of the picture as it is shown.
    for (orientation, size, red) in [
        (1, (40, 20), (20, 2)),
        (2, (40, 20), (20, 2)),
        (3, (40, 20), (20, 17)),
        (4, (40, 20), (20, 17)),
        (5, (20, 40), (2, 20)),
        (6, (20, 40), (17, 20)),
        (7, (20, 40), (17, 20)),
        (8, (20, 40), (2, 20)),
    ] {
        let sent_bytes = tagged(&jpeg(40, 20), orientation);
        assert!(holds(&sent_bytes, SECRET));
        let made = sent(FilePurpose::ProductImage, sent_bytes).await.unwrap();
        for gone in [SECRET, b"Exif", b"ICC_PROFILE", b"adobe", &exif(orientation)[..10]] {
            assert!(!holds(&made.bytes, gone), "orientation {orientation}");
        }
        let read = image::load_from_memory(&made.bytes).unwrap();
        assert_eq!((read.width(), read.height()), size, "orientation {orientation}");
        assert!(reddish(read.get_pixel(red.0, red.1)), "orientation {orientation}");
    }
}

#[tokio::test]
async fn the_width_that_counts_is_the_one_that_people_see() {
    // Lying 319 high and 400 wide, it stands 319 wide.
    let lying = tagged(&jpeg(400, 319), 6);
    assert_eq!(
        sent(FilePurpose::ProductScreenshot, lying).await.unwrap_err(),
        Problem::PictureTooSmall { min: 320 }
    );
    assert_eq!(
        kept(FilePurpose::ProductScreenshot, tagged(&jpeg(200, 320), 6)).await,
        (320, 200)
    );
    assert_eq!(
        kept(FilePurpose::ProductScreenshot, tagged(&jpeg(100, 5_120), 8)).await,
        (2_560, 50)
    );
}

#[tokio::test]
async fn texts_profiles_and_animations_of_a_png_are_gone() {
    let clean = png(64, 64);
    let chunks = [
        chunk(b"tEXt", &[b"Author\0", SECRET].concat()),
        chunk(b"eXIf", &exif(1)),
        chunk(b"acTL", b"\0\0\0\x01\0\0\0\0"),
        chunk(b"vpAg", SECRET),
    ];
    let made = sent(FilePurpose::ProductImage, with_chunks(&clean, &chunks.concat()))
        .await
        .unwrap();
    assert!(!holds(&made.bytes, SECRET));
    assert_eq!(kinds(&made.bytes), ["IHDR", "IDAT", "IEND"]);
    assert_eq!(image::load_from_memory(&made.bytes).unwrap().to_rgb8(), picture(64, 64));
}

#[tokio::test]
async fn what_follows_the_picture_is_gone() {
    let archive = [b"PK\x03\x04", SECRET].concat();
    for bytes in [png(64, 64), jpeg(64, 64)] {
        let made = sent(FilePurpose::ProductImage, [bytes, archive.clone()].concat())
            .await
            .unwrap();
        assert!(!holds(&made.bytes, SECRET) && !holds(&made.bytes, b"PK\x03\x04"));
    }
}

#[tokio::test]
async fn l4_sizes_one_below_at_and_above_each_limit() {
    use FilePurpose::{ProductIcon as Icon, ProductScreenshot as Screenshot};
    let small = |min| Err(Problem::PictureTooSmall { min });
    let refused = async |purpose, bytes| sent(purpose, bytes).await.map(|picture| picture.dimensions);
    assert_eq!(refused(Icon, png(239, 239)).await, small(240));
    assert_eq!(kept(Icon, png(240, 240)).await, (240, 240));
    assert_eq!(refused(Icon, png(240, 241)).await, Err(Problem::NotSquare));
    assert_eq!(kept(Icon, jpeg(512, 512)).await, (512, 512));
    assert_eq!(kept(Icon, png(513, 513)).await, (512, 512));
    assert_eq!(refused(Screenshot, jpeg(319, 400)).await, small(320));
    assert_eq!(kept(Screenshot, png(320, 200)).await, (320, 200));
    assert_eq!(kept(Screenshot, png(2_560, 100)).await, (2_560, 100));
    assert_eq!(kept(Screenshot, png(2_561, 100)).await, (2_560, 100));
    assert_eq!(kept(FilePurpose::ProductImage, png(5_120, 100)).await, (2_560, 50));
    assert_eq!(kept(Screenshot, png(12_000, 300)).await, (2_560, 64));
    assert_eq!(refused(Screenshot, png(12_001, 3)).await, Err(Dimensions::too_many()));
    assert_eq!(kept(Screenshot, png(320, 12_000)).await, (320, 12_000));
    assert_eq!(
        refused(Screenshot, jpeg(320, 12_001)).await,
        Err(Dimensions::too_many())
    );
}

#[tokio::test]
async fn an_icon_scaled_down_keeps_the_colour_of_its_edges() {
    // What is transparent is white, as many programs leave it.
    let icon = RgbaImage::from_fn(1_024, 1_024, |x, _| match x / 100 % 2 {
        0 => Rgba([200, 0, 0, 255]),
        _ => Rgba([255, 255, 255, 0]),
    });
    let made = sent(FilePurpose::ProductIcon, written(icon, ImageFormat::Png))
        .await
        .unwrap();
    let read = image::load_from_memory(&made.bytes).unwrap().to_rgba8();
    for pixel in read.pixels().filter(|pixel| pixel[3] > 32) {
        assert!(
            pixel[0].abs_diff(200) < 12 && pixel[1] < 12 && pixel[2] < 12,
            "{pixel:?}"
        );
    }
}

#[tokio::test]
async fn what_only_pretends_to_be_a_picture_is_refused() {
    let wrong_kind = Problem::FileKind { allowed: "PNG, JPEG" };
    for (bytes, problem) in [
        (b"PK\x03\x04\x14\0\0\0".to_vec(), wrong_kind.clone()),
        (b"%PDF-1.4\n".to_vec(), wrong_kind.clone()),
        (b"GIF89a\x01\0\x01\0".to_vec(), wrong_kind.clone()),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), wrong_kind),
        (Vec::new(), Problem::Required),
        (
            [&png(64, 64)[..33], b"<script>alert(1)</script>"].concat(),
            Problem::FileBroken,
        ),
        (
            b"\xff\xd8\xff\xe0<script>alert(1)</script>".to_vec(),
            Problem::FileBroken,
        ),
        (b"\xff\xd8\xff\xd9".to_vec(), Problem::FileBroken),
    ] {
        assert_eq!(sent(FilePurpose::ProductImage, bytes).await.unwrap_err(), problem);
    }
}

#[tokio::test]
async fn half_a_picture_is_refused() {
    for whole in [png(300, 300), jpeg(300, 300)] {
        for part in 1..20 {
            let half = whole[..whole.len() * part / 20].to_vec();
            assert!(sent(FilePurpose::ProductImage, half).await.is_err(), "{part}/20");
        }
    }
    let mut damaged = png(300, 300);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    assert_eq!(
        sent(FilePurpose::ProductImage, damaged).await.unwrap_err(),
        Problem::FileBroken
    );
}

#[tokio::test]
async fn a_few_bytes_that_claim_to_be_many_pixels_are_refused_at_once() {
    let begun = Instant::now();
    let header = |width: u32, height: u32| {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        let header = chunk(b"IHDR", &[&size[..], b"\x08\x06\0\0\0"].concat());
        [
            &b"\x89PNG\r\n\x1a\n"[..],
            &header,
            &chunk(b"IDAT", b"\x78\x9c\x03\0"),
            &chunk(b"IEND", b""),
        ]
        .concat()
    };
    for (width, height) in [
        (0x7fff_ffff, 0x7fff_ffff),
        (100_000, 100_000),
        (1, 12_001),
        (8_000, 5_001),
    ] {
        let refused = sent(FilePurpose::ProductImage, header(width, height))
            .await
            .unwrap_err();
        assert_eq!(refused, Dimensions::too_many(), "{width} × {height}");
    }
    let mut photo = jpeg(16, 16);
    let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    photo[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(
        sent(FilePurpose::ProductImage, photo).await.unwrap_err(),
        Dimensions::too_many()
    );
    assert!(begun.elapsed() < Duration::from_secs(2));
    // As many as are allowed, and no data for them.
    assert_eq!(
        sent(FilePurpose::ProductImage, header(8_000, 5_000)).await.unwrap_err(),
        Problem::FileBroken
    );
}

#[tokio::test]
async fn more_than_2_mib_are_not_read() {
    let mut padded = png(64, 64);
    padded.resize(2 * 1024 * 1024, 0);
    assert!(sent(FilePurpose::ProductImage, padded.clone()).await.is_ok());
    padded.push(0);
    assert_eq!(
        sent(FilePurpose::ProductImage, padded).await.unwrap_err(),
        Problem::FileTooLarge { max_mib: 2 }
    );
}

#[tokio::test]
async fn a_decoder_that_stumbles_refuses_the_picture_alone() {
    let stumbled = apart::<()>(|| panic!("a table out of bounds")).await;
    assert_eq!(stumbled, Err(Problem::FileBroken));
}
