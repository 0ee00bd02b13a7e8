//! Uploaded files: what they are (`media_type`), where their bytes are kept (`storage`), and the text of a PDF
//! (`pdf_text`); pictures of products, made anew (`picture`). Rows about files, and who may read one, are the store's and the services'.

pub mod media_type;
pub mod pdf_text;
pub mod picture;
pub mod storage;
