//! Persons and their memberships. E-mail addresses are lower case.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::{department_members, departments, memberships, organizations, users};
use super::{Fault, Result, Tx};
use crate::auth::viewer::{CustomerScope, MemberScope};
use crate::domain::id::{DepartmentId, MembershipId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::locale::Locale;
use crate::domain::organization::{Role, Roles};

/// A person.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub name: String,
    /// PHC string; never leaves the server.
    pub password_hash: String,
    pub locale: Option<Locale>,
    pub last_organization_id: Option<OrganizationId>,
    pub created_at: Instant,
}

/// A person's place in one organisation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = memberships)]
pub struct Membership {
    pub id: MembershipId,
    pub organization_id: OrganizationId,
    pub user_id: UserId,
    /// See [`Roles`].
    pub roles: String,
    pub active: bool,
    pub created_at: Instant,
}

impl Membership {
    /// The stored roles, read.
    pub fn parsed_roles(&self) -> Result<Roles> {
        self.roles.parse().map_err(|error| {
            let what = format!("{error}");
            Fault::Inconsistent {
                table: "memberships",
                row: self.id.to_string(),
                what,
            }
            .into()
        })
    }
}

/// The person with that e-mail address, for signing in.
pub fn user_by_email(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    let query = users::table
        .filter(users::email.eq(email.trim().to_lowercase()))
        .select(users::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A person by an id that the system holds already.
pub fn user(conn: &mut Conn, id: &UserId) -> Result<User> {
    Ok(users::table.find(id).select(users::all_columns).first(conn)?)
}

/// Persons by id, for names beside things that the viewer was shown already.
pub fn users_by_ids(conn: &mut Conn, ids: &[UserId]) -> Result<Vec<User>> {
    Ok(users::table
        .filter(users::id.eq_any(ids))
        .select(users::all_columns)
        .load(conn)?)
}

/// The active memberships of a person, oldest first.
pub fn of_user(conn: &mut Conn, user: &UserId) -> Result<Vec<Membership>> {
    let query = memberships::table
        .inner_join(organizations::table)
        .filter(memberships::user_id.eq(user))
        .filter(memberships::active.eq(true))
        .order(memberships::id.asc())
        .select(memberships::all_columns);
    Ok(query.load(conn)?)
}

/// The active memberships of an organisation, oldest first, for the system itself: imports from the console.
pub fn of_organization(conn: &mut Conn, organization: &OrganizationId) -> Result<Vec<Membership>> {
    let query = memberships::table
        .filter(memberships::organization_id.eq(organization))
        .filter(memberships::active.eq(true))
        .order(memberships::id.asc())
        .select(memberships::all_columns);
    Ok(query.load(conn)?)
}

/// Holding more than an employee's role; written as the index that finds them has it.
fn staff() -> diesel::expression::SqlLiteral<diesel::sql_types::Bool> {
    diesel::dsl::sql("memberships.roles <> 'CUSTOMER_EMPLOYEE'")
}

/// The active members of an organisation who hold the role, which is not an employee's, oldest first.
pub fn holders(conn: &mut Conn, organization: &OrganizationId, role: Role) -> Result<Vec<Membership>> {
    let query = memberships::table
        .filter(memberships::organization_id.eq(organization))
        .filter(memberships::active.eq(true))
        .filter(staff())
        .order(memberships::id.asc())
        .select(memberships::all_columns);
    holding(query.load(conn)?, role)
}

/// The active members of the platform's organisations who hold the role, oldest first.
pub fn on_platform(conn: &mut Conn, role: Role) -> Result<Vec<Membership>> {
    let query = memberships::table
        .inner_join(organizations::table)
        .filter(organizations::is_platform)
        .filter(memberships::active.eq(true))
        .filter(staff())
        .order(memberships::id.asc())
        .select(memberships::all_columns);
    holding(query.load(conn)?, role)
}

fn holding(found: Vec<Membership>, role: Role) -> Result<Vec<Membership>> {
    let mut holding = Vec::new();
    for membership in found {
        if membership.parsed_roles()?.any(&[role]) {
            holding.push(membership);
        }
    }
    Ok(holding)
}

/// A person's membership of one organisation, whether active or not.
pub fn find(conn: &mut Conn, organization: &OrganizationId, user: &UserId) -> Result<Option<Membership>> {
    let query = memberships::table
        .filter(memberships::organization_id.eq(organization))
        .filter(memberships::user_id.eq(user))
        .select(memberships::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Those of the people who are active members of an organisation.
pub fn active_among(conn: &mut Conn, organization: &OrganizationId, people: &[UserId]) -> Result<Vec<UserId>> {
    let query = memberships::table
        .filter(memberships::organization_id.eq(organization))
        .filter(memberships::user_id.eq_any(people))
        .filter(memberships::active.eq(true))
        .select(memberships::user_id);
    Ok(query.load(conn)?)
}

/// Whether an active member of the viewer's organisation other than this one has the role.
pub fn another_has(conn: &mut Conn, scope: &MemberScope, user: &UserId, role: Role) -> Result<bool> {
    let others = memberships::table
        .filter(memberships::organization_id.eq(&scope.organization_id))
        .filter(memberships::user_id.ne(user))
        .filter(memberships::active.eq(true))
        .filter(memberships::roles.like(format!("%{}%", role.as_str())));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(conn)?)
}

/// Members of the viewer's organisation whose name or address contains the text, by name.
pub fn search(conn: &mut Conn, scope: &MemberScope, text: &str, limit: i64) -> Result<Vec<(User, Membership)>> {
    let like = format!("%{}%", escape_like(&text.to_lowercase()));
    let lower = |column: &str| diesel::dsl::sql::<diesel::sql_types::Text>(&format!("lower(users.{column})"));
    let query = memberships::table
        .inner_join(users::table)
        .filter(memberships::organization_id.eq(&scope.organization_id))
        .filter(memberships::active.eq(true))
        .filter(
            lower("name")
                .like(like.clone())
                .escape('\\')
                .or(lower("email").like(like).escape('\\')),
        )
        .order((users::name.asc(), users::id.asc()))
        .limit(limit)
        .select((users::all_columns, memberships::all_columns));
    Ok(query.load(conn)?)
}

/// Makes `%` and `_` of a search text plain characters.
pub fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Departments of each of the persons within the viewer's organisation.
pub fn departments_of(conn: &mut Conn, scope: &MemberScope, ids: &[UserId]) -> Result<Vec<(UserId, DepartmentId)>> {
    let query = department_members::table
        .inner_join(departments::table.on(departments::id.eq(department_members::department_id)))
        .filter(departments::organization_id.eq(&scope.organization_id))
        .filter(department_members::user_id.eq_any(ids))
        .select((department_members::user_id, department_members::department_id));
    Ok(query.load(conn)?)
}

/// Those of the ids that are active members of the customer.
pub fn members_by_ids(conn: &mut Conn, scope: &CustomerScope, ids: &[UserId]) -> Result<Vec<User>> {
    let query = memberships::table
        .inner_join(users::table)
        .filter(memberships::organization_id.eq(&scope.organization_id))
        .filter(memberships::active.eq(true))
        .filter(memberships::user_id.eq_any(ids))
        .order(users::name.asc())
        .select(users::all_columns);
    Ok(query.load(conn)?)
}

/// Makes a person.
pub fn insert_user(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    diesel::insert_into(users::table).values(user).execute(tx.conn)?;
    Ok(())
}

/// Makes a membership.
pub fn insert(tx: &mut Tx<'_>, membership: &Membership) -> Result<()> {
    diesel::insert_into(memberships::table)
        .values(membership)
        .execute(tx.conn)?;
    Ok(())
}

/// Ends a membership. It stays as a fact: whose it was, and which roles.
pub fn deactivate(tx: &mut Tx<'_>, membership: &Membership) -> Result<()> {
    diesel::update(memberships::table.find(&membership.id))
        .set(memberships::active.eq(false))
        .execute(tx.conn)?;
    Ok(())
}

/// Lets somebody who left come back, with these roles.
pub fn reactivate(tx: &mut Tx<'_>, membership: &Membership, roles: &Roles) -> Result<()> {
    diesel::update(memberships::table.find(&membership.id))
        .set((memberships::active.eq(true), memberships::roles.eq(roles.as_text())))
        .execute(tx.conn)?;
    Ok(())
}

/// Takes a person out of every department of the viewer's organisation.
pub fn leave_departments(tx: &mut Tx<'_>, scope: &MemberScope, user: &UserId) -> Result<()> {
    let own = departments::table
        .filter(departments::organization_id.eq(&scope.organization_id))
        .select(departments::id);
    let places = department_members::table
        .filter(department_members::user_id.eq(user))
        .filter(department_members::department_id.eq_any(own));
    diesel::delete(places).execute(tx.conn)?;
    Ok(())
}

/// Puts a person into a department.
pub fn insert_department_member(tx: &mut Tx<'_>, department: &DepartmentId, user: &UserId) -> Result<()> {
    let row = (
        department_members::department_id.eq(department),
        department_members::user_id.eq(user),
    );
    diesel::insert_into(department_members::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// The person's own language.
pub fn set_locale(tx: &mut Tx<'_>, user: &UserId, locale: Locale) -> Result<()> {
    diesel::update(users::table.find(user))
        .set(users::locale.eq(Some(locale)))
        .execute(tx.conn)?;
    Ok(())
}

/// Remembers the organisation that the person acted for last.
pub fn set_last_organization(tx: &mut Tx<'_>, user: &UserId, organization: &OrganizationId) -> Result<()> {
    diesel::update(users::table.find(user))
        .set(users::last_organization_id.eq(Some(organization)))
        .execute(tx.conn)?;
    Ok(())
}
