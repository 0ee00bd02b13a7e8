//! The icon set: outlines on a 24-unit grid, drawn inline so that they take the colour of their text. Always decoration:
//! the words beside them carry the meaning.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Plus,
    Search,
    Menu,
    Close,
    Check,
    Warning,
    Info,
    Failure,
    Upload,
    Download,
    Copy,
    File,
    Link,
    Send,
    More,
    ChevronLeft,
    ChevronRight,
    ChevronDown,
    ArrowUp,
    ArrowDown,
    Sort,
    Building,
    User,
    Globe,
    Sun,
    Home,
    Grid,
    Folder,
    List,
    Shield,
    Retry,
    Clock,
    Edit,
    Trash,
    Eye,
    Settings,
    SignOut,
    Layers,
    Bag,
    Bell,
    Chat,
    Chart,
}

impl Icon {
    fn outline(self) -> &'static str {
        match self {
            Self::Plus => "M12 5v14M5 12h14",
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
            Self::Menu => "M4 6h16M4 12h16M4 18h16",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Chart => "M5 20v-8M12 20V4M19 20v-12",
            Self::Chat => "M4 5h16v11H11l-4.5 4v-4H4z",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Warning => "M12 4L2.8 19.5h18.4zM12 10v4M12 17v.01",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01",
            Self::Failure => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6",
            Self::Upload => "M12 16V5M7 9.5L12 4.5l5 5M4 19h16",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4 19h16",
            Self::Copy => "M9 9h10v11H9zM5 15V4h10",
            Self::File => "M6 3h8l4 4v14H6zM14 3v5h4",
            Self::Link => {
                "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.6-5.6L12 7.200M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.600 5.600L12 16.800"
            }
            Self::Send => "M4 12l16-8-5 16-3.500-6.500zM20 4l-8.500 9.500",
            Self::More => {
                "M4.500 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M11.400 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M18.300 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0"
            }
            Self::ChevronLeft => "M15 5l-7 7 7 7",
            Self::ChevronRight => "M9 5l7 7-7 7",
            Self::ChevronDown => "M6 9l6 6 6-6",
            Self::ArrowUp => "M12 20V5M5.500 11.500L12 5l6.500 6.500",
            Self::ArrowDown => "M12 4v15M5.500 12.500L12 19l6.500-6.500",
            Self::Sort => "M8 4v16M8 20l-3-3M8 20l3-3M16 20V4M16 4l-3 3M16 4l3 3",
            Self::Building => "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
            Self::User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20a7.500 7.500 0 0 1 15 0",
            Self::Globe => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5"
            }
            Self::Home => "M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z",
            Self::Grid => "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
            Self::Folder => "M3 6h6l2 2.500h10V19H3z",
            Self::List => "M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01",
            Self::Shield => "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM9 12l2.200 2.200L15.500 10",
            Self::Retry => "M20 11a8 8 0 1 0-2.300 6.300M20 5v6h-6",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
            Self::Edit => "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
            Self::Trash => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
            Self::Eye => "M2 12s3.500-7 10-7 10 7 10 7-3.500 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
            Self::Settings => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
            Self::SignOut => "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
            Self::Bag => "M5 8h14l1 13H4zM8.500 8V7a3.500 3.500 0 0 1 7 0v1",
            Self::Bell => "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20.500h4",
            Self::Layers => "M12 3l9 5-9 5-9-5zM3 12.500l9 5 9-5M3 17l9 5 9-5",
        }
    }
}

/// Draws an icon at the size of its line; `large` for empty states.
pub fn icon(icon: Icon) -> AnyView {
    sized(icon, "size-4 shrink-0")
}

pub fn large_icon(icon: Icon) -> AnyView {
    sized(icon, "size-8 shrink-0")
}

fn sized(icon: Icon, class: &'static str) -> AnyView {
    view! {
        <svg class=class viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=icon.outline() />
        </svg>
    }
    .into_any()
}
