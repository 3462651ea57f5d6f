#!/bin/sh
# Makes the two accounts and the database of Enishi, once, when PostgreSQL's folder is empty. The
# passwords come from the environment and are hexadecimal, as compose.yaml says.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set keeper="$KEEPER_PASSWORD" --set pages="$PAGES_PASSWORD" <<'SQL'
CREATE ROLE enishi LOGIN PASSWORD :'keeper';
CREATE ROLE enishi_pages LOGIN PASSWORD :'pages';
CREATE DATABASE enishi OWNER enishi ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE enishi FROM PUBLIC;
GRANT CONNECT ON DATABASE enishi TO enishi, enishi_pages;
SQL
