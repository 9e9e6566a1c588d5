package io.spangraph.server.bolt.packstream;

/**
 * How a version of the protocol gives values their bytes.
 *
 * @param elementIds whether nodes and relationships have element ids beside their numbers
 * @param utcDateTimes whether date-times count UTC seconds rather than those of the local clock
 * @param vectors whether vectors, and values of types yet to come, have a structure
 * @param uuids whether UUIDs have a marker
 */
public record ValueForm(boolean elementIds, boolean utcDateTimes, boolean vectors, boolean uuids) {
    /** The same with date-times in UTC, as clients of old versions may ask for. */
    public ValueForm withUtcDateTimes() {
        return new ValueForm(elementIds, true, vectors, uuids);
    }
}
