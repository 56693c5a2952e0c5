package io.x402compute.cli;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with a home of his own, at the command line of an API that does as it is told. */
abstract class AtTheDesk {
    @TempDir
    Path home;
    ApiDouble api;
    Desk desk;

    @BeforeEach
    void sitDown() {
        api = new ApiDouble();
        desk = new Desk(home, api.url());
    }

    @AfterEach
    void closeApi() {
        api.close();
    }
}
