DROP INDEX organizations_platform;
DROP INDEX memberships_staff;
DROP TABLE notification_preferences;
DROP TABLE notifications;
