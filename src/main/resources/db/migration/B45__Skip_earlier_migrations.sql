-- In a new database Flyway runs this file instead of those in db/before, which bring earlier databases to version 45.
-- V46 to V55 only create what does not exist, so they find nothing to do there.
SELECT 1;
