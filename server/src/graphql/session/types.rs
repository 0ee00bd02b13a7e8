//! Types about people and organisations.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::auth::viewer::Viewer as Asker;
use crate::domain::locale::Locale;
use crate::domain::organization::{EditionName, OrganizationKind, PartnerTier, Role};
use crate::domain::product_content::Industry;
use crate::domain::project::OrganizationSize;
use crate::graphql::context::{Ask, read};
use crate::graphql::loaders::{self, Organizations, Users};
use crate::graphql::maintenance::ViewerMaintenance;
use crate::graphql::permission::DistributionPermission;
use crate::services::permission;
use crate::store::{membership, organization};

/// A tenant of the platform.
#[derive(Clone, Debug)]
pub struct Organization(pub organization::Organization);

#[Object]
impl Organization {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// The unique CorpID.
    async fn corp_id(&self) -> &str {
        &self.0.corp_id
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is on the platform.
    async fn kinds(&self) -> Vec<OrganizationKind> {
        self.0.kinds()
    }

    /// What features it is entitled to.
    async fn edition(&self) -> EditionName {
        self.0.edition
    }

    /// Its standing as a partner.
    async fn partner_tier(&self) -> PartnerTier {
        self.0.partner_tier
    }

    /// What it does, as it says itself; null where it has not said, and for others than its members. The marketplace shows it what is
    /// for such organisations.
    async fn industry(&self, ctx: &Context<'_>) -> Option<Industry> {
        self.0.industry.filter(|_| self.is_own(ctx))
    }

    /// How many people it has, as it says itself; null where it has not said, and for others than its members.
    async fn size(&self, ctx: &Context<'_>) -> Option<OrganizationSize> {
        self.0.size.filter(|_| self.is_own(ctx))
    }
}

impl Organization {
    fn is_own(&self, ctx: &Context<'_>) -> bool {
        let member = ctx.viewer_if_any().and_then(|viewer| viewer.member().ok());
        member.is_some_and(|member| member.organization_id == self.0.id)
    }

    /// By id, through the loader.
    pub async fn load(ctx: &Context<'_>, id: crate::domain::id::OrganizationId) -> Result<Self> {
        loaders::get::<Organizations>(ctx, id).await.map(Self)
    }
}

/// A person as others see them.
#[derive(Clone, Debug)]
pub struct User(pub membership::User);

#[Object]
impl User {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Their name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Only for oneself; null otherwise.
    async fn email(&self, ctx: &Context<'_>) -> Option<&str> {
        // A request without a viewer reaches a person only by its own new session: signing in, staying signed in.
        let own = ctx.viewer_if_any().is_none_or(|viewer| viewer.user_id == self.0.id);
        own.then_some(self.0.email.as_str())
    }

    /// The language they chose; where they have not, the one that the request prefers.
    async fn locale(&self, ctx: &Context<'_>) -> Locale {
        self.0.locale.unwrap_or_else(|| ctx.locale())
    }
}

impl User {
    /// By id, through the loader.
    pub async fn load(ctx: &Context<'_>, id: crate::domain::id::UserId) -> Result<Self> {
        loaders::get::<Users>(ctx, id).await.map(Self)
    }

    /// By id, through the loader, where there may be nobody.
    pub async fn load_if_any(ctx: &Context<'_>, id: Option<crate::domain::id::UserId>) -> Result<Option<Self>> {
        match id {
            Some(id) => Self::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }
}

/// A person's place in one organisation.
pub struct Membership {
    pub organization_id: crate::domain::id::OrganizationId,
    pub roles: Vec<Role>,
}

#[Object]
impl Membership {
    /// The organisation.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.organization_id.clone()).await
    }

    /// What the person is there.
    async fn roles(&self) -> &[Role] {
        &self.roles
    }
}

/// Who is asking: the person, the organisation acted for, and what they may do there.
pub struct Viewer(pub Asker);

#[Object]
impl Viewer {
    /// The person.
    async fn user(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.user_id.clone()).await
    }

    /// The organisation acted for.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// What the person is there.
    async fn roles(&self) -> &[Role] {
        &self.0.roles.0
    }

    /// The partner's distribution permission; null where the organisation is none, or never applied.
    async fn distribution_permission(&self, ctx: &Context<'_>) -> Result<Option<DistributionPermission>> {
        // The very viewer that is shown: right after signing in the request itself has none.
        let asker = self.0.clone();
        let found = ctx
            .app()
            .store
            .read(move |conn| permission::current(conn, &asker))
            .await;
        let found = found.map_err(|error| crate::graphql::context::query_error(error, ctx.locale()))?;
        Ok(found.map(DistributionPermission))
    }

    /// The remote maintenance in which the person acts for the organisation; null where they act for their own (D31).
    async fn maintenance(&self) -> Option<ViewerMaintenance> {
        let maintenance = self.0.maintenance.as_deref()?;
        Some(ViewerMaintenance(maintenance.clone()))
    }

    /// Every organisation that the person may switch to; none from inside a remote maintenance.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let Ok(scope) = self.0.member() else {
            return Ok(Vec::new());
        };
        let user = scope.user_id;
        let found = ctx.app().store.read(move |conn| {
            let rows = membership::of_user(conn, &user)?;
            let place = |row: membership::Membership| {
                Ok(Membership {
                    roles: row.parsed_roles()?.0,
                    organization_id: row.organization_id,
                })
            };
            rows.into_iter().map(place).collect()
        });
        found
            .await
            .map_err(|error| crate::graphql::context::query_error(error, ctx.locale()))
    }
}

/// A signed-in session.
pub struct Session {
    pub access_token: String,
    pub expires_at: DateTime<Utc>,
    pub viewer: Asker,
}

#[Object]
impl Session {
    /// Bearer token for the `Authorization` header.
    async fn access_token(&self) -> &str {
        &self.access_token
    }

    /// When the access token stops working; refresh before.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }

    /// Who is signed in.
    async fn viewer(&self) -> Viewer {
        Viewer(self.viewer.clone())
    }
}

/// The session is over.
#[derive(SimpleObject)]
pub struct SignedOut {
    /// Always true.
    pub done: bool,
}

/// A part of an organisation.
#[derive(Clone, Debug)]
pub struct Department(pub organization::Department);

#[Object]
impl Department {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }
}

/// A member of the acting organisation.
pub struct Member {
    pub user: membership::User,
    pub roles: Vec<Role>,
    pub department_ids: Vec<crate::domain::id::DepartmentId>,
}

#[Object]
impl Member {
    /// The person.
    async fn user(&self) -> User {
        User(self.user.clone())
    }

    /// What they are in the organisation.
    async fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The departments that they belong to.
    async fn department_ids(&self) -> Vec<ID> {
        self.department_ids.iter().map(|id| ID(id.to_string())).collect()
    }
}

/// Credentials.
#[derive(InputObject)]
pub struct SignInInput {
    /// E-mail address.
    pub email: String,
    /// Password.
    #[graphql(secret)]
    pub password: String,
    /// Act for this organisation; default: the one used last.
    pub corp_id: Option<String>,
}

/// Which organisation to act for.
#[derive(InputObject)]
pub struct SwitchOrganizationInput {
    /// One of the person's memberships.
    pub organization_id: ID,
}

/// What a person prefers.
#[derive(InputObject)]
pub struct UpdatePreferencesInput {
    /// Language of screens and messages.
    pub locale: Locale,
}

/// Members of the acting organisation by name or address; for its admins.
pub async fn members(ctx: &Context<'_>, search: Option<String>, first: Option<i32>) -> Result<Vec<Member>> {
    let limit = i64::from(first.unwrap_or(20).clamp(1, crate::store::page::MAX_PAGE));
    read(ctx, move |conn, viewer| {
        let scope = viewer.organization_admin()?;
        let found = membership::search(conn, &scope, search.as_deref().unwrap_or(""), limit)?;
        let ids: Vec<_> = found.iter().map(|(user, _)| user.id.clone()).collect();
        let places = membership::departments_of(conn, &scope, &ids)?;
        let member = |(user, row): (membership::User, membership::Membership)| {
            let department_ids = places
                .iter()
                .filter(|(id, _)| *id == user.id)
                .map(|(_, place)| place.clone())
                .collect();
            Ok(Member {
                roles: row.parsed_roles()?.0,
                user,
                department_ids,
            })
        };
        found.into_iter().map(member).collect()
    })
    .await
}
