package io.x402compute.running;

import java.util.EnumSet;
import java.util.Set;

import io.x402compute.local.aws.Grant;

/** What customers and rules do, in pieces small enough to be done once per grant. */
enum GrantFlow {
    CHECK_HEALTH, LIST_SERVICES, ESTIMATE_RUN, REFRESH_MODELS, LIST_PLANS, LIST_REGIONS, LIST_IMAGES, LIST_INSTANCES,
    LIST_EVENTS, LIST_EVENTS_BY_KEY, WATCH_A_BOOT,
    DESTROY, PROVISION, PROVISION_AGAIN, OFFER_MACHINE, OFFER_TIME, OFFER_CREDIT,
    PROVISION_REFUSED_BY_PROVIDER, EXTEND, EXTEND_TOO_FAR, EXPIRE, RECONCILE, EXPIRE_A_LEASE_THAT_WAS_GIVEN_UP,
    RECONCILE_A_LOST_MACHINE, RESUME, RESUME_REFUSED_BY_PROVIDER,
    REFRESH,
    CREATE_KEY, LIST_KEYS, REVOKE_KEY, LIST_KEYS_BY_KEY, LIST_INSTANCES_BY_KEY, WATCH_BY_KEY, DESTROY_BY_KEY,
    PROVISION_BY_KEY, REVEAL, REVEAL_BY_KEY, PROVISION_WITHOUT_SSH_KEY, WATCH_WITHOUT_SSH_KEY, RESUME_WITHOUT_SSH_KEY,
    EXTEND_BY_KEY, QUOTE, QUOTE_MORE_TIME, QUOTE_BY_KEY, SEE_BALANCE, SEE_BALANCE_BY_KEY, LIST_CREDITS,
    LIST_CREDITS_BY_KEY, PROVISION_WITH_CREDIT, EXTEND_WITH_CREDIT, TOP_UP, TOP_UP_BY_KEY, PROVISION_UNDER_A_KEY,
    EXTEND_UNDER_A_KEY, TOP_UP_UNDER_A_KEY, SEE_ORDER, SEE_ORDER_BY_KEY, LIST_ORDERS, LIST_ORDERS_BY_KEY,
    WATCH_ACCOUNTS, START, START_BY_KEY, STOP, STOP_BY_KEY, REBOOT, REBOOT_BY_KEY, RESIZE, RESIZE_BY_KEY,
    SET_AUTO_EXTEND, SET_AUTO_EXTEND_BY_KEY, AUTO_EXTEND, PROVISION_ON_SOLANA, EXTEND_ON_SOLANA, TOP_UP_ON_SOLANA,
    MEASURE_SOLANA_FEES, VERIFY, VERIFY_ON_SOLANA, SETTLE, SETTLE_ON_SOLANA, LIST_SUPPORTED,
    SEE_ACCOUNT, SEE_ACCOUNT_BY_KEY, RUN, RUN_BY_KEY, RUN_UNDER_A_KEY, RUN_ON_SOLANA, RUN_FROM_THE_QUEUE, OFFER_RUN,
    SEE_JOB, SEE_JOB_THAT_IS_OWED_BACK, CANCEL_JOB, CANCEL_JOB_BY_KEY, SEE_RESULT, SEND_JOBS_AGAIN, WORK_A_JOB,
    WORK_WHAT_IS_NO_JOB,
    TOOL_FOR_PLANS, TOOL_FOR_OFFERS, TOOL_FOR_LISTS, TOOL_FOR_LISTS_BY_KEY, TOOL_TO_WATCH, TOOL_TO_PROVISION,
    TOOL_TO_PROVISION_UNDER_A_KEY, TOOL_TO_PROVISION_WITH_CREDIT, TOOL_TO_PROVISION_WITHOUT_SSH_KEY,
    TOOL_TO_PROVISION_ON_SOLANA, TOOL_TO_EXTEND, TOOL_TO_DESTROY, TOOL_FOR_SERVICES, TOOL_FOR_ESTIMATES, TOOL_FOR_JOBS,
    TOOL_FOR_BALANCE, TOOL_TO_RUN, TOOL_TO_RUN_LATER;

    private static final Set<GrantFlow> LOOKS = EnumSet.of(CHECK_HEALTH, LIST_SERVICES, ESTIMATE_RUN, REFRESH_MODELS,
            LIST_PLANS, LIST_REGIONS, LIST_IMAGES, LIST_INSTANCES, LIST_EVENTS, LIST_EVENTS_BY_KEY, OFFER_MACHINE,
            OFFER_TIME, OFFER_CREDIT, OFFER_RUN, REFRESH, CREATE_KEY, LIST_KEYS, REVOKE_KEY, LIST_KEYS_BY_KEY,
            LIST_INSTANCES_BY_KEY, WATCH_BY_KEY, PROVISION_BY_KEY, EXTEND_BY_KEY, QUOTE, QUOTE_MORE_TIME, QUOTE_BY_KEY,
            SEE_BALANCE, SEE_BALANCE_BY_KEY, LIST_CREDITS, LIST_CREDITS_BY_KEY, TOP_UP_BY_KEY, SEE_ORDER,
            SEE_ORDER_BY_KEY, LIST_ORDERS, LIST_ORDERS_BY_KEY, WATCH_ACCOUNTS, SET_AUTO_EXTEND, SET_AUTO_EXTEND_BY_KEY,
            MEASURE_SOLANA_FEES, VERIFY, VERIFY_ON_SOLANA, LIST_SUPPORTED, SEE_ACCOUNT, SEE_ACCOUNT_BY_KEY, SEE_JOB,
            SEE_RESULT, TOOL_FOR_PLANS, TOOL_FOR_OFFERS, TOOL_FOR_LISTS, TOOL_FOR_LISTS_BY_KEY, TOOL_FOR_SERVICES,
            TOOL_FOR_ESTIMATES, TOOL_FOR_JOBS, TOOL_FOR_BALANCE);

    /** Whether nothing is left to be finished when its function fails. */
    boolean onlyLooks() {
        return LOOKS.contains(this);
    }

    /** The one that cannot do without this grant. */
    static GrantFlow needing(Grant grant) {
        boolean ofCredits = grant.resource().contains("Credits");
        boolean ofBalances = ofCredits && grant.action().endsWith(":GetItem");
        boolean ofKeys = grant.resource().contains("ApiKey") && !grant.resource().contains("/index/");
        boolean ofMachines = grant.action().equals("dynamodb:GetItem") && grant.resource().contains("Instances");
        boolean ofPasswords = grant.resource().contains("PasswordKey");
        // What an Idempotency-Key was used for.
        boolean ofUses = grant.action().equals("dynamodb:GetItem") && grant.resource().contains("Nonces");
        boolean ofQueue = grant.action().startsWith("sqs:");
        boolean ofSolana = grant.resource().contains("secret:solana");
        boolean ofReceipts = grant.resource().contains("secret:receipts");
        if (ofReceipts) {
            return switch (grant.function()) {
                case "ProvisionInstance" -> OFFER_MACHINE;
                case "ExtendInstance" -> OFFER_TIME;
                case "TopUpCredits" -> OFFER_CREDIT;
                case "RunInference" -> OFFER_RUN;
                case "ServeMcp" -> TOOL_FOR_OFFERS;
                default -> throw new AssertionError("nothing here needs " + grant);
            };
        }
        return switch (grant.function()) {
            case "CheckHealth" -> CHECK_HEALTH;
            case "ListPlans" -> LIST_PLANS;
            case "ListServices" -> LIST_SERVICES;
            case "EstimateRun" -> ESTIMATE_RUN;
            case "RefreshModels" -> REFRESH_MODELS;
            case "ListRegions" -> LIST_REGIONS;
            case "ListImages" -> LIST_IMAGES;
            case "ListInstances" -> ofKeys ? LIST_INSTANCES_BY_KEY : LIST_INSTANCES;
            case "ListInstanceEvents" -> ofKeys ? LIST_EVENTS_BY_KEY : LIST_EVENTS;
            case "GetInstance" -> ofKeys ? WATCH_BY_KEY : ofPasswords ? WATCH_WITHOUT_SSH_KEY : WATCH_A_BOOT;
            case "RevealPassword" -> ofKeys ? REVEAL_BY_KEY : REVEAL;
            case "StartInstance" -> ofKeys ? START_BY_KEY : START;
            case "StopInstance" -> ofKeys ? STOP_BY_KEY : STOP;
            case "RebootInstance" -> ofKeys ? REBOOT_BY_KEY : REBOOT;
            case "ResizeInstance" -> ofKeys ? RESIZE_BY_KEY : RESIZE;
            case "SetAutoExtend" -> ofKeys ? SET_AUTO_EXTEND_BY_KEY : SET_AUTO_EXTEND;
            case "DestroyInstance" -> ofKeys ? DESTROY_BY_KEY : DESTROY;
            case "ProvisionInstance" ->
                ofSolana
                        ? PROVISION_ON_SOLANA
                        : ofUses
                                ? PROVISION_UNDER_A_KEY
                                : ofKeys
                                        ? PROVISION_BY_KEY
                                        : ofBalances
                                                ? PROVISION_WITH_CREDIT
                                                : ofCredits
                                                        ? PROVISION_REFUSED_BY_PROVIDER
                                                        : ofPasswords
                                                                ? PROVISION_WITHOUT_SSH_KEY
                                                                : ofMachines ? PROVISION_AGAIN : PROVISION;
            case "ExtendInstance" ->
                ofSolana
                        ? EXTEND_ON_SOLANA
                        : ofUses
                                ? EXTEND_UNDER_A_KEY
                                : ofKeys
                                        ? EXTEND_BY_KEY
                                        : ofBalances ? EXTEND_WITH_CREDIT : ofCredits ? EXTEND_TOO_FAR : EXTEND;
            case "TopUpCredits" ->
                ofSolana ? TOP_UP_ON_SOLANA : ofUses ? TOP_UP_UNDER_A_KEY : ofKeys ? TOP_UP_BY_KEY : TOP_UP;
            case "ExpireInstances" ->
                ofBalances || grant.resource().contains("Payments") || grant.resource().contains("Catalog")
                        ? AUTO_EXTEND
                        : ofCredits ? EXPIRE_A_LEASE_THAT_WAS_GIVEN_UP : EXPIRE;
            case "ReconcileProvider" -> ofCredits ? RECONCILE_A_LOST_MACHINE : RECONCILE;
            case "ResumeOrders" ->
                ofSolana
                        ? MEASURE_SOLANA_FEES
                        : grant.resource().contains("Job")
                                ? SEND_JOBS_AGAIN
                                : ofCredits
                                        ? RESUME_REFUSED_BY_PROVIDER
                                        : ofPasswords ? RESUME_WITHOUT_SSH_KEY : RESUME;
            case "RefreshCatalog" -> REFRESH;
            case "WatchAccounts" -> WATCH_ACCOUNTS;
            case "CreateApiKey" -> CREATE_KEY;
            case "ListApiKeys" -> ofKeys ? LIST_KEYS_BY_KEY : LIST_KEYS;
            case "GetAccountBalance" -> ofKeys ? SEE_ACCOUNT_BY_KEY : SEE_ACCOUNT;
            case "RunInference" ->
                ofSolana
                        ? RUN_ON_SOLANA
                        : ofUses
                                ? RUN_UNDER_A_KEY
                                : ofKeys || ofBalances ? RUN_BY_KEY : ofQueue ? RUN_FROM_THE_QUEUE : RUN;
            case "GetCreditBalance" -> ofKeys ? SEE_BALANCE_BY_KEY : SEE_BALANCE;
            case "ListCreditEntries" -> ofKeys ? LIST_CREDITS_BY_KEY : LIST_CREDITS;
            case "GetOrder" -> ofKeys ? SEE_ORDER_BY_KEY : SEE_ORDER;
            case "ListOrders" -> ofKeys ? LIST_ORDERS_BY_KEY : LIST_ORDERS;
            case "RevokeApiKey" -> REVOKE_KEY;
            case "GetJob" -> grant.resource().contains("Payments") ? SEE_JOB_THAT_IS_OWED_BACK : SEE_JOB;
            case "CancelJob" -> ofKeys ? CANCEL_JOB_BY_KEY : CANCEL_JOB;
            case "GetResult" -> SEE_RESULT;
            case "VerifyPayment" -> ofSolana ? VERIFY_ON_SOLANA : VERIFY;
            case "SettlePayment" -> ofSolana ? SETTLE_ON_SOLANA : SETTLE;
            case "ListSupportedKinds" -> LIST_SUPPORTED;
            case "WorkJobs" ->
                grant.action().endsWith(":ChangeMessageVisibility") ? WORK_WHAT_IS_NO_JOB : WORK_A_JOB;
            case "QuotePrice" ->
                ofKeys ? QUOTE_BY_KEY : grant.resource().contains("Catalog") ? QUOTE : QUOTE_MORE_TIME;
            case "ServeMcp" -> tool(grant);
            default -> throw new AssertionError("nothing here needs " + grant);
        };
    }

    /** Most of what all tools together may do, the one that sells machines needs. */
    private static GrantFlow tool(Grant grant) {
        String resource = grant.resource();
        boolean isLook = grant.action().endsWith(":GetItem");
        if (resource.contains("secret:solana")) {
            return TOOL_TO_PROVISION_ON_SOLANA;
        }
        if (resource.contains("ApiKey")) {
            return TOOL_FOR_LISTS_BY_KEY;
        }
        if (resource.contains("PasswordKey")) {
            return TOOL_TO_PROVISION_WITHOUT_SSH_KEY;
        }
        if (resource.contains("JobQueue")) {
            return TOOL_TO_RUN_LATER;
        }
        if (resource.contains("Jobs")) {
            return isLook ? TOOL_FOR_JOBS : TOOL_TO_RUN;
        }
        if (resource.contains("secret:inference")) {
            return TOOL_TO_RUN;
        }
        if (resource.contains("Credits") && resource.contains("/index/")) {
            return TOOL_FOR_BALANCE;
        }
        if (resource.contains("Credits")) {
            return isLook ? TOOL_TO_PROVISION_WITH_CREDIT : TOOL_TO_DESTROY;
        }
        if (resource.contains("Nonces")) {
            return isLook ? TOOL_TO_PROVISION_UNDER_A_KEY : TOOL_TO_PROVISION;
        }
        if (resource.contains("Catalog")) {
            return isLook ? TOOL_TO_PROVISION : TOOL_FOR_PLANS;
        }
        if (resource.contains("Instances") && !grant.action().endsWith(":PutItem")) {
            return isLook ? TOOL_TO_WATCH : TOOL_FOR_LISTS;
        }
        return TOOL_TO_PROVISION;
    }
}
