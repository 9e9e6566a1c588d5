package io.spangraph.model.schema;

import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.Optional;

/**
 * What {@code multi_tenant} says: the mode, and the tenant expression of types that have none of their own.
 *
 * @param mode empty when it could not be read; then nothing about tenants is checked
 */
record TenancyRules(Optional<Tenancy> mode, Optional<Positioned> defaultTenant) {

    static TenancyRules read(YamlMap map, NodeReader nodes) {
        String expected = "'enforced' or 'single'";
        Optional<Tenancy> mode = map.required("mode", expected, nodes.problems())
                .flatMap(node -> nodes.text(node, expected).flatMap(text -> {
                    Optional<Tenancy> known = mode(text);
                    if (known.isEmpty()) {
                        nodes.problem(node, "Unknown mode '" + text + "'. Expected " + expected + ".");
                    }
                    return known;
                }));
        Optional<Positioned> tenant =
                map.value("tenant").flatMap(node -> nodes.expression(node, "a tenant expression"));
        if (mode.equals(Optional.of(Tenancy.SINGLE)) && map.has("tenant")) {
            nodes.problems().add(map.positionOf("tenant"), "'tenant' has no meaning in mode 'single'.");
        }
        return new TenancyRules(mode, tenant);
    }

    private static Optional<Tenancy> mode(String text) {
        return switch (text) {
            case "enforced" -> Optional.of(Tenancy.ENFORCED);
            case "single" -> Optional.of(Tenancy.SINGLE);
            default -> Optional.empty();
        };
    }

    boolean enforced() {
        return mode.equals(Optional.of(Tenancy.ENFORCED));
    }

    /**
     * The tenant of a type: its own, else the inherited one, else none for public types and graphs of one owner. A type
     * that is neither is a problem, because its rows would be seen by everyone.
     */
    Optional<Positioned> tenantOf(YamlMap type, Optional<Positioned> inherited, boolean isPublic, NodeReader nodes) {
        Optional<Positioned> own = type.value("tenant").flatMap(node -> nodes.expression(node, "a tenant expression"));
        if (mode.equals(Optional.of(Tenancy.SINGLE))) {
            for (String key : new String[] {"tenant", "public"}) {
                if (type.has(key)) {
                    nodes.problems()
                            .add(
                                    type.positionOf(key),
                                    "'" + key + "' has no meaning with 'multi_tenant: { mode: single }'.");
                }
            }
            return Optional.empty();
        }
        if (isPublic) {
            if (type.has("tenant")) {
                nodes.problems()
                        .add(
                                type.positionOf("tenant"),
                                YamlMap.capital(type.what()) + " is public and has a tenant. Expected one of the two.");
            }
            return Optional.empty();
        }
        Optional<Positioned> tenant = own.or(() -> inherited);
        if (tenant.isEmpty() && enforced() && !type.has("tenant")) {
            nodes.problems()
                    .add(
                            type.position(),
                            YamlMap.capital(type.what())
                                    + " has no tenant, so everyone would see its rows. Expected 'tenant', or"
                                    + " 'public: true'.");
        }
        return tenant;
    }
}
