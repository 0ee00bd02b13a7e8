//! Members of an organisation: who may leave it. What their roles let them do is asked of `auth::viewer`.

use super::locale::Text;
use super::organization::{Role, Roles};
use super::refusal::Refusal;

/// Roles that an organisation must not lose with the last person who has them: nobody over the network could give them back.
pub const KEPT: [Role; 2] = [Role::PartnerAdmin, Role::CustomerAdmin];

/// Of the roles of somebody who leaves, those that somebody else must have.
pub fn kept(leaving: &Roles) -> Vec<Role> {
    KEPT.into_iter().filter(|role| leaving.any(&[*role])).collect()
}

/// The only admin stays.
pub fn last_admin() -> Refusal {
    Refusal::transition("LAST_ADMIN", "REMOVE")
        .in_words(
            Text::new("唯一的管理员", "The only administrator"),
            Text::new("移出组织", "Remove from the organisation"),
        )
        .advise(Text::new(
            "请先让组织中的另一位成员担任管理员",
            "Let another member of the organisation become an administrator first",
        ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;

    #[test]
    fn only_admins_must_be_succeeded() {
        let roles = |roles: &[Role]| Roles(roles.to_vec());
        assert_eq!(kept(&roles(&[Role::PartnerDeveloper, Role::CustomerEmployee])), []);
        assert_eq!(kept(&roles(&[Role::CustomerAdmin, Role::PartnerAdmin])), KEPT);
        assert_eq!(
            last_admin().message(Locale::ZhCn),
            "当前状态为“唯一的管理员”，不能执行“移出组织”"
        );
    }
}
