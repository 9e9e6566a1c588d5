-- When everything began and ended.
-- form: one pass
select min(span_start_ts_ms), max(span_start_ts_ms), min(span_end_ts_ms), max(span_end_ts_ms) from read_parquet({files})
-- form: one by one
select (select min(span_start_ts_ms) from read_parquet({files})), (select max(span_start_ts_ms) from read_parquet({files})),
    (select min(span_end_ts_ms) from read_parquet({files})), (select max(span_end_ts_ms) from read_parquet({files}))
