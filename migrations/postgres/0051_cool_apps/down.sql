DROP TABLE cool_app_traits;
DROP TABLE cool_apps;
DELETE FROM search_tokens WHERE noun = 'COOL_APP';
