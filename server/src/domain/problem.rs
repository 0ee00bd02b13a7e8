//! What can be wrong with one field, as a closed set, and how to say it beside that field in both languages.
//! Not the checks: the noun that owns a field decides, this module only speaks.

use super::locale::{Locale, Text};
use super::message::Code;
use super::record_problem::RecordProblem;

/// One thing that is wrong with one field. Limits are part of the value, so that the text can name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Required,
    /// Characters as people count them.
    TooLong {
        max: usize,
    },
    TooShort {
        min: usize,
    },
    /// Entries of a list.
    TooFew {
        min: usize,
    },
    TooMany {
        max: usize,
    },
    /// Entries of a list that takes so many and no others.
    NotExactly {
        count: usize,
    },
    OutOfRange {
        min: i64,
        max: i64,
    },
    NotPositive,
    /// Below zero where zero is fine.
    Negative,
    BadFormat {
        what: Format,
    },
    /// A character that the field does not admit.
    BadCharacter {
        found: char,
        what: Format,
    },
    EndBeforeStart,
    NotInFuture,
    /// A day that has not come yet.
    InFuture,
    /// Another currency than that of what it belongs to.
    OtherCurrency,
    /// Taken already within the organisation.
    NotUnique,
    /// Another folder of the application is called so.
    FolderTaken,
    /// The application has a version of that number.
    VersionTaken,
    /// The same entry twice in one list.
    Repeated,
    UnknownChoice,
    /// Names a thing that does not exist or belongs to somebody else.
    Unknown,
    /// The repeated name differs from the name it repeats.
    NameDiffers,
    /// A right to change or delete that reaches further than the right to read.
    MoreThanReadable,
    /// D28: at least one department or member, unless it is the whole organisation.
    NobodyChosen,
    FileKind {
        allowed: &'static str,
    },
    FileTooLarge {
        max_mib: u64,
    },
    /// The content is not what the file claims to be.
    FileBroken,
    /// A picture that is wider than high or the other way round.
    NotSquare,
    /// KiB that the file has to stay below.
    FileNotSmall {
        kib: u64,
    },
    /// A picture of other sides than these pixels.
    NotOfSide {
        side: u32,
    },
    /// Pixels of width.
    PictureTooSmall {
        min: u32,
    },
    TooManyPixels {
        max_megapixels: u64,
        max_side: u32,
    },
    DescriptionRequiredForQuotation,
    DescriptionRequiredForPart,
    /// D32: warnings that nobody confirmed to have read.
    WarningsUnread,
    /// An amendment that amends nothing.
    NothingChanged,
    /// A record does not fit its form; the text names the place.
    RecordInvalid {
        detail: Text,
    },
    /// A definition cannot be used; the text names the place in it.
    Definition(Text),
    /// A value of a record is not what its field takes.
    Record(RecordProblem),
    /// D16, D17: nothing was chosen, or there is nothing that could be sent.
    NothingToSend,
    /// A list is read from both its ends at once.
    BothDirections,
    /// D16: a page that is in the instance is overwritten, not sent as a new one.
    PageDelivered,
    /// D16: a page that never was in the instance is sent as a new one.
    PageNotDelivered,
    /// L4: the application has no published version.
    NothingPublished,
    /// An application has one product, and this one has it already.
    ProductExists,
    /// L3: what costs money needs an account that it is paid into.
    PayeeAccountMissing,
    /// The seat limit of a free plan may only be raised or removed.
    SeatLimitLowered,
    /// An opening order begins with a trial that there is none of.
    TrialMissing,
    /// An opening order begins with a free plan that there is none of.
    FreePlanMissing,
    /// The most seats are fewer than the least.
    SeatsReversed,
    /// Some number of people would have two plans.
    SeatsOverlap {
        plan: String,
    },
    /// More is taken off than the price is.
    NegativeSalePrice,
    /// The price cannot be counted any more.
    PriceTooLarge,
    /// L21: a cool app belongs to a product that is on the marketplace.
    ProductNotListed,
    /// L22: an update that changes nothing of what the market shows.
    NothingNew,
    /// L23: a group has the cool app already.
    CoolAppInstalled,
    /// L18: a promotion link is made from an approved product.
    ProductNotApproved,
    /// L18: the product has a promotion link of this channel code.
    ChannelTaken,
    /// L17: a wave for everybody who is left has another after it.
    WaveAfterAll,
    /// L17: nobody who would get the version of a rollout.
    NoSubscriber,
    /// A time that is longer than so many days.
    LongerThan {
        days: i64,
    },
    /// A time that lies further ahead than so many days.
    LaterThan {
        days: i64,
    },
    /// A problem that names its field, for whoever reads it elsewhere than beside the field.
    OfField(Text, Box<Problem>),
    /// A rule with a code of its own speaks for this field.
    Refused(Code),
}

/// A form that a text has to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    CorpId,
    Mobile,
    Email,
    Version,
    Amount,
    Currency,
    Name,
    Url,
    Json,
    Cursor,
    AccountNumber,
    ChannelCode,
}

impl Format {
    pub const ALL: [Format; 12] = [
        Format::CorpId,
        Format::Mobile,
        Format::Email,
        Format::Version,
        Format::Amount,
        Format::Currency,
        Format::Name,
        Format::Url,
        Format::Json,
        Format::Cursor,
        Format::AccountNumber,
        Format::ChannelCode,
    ];

    /// How the form is described to a person, as the end of a sentence.
    fn text(self, locale: Locale) -> &'static str {
        let (zh, en) = match self {
            Format::CorpId => (
                "CorpID 由 8–64 位小写字母和数字组成",
                "a CorpID is 8 to 64 letters and digits",
            ),
            Format::Mobile => (
                "请填写 11 位大陆手机号，或以 + 和国家代码开头的号码，例如 +85291234567",
                "give a mainland mobile number of 11 digits, or one that starts with + and the country code, e.g. +85291234567",
            ),
            Format::Email => (
                "请填写邮箱地址，例如 name@example.com",
                "give an e-mail address such as name@example.com",
            ),
            Format::Version => (
                "版本号为三段数字，例如 1.4.0",
                "a version number has three parts, e.g. 1.4.0",
            ),
            Format::Amount => (
                "请填写数字金额，最多两位小数，例如 120000.00",
                "give a number with at most two decimals, e.g. 120000.00",
            ),
            Format::Currency => ("币种为三个字母，例如 CNY", "a currency is three letters, e.g. CNY"),
            Format::Name => (
                "名称不能包含控制字符或不可见字符",
                "a name holds no control or invisible characters",
            ),
            Format::Url => (
                "请填写以 https:// 开头的地址",
                "give an address that starts with https://",
            ),
            Format::Json => ("请提供有效的 JSON", "give valid JSON"),
            Format::AccountNumber => (
                "账号由数字和字母组成",
                "an account number is made of digits and letters",
            ),
            Format::ChannelCode => (
                "只能使用字母、数字、下划线和短横线",
                "use letters, digits, _ and - alone",
            ),
            Format::Cursor => ("请使用上一次返回的游标", "use a cursor that a page returned"),
        };
        match locale {
            Locale::ZhCn => zh,
            Locale::En => en,
        }
    }
}

impl Problem {
    /// The code under which the schema reports the problem.
    pub fn code(&self) -> Code {
        match self {
            Problem::Refused(code) => *code,
            Problem::OfField(_, problem) => problem.code(),
            _ => Code::Validation,
        }
    }

    /// The sentence for the field, in the given language.
    pub fn message(&self, locale: Locale) -> String {
        match self {
            Problem::BadFormat { what } => match locale {
                Locale::ZhCn => format!("格式不正确：{}", what.text(locale)),
                Locale::En => format!("The format is not right: {}", what.text(locale)),
            },
            Problem::BadCharacter { found, what } => {
                // A control character printed raw would garble the message that complains about it.
                let shown = if found.is_control() {
                    format!("U+{:04X}", *found as u32)
                } else {
                    found.to_string()
                };
                match locale {
                    Locale::ZhCn => format!("不能包含“{shown}”：{}", what.text(locale)),
                    Locale::En => format!("\"{shown}\" is not allowed: {}", what.text(locale)),
                }
            }
            Problem::Refused(code) => code.text(locale).to_owned(),
            Problem::OfField(name, problem) => {
                let colon = match locale {
                    Locale::ZhCn => "：",
                    Locale::En => ": ",
                };
                format!("{}{colon}{}", name.get(locale), problem.message(locale))
            }
            Problem::Record(problem) => problem.text().get(locale).to_owned(),
            Problem::Definition(text) => text.get(locale).to_owned(),
            other => other.text().get(locale).to_owned(),
        }
    }

    fn text(&self) -> Text {
        self.limit_text().unwrap_or_else(|| self.plain_text())
    }

    /// Texts that name a limit.
    fn limit_text(&self) -> Option<Text> {
        Some(match self {
            Problem::TooLong { max } => Text::new(format!("最多 {max} 个字符"), format!("At most {max} characters")),
            Problem::TooShort { min } => Text::new(format!("至少 {min} 个字符"), format!("At least {min} characters")),
            Problem::TooFew { min } => Text::new(format!("至少填写 {min} 项"), format!("Give at least {min}")),
            Problem::TooMany { max } => Text::new(format!("最多填写 {max} 项"), format!("Give at most {max}")),
            Problem::LongerThan { days } => Text::new(format!("最长 {days} 天"), format!("At most {days} days")),
            Problem::LaterThan { days } => {
                Text::new(format!("最多提前 {days} 天"), format!("At most {days} days ahead"))
            }
            Problem::NotExactly { count } => Text::new(format!("须正好 {count} 项"), format!("Give exactly {count}")),
            Problem::OutOfRange { min, max } => Text::new(
                format!("取值范围为 {min} 至 {max}"),
                format!("Must be from {min} to {max}"),
            ),
            Problem::FileKind { allowed } => Text::new(
                format!("文件类型不支持，仅支持 {allowed}"),
                format!("This kind of file is not accepted; use {allowed}"),
            ),
            Problem::FileTooLarge { max_mib } => Text::new(
                format!("文件过大，最大 {max_mib} MiB"),
                format!("The file is too large; at most {max_mib} MiB"),
            ),
            Problem::FileNotSmall { kib } => Text::new(
                format!("文件过大，须小于 {kib} KB"),
                format!("The file is too large; it must be smaller than {kib} KB"),
            ),
            Problem::NotOfSide { side } => Text::new(
                format!("图片尺寸须为 {side} × {side} 像素"),
                format!("The picture must measure {side} × {side} px"),
            ),
            Problem::PictureTooSmall { min } => Text::new(
                format!("图片太小，宽度至少 {min} 像素"),
                format!("The picture is too small; it must be at least {min} px wide"),
            ),
            Problem::TooManyPixels {
                max_megapixels,
                max_side,
            } => Text::new(
                format!(
                    "图片像素过多，总像素最多 {} 万，单边最多 {max_side} 像素，请缩小后重新上传",
                    max_megapixels * 100
                ),
                format!(
                    "The picture has too many pixels: at most {max_megapixels} megapixels and {max_side} px a side; scale \
                     it down and upload it again"
                ),
            ),
            Problem::SeatsOverlap { plan } => Text::new(
                format!("人员范围与规格“{plan}”重叠"),
                format!("The range of seats overlaps with that of the plan \"{plan}\""),
            ),
            Problem::RecordInvalid { detail } => Text::new(
                format!("内容不符合表单要求：{}", detail.get(Locale::ZhCn)),
                format!("The entry does not fit the form: {}", detail.get(Locale::En)),
            ),
            _ => return None,
        })
    }

    fn plain_text(&self) -> Text {
        let (zh, en) = match self {
            Problem::Required => ("请填写此项", "This is required"),
            Problem::NotPositive => ("金额必须大于 0", "The amount must be greater than 0"),
            Problem::Negative => ("金额不能小于 0", "The amount must not be less than 0"),
            Problem::EndBeforeStart => (
                "结束日期不能早于开始日期",
                "The end date must not be before the start date",
            ),
            Problem::NotInFuture => ("时间必须晚于当前时间", "The time must lie in the future"),
            Problem::InFuture => ("日期不能晚于今天", "The day must not lie in the future"),
            Problem::OtherCurrency => ("币种必须与合同一致", "The currency must be that of the contract"),
            Problem::NotUnique => ("名称已被使用，请换一个", "This name is taken; choose another"),
            Problem::FolderTaken => (
                "已有同名的文件夹，请换一个名称，或将页面逐个移动到该文件夹",
                "Another folder is called so; choose another name, or move the pages into that folder one by one",
            ),
            Problem::VersionTaken => (
                "该应用已有此版本号，版本内容不可更改，请使用新的版本号",
                "The application has this version already and versions never change; use a new number",
            ),
            Problem::Repeated => ("内容重复，请删除重复项", "This entry is there twice; remove one"),
            Problem::UnknownChoice => ("请选择列表中的选项", "Choose one of the options offered"),
            Problem::Unknown => (
                "所选内容不存在或已被删除，请重新选择",
                "What was chosen does not exist or was removed; choose again",
            ),
            Problem::NameDiffers => (
                "输入的名称与应用名称不一致",
                "The name typed is not the application's name",
            ),
            Problem::MoreThanReadable => (
                "修改和删除的范围不能大于查看的范围",
                "Nobody can change or delete more than they may read",
            ),
            Problem::NobodyChosen => (
                "请至少选择一个部门或成员，或选择整个组织",
                "Choose at least one department or member, or the whole organisation",
            ),
            Problem::FileBroken => (
                "文件已损坏或内容与类型不符，请重新上传",
                "The file is damaged or is not of its stated type; upload it again",
            ),
            Problem::NotSquare => (
                "图片必须为正方形，请裁剪后重新上传",
                "The picture must be square; crop it and upload it again",
            ),
            Problem::DescriptionRequiredForQuotation => (
                "合同文件为报价单时，必须填写项目描述",
                "A description is required when the file is a quotation",
            ),
            Problem::DescriptionRequiredForPart => (
                "金额仅为合同的一部分时，请在项目描述中说明",
                "When the amount is part of a larger contract, the description must explain it",
            ),
            Problem::NothingChanged => (
                "金额、结束日期和描述至少修改一项",
                "Change at least one of amount, end date and description",
            ),
            Problem::WarningsUnread => ("请先阅读并确认上述提醒", "Read the warnings and confirm them first"),
            Problem::BothDirections => (
                "first、after 与 last、before 不能同时使用",
                "Use first and after, or last and before; not both at once",
            ),
            Problem::NothingToSend => ("没有可发送的内容", "There is nothing to send"),
            Problem::PageDelivered => (
                "客户的应用中已有该页面，请使用“存量页面”发送",
                "The customer's application has this page; overwrite it instead",
            ),
            Problem::PageNotDelivered => (
                "该页面尚未发送给客户，请使用“增量页面”发送",
                "This page was never sent to the customer; send it as a new page",
            ),
            Problem::NothingPublished => (
                "该应用还没有已发布的版本，请先发布一个版本",
                "The application has no published version; publish one first",
            ),
            Problem::ProductExists => (
                "该应用已有商品，请在商品上架中打开它",
                "The application has a product already; open it on the product shelves",
            ),
            Problem::PayeeAccountMissing => (
                "付费商品需要先登记收款账户",
                "Paid products need a payee account on file; enter one first",
            ),
            Problem::SeatLimitLowered => (
                "免费规格的人数上限只能提高或取消，不能降低",
                "The seat limit of the free plan can be raised or removed, not lowered",
            ),
            Problem::TrialMissing => (
                "该开通顺序需要先设置试用天数",
                "This opening order begins with a trial; set the trial length first",
            ),
            Problem::FreePlanMissing => (
                "该开通顺序需要先提供免费规格",
                "This opening order begins with the free plan; offer one first",
            ),
            Problem::SeatsReversed => (
                "最多人数不能少于最少人数",
                "The most seats must not be fewer than the least",
            ),
            Problem::NegativeSalePrice => (
                "抹零不能大于该周期的价格",
                "The rounding-off must not be more than the price of the period",
            ),
            Problem::PriceTooLarge => (
                "价格过大，请降低单价或减少最多人数",
                "The price is too large; lower the unit price or the most seats",
            ),
            Problem::ProductNotListed => (
                "所选商品不在应用市场中，请先在商品上架中将其上架应用市场，再申请上架酷应用",
                "The product is not on the marketplace; put it there on the product shelves first, then apply for its cool app",
            ),
            Problem::NothingNew => (
                "与已上架的内容相同，请修改后再提交",
                "It is what the market shows already; change something, then submit",
            ),
            Problem::CoolAppInstalled => (
                "该群已安装此酷应用，请在群页面中查看",
                "The group has this cool app already; look at the group's page",
            ),
            Problem::ProductNotApproved => (
                "商品尚未审核通过，或已隐藏、下架；审核通过后才能创建推广码",
                "The product is not approved, or is hidden or delisted; links are made from approved products",
            ),
            Problem::ChannelTaken => (
                "该商品已有使用此渠道编码的推广码，请换一个",
                "The product has a promotion link of this channel code; choose another",
            ),
            Problem::WaveAfterAll => (
                "“其余全部”只能是最后一批",
                "The wave for everybody who is left has to be the last one",
            ),
            Problem::NoSubscriber => (
                "该客户不会收到此版本，请重新选择",
                "This customer does not get the version; choose others",
            ),
            // The remaining problems carry a limit or a form and have spoken before.
            _ => ("此项填写有误", "This entry is not right"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn every_problem() -> Vec<Problem> {
        let mut all = vec![
            Problem::Required,
            Problem::TooLong { max: 60 },
            Problem::TooShort { min: 8 },
            Problem::TooFew { min: 2 },
            Problem::TooMany { max: 10 },
            Problem::OutOfRange { min: 1, max: 5 },
            Problem::NotPositive,
            Problem::Negative,
            Problem::BadCharacter {
                found: '-',
                what: Format::CorpId,
            },
            Problem::EndBeforeStart,
            Problem::NotInFuture,
            Problem::InFuture,
            Problem::OtherCurrency,
            Problem::NotUnique,
            Problem::FolderTaken,
            Problem::VersionTaken,
            Problem::Repeated,
            Problem::UnknownChoice,
            Problem::Unknown,
            Problem::NameDiffers,
            Problem::NobodyChosen,
            Problem::MoreThanReadable,
            Problem::FileKind {
                allowed: "PDF, PNG, JPEG",
            },
            Problem::FileTooLarge { max_mib: 20 },
            Problem::FileBroken,
            Problem::NotSquare,
            Problem::PictureTooSmall { min: 240 },
            Problem::TooManyPixels {
                max_megapixels: 40,
                max_side: 12_000,
            },
            Problem::DescriptionRequiredForQuotation,
            Problem::DescriptionRequiredForPart,
            Problem::WarningsUnread,
            Problem::NothingChanged,
            Problem::NothingToSend,
            Problem::BothDirections,
            Problem::PageDelivered,
            Problem::PageNotDelivered,
            Problem::RecordInvalid {
                detail: Text::new("/name", "/name"),
            },
            Problem::NothingPublished,
            Problem::ProductExists,
            Problem::PayeeAccountMissing,
            Problem::SeatLimitLowered,
            Problem::TrialMissing,
            Problem::FreePlanMissing,
            Problem::SeatsReversed,
            Problem::SeatsOverlap {
                plan: "10 用户版".to_owned(),
            },
            Problem::NegativeSalePrice,
            Problem::PriceTooLarge,
            Problem::FileNotSmall { kib: 100 },
            Problem::NotOfSide { side: 240 },
            Problem::NotExactly { count: 3 },
            Problem::ProductNotListed,
            Problem::NothingNew,
            Problem::CoolAppInstalled,
            Problem::ProductNotApproved,
            Problem::ChannelTaken,
            Problem::WaveAfterAll,
            Problem::NoSubscriber,
            Problem::LongerThan { days: 90 },
            Problem::LaterThan { days: 365 },
            Problem::OfField(Text::new("名称", "Name"), Box::new(Problem::TooLong { max: 6 })),
        ];
        all.extend(Format::ALL.map(|what| Problem::BadFormat { what }));
        all.push(Problem::Definition(Text::new("$.schema：不对", "$.schema: wrong")));
        all.extend(RecordProblem::examples().map(Problem::Record));
        all.extend(Code::ALL.map(Problem::Refused));
        all
    }

    #[test]
    fn every_problem_has_its_own_sentence_in_both_languages() {
        for locale in Locale::ALL {
            let mut seen = HashSet::new();
            for problem in every_problem() {
                let text = problem.message(locale);
                assert!(!text.trim().is_empty(), "{problem:?}");
                assert!(seen.insert(text.clone()), "{problem:?} repeats {text}");
                assert!(
                    !text.contains("此项填写有误") && !text.contains("This entry is not right"),
                    "{problem:?}"
                );
            }
        }
    }

    #[test]
    fn limits_are_named() {
        assert_eq!(Problem::TooLong { max: 60 }.message(Locale::ZhCn), "最多 60 个字符");
        let named = Problem::OfField(Text::new("名称", "Name"), Box::new(Problem::TooLong { max: 6 }));
        assert_eq!(named.message(Locale::ZhCn), "名称：最多 6 个字符");
        assert_eq!(named.message(Locale::En), "Name: At most 6 characters");
        assert_eq!(
            Problem::FileTooLarge { max_mib: 20 }.message(Locale::En),
            "The file is too large; at most 20 MiB"
        );
    }

    #[test]
    fn a_control_character_is_shown_by_its_number() {
        let problem = Problem::BadCharacter {
            found: '\u{7}',
            what: Format::Name,
        };
        assert!(problem.message(Locale::En).starts_with("\"U+0007\""));
    }
}
