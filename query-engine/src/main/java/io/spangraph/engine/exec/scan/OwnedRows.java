package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.spi.Pin;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a query's principal may know of. An entry of a dictionary is compared once, when it first occurs: a
 * dictionary may be large, and it need not be known whole.
 */
final class OwnedRows {
    private static final byte UNKNOWN = 0;
    private static final byte OWN = 1;
    private static final byte FOREIGN = 2;

    private final Pin pin;
    private final Optional<CompiledExpression> expression;
    private List<Value> dictionary = List.of();
    /** By entry of the dictionary whose it is. */
    private byte[] owners = new byte[0];

    /** @param owner the tenant of a base row; there exactly when the pin is to a tenant */
    OwnedRows(Pin pin, Optional<CompiledExpression> owner) {
        this.pin = pin;
        this.expression = owner;
    }

    RowBatch of(RowBatch base) {
        if (!(pin instanceof Pin.Tenant tenant)) {
            return base;
        }
        CompiledExpression owner = expression.orElseThrow();
        Value wanted = Value.of(tenant.tenant());
        return switch (owner.evaluate(base)) {
            case DictionaryVector texts -> ofDictionary(base, texts, wanted);
            case ConstantVector constant -> constant.constant().equals(wanted) ? base : base.select(new int[0]);
            case Vector owners ->
                RowSelection.where(base, row -> owners.value(row).equals(wanted));
        };
    }

    @SuppressWarnings("ReferenceEquality")
    private RowBatch ofDictionary(RowBatch base, DictionaryVector texts, Value wanted) {
        if (dictionary != texts.dictionary()
                || owners.length != texts.dictionary().size()) {
            dictionary = texts.dictionary();
            owners = new byte[dictionary.size()];
        }
        int[] codes = texts.codes();
        int[] positions = base.selectedRows();
        int[] kept = new int[positions.length];
        int count = 0;
        for (int position : positions) {
            int code = codes[position];
            if (code >= 0) {
                byte owner = owners[code];
                if (owner == UNKNOWN) {
                    owner = dictionary.get(code).equals(wanted) ? OWN : FOREIGN;
                    owners[code] = owner;
                }
                if (owner == OWN) {
                    kept[count++] = position;
                }
            }
        }
        return RowSelection.first(base, kept, count);
    }
}
