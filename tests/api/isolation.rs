//! Tenants learn nothing of each other: a foreign partner and a foreign customer try every query, mutation and subscription with the
//! real ids of somebody else's things, and get to the letter what ids that never existed get. A developer in a remote maintenance
//! (D31) is the third stranger: to them nothing exists but the one instance, not even what is their own partner's. A root field
//! without an entry here fails.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Someone, TestApp, corp_id};
use appshelf_tests::cool_app;
use appshelf_tests::on_each_database;
use appshelf_tests::promotion;
use appshelf_tests::scene::{
    Scene, agreement, ask_partner, enter, finished, grant, link, maintain, order_of, picture, text,
};
use futures_util::StreamExt;
use serde_json::{Value, json};

const REFUSED: &str = "... on UserError { code message nextStep path }";

/// Root fields that name nothing of anybody: lists of one's own, or things that everybody may read.
const OWN: &[&str] = &[
    "viewer",
    "agreement",
    "applications",
    "installPortal",
    "testOrganizations",
    "createTestOrganization",
    "projects",
    "distributionPermissions",
    "orders",
    "amendments",
    "appInstances",
    "departments",
    "members",
    "editions",
    "renderedMarkdown",
    "calendarYear",
    "setCalendarYear",
    "categories",
    "preTasks",
    "categoryOperatorCandidates",
    "saveCategory",
    "savePreTask",
    "payeeAccount",
    "setPayeeAccount",
    "products",
    "productReviews",
    "promotionLinks",
    "marketProducts",
    "leads",
    "licenses",
    "productOrders",
    "salesFigures",
    "rollouts",
    "freezeWindows",
    "addFreezeWindow",
    "coolApps",
    "coolAppApplications",
    "coolAppReviews",
    "groups",
    "groupCandidates",
    "setOrganizationProfile",
    "waiting",
    "approvals",
    "signIn",
    "refreshSession",
    "signOut",
    "updatePreferences",
    "applyForDistributionPermission",
    "setEntitlement",
    "notifications",
    "inbox",
    "notificationReceived",
    "markAllNotificationsRead",
    "notificationPreferences",
    "setNotificationPreference",
    "maintenanceSessions",
    "maintenanceChanged",
    "serviceRequests",
    "serviceRequestsChanged",
    "serviceOverview",
];

/// What a developer in a remote maintenance gets by the fields of `OWN`: the document, and what its answer must hold. Where that is
/// `NO_PERMISSION`, the answer must hold nothing else.
const INSIDE: &[(&str, &str, &str)] = &[
    (
        "viewer",
        "{ viewer { roles memberships { roles } distributionPermission { id } } }",
        "{\"viewer\":{\"roles\":[],\"memberships\":[],\"distributionPermission\":null}}",
    ),
    ("agreement", "{ agreement(kind: DISTRIBUTION) { version } }", "version"),
    ("editions", "{ editions { name } }", "FREE"),
    ("renderedMarkdown", "{ renderedMarkdown(text: \"x\") }", "NO_PERMISSION"),
    ("waiting", "{ waiting { count } }", "{\"waiting\":[]}"),
    ("approvals", "{ approvals { nodes { id } } }", "NO_PERMISSION"),
    (
        "approvals",
        "{ approvals(box: STARTED) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    (
        "approvals",
        "{ approvals(box: DECIDED) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    ("applications", "{ applications { nodes { id } } }", "NO_PERMISSION"),
    (
        "installPortal",
        "mutation { installPortal { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    ("testOrganizations", "{ testOrganizations { joined } }", "NO_PERMISSION"),
    (
        "createTestOrganization",
        "mutation { createTestOrganization(input: { name: \"xx\" }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    ("calendarYear", "{ calendarYear(year: 2026) { year } }", "NO_PERMISSION"),
    (
        "setCalendarYear",
        "mutation { setCalendarYear(input: { year: 2026, days: [] }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    ("categories", "{ categories { id } }", "NO_PERMISSION"),
    ("preTasks", "{ preTasks { id } }", "NO_PERMISSION"),
    (
        "categoryOperatorCandidates",
        "{ categoryOperatorCandidates { id } }",
        "NO_PERMISSION",
    ),
    (
        "saveCategory",
        "mutation { saveCategory(input: { nameZh: \"x\", nameEn: \"x\" }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    (
        "savePreTask",
        "mutation { savePreTask(input: { nameZh: \"x\", nameEn: \"x\" }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    ("payeeAccount", "{ payeeAccount { holder } }", "NO_PERMISSION"),
    (
        "setPayeeAccount",
        "mutation { setPayeeAccount(input: { holder: \"x\", bank: \"x\", number: \"123456\" }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    ("products", "{ products { nodes { id } } }", "NO_PERMISSION"),
    ("licenses", "{ licenses { nodes { id } } }", "NO_PERMISSION"),
    (
        "licenses",
        "{ licenses(party: PARTNER) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    ("productOrders", "{ productOrders { nodes { id } } }", "NO_PERMISSION"),
    (
        "productOrders",
        "{ productOrders(party: CUSTOMER) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    ("salesFigures", "{ salesFigures { total { orders } } }", "NO_PERMISSION"),
    ("rollouts", "{ rollouts { nodes { id } } }", "NO_PERMISSION"),
    ("freezeWindows", "{ freezeWindows { id } }", "NO_PERMISSION"),
    (
        "addFreezeWindow",
        "mutation { addFreezeWindow(input: { from: \"2027-01-01T00:00:00Z\", until: \"2027-01-02T00:00:00Z\" }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    (
        "marketProducts",
        "{ marketProducts { nodes { id } totalCount } }",
        "{\"marketProducts\":{\"nodes\":[],\"totalCount\":0}}",
    ),
    (
        "coolApps",
        "{ coolApps { nodes { id } totalCount } }",
        "{\"coolApps\":{\"nodes\":[],\"totalCount\":0}}",
    ),
    (
        "coolAppApplications",
        "{ coolAppApplications { nodes { id } } }",
        "NO_PERMISSION",
    ),
    ("coolAppReviews", "{ coolAppReviews { nodes { id } } }", "NO_PERMISSION"),
    ("groups", "{ groups { nodes { id } } }", "NO_PERMISSION"),
    ("promotionLinks", "{ promotionLinks { nodes { id } } }", "NO_PERMISSION"),
    ("groupCandidates", "{ groupCandidates { id } }", "NO_PERMISSION"),
    (
        "setOrganizationProfile",
        "mutation { setOrganizationProfile(input: { industry: RETAIL }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    ("productReviews", "{ productReviews { nodes { id } } }", "NO_PERMISSION"),
    ("projects", "{ projects { nodes { id } } }", "NO_PERMISSION"),
    ("amendments", "{ amendments { nodes { id } } }", "NO_PERMISSION"),
    (
        "distributionPermissions",
        "{ distributionPermissions { nodes { id } } }",
        "NO_PERMISSION",
    ),
    ("orders", "{ orders { nodes { id } } }", "NO_PERMISSION"),
    (
        "orders",
        "{ orders(party: CUSTOMER) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    (
        "appInstances",
        "{ appInstances { nodes { id } totalCount } }",
        "{\"appInstances\":{\"nodes\":[{\"id\":\"{instance}\"}],\"totalCount\":1}}",
    ),
    ("departments", "{ departments { id name } }", "NO_PERMISSION"),
    ("members", "{ members { user { id } } }", "NO_PERMISSION"),
    (
        "maintenanceSessions",
        "{ maintenanceSessions { nodes { id } } }",
        "NO_PERMISSION",
    ),
    (
        "maintenanceSessions",
        "{ maintenanceSessions(party: CUSTOMER) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    (
        "maintenanceChanged",
        "subscription { maintenanceChanged { session { id } } }",
        "NO_PERMISSION",
    ),
    (
        "maintenanceChanged",
        "subscription { maintenanceChanged(party: CUSTOMER) { session { id } } }",
        "NO_PERMISSION",
    ),
    (
        "serviceRequests",
        "{ serviceRequests { nodes { id } } }",
        "NO_PERMISSION",
    ),
    (
        "serviceRequests",
        "{ serviceRequests(party: CUSTOMER) { nodes { id } } }",
        "NO_PERMISSION",
    ),
    (
        "serviceRequestsChanged",
        "subscription { serviceRequestsChanged { request { id } } }",
        "NO_PERMISSION",
    ),
    (
        "serviceRequestsChanged",
        "subscription { serviceRequestsChanged(party: CUSTOMER) { request { id } } }",
        "NO_PERMISSION",
    ),
    ("leads", "{ leads { nodes { id } } }", "NO_PERMISSION"),
    ("leads", "{ leads(party: CUSTOMER) { nodes { id } } }", "NO_PERMISSION"),
    ("serviceOverview", "{ serviceOverview { openCount } }", "NO_PERMISSION"),
    ("notifications", "{ notifications { nodes { id } } }", "NO_PERMISSION"),
    ("inbox", "{ inbox { unreadCount } }", "NO_PERMISSION"),
    (
        "notificationReceived",
        "subscription { notificationReceived { unreadCount } }",
        "NO_PERMISSION",
    ),
    (
        "markAllNotificationsRead",
        "mutation { markAllNotificationsRead(input: {}) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    (
        "notificationPreferences",
        "{ notificationPreferences { mailsAreSent } }",
        "NO_PERMISSION",
    ),
    (
        "setNotificationPreference",
        "mutation { setNotificationPreference(input: { topic: ORDERS, email: true }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    (
        "signIn",
        "mutation { signIn(input: { email: \"pd@acme.example\", password: \"wrong\" }) { ... on UserError { code } } }",
        "BAD_CREDENTIALS",
    ),
    (
        "refreshSession",
        "mutation { refreshSession { ... on UserError { code } } }",
        "UNAUTHENTICATED",
    ),
    (
        "updatePreferences",
        "mutation { updatePreferences(input: { locale: EN }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    (
        "applyForDistributionPermission",
        "mutation { applyForDistributionPermission(input: { scenario: \"x\", references: [], contactName: \"x\", contactMobile: \"x\" }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    (
        "setEntitlement",
        "mutation { setEntitlement(input: { edition: FREE, feature: PUBLIC_DOMAIN }) { ... on UserError { code } } }",
        "NO_PERMISSION",
    ),
    // Last: it ends the session.
    ("signOut", "mutation { signOut { ... on SignedOut { done } } }", "true"),
];

/// What is open to a developer inside the instance that their remote maintenance opens.
const OPEN_INSIDE: &[&str] = &[
    "node",
    "appInstance",
    "submitRecord",
    "saveRecordDraft",
    "discardRecordDraft",
    "setConnectorSecret",
    "confirmBinding",
    "setProcessDesign",
    "renamePage",
    "renameFolder",
    "movePage",
    "updatePageDefinition",
    "importRecords",
    "openInstance",
];

/// Root field and a document that names things by `{placeholders}`.
const TRIES: &[(&str, &str)] = &[
    (
        "setOrganizationEdition",
        "mutation { setOrganizationEdition(input: { corpId: \"{corp}\", edition: FREE }) { __typename REFUSED } }",
    ),
    ("node", "{ node(id: \"{project}\") { id } }"),
    ("node", "{ node(id: \"{order}\") { id } }"),
    ("node", "{ node(id: \"{instance}\") { id } }"),
    ("node", "{ node(id: \"{version}\") { id } }"),
    ("node", "{ node(id: \"{record}\") { id } }"),
    ("application", "{ application(id: \"{application}\") { id name } }"),
    ("selfTest", "{ selfTest(id: \"{selftest}\") { id status } }"),
    (
        "selfTests",
        "{ selfTests(applicationId: \"{application}\") { nodes { id } totalCount } }",
    ),
    ("node", "{ node(id: \"{selftest}\") { id } }"),
    (
        "joinTestOrganization",
        "mutation { joinTestOrganization(input: { organizationId: \"{place}\" }) { __typename REFUSED } }",
    ),
    (
        "startSelfTest",
        "mutation { startSelfTest(input: { versionId: \"{version}\", testOrganizationId: \"{place}\" }) { __typename REFUSED } }",
    ),
    (
        "answerSelfTestItem",
        "mutation { answerSelfTestItem(input: { id: \"{selftest}\", item: GOES_LIVE, passed: true }) { __typename REFUSED } }",
    ),
    ("product", "{ product(id: \"{product}\") { id name } }"),
    ("marketProduct", "{ marketProduct(id: \"{product}\") { id name } }"),
    // What is bought has tests of its own (`license`); here nothing is on the marketplace.
    (
        "productRatings",
        "{ productRatings(productId: \"{product}\") { nodes { id } } }",
    ),
    (
        "ownRating",
        "{ ownRating(productId: \"{product}\") { mayRate rating { id } } }",
    ),
    (
        "rateProduct",
        "mutation { rateProduct(input: { productId: \"{product}\", stars: 1 }) { __typename REFUSED } }",
    ),
    ("lead", "{ lead(id: \"{lead}\") { id message } }"),
    (
        "leads",
        "{ leads(filter: { productId: \"{product}\" }) { nodes { id } totalCount } }",
    ),
    (
        "consultPartner",
        "mutation { consultPartner(input: { productId: \"{product}\", message: \"x\", consent: true }) { __typename REFUSED } }",
    ),
    (
        "assignLead",
        "mutation { assignLead(input: { id: \"{lead}\", userId: \"{user}\" }) { __typename REFUSED } }",
    ),
    (
        "contactLead",
        "mutation { contactLead(input: { id: \"{lead}\" }) { __typename REFUSED } }",
    ),
    (
        "winLead",
        "mutation { winLead(input: { id: \"{lead}\" }) { __typename REFUSED } }",
    ),
    (
        "loseLead",
        "mutation { loseLead(input: { id: \"{lead}\", note: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "answerRating",
        "mutation { answerRating(input: { id: \"{rating}\", answer: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "hideRating",
        "mutation { hideRating(input: { id: \"{rating}\", reason: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "showRating",
        "mutation { showRating(input: { id: \"{rating}\" }) { __typename REFUSED } }",
    ),
    (
        "promotionLink",
        "{ promotionLink(id: \"{promotion}\") { id name url } }",
    ),
    ("node", "{ node(id: \"{promotion}\") { id } }"),
    (
        "promotionLinks",
        "{ promotionLinks(productId: \"{product}\") { nodes { id } totalCount } }",
    ),
    (
        "promotionFunnel",
        "{ promotionFunnel(linkId: \"{promotion}\") { total { opens } } }",
    ),
    (
        "createPromotionLink",
        "mutation { createPromotionLink(input: { productId: \"{product}\", name: \"x\", channelCode: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "changePromotionLink",
        "mutation { changePromotionLink(input: { id: \"{promotion}\", version: 1, name: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "disablePromotionLink",
        "mutation { disablePromotionLink(input: { id: \"{promotion}\" }) { __typename REFUSED } }",
    ),
    (
        "enablePromotionLink",
        "mutation { enablePromotionLink(input: { id: \"{promotion}\" }) { __typename REFUSED } }",
    ),
    ("license", "{ license(id: \"{license}\") { id } }"),
    ("productOrder", "{ productOrder(id: \"{productorder}\") { id } }"),
    (
        "productOffer",
        "{ productOffer(productId: \"{product}\") { __typename REFUSED } }",
    ),
    (
        "productQuote",
        "{ productQuote(input: { productId: \"{product}\", itemCode: \"x\", seats: 1 }) { __typename REFUSED } }",
    ),
    (
        "askAdmins",
        "mutation { askAdmins(input: { productId: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "openProduct",
        "mutation { openProduct(input: { productId: \"{product}\", way: TRIAL }) { __typename REFUSED } }",
    ),
    (
        "orderProduct",
        "mutation { orderProduct(input: { productId: \"{product}\", itemCode: \"x\", seats: 1 }) { __typename REFUSED } }",
    ),
    (
        "orderForCustomer",
        "mutation { orderForCustomer(input: { corpId: \"ding00000000000000000000000000000000\", productId: \"{product}\", itemCode: \"x\", seats: 1 }) { __typename REFUSED } }",
    ),
    (
        "closeProductOrder",
        "mutation { closeProductOrder(input: { id: \"{productorder}\" }) { __typename REFUSED } }",
    ),
    (
        "confirmPayment",
        "mutation { confirmPayment(input: { id: \"{productorder}\", reference: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "refundProductOrder",
        "mutation { refundProductOrder(input: { id: \"{productorder}\", reason: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "confirmRefund",
        "mutation { confirmRefund(input: { id: \"{productorder}\", reference: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "deliverLicense",
        "mutation { deliverLicense(input: { id: \"{license}\" }) { __typename REFUSED } }",
    ),
    ("rollout", "{ rollout(id: \"{rollout}\") { id } }"),
    (
        "rolloutPreflight",
        "{ rolloutPreflight(input: { productId: \"{product}\", waves: [{ kind: ALL }] }) { __typename REFUSED } }",
    ),
    (
        "startRollout",
        "mutation { startRollout(input: { productId: \"{product}\", waves: [{ kind: ALL }] }) { __typename REFUSED } }",
    ),
    (
        "startRolloutWave",
        "mutation { startRolloutWave(input: { id: \"{rollout}\" }) { __typename REFUSED } }",
    ),
    (
        "pauseRollout",
        "mutation { pauseRollout(input: { id: \"{rollout}\" }) { __typename REFUSED } }",
    ),
    (
        "resumeRollout",
        "mutation { resumeRollout(input: { id: \"{rollout}\" }) { __typename REFUSED } }",
    ),
    (
        "stopRollout",
        "mutation { stopRollout(input: { id: \"{rollout}\" }) { __typename REFUSED } }",
    ),
    (
        "retryRolloutSubscriber",
        "mutation { retryRolloutSubscriber(input: { id: \"{rollout}\", licenseId: \"{license}\" }) { __typename REFUSED } }",
    ),
    (
        "rolloutProgress",
        "subscription { rolloutProgress(id: \"{rollout}\") { rollout { id } } }",
    ),
    (
        "instanceUpgrades",
        "{ instanceUpgrades(instanceId: \"{instance}\") { nodes { versionNumber } } }",
    ),
    (
        "removeFreezeWindow",
        "mutation { removeFreezeWindow(input: { id: \"{freeze}\" }) { __typename REFUSED } }",
    ),
    ("node", "{ node(id: \"{product}\") { id } }"),
    (
        "createProduct",
        "mutation { createProduct(input: { applicationId: \"{application}\" }) { __typename REFUSED } }",
    ),
    (
        "saveProductDraft",
        "mutation { saveProductDraft(input: { id: \"{product}\", version: 1, content: { name: \"x\" } }) { __typename REFUSED } }",
    ),
    (
        "submitProduct",
        "mutation { submitProduct(input: { id: \"{product}\", version: 1 }) { __typename REFUSED } }",
    ),
    (
        "applyToDelistProduct",
        "mutation { applyToDelistProduct(input: { id: \"{product}\", reason: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "setCategoryOperators",
        "mutation { setCategoryOperators(input: { id: \"{category}\", userIds: [] }) { __typename REFUSED } }",
    ),
    (
        "reviewProduct",
        "mutation { reviewProduct(input: { revisionId: \"{revision}\", decision: APPROVE }) { __typename REFUSED } }",
    ),
    (
        "answerProductTask",
        "mutation { answerProductTask(input: { id: \"{product}\", taskId: \"{pretask}\", done: true }) { __typename REFUSED } }",
    ),
    (
        "decideDelisting",
        "mutation { decideDelisting(input: { id: \"{product}\", approve: true }) { __typename REFUSED } }",
    ),
    (
        "showProduct",
        "mutation { showProduct(input: { id: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "reviseProduct",
        "mutation { reviseProduct(input: { id: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "discardProductDraft",
        "mutation { discardProductDraft(input: { id: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "listProduct",
        "mutation { listProduct(input: { id: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "withdrawDelisting",
        "mutation { withdrawDelisting(input: { id: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "hideProduct",
        "mutation { hideProduct(input: { id: \"{product}\", reason: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "delistProduct",
        "mutation { delistProduct(input: { id: \"{product}\", reason: \"x\" }) { __typename REFUSED } }",
    ),
    ("coolApp", "{ coolApp(id: \"{coolapp}\") { id name } }"),
    (
        "coolAppApplication",
        "{ coolAppApplication(id: \"{coolapp}\") { id name } }",
    ),
    ("node", "{ node(id: \"{coolapp}\") { id } }"),
    (
        "createCoolAppApplication",
        "mutation { createCoolAppApplication(input: { productId: \"{product}\" }) { __typename REFUSED } }",
    ),
    (
        "saveCoolAppDraft",
        "mutation { saveCoolAppDraft(input: { id: \"{coolapp}\", version: 1, content: { name: \"x\" } }) { __typename REFUSED } }",
    ),
    (
        "submitCoolAppApplication",
        "mutation { submitCoolAppApplication(input: { id: \"{coolapp}\", version: 1 }) { __typename REFUSED } }",
    ),
    (
        "discardCoolAppDraft",
        "mutation { discardCoolAppDraft(input: { id: \"{coolapp}\", version: 1 }) { __typename REFUSED } }",
    ),
    (
        "reviewCoolApp",
        "mutation { reviewCoolApp(input: { id: \"{coolapp}\", decision: APPROVE }) { __typename REFUSED } }",
    ),
    (
        "delistCoolApp",
        "mutation { delistCoolApp(input: { id: \"{coolapp}\" }) { __typename REFUSED } }",
    ),
    ("group", "{ group(id: \"{group}\") { id name } }"),
    ("node", "{ node(id: \"{group}\") { id } }"),
    (
        "createGroup",
        "mutation { createGroup(input: { name: \"x\", kind: ORDINARY, memberIds: [\"{user}\"] }) { __typename REFUSED } }",
    ),
    (
        "setGroupMembers",
        "mutation { setGroupMembers(input: { id: \"{group}\", memberIds: [] }) { __typename REFUSED } }",
    ),
    (
        "deleteGroup",
        "mutation { deleteGroup(input: { id: \"{group}\" }) { __typename REFUSED } }",
    ),
    (
        "installCoolApp",
        "mutation { installCoolApp(input: { coolAppId: \"{coolapp}\", groupId: \"{group}\" }) { __typename REFUSED } }",
    ),
    (
        "enableCoolApp",
        "mutation { enableCoolApp(input: { id: \"{installation}\" }) { __typename REFUSED } }",
    ),
    (
        "uninstallCoolApp",
        "mutation { uninstallCoolApp(input: { id: \"{installation}\" }) { __typename REFUSED } }",
    ),
    ("packageImport", "{ packageImport(id: \"{import}\") { id fileName } }"),
    ("project", "{ project(id: \"{project}\") { id name } }"),
    ("order", "{ order(id: \"{order}\") { id number } }"),
    ("delivery", "{ delivery(id: \"{delivery}\") { id } }"),
    ("appInstance", "{ appInstance(id: \"{instance}\") { id name } }"),
    (
        "auditEntries",
        "{ auditEntries(objectId: \"{project}\") { nodes { id } totalCount } }",
    ),
    ("node", "{ node(id: \"{maintenance}\") { id } }"),
    (
        "maintenanceSession",
        "{ maintenanceSession(id: \"{maintenance}\") { id reason } }",
    ),
    (
        "maintenanceSessions",
        "{ maintenanceSessions(filter: { orderId: \"{order}\" }) { nodes { id } totalCount } }",
    ),
    (
        "requestMaintenance",
        "mutation { requestMaintenance(input: { orderId: \"{order}\", reason: \"x\", hours: 1 }) { __typename REFUSED } }",
    ),
    (
        "decideMaintenance",
        "mutation { decideMaintenance(input: { id: \"{maintenance}\", decision: GRANT }) { __typename REFUSED } }",
    ),
    (
        "revokeMaintenance",
        "mutation { revokeMaintenance(input: { id: \"{maintenance}\" }) { __typename REFUSED } }",
    ),
    (
        "withdrawMaintenance",
        "mutation { withdrawMaintenance(input: { id: \"{maintenance}\" }) { __typename REFUSED } }",
    ),
    (
        "endMaintenance",
        "mutation { endMaintenance(input: { id: \"{maintenance}\" }) { __typename REFUSED } }",
    ),
    (
        "enterMaintenance",
        "mutation { enterMaintenance(input: { id: \"{maintenance}\" }) { __typename REFUSED } }",
    ),
    (
        "setAutomaticMaintenance",
        "mutation { setAutomaticMaintenance(input: { instanceId: \"{instance}\", automatic: false }) { __typename REFUSED } }",
    ),
    ("node", "{ node(id: \"{service}\") { id } }"),
    (
        "serviceRequest",
        "{ serviceRequest(id: \"{service}\") { id title messages { nodes { text } } } }",
    ),
    (
        "serviceRequests",
        "{ serviceRequests(filter: { applicationId: \"{application}\" }) { nodes { id } totalCount } }",
    ),
    (
        "serviceRequests",
        "{ serviceRequests(party: CUSTOMER, filter: { instanceId: \"{instance}\" }) { nodes { id } totalCount } }",
    ),
    (
        "serviceRequestChanged",
        "subscription { serviceRequestChanged(id: \"{service}\") { request { id } } }",
    ),
    (
        "openServiceRequest",
        "mutation { openServiceRequest(input: { instanceId: \"{instance}\", kind: FAULT, title: \"xx\", text: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "answerServiceRequest",
        "mutation { answerServiceRequest(input: { id: \"{service}\", text: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "replyToServiceRequest",
        "mutation { replyToServiceRequest(input: { id: \"{service}\", text: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "closeServiceRequest",
        "mutation { closeServiceRequest(input: { id: \"{service}\", note: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "deliveryPreflight",
        "{ deliveryPreflight(orderId: \"{order}\", options: {}) { __typename REFUSED } }",
    ),
    (
        "deliveryPreflight",
        "{ deliveryPreflight(orderId: \"{order}\", options: {}, kind: NEW_PAGES) { __typename REFUSED } }",
    ),
    (
        "deliveryPreflight",
        "{ deliveryPreflight(orderId: \"{order}\", options: {}, kind: CUSTOM_COMPONENTS, keys: [\"clock\"], versionId: \"{version}\") { __typename REFUSED } }",
    ),
    (
        "pageChanges",
        "{ pageChanges(orderId: \"{order}\") { __typename REFUSED } }",
    ),
    (
        "rollbackReport",
        "{ rollbackReport(deliveryId: \"{delivery}\") { __typename REFUSED } }",
    ),
    (
        "deliveryProgress",
        "subscription { deliveryProgress(deliveryId: \"{delivery}\") { id } }",
    ),
    (
        "seatsChanged",
        "subscription { seatsChanged(instanceId: \"{instance}\") { seats { taken } } }",
    ),
    (
        "packageImportProgress",
        "subscription { packageImportProgress(id: \"{import}\") { id } }",
    ),
    (
        "switchOrganization",
        "mutation { switchOrganization(input: { organizationId: \"{organization}\" }) { __typename REFUSED } }",
    ),
    (
        "removeMember",
        "mutation { removeMember(input: { userId: \"{user}\" }) { __typename REFUSED } }",
    ),
    (
        "decideDistributionPermission",
        "mutation { decideDistributionPermission(input: { id: \"{permission}\", decision: GRANT }) { __typename REFUSED } }",
    ),
    (
        "importPackage",
        "mutation { importPackage(input: { fileId: \"{file}\" }) { __typename REFUSED } }",
    ),
    (
        "importPackage",
        "mutation { importPackage(input: { fileId: \"{file}\", applicationId: \"{application}\" }) { __typename REFUSED } }",
    ),
    (
        "publishVersion",
        "mutation { publishVersion(input: { versionId: \"{version}\" }) { __typename REFUSED } }",
    ),
    (
        "describeVersion",
        "mutation { describeVersion(input: { versionId: \"{version}\", description: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "createProject",
        "mutation { createProject(input: { fields: { name: \"{unique}\", contractFileId: \"{file}\" } }) { __typename REFUSED ... on ValidationFailed { issues { message path } } } }",
    ),
    (
        "updateProject",
        "mutation { updateProject(input: { id: \"{project}\", version: 1, fields: { name: \"x\" } }) { __typename REFUSED } }",
    ),
    (
        "submitProject",
        "mutation { submitProject(input: { id: \"{project}\" }) { __typename REFUSED } }",
    ),
    (
        "withdrawProject",
        "mutation { withdrawProject(input: { id: \"{project}\" }) { __typename REFUSED } }",
    ),
    (
        "discardProject",
        "mutation { discardProject(input: { id: \"{project}\" }) { __typename REFUSED } }",
    ),
    (
        "copyProject",
        "mutation { copyProject(input: { id: \"{project}\" }) { __typename REFUSED } }",
    ),
    (
        "reviewProject",
        "mutation { reviewProject(input: { id: \"{project}\", decision: APPROVE }) { __typename REFUSED } }",
    ),
    (
        "takeProjectOwnership",
        "mutation { takeProjectOwnership(input: { id: \"{project}\" }) { __typename REFUSED } }",
    ),
    (
        "settleProject",
        "mutation { settleProject(input: { id: \"{project}\", actualEndOn: \"2026-11-23\", customerAcceptor: \"x\", satisfaction: 5 }) { __typename REFUSED } }",
    ),
    (
        "createDistributionLink",
        "mutation { createDistributionLink(input: { projectId: \"{project}\", applicationId: \"{application}\" }) { __typename REFUSED } }",
    ),
    (
        "revokeDistributionLink",
        "mutation { revokeDistributionLink(input: { id: \"{link}\" }) { __typename REFUSED } }",
    ),
    (
        "sendApplication",
        "mutation { sendApplication(input: { orderId: \"{order}\", options: {}, agreementVersion: \"{agreement}\" }) { __typename REFUSED } }",
    ),
    (
        "sendNewPages",
        "mutation { sendNewPages(input: { orderId: \"{order}\" }) { __typename REFUSED } }",
    ),
    (
        "overwritePages",
        "mutation { overwritePages(input: { orderId: \"{order}\" }) { __typename REFUSED } }",
    ),
    (
        "sendComponents",
        "mutation { sendComponents(input: { orderId: \"{order}\", componentKeys: [\"clock\"], versionId: \"{version}\" }) { __typename REFUSED } }",
    ),
    (
        "rollbackDelivery",
        "mutation { rollbackDelivery(input: { id: \"{delivery}\" }) { __typename REFUSED } }",
    ),
    (
        "removeInstancePage",
        "mutation { removeInstancePage(input: { instanceId: \"{instance}\", pageKey: \"asset\" }) { __typename REFUSED } }",
    ),
    (
        "retryDelivery",
        "mutation { retryDelivery(input: { id: \"{delivery}\" }) { __typename REFUSED } }",
    ),
    (
        "cancelDelivery",
        "mutation { cancelDelivery(input: { id: \"{delivery}\" }) { __typename REFUSED } }",
    ),
    ("amendment", "{ amendment(id: \"{amendment}\") { id number } }"),
    (
        "proposeAmendment",
        "mutation { proposeAmendment(input: { projectId: \"{project}\", contractAmount: { amount: \"1\" }, endOn: \"2027-01-01\", fileId: \"{file}\", fileKind: CONTRACT, reason: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "withdrawAmendment",
        "mutation { withdrawAmendment(input: { id: \"{amendment}\" }) { __typename REFUSED } }",
    ),
    (
        "reviewAmendment",
        "mutation { reviewAmendment(input: { id: \"{amendment}\", decision: APPROVE }) { __typename REFUSED } }",
    ),
    (
        "setEditPermission",
        "mutation { setEditPermission(input: { orderId: \"{order}\", fullEditPermission: true }) { __typename REFUSED } }",
    ),
    (
        "setConnectorSecret",
        "mutation { setConnectorSecret(input: { instanceId: \"{instance}\", componentKey: \"erp\", slot: \"address\", value: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "setComponentMembers",
        "mutation { setComponentMembers(input: { instanceId: \"{instance}\", componentKey: \"keeper\", memberIds: [] }) { __typename REFUSED } }",
    ),
    (
        "confirmBinding",
        "mutation { confirmBinding(input: { instanceId: \"{instance}\", item: \"AUTOMATION:sync\" }) { __typename REFUSED } }",
    ),
    (
        "closeMaintenance",
        "mutation { closeMaintenance(input: { id: \"{instance}\" }) { __typename REFUSED } }",
    ),
    (
        "reopenMaintenance",
        "mutation { reopenMaintenance(input: { id: \"{instance}\" }) { __typename REFUSED } }",
    ),
    (
        "enableInstance",
        "mutation { enableInstance(input: { id: \"{instance}\" }) { __typename REFUSED } }",
    ),
    (
        "disableInstance",
        "mutation { disableInstance(input: { id: \"{instance}\" }) { __typename REFUSED } }",
    ),
    (
        "updatePublishSettings",
        "mutation { updatePublishSettings(input: { id: \"{instance}\", workbenchGroup: \"x\", visibleRange: { wholeOrganization: true } }) { __typename REFUSED } }",
    ),
    (
        "removeInstance",
        "mutation { removeInstance(input: { id: \"{instance}\", name: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "removeSampleData",
        "mutation { removeSampleData(input: { id: \"{instance}\" }) { __typename REFUSED } }",
    ),
    (
        "markNotificationRead",
        "mutation { markNotificationRead(input: { id: \"{notification}\" }) { __typename REFUSED } }",
    ),
    ("node", "{ node(id: \"{notification}\") { id } }"),
    (
        "updateRecord",
        "mutation { updateRecord(input: { id: \"{record}\", version: 1, data: { name: \"x\" } }) { __typename REFUSED } }",
    ),
    (
        "deleteRecord",
        "mutation { deleteRecord(input: { id: \"{record}\" }) { __typename REFUSED } }",
    ),
    (
        "saveRecordDraft",
        "mutation { saveRecordDraft(input: { instanceId: \"{instance}\", pageKey: \"asset\", data: {} }) { __typename REFUSED } }",
    ),
    (
        "discardRecordDraft",
        "mutation { discardRecordDraft(input: { instanceId: \"{instance}\", pageKey: \"asset\" }) { __typename REFUSED } }",
    ),
    (
        "submitRecord",
        "mutation { submitRecord(input: { instanceId: \"{instance}\", pageKey: \"asset\", data: { name: \"x\" } }) { __typename REFUSED } }",
    ),
    (
        "openInstance",
        "mutation { openInstance(input: { id: \"{instance}\" }) { __typename REFUSED } }",
    ),
    (
        "releaseSeat",
        "mutation { releaseSeat(input: { instanceId: \"{instance}\", userId: \"{user}\" }) { __typename REFUSED } }",
    ),
    (
        "tickAcceptanceItem",
        "mutation { tickAcceptanceItem(input: { id: \"{instance}\", kind: PAGE_OPENED, componentKey: \"asset\" }) { __typename REFUSED } }",
    ),
    (
        "setPagePermission",
        "mutation { setPagePermission(input: { instanceId: \"{instance}\", pageKey: \"asset\", version: 0, grants: [] }) { __typename REFUSED } }",
    ),
    (
        "setPagePermission",
        "mutation { setPagePermission(input: { instanceId: \"{instance}\", version: 0, grants: [{ everyone: false, memberIds: [\"{user}\"], add: true, read: ALL, edit: OWN, delete: OWN }] }) { __typename REFUSED } }",
    ),
    (
        "setProcessDesign",
        "mutation { setProcessDesign(input: { instanceId: \"{instance}\", pageKey: \"asset\", version: 0, design: {} }) { __typename REFUSED } }",
    ),
    (
        "renamePage",
        "mutation { renamePage(input: { instanceId: \"{instance}\", pageKey: \"asset\", name: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "renameFolder",
        "mutation { renameFolder(input: { instanceId: \"{instance}\", folder: \"f\", name: \"x\" }) { __typename REFUSED } }",
    ),
    (
        "movePage",
        "mutation { movePage(input: { instanceId: \"{instance}\", pageKey: \"asset\" }) { __typename REFUSED } }",
    ),
    (
        "updatePageDefinition",
        "mutation { updatePageDefinition(input: { instanceId: \"{instance}\", pageKey: \"asset\", revision: \"x\", definition: {} }) { __typename REFUSED } }",
    ),
    (
        "importRecords",
        "mutation { importRecords(input: { instanceId: \"{instance}\", pageKey: \"asset\", fileId: \"{file}\" }) { __typename REFUSED } }",
    ),
];

/// D10 says by its own texts that a link exists; what it must not say is whose it is. Promotion links are for everybody (`promotion`).
const BY_TOKEN: &[&str] = &["purchaseOffer", "purchaseApplication", "promotion", "openPromotion"];

on_each_database! {
    async fn p6_foreign_ids_answer_like_ids_that_never_existed(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let (link_id, token) = link(&scene.partner, &scene.project, &scene.application).await?;
        let mut real = ids(&scene.partner, &scene.project, &scene.application, &instance, &link_id).await?;
        real.push(("service", ask_partner(&scene.customer, &instance, "同步失败").await?));
        real.push(("record", appshelf_tests::forms::record(&scene.customer, &instance, "asset", json!({ "name": "泵" })).await?));
        real.extend(cool_app(app, &scene).await?);
        let rival = app.partner("rival").await?;
        grant(&rival, &scene.reviewer).await?;
        let stranger = app.customer("green", EditionName::Free).await?;
        for (who, name) in [(&rival, "a foreign partner"), (&stranger, "a foreign customer")] {
            for (field, document) in TRIES {
                let document = document.replace("REFUSED", REFUSED);
                let with_real = answer(who, &fill(&document, &real)).await?;
                let with_made_up = answer(who, &fill(&document, &made_up(&real))).await?;
                assert_eq!(with_real, with_made_up, "{name} learns something by {field}");
            }
            for document in ["query($t: String!) { purchaseOffer(token: $t) { __typename REFUSED } }",
                             "mutation($t: String!) { purchaseApplication(input: { token: $t }) { __typename REFUSED } }"] {
                let answer = who.send(&document.replace("REFUSED", REFUSED), json!({ "t": token })).await?.to_string();
                for secret in ["蓝海", "设备", &corp_id("blue"), "acme"] {
                    assert!(!answer.contains(secret), "{name} reads {secret} in {answer}");
                }
            }
        }
    }

    async fn d31_a_developer_inside_gets_nothing_of_what_is_around(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (opened, other) = (scene.instance().await?, scene.instance().await?);
        let (link_id, token) = link(&scene.partner, &scene.project, &scene.application).await?;
        let order = order_of(&scene.customer, &opened).await?;
        let maintenance = maintain(&scene.developer, &order, 4).await?;
        let inside = enter(&scene.developer, &json!(maintenance)).await?;
        let mut real = ids(&scene.partner, &scene.project, &scene.application, &other, &link_id).await?;
        real.retain(|(name, _)| *name != "maintenance");
        real.push(("maintenance", maintenance));
        real.push(("service", ask_partner(&scene.customer, &other, "同步失败").await?));
        real.extend(cool_app(app, &scene).await?);
        real.push(("record", appshelf_tests::forms::record(&scene.customer, &other, "asset", json!({ "name": "泵" })).await?));
        let in_own: Ids = real.iter().map(|(name, id)| (*name, if *name == "instance" { opened.clone() } else { id.clone() })).collect();
        for (field, document) in TRIES {
            let document = document.replace("REFUSED", REFUSED);
            let with_made_up = answer(&inside, &fill(&document, &made_up(&real))).await?;
            assert_eq!(answer(&inside, &fill(&document, &real)).await?, with_made_up, "a developer inside learns something by {field}");
            if !OPEN_INSIDE.contains(field) {
                assert_eq!(answer(&inside, &fill(&document, &in_own)).await?, with_made_up, "a developer inside does {field} to the instance");
            }
        }
        for document in ["query($t: String!) { purchaseOffer(token: $t) { __typename REFUSED } }",
                         "mutation($t: String!) { purchaseApplication(input: { token: $t }) { __typename REFUSED } }"] {
            let answer = inside.send(&document.replace("REFUSED", REFUSED), json!({ "t": token })).await?.to_string();
            assert!(answer.contains("NO_PERMISSION") && !answer.contains("设备"), "{answer}");
        }
        for (field, document, holds) in INSIDE {
            let answer = answer(&inside, document).await?.to_string();
            let holds = holds.replace("{instance}", &opened);
            assert!(answer.contains(&holds), "a developer inside gets by {field}: {answer}");
            assert!(holds != "NO_PERMISSION" || !answer.contains("\"id\""), "{field}: {answer}");
        }
        let tried: BTreeSet<&str> = INSIDE.iter().map(|(field, ..)| *field).collect();
        let own: BTreeSet<&str> = OWN.iter().copied().collect();
        assert_eq!(tried, own, "say in this file what a developer in a remote maintenance gets");
    }

    async fn every_root_field_is_tried(app) {
        let document = "{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }";
        let schema = app.partner("acme").await?.ask(document, json!({})).await?;
        let offered: BTreeSet<String> = ["queryType", "mutationType", "subscriptionType"]
            .iter()
            .filter_map(|root| schema["__schema"][root]["fields"].as_array())
            .flatten()
            .filter_map(|field| text(&field["name"]))
            .collect();
        let tried: BTreeSet<String> =
            TRIES.iter().map(|(field, _)| *field).chain(OWN.iter().copied()).chain(BY_TOKEN.iter().copied()).map(str::to_owned).collect();
        assert_eq!(offered, tried, "say in this file what a foreign tenant gets");
    }
}

/// The answer to a document, of a subscription the first one.
async fn answer(who: &Someone, document: &str) -> Result<Value> {
    match document.starts_with("subscription") {
        true => Ok(who
            .subscribe(document, json!({}))
            .await?
            .next()
            .await
            .unwrap_or_default()),
        false => who.send(document, json!({})).await,
    }
}

/// Placeholder and id of something that exists.
type Ids = Vec<(&'static str, String)>;

async fn ids(partner: &Someone, project: &str, application: &str, instance: &str, link: &str) -> Result<Ids> {
    let document = "query($a: ID!) { viewer { user { id } organization { id } distributionPermission { id } } \
                    notifications { nodes { id } } \
                    orders { nodes { id deliveries { id } } } application(id: $a) { latestVersion { id } } }";
    let data = partner.ask(document, json!({ "a": application })).await?;
    let order = &data["orders"]["nodes"][0];
    let id = |value: &Value| text(value).with_context(|| format!("an id is missing in {data}"));
    let file = partner
        .upload(appshelf::domain::file::FilePurpose::Contract, "合同.png", picture())
        .await?;
    let input = json!({
        "projectId": project, "contractAmount": { "amount": "130000" }, "endOn": "2027-01-31",
        "fileId": file, "fileKind": "CONTRACT", "reason": "追加范围",
    });
    let amendment = partner
        .act(
            "proposeAmendment",
            "ProposeAmendmentInput",
            input,
            "... on Amendment { id }",
            None,
        )
        .await?;
    let version = id(&data["application"]["latestVersion"]["id"])?;
    let (place, self_test) = self_test(partner, &version).await?;
    let (product, revision) = product(partner, application).await?;
    Ok(vec![
        ("product", product),
        ("revision", revision),
        ("rating", "rating_01J00000000000000000000000".to_owned()),
        ("lead", "lead_01J00000000000000000000000".to_owned()),
        ("license", "license_01J00000000000000000000000".to_owned()),
        ("productorder", "productorder_01J00000000000000000000000".to_owned()),
        ("rollout", "rollout_01J00000000000000000000000".to_owned()),
        ("freeze", "freeze_01J00000000000000000000000".to_owned()),
        ("category", "category_01J00000000000000000000000".to_owned()),
        ("pretask", "pretask_01J00000000000000000000000".to_owned()),
        ("place", place),
        ("selftest", self_test),
        ("corp", corp_id("blue")),
        ("project", project.to_owned()),
        ("application", application.to_owned()),
        ("instance", instance.to_owned()),
        ("link", link.to_owned()),
        ("user", id(&data["viewer"]["user"]["id"])?),
        ("organization", id(&data["viewer"]["organization"]["id"])?),
        ("permission", id(&data["viewer"]["distributionPermission"]["id"])?),
        ("order", id(&order["id"])?),
        ("delivery", id(&order["deliveries"][0]["id"])?),
        ("version", version),
        (
            "maintenance",
            maintain(partner, order["id"].as_str().unwrap_or_default(), 4).await?,
        ),
        ("import", "import_01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned()),
        ("notification", id(&data["notifications"]["nodes"][0]["id"])?),
        (
            "amendment",
            text(&amendment["id"]).with_context(|| format!("{amendment}"))?,
        ),
        ("file", file),
    ])
}

/// A test organisation of the partner, the first that there is, and a self-test in it.
async fn self_test(partner: &Someone, version: &str) -> Result<(String, String)> {
    let on = "... on TestOrganization { organization { id } }";
    let there = partner
        .ask("{ testOrganizations { organization { id } } }", json!({}))
        .await?;
    let place = match text(&there["testOrganizations"][0]["organization"]["id"]) {
        Some(place) => place,
        None => {
            let input = json!({ "name": "体验一组" });
            let made = partner
                .act("createTestOrganization", "CreateTestOrganizationInput", input, on, None)
                .await?;
            text(&made["organization"]["id"]).with_context(|| format!("{made}"))?
        }
    };
    let input = json!({ "versionId": version, "testOrganizationId": place });
    let on = "... on SelfTest { id delivery { id } }";
    let begun = partner
        .act("startSelfTest", "StartSelfTestInput", input, on, None)
        .await?;
    let delivery = text(&begun["delivery"]["id"]).with_context(|| format!("{begun}"))?;
    finished(partner, &delivery).await?;
    Ok((place, text(&begun["id"]).context("it has begun")?))
}

/// The product of an application and its open revision, made where there is none.
async fn product(partner: &Someone, application: &str) -> Result<(String, String)> {
    let input = json!({ "applicationId": application });
    let on = "... on Product { id }";
    partner
        .act("createProduct", "CreateProductInput", input, on, None)
        .await?;
    let document = "query($id: ID!) { application(id: $id) { product { id openRevision { id } } } }";
    let found = partner.ask(document, json!({ "id": application })).await?;
    let there = &found["application"]["product"];
    let id = |value: &Value| text(value).with_context(|| format!("{found}"));
    Ok((id(&there["id"])?, id(&there["openRevision"]["id"])?))
}

/// A cool app that is installed in a group and on the market no more, so that nobody may see it but those who have it; and a promotion
/// link of its product.
async fn cool_app(app: &TestApp, scene: &Scene) -> Result<Ids> {
    let shelf = cool_app::Shelf::set(app, &scene.reviewer).await?;
    let product = shelf.list(&scene.partner, "酷应用所属").await?;
    let open_platform = cool_app::operator(app, &shelf.superadmin).await?;
    let draft = cool_app::draft(&scene.partner, &product).await?;
    let handed_in = cool_app::submit(&scene.partner, &draft).await?;
    let approved = cool_app::review(&open_platform, &handed_in, "APPROVE", None).await?;
    let group = cool_app::group(&scene.customer, "全员群", "WHOLE_ORGANIZATION", &[]).await?;
    let installed = cool_app::install(&scene.customer, &approved, &group, true).await?;
    cool_app::delist(&scene.partner, &approved, None).await?;
    let promoted = promotion::create_link(&scene.partner, &json!({ "id": product }), "fair", json!({})).await?;
    let input = json!({ "id": product, "reason": "下架" });
    shelf
        .operator
        .act(
            "delistProduct",
            "WithdrawProductInput",
            input,
            "... on Product { id }",
            None,
        )
        .await?;
    let id = |value: &Value| text(&value["id"]).with_context(|| format!("{value}"));
    Ok(vec![
        ("promotion", id(&promoted)?),
        ("coolapp", id(&approved)?),
        ("group", id(&group)?),
        ("installation", id(&installed)?),
    ])
}

/// The same ids with another end: of the same noun, and of nothing.
fn made_up(real: &Ids) -> Ids {
    let other = |id: &String| {
        let (prefix, _) = id.rsplit_once('_').unwrap_or((id, ""));
        format!("{prefix}_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    };
    real.iter().map(|(name, id)| (*name, other(id))).collect()
}

fn fill(document: &str, ids: &Ids) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static UNIQUE: AtomicU32 = AtomicU32::new(0);
    let mut filled = document.replace("{agreement}", agreement());
    filled = filled.replace("{unique}", &format!("name {}", UNIQUE.fetch_add(1, Ordering::Relaxed)));
    for (name, id) in ids {
        filled = filled.replace(&format!("{{{name}}}"), id);
    }
    filled
}
