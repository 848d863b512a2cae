package org.bitloom.hdl;

/**
 * A group of ports of which some lead in and some lead out, such as a stream. The master drives what the slave reads.
 *
 * @param <S> the slave's view
 * @param <M> the master's view
 */
public interface Interface<S, M> {
    S slave(Ports ports);

    M master(Ports ports);

    /** Makes the ports of one interface; names are those of the parts. */
    interface Ports {
        <T> T input(String name, Shape<T> shape);

        <T> T output(String name, Shape<T> shape);

        /** An output that steers others, as valid and ready do: it must not come from a register without reset. */
        Bool control(String name);
    }
}
