DROP TABLE cool_app_robots;
DROP TABLE cool_app_entries;
DROP TABLE cool_app_installations;
DROP TABLE group_members;
DROP TABLE groups;
