package io.x402compute.event;

import java.util.List;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;

/** Events that were published, kept by their subjects for whoever was not listening. */
public interface EventHistory {

    /** Keeps an event, unless it has no subject. Doing it again changes nothing. */
    void keep(DomainEvent event);

    /**
     * A page of a subject's events, newest first. The newest may be missing for a moment.
     *
     * @param pending those that are not known to be published: they are in the list, each in its place and each once
     */
    Page<DomainEvent> of(String subject, List<DomainEvent> pending, PageRequest<DomainEvent> wanted);
}
