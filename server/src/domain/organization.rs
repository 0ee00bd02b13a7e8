//! Organisations (组织): kinds, editions, tiers, and the roles that people hold in them. Who may do what is asked of
//! `auth::viewer`, which turns roles into scopes.

use super::words::words;

words! {
    /// What an organisation is on the platform; it may be several things at once.
    OrganizationKind {
        /// Buys and uses applications.
        Customer = "CUSTOMER",
        /// Builds applications: the self-operation portal is installed.
        Partner = "PARTNER",
        /// Runs the platform.
        Platform = "PLATFORM",
    }
}

words! {
    /// What features an organisation is entitled to (版本).
    EditionName {
        /// 免费版.
        Free = "FREE",
        /// 轻享版.
        Lite = "LITE",
        /// 专业版.
        Professional = "PROFESSIONAL",
        /// 专属版.
        Exclusive = "EXCLUSIVE",
    }
}

words! {
    /// Standing of a partner.
    PartnerTier {
        /// Not a partner of a tier.
        None = "NONE",
        /// A partner.
        Partner = "PARTNER",
        /// An advanced partner, set by the internal reviewer.
        Advanced = "ADVANCED",
    }
}

words! {
    /// What a person is in one organisation.
    Role {
        /// Partner admin (PA).
        PartnerAdmin = "PARTNER_ADMIN",
        /// Partner developer (PD).
        PartnerDeveloper = "PARTNER_DEVELOPER",
        /// Category operator (CO).
        CategoryOperator = "CATEGORY_OPERATOR",
        /// Open-platform operator (OO).
        OpenPlatformOperator = "OPEN_PLATFORM_OPERATOR",
        /// Internal reviewer (IR) of projects and distribution permission.
        InternalReviewer = "INTERNAL_REVIEWER",
        /// Platform superadmin (SA).
        Superadmin = "SUPERADMIN",
        /// Customer platform admin (CA).
        CustomerAdmin = "CUSTOMER_ADMIN",
        /// Ordinary employee (CE).
        CustomerEmployee = "CUSTOMER_EMPLOYEE",
    }
}

/// The roles of one person in one organisation, stored as names joined by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(pub Vec<Role>);

impl Roles {
    /// Whether one of the wanted roles is among them.
    pub fn any(&self, wanted: &[Role]) -> bool {
        self.0.iter().any(|role| wanted.contains(role))
    }

    /// The stored form.
    pub fn as_text(&self) -> String {
        self.0.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(",")
    }
}

impl std::str::FromStr for Roles {
    type Err = super::words::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',')
            .filter(|name| !name.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
