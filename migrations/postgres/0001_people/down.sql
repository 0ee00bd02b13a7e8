DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE department_members;
DROP TABLE departments;
DROP TABLE memberships;
DROP TABLE users;
DROP TABLE organizations;
