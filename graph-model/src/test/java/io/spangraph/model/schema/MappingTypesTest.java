package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTypesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            has_error                                   | INT
            has_error + 1                               | LONG
            has_error * 1.5                             | DOUBLE
            has_error / 2                               | DOUBLE
            -price                                      | DOUBLE
            ratio + has_error                           | DOUBLE
            price                                       | Decimal[precision=10, scale=2]
            coalesce(null, has_error)                   | INT
            coalesce(has_error, 0)                      | LONG
            coalesce(key, 'none')                       | STRING
            nullif(span_id, '')                         | STRING
            null                                        | unknown
            json(span_id, '$.a[0]')                     | unknown
            hash(json(span_id, '$.a'))                  | STRING
            try_cast(json(span_id, '$.a') as long)      | LONG
            case when flag then 1 end                   | LONG
            case when flag then 1 else null end         | LONG
            case when flag then 1 else ratio end        | DOUBLE
            attributes['x']                             | STRING
            events[0].name                              | syntax
            events[0]                                   | Struct[fields=[Column[name=name, type=STRING, required=false]]]
            resource.name                               | STRING
            epoch_ms(started)                           | LONG
            epoch_ms(day)                               | LONG
            to_date(has_error)                          | DATE
            to_date(started) = day                      | BOOLEAN
            round(ratio)                                | LONG
            concat(span_id, has_error, day)             | STRING
            substr(span_id, 1)                          | STRING
            greatest(day, cast('2026-01-01' as date))   | DATE
            flag and not (span_id is null)              | BOOLEAN
            span_id in ('a', 'b')                       | BOOLEAN
            key = span_id                               | BOOLEAN
            span_id like 'a%'                           | BOOLEAN
            nowhere                                     | unknown
            """)
    void knowsWhatAnExpressionGives(String text, String expected) {
        String found;
        try {
            found = MappingTypes.typeOf(MappingExpressionParser.parse(text), new SampleTables().named("odd"))
                    .map(Object::toString)
                    .orElse("unknown");
        } catch (MappingSyntaxException malformed) {
            found = "syntax";
        }
        assertThat(found).isEqualTo(expected);
    }
}
