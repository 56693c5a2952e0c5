package io.x402compute.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.Shell;

@Command(name = "revoke", description = "Ends an API key, at once and for good.")
final class RevokeKey extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Its id, as x402compute keys list has it.")
    Id id;

    RevokeKey(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.output().print(session.api().asWallet(Call.delete(CreateKey.PATH + "/" + id)).body(),
                result -> "Revoked " + id + ".");
    }
}
