package io.x402compute.handler;

import java.time.Clock;

import io.x402compute.instance.AutoExtendSettings;
import io.x402compute.instance.AutoExtender;
import io.x402compute.instance.DynamoInstanceStore;
import io.x402compute.instance.DynamoReconciliationStore;
import io.x402compute.instance.ExpirySweep;
import io.x402compute.instance.InstanceBacklog;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.InstanceTerminator;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.instance.PasswordSeal;
import io.x402compute.instance.ProviderReconciliation;
import io.x402compute.instance.ReconciliationBacklog;
import io.x402compute.instance.RefusedCreates;
import io.x402compute.instance.VultrInventory;
import io.x402compute.instance.VultrMachines;
import io.x402compute.order.CreditExtensions;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.PriceList;
import io.x402compute.order.RentalLimits;
import io.x402compute.order.TimeOrderedIds;
import io.x402compute.order.UnusedTimeCredit;
import io.x402compute.order.Upgrades;

/** Puts together what has to do with machines that are there, or are to be. */
final class MachineServices {
    private final Application application;
    private final Settings settings;
    private final Clock clock;

    MachineServices(Application application) {
        this.application = application;
        this.settings = application.settings();
        this.clock = application.clock();
    }

    InstanceStore instances() {
        return new DynamoInstanceStore(application.table(settings.instancesTable()));
    }

    OwnedInstances ownedInstances() {
        return new OwnedInstances(instances());
    }

    InstanceCreator instanceCreator() {
        return instanceCreator(passwordSeal());
    }

    PasswordReveal passwordReveal() {
        PasswordSeal seal = passwordSeal();
        return new PasswordReveal(instances(), instanceCreator(seal), seal, clock);
    }

    private InstanceCreator instanceCreator(PasswordSeal seal) {
        return new InstanceCreator(instances(), machines(), seal, clock);
    }

    private PasswordSeal passwordSeal() {
        return new PasswordSeal(application.secret(settings.passwordSecret()));
    }

    InstanceTerminator instanceTerminator() {
        return new InstanceTerminator(instances(), machines(), new UnusedTimeCredit(payments().credits()),
                clock);
    }

    MachineOperations machineOperations() {
        return new MachineOperations(instances(), machines(), clock);
    }

    RentalLimits rentalLimits() {
        return Sales.limits(settings);
    }

    /** Says which larger plans machines can have. */
    Upgrades upgrades() {
        return new Upgrades(application.catalogue(), rentalLimits(), clock);
    }

    ExpirySweep expirySweep() {
        return new ExpirySweep(instances(), instanceTerminator(), machineOperations(), autoExtender(),
                application.events(), clock,
                Application.AT_ONCE);
    }

    /** Places orders, and leaves it to whoever resumes them to spend anything. */
    private AutoExtender autoExtender() {
        PaymentTerms terms = PaymentRail.terms(settings);
        CreditExtensions extensions = new CreditExtensions(
                new PriceList(application.catalogue(), terms, clock), terms,
                rentalLimits(), payments().credits(), payments().ledger(), clock);
        return new AutoExtender(instances(), extensions, new TimeOrderedIds(clock), clock);
    }

    AutoExtendSettings autoExtendSettings() {
        return new AutoExtendSettings(instances());
    }

    ProviderReconciliation providerReconciliation() {
        return new ProviderReconciliation(instances(),
                new DynamoReconciliationStore(application.table(settings.instancesTable())),
                new VultrInventory(application.provider()),
                instanceTerminator(), application.events(), settings.instancesTable(),
                clock);
    }

    InstanceBacklog instanceBacklog() {
        return new InstanceBacklog(instances(), clock);
    }

    ReconciliationBacklog reconciliationBacklog() {
        return new ReconciliationBacklog(
                new DynamoReconciliationStore(application.table(settings.instancesTable())));
    }

    /** The tables' own name tells this deployment's machines from any other's. */
    private MachineProvider machines() {
        return new RefusedCreates(
                new VultrMachines(application.provider(), settings.instancesTable(), clock),
                new RefusalLog(clock));
    }

    private PaymentServices payments() {
        return new PaymentServices(application);
    }
}
