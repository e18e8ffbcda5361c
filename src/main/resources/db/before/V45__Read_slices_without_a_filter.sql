-- Whether OpenPhone was found to ignore the times that it is asked for: then one slice reads all there is, once.
ALTER TABLE import_batches ADD COLUMN slice_unfiltered boolean NOT NULL DEFAULT false;
