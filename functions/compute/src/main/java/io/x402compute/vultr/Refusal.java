package io.x402compute.vultr;

import java.util.regex.Pattern;

/**
 * Why the provider refused to create a machine, or to change one. It has no machine codes, so this reads its words and is good
 * enough to choose a message or another region, and never to decide about money: every refusal means that nothing was made or
 * changed.
 */
public enum Refusal {
    /** Sold out in that region, or not sold there: another region may do. */
    NO_STOCK("not available in|capacity|out of stock|sold out"),
    /** The plan is not for this account, or needs fields that we do not send: another plan may do. */
    PLAN("invalid plan|access to this product|block devices are required"),
    /** The operator's account may not hold more machines, or is not verified. */
    ACCOUNT_LIMIT("limit|maximum|quota|verify"),
    /** The operator's account has no credit. */
    FUNDS("balance|insufficient|fund|credit|billing|payment"),
    /** 401 or 403: the key is wrong, or not allowed from this IP address. */
    CONFIGURATION("(?!)"),
    /** Anything else, such as an unknown image. */
    OTHER("(?!)");

    private final Pattern words;

    Refusal(String words) {
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    static Refusal of(int status, String text) {
        if (status == 401 || status == 403) {
            return CONFIGURATION;
        }
        for (Refusal refusal : values()) {
            if (refusal.words.matcher(text).find()) {
                return refusal;
            }
        }
        return OTHER;
    }
}
