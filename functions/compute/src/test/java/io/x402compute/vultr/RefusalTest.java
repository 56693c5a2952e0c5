package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | NO_STOCK      | Plan is not available in this location
            400 | NO_STOCK      | Plan is not available in the selected datacenter.  This could mean you have chosen the wrong plan
            400 | PLAN          | Invalid plan chosen.
            400 | PLAN          | Server add failed: Please open a support request for access to this product.
            400 | PLAN          | Server add failed: One or more block devices are required.
            400 | ACCOUNT_LIMIT | Server add failed: You have reached the maximum number of active instances for this account.
            400 | FUNDS         | Your account balance is too low.
            401 | CONFIGURATION | Unauthorized IP address: 198.51.100.7
            403 | CONFIGURATION | Forbidden
            404 | OTHER         | Invalid ssh key.
            400 | OTHER         | Bad request.
            """)
    void refusalsAreToldApartByTheirWords(int status, Refusal kind, String text) {
        assertThat(Refusal.of(status, text)).isEqualTo(kind);
    }
}
