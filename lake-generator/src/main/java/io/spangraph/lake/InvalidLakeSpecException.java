package io.spangraph.lake;

/** A lake was asked for that cannot be made; names the option to change. */
public final class InvalidLakeSpecException extends RuntimeException {

    private final String option;

    InvalidLakeSpecException(String option, String complaint) {
        super(option + " " + complaint);
        this.option = option;
    }

    /** The option as it is typed, such as {@code --spans}. */
    public String option() {
        return option;
    }
}
