-- Flyway runs this file in a new database and not one of those in db/before, which brought older ones to version 45. Those that
-- follow make all tables that are not there, so they find nothing to do in a database that comes from version 45.
SELECT 1;
