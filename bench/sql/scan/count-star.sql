-- How many spans there are.
-- form: count
select count(*) from read_parquet({files})
-- form: footers
select sum(num_rows) from parquet_file_metadata({files})
