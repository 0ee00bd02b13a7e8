//! Applications (应用) and their versions (L4): origin, publication, version numbers. Content stands in `package`.

use super::locale::Text;
use super::transition::status;
use super::words::words;

words! {
    /// Where an application comes from.
    ApplicationOrigin {
        /// Built by the partner.
        Own = "OWN",
        /// 精品应用: made by the platform; never distributed.
        Premium = "PREMIUM",
        /// Received by a delivery; never distributed again.
        Distributed = "DISTRIBUTED",
    }
}

words! {
    /// State of a version.
    VersionStatus {
        /// Not sold yet.
        Unpublished = "UNPUBLISHED",
        /// May be sold and sent; its content never changes.
        Published = "PUBLISHED",
    }
}

words! {
    /// What can be done with a version.
    VersionAction {
        /// Publish it.
        Publish = "PUBLISH",
        /// Edit its description.
        Describe = "DESCRIBE",
    }
}

words! {
    /// What can be done with an application.
    ApplicationAction {
        /// Import a further version.
        ImportVersion = "IMPORT_VERSION",
        /// Publish its newest version.
        PublishVersion = "PUBLISH_VERSION",
        /// Use it in a distribution link.
        CreateLink = "CREATE_LINK",
    }
}

words! {
    /// State of an import.
    PackageImportStatus {
        /// Waits for a worker.
        Queued = "QUEUED",
        /// Being read and stored.
        Running = "RUNNING",
        /// Stored, or for a dry run read without problems.
        Succeeded = "SUCCEEDED",
        /// Refused; nothing was stored.
        Failed = "FAILED",
    }
}

words! {
    /// What an import is doing.
    ImportStage {
        /// Waits for a worker.
        Waiting = "WAITING",
        /// Reads and checks the file.
        Reading = "READING",
        /// Stores what was read, all of it or nothing.
        Storing = "STORING",
        /// Nothing any more.
        Finished = "FINISHED",
    }
}

words! {
    /// Format of an uploaded file.
    PackageFormat {
        /// Found out from the content.
        Auto = "AUTO",
        /// appshelf.package/1.
        Native = "NATIVE",
        /// A Baserow template export.
        Baserow = "BASEROW",
    }
}

impl ApplicationOrigin {
    /// Whether its owner may add versions: only to what they built. The others come from elsewhere as they are.
    pub const fn takes_versions(self) -> bool {
        matches!(self, Self::Own)
    }
}

impl VersionStatus {
    /// UNPUBLISHED → PUBLISHED; a description may be edited at any time (L4).
    pub const fn after(self, action: VersionAction) -> Option<Self> {
        match (self, action) {
            (Self::Unpublished, VersionAction::Publish) => Some(Self::Published),
            (Self::Published, VersionAction::Publish) => None,
            (_, VersionAction::Describe) => Some(self),
        }
    }
}

status!(VersionStatus moved by VersionAction);

impl VersionStatus {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Unpublished => Text::new("未发布", "Unpublished"),
            Self::Published => Text::new("已发布", "Published"),
        }
    }
}

impl VersionAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Publish => Text::new("发布", "Publish"),
            Self::Describe => Text::new("修改说明", "Edit the description"),
        }
    }
}
