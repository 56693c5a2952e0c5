/** What runs cost: the catalogue's price, and never less than what the operator pays for it with his markup. */
package io.x402compute.inference.tariff;
