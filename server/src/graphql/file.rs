//! Uploaded files in the schema. Their bytes come and go over HTTP, see `http::files`.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::loaders::{self, Batch};
use crate::domain::id::FileId;
use crate::store::conn::Conn;
use crate::store::{self, file};

/// An uploaded file. Upload: `PUT /files?purpose=CONTRACT&name=…` with the bytes as body and the bearer token; download:
/// `GET /files/{id}`. Pictures of products (PRODUCT_ICON, PRODUCT_SCREENSHOT, PRODUCT_IMAGE) and of cool apps (COOL_APP_ICON,
/// COOL_APP_ENTRY_ICON, COOL_APP_THUMBNAIL, COOL_APP_CASE) are shown by `GET /pictures/{id}`, to everybody who knows the id.
#[derive(Clone, Debug)]
pub struct File(pub file::File);

#[Object]
impl File {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Under which it is downloaded.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is, told by its content.
    async fn media_type(&self) -> &str {
        self.0.media_type.as_str()
    }

    /// Bytes.
    async fn size(&self) -> i32 {
        i32::try_from(self.0.size).unwrap_or(i32::MAX)
    }

    /// Pixels, of pictures of products; null for other files.
    async fn width(&self) -> Option<i32> {
        self.0.width
    }

    /// Pixels, of pictures of products; null for other files.
    async fn height(&self) -> Option<i32> {
        self.0.height
    }

    /// When it was uploaded.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }
}

impl File {
    /// By id, through the loader.
    pub async fn load(ctx: &Context<'_>, id: FileId) -> Result<Self> {
        loaders::get::<Files>(ctx, id).await.map(Self)
    }

    /// By id, through the loader, where there may be none.
    pub async fn load_if_any(ctx: &Context<'_>, id: Option<FileId>) -> Result<Option<Self>> {
        match id {
            Some(id) => Self::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }
}

/// Files by id.
pub struct Files;

impl Batch for Files {
    type Key = FileId;
    type Row = file::File;

    fn load(conn: &mut Conn, keys: &[FileId]) -> store::Result<Vec<(FileId, file::File)>> {
        let rows = file::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}
