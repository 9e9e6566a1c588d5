package io.spangraph.cypher.bind;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What to write in Cypher for functions of SQL and of other dialects, which people and models try first. */
final class ForeignFunctions {
    /** By line: names, and what to write instead of each. */
    private static final String NAMES_AND_ADVICE = """
            now current_timestamp current_date current_time getdate sysdate today localtimestamp unix_timestamp | The present moment is datetime(), today is date(), milliseconds are timestamp().
            ifnull nvl | Write coalesce(a, b): the first argument that is not null.
            isnull | Write x IS NULL.
            if iif decode | Write CASE WHEN condition THEN a ELSE b END.
            cast convert try_cast int integer float str string | Write toInteger(x), toFloat(x), toString(x), date(x) or datetime(x).
            to_char date_format strftime format_datetime | Write toString(d), or put it together of d.year, d.month, d.day.
            extract date_part year month day hour minute dayofweek | Write d.year, d.month, d.day, d.hour: the components of a temporal value.
            date_trunc datetrunc trunc_date | Write datetime.truncate('day', d).
            datediff date_diff timestampdiff age | Write duration.between(start, end), or duration.inDays(start, end).days.
            dateadd date_add date_sub interval | Write d + duration({days: 7}) or d - duration('P7D').
            from_unixtime to_timestamp epoch_ms apoc.date.fromiso8601 | Write datetime({epochMillis: n}) or datetime({epochSeconds: n}).
            to_date str_to_date strptime apoc.date.parse | Write date('2026-11-21') or datetime('2026-11-21T10:15:00Z').
            len strlen array_length cardinality | Write size(x), for texts and lists.
            substr mid | Write substring(text, start, length); the first character is at 0.
            instr strpos charindex locate indexof contains startswith endswith | Write x CONTAINS 'part', x STARTS WITH 'part' or x ENDS WITH 'part'.
            regexp_like regexp_matches like | Write x =~ '.*part.*', a regular expression for the whole text.
            concat concat_ws | Write a + b, or a || b for texts.
            lcase | Write toLower(x).
            ucase | Write toUpper(x).
            group_concat string_agg array_agg listagg list | Write collect(x); a text of it is reduce(t = '', x IN collect(y) | t + ',' + x).
            stddev stddev_samp stddev_pop variance var_pop | Write stDev(x) of a sample or stDevP(x) of everything; a variance is its ^ 2.
            median percentile_cont percentile_disc approx_percentile quantile | Write percentileCont(x, 0.5).
            countif count_if sumif sum_if | Write sum(CASE WHEN condition THEN 1 ELSE 0 END).
            countdistinct count_distinct approx_count_distinct | Write count(DISTINCT x).
            row_number rank dense_rank lag lead | There are no window functions: collect ordered rows, and use UNWIND range(0, size(xs) - 1) AS i.
            pow power | Write x ^ y.
            mod | Write x % y.
            ln | Write log(x), the natural logarithm.
            trunc truncate | Write toInteger(x), or floor(x).
            random | Write rand().
            uuid gen_random_uuid apoc.create.uuid | Write randomUUID().
            filter | Write [x IN list WHERE condition].
            map transform extract_list | Write [x IN list | value].
            apoc.text.join array_join | Write reduce(t = '', x IN list | t + x).
            apoc.date.format | Write toString(datetime({epochMillis: n})).
            apoc.coll.toset array_distinct | Write UNWIND list AS x WITH DISTINCT x, and collect(x).
            apoc.coll.sort array_sort | Write UNWIND list AS x WITH x ORDER BY x, and collect(x).
            apoc.coll.max greatest | Write reduce(m = head(list), x IN list | CASE WHEN x > m THEN x ELSE m END).
            apoc.coll.min least | Write reduce(m = head(list), x IN list | CASE WHEN x < m THEN x ELSE m END).
            apoc.coll.sum | Write reduce(s = 0, x IN list | s + x).
            apoc.map.merge apoc.map.setkey | Write a map projection: m {.*, key: value}.
            """;

    private static final Map<String, String> ADVICE = read();

    private ForeignFunctions() {}

    /** What to write instead of a name. */
    static Optional<String> advice(String name) {
        return Optional.ofNullable(ADVICE.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> read() {
        Map<String, String> advice = new TreeMap<>();
        for (String line : NAMES_AND_ADVICE.lines().toList()) {
            int bar = line.indexOf(" | ");
            for (String name : line.substring(0, bar).split(" ")) {
                advice.put(name, line.substring(bar + 3));
            }
        }
        return advice;
    }
}
