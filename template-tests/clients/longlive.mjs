// SPDX-License-Identifier: Apache-2.0
// The client of a site that rents and renews its own server, re-created: it pays with the ecosystem's client and nothing but
// version 1 of the protocol, sends no credentials with a purchase, and renews with an empty object.
//
//   SPENDING_LIMIT  in dollars a payment; without it the ecosystem's client keeps to its own, which is one dollar

import { ExactEvmSchemeV1 } from "@x402/evm/exact/v1/client";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";

import { account, authHeaders, expect, run, send, url } from "./client.mjs";

const { SPENDING_LIMIT } = process.env;
const ENDED = ["destroyed", "terminated", "failed", "expired"];

const client = new x402Client().registerV1("base", new ExactEvmSchemeV1(account));
if (SPENDING_LIMIT) {
  client.setSpendControls({ maxAmountPerPayment: `$${SPENDING_LIMIT}` });
}
const payingFetch = wrapFetchWithPayment(fetch, client);

async function buy(path, body) {
  const headers = { "Content-Type": "application/json" };
  const response = await payingFetch(url(path), { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`unexpected status ${response.status}: ${text}`);
  }
  return JSON.parse(text);
}

async function signed(method, path, headers = {}) {
  return expect(await send(method, path, { ...headers, ...(await authHeaders(method, path)) }), 200);
}

const time = (text) => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new Error(`unknown expiry ${text}`);
  }
  return time;
};

async function plans() {
  const body = expect(await send("GET", "/compute/plans", {}), 200);
  return body.plans.map(({ id, our_hourly, our_daily, locations, vcpu_count, ram, disk }) => ({
    id,
    daily: (our_daily ?? Number((our_hourly * 24).toFixed(4))).toFixed(4),
    regions: locations.map((region) => region.toLowerCase()),
    size: [vcpu_count, ram, disk].map((part) => part.toFixed(0)),
  }));
}

/** Without those that are gone, which the list also has. */
async function list() {
  const body = await signed("GET", "/compute/instances");
  const all = Array.isArray(body) ? body : (body.instances ?? body.orders);
  return all
    .filter((order) => !order.destroyed_at && !ENDED.includes(order.status ?? order.vultr_status))
    .map((order) => ({ id: order.id, plan: order.vultr_plan ?? order.plan, expires: time(order.expires_at) }));
}

async function provision(plan, region, hours, key) {
  const body = { plan, region, os_id: 1743, label: "site", prepaid_hours: hours, network: "base" };
  const { order, tx_hash } = await buy("/compute/provision", key ? { ...body, ssh_public_key: key } : body);
  return { id: order.id, hours: order.prepaid_hours, paid: order.payment_amount.toFixed(2), transaction: tx_hash };
}

async function details(id) {
  const body = await signed("GET", `/compute/instances/${id}`);
  return body.order ?? body.instance ?? body.data?.order ?? body;
}

/** A day more. What the answer says is not enough: the machine is looked at again. */
async function extend(id) {
  const before = time((await details(id)).expires_at);
  const { order } = await buy(`/compute/instances/${id}/extend`, {});
  const paid = order.payment_amount.toFixed(2);
  const after = time((await details(id)).expires_at);
  if (after <= before) {
    throw new Error("PAID, BUT THE EXPIRY DID NOT MOVE");
  }
  return { paid, hours: (after - before) / 3_600_000 };
}

async function password(id) {
  const path = `/compute/instances/${id}/password`;
  const { access } = await signed("POST", path, { "Content-Type": "application/json" });
  return { user: access.username, ip: access.ip_address, password: access.password };
}

async function destroy(id) {
  const { success } = await signed("DELETE", `/compute/instances/${id}`);
  if (!success) {
    throw new Error("not destroyed");
  }
}

await run({ plans, list, provision, details, extend, password, destroy });
