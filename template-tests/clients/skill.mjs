// SPDX-License-Identifier: Apache-2.0
// The scripts of the public x402-compute skill, re-created from what is known of them: they send what those send, read the
// fields that those read, and break where Python does: on a missing key, on None in a format, on a status nobody thought of.
//
//   VERSION  of the skill: 1.21.0 (default), 1.0.7 or 1.0.3; the rest as in client.mjs

import { randomBytes } from "node:crypto";

import { account, authHeaders, expect, run, send } from "./client.mjs";

const { VERSION = "1.21.0" } = process.env;
const FIRST = VERSION === "1.0.3";
const LATEST = VERSION === "1.21.0";
const SPENDING_LIMIT = 500_000_000n;
const VALID_SECONDS = 3600;
const JSON_TYPE = { "Content-Type": "application/json" };
const USDC = {
  name: "USD Coin",
  version: "2",
  chainId: 8453,
  verifyingContract: "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
};

/** Python's `object[key]`. */
function at(object, key) {
  if (object === null || typeof object !== "object" || !(key in object)) {
    throw new TypeError(`KeyError: '${key}'`);
  }
  return object[key];
}

/** Python's `object.get(key, absent)`: a null that is there is returned. */
const get = (object, key, absent = null) => (key in object ? object[key] : absent);

/** Python's `f"{value:<20}"`. */
function padded(value) {
  if (value === null) {
    throw new TypeError("unsupported format string passed to NoneType.__format__");
  }
  return String(value);
}

/** Python's arithmetic, which takes no text and no None. */
function number(value) {
  if (typeof value !== "number") {
    throw new TypeError(`unsupported operand type: ${JSON.stringify(value)}`);
  }
  return value;
}

const iso = (text) => {
  if (Number.isNaN(Date.parse(text)) || !text.endsWith("Z")) {
    throw new TypeError(`Invalid isoformat string: ${JSON.stringify(text)}`);
  }
  return text;
};

async function plans(type) {
  const body = expect(await send("GET", type ? `/compute/plans?type=${type}` : "/compute/plans", {}), 200);
  return at(body, "plans").map((plan) => ({
    id: padded(at(plan, "id")),
    cpus: number(at(plan, "vcpu_count")),
    gigabytes: Math.floor(number(at(plan, "ram")) / 1024),
    disk: number(at(plan, "disk")),
    price: number(get(plan, "our_monthly") ?? get(plan, "monthly_cost") ?? get(plan, "vultr_monthly") ?? 0).toFixed(2),
    gpu: get(plan, "gpu_vram_gb") ? `${padded(get(plan, "gpu_type", "GPU"))} ${get(plan, "gpu_vram_gb")}` : "",
  }));
}

async function regions() {
  const body = expect(await send("GET", "/compute/regions", {}), 200);
  return at(body, "regions").map((region) => ["id", "city", "country", "continent"].map((key) => padded(at(region, key))));
}

async function createKey(label) {
  const body = label ? JSON.stringify({ label }) : "";
  const headers = { ...JSON_TYPE, ...(await authHeaders("POST", "/compute/api-keys", body)) };
  // Not even 200 is good enough.
  const created = expect(await send("POST", "/compute/api-keys", headers, body || undefined), 201);
  return { key: at(created, "api_key"), id: at(created, "id"), label: get(created, "label") };
}

async function listKeys() {
  const body = expect(await send("GET", "/compute/api-keys", await authHeaders("GET", "/compute/api-keys")), 200);
  return get(body, "api_keys", []).map((key) => ({
    id: padded(get(key, "id")),
    last4: padded(get(key, "key_last4")),
    created: iso(get(key, "created_at")),
    revoked: get(key, "revoked_at") !== null,
  }));
}

async function revokeKey(id) {
  const path = `/compute/api-keys/${id}`;
  expect(await send("DELETE", path, await authHeaders("DELETE", path)), 200);
}

/** Signed for an hour from now and for any time before, whatever the offer says. */
async function payment(offer) {
  const authorization = {
    from: account.address,
    to: at(offer, "payTo"),
    value: at(offer, "maxAmountRequired"),
    validAfter: "0",
    validBefore: String(Math.floor(Date.now() / 1000) + VALID_SECONDS),
    nonce: `0x${randomBytes(32).toString("hex")}`,
  };
  if (LATEST && BigInt(authorization.value) > SPENDING_LIMIT) {
    throw new Error("more than COMPUTE_MAX_SPEND_USD");
  }
  const type = (name) => ({ name, type: { nonce: "bytes32", from: "address", to: "address" }[name] ?? "uint256" });
  const signature = await account.signTypedData({
    domain: USDC,
    types: { TransferWithAuthorization: Object.keys(authorization).map(type) },
    primaryType: "TransferWithAuthorization",
    message: authorization,
  });
  const whole = { x402Version: 1, scheme: "exact", network: "base", payload: { signature, authorization } };
  // Python writes a space after every colon and comma.
  const text = JSON.stringify(whole, null, 1).replaceAll(/\n\s*/g, " ").replaceAll("{ ", "{").replaceAll(" }", "}");
  return Buffer.from(text).toString("base64");
}

async function paid(path, fields, ...statuses) {
  const body = JSON.stringify(fields);
  const first = await send("POST", path, { ...JSON_TYPE, ...(await authHeaders("POST", path, body)) }, body);
  const offers = at(expect(first, 402), "accepts");
  const offer = offers.find(({ network }) => network === "base" || network.includes("8453"));
  if (!offer) {
    throw new Error("no Base payment option");
  }
  // From 1.0.6 on without credentials, because the nonce of the first is used up; before that with new ones.
  const again = FIRST ? await authHeaders("POST", path, body) : {};
  const headers = { ...JSON_TYPE, ...again, "X-Payment": await payment(offer) };
  return expect(await send("POST", path, headers, body), ...statuses);
}

async function provision(plan, region, hours, key) {
  const fields = { plan, region, os_id: 2284, label: "x402-instance", prepaid_hours: hours, network: "base" };
  const body = await paid("/compute/provision", key ? { ...fields, ssh_public_key: key } : fields,
    ...(FIRST ? [200] : [200, 201]));
  const order = get(body, "order", {});
  return {
    id: padded(get(order, "id")),
    ip: padded(get(order, "ip_address", "pending")),
    plan: padded(get(order, "plan", "")),
    expires: iso(get(order, "expires_at")),
    transaction: get(body, "tx_hash"),
  };
}

async function list() {
  // The first version that signs also signs the query.
  const path = FIRST ? `/compute/instances?wallet=${account.address.toLowerCase()}` : "/compute/instances";
  const body = expect(await send("GET", path, await authHeaders("GET", path)), 200);
  return get(body, "instances", get(body, "orders", [])).map((order) => ({
    id: padded(at(order, "id")),
    label: padded(get(order, "label", at(order, "id"))),
    status: padded(get(order, "status", "unknown").toUpperCase()),
    ip: padded(get(order, "ip_address", "N/A")),
    plan: padded(get(order, "vultr_plan", get(order, "plan", "N/A"))),
    region: padded(get(order, "vultr_region", get(order, "region", "N/A"))),
    expires: padded(get(order, "expires_at", "N/A")),
  }));
}

async function details(id) {
  const path = `/compute/instances/${id}`;
  const body = expect(await send("GET", path, await authHeaders("GET", path)), 200);
  const order = get(body, "order", body);
  return { id: at(order, "id"), status: get(order, "status"), ip: get(order, "ip_address"), provider: get(order, "vultr_instance_id") };
}

async function extend(id, hours) {
  const body = await paid(`/compute/instances/${id}/extend`, { extend_hours: hours, network: "base" }, 200);
  return { expires: iso(at(get(body, "order", {}), "expires_at")), transaction: get(body, "tx_hash") };
}

async function password(id) {
  const path = `/compute/instances/${id}/password`;
  const body = expect(await send("POST", path, { ...JSON_TYPE, ...(await authHeaders("POST", path)) }), 200);
  const access = at(body, "access");
  return { user: get(access, "username", "root"), ip: get(access, "ip_address"), password: at(access, "password") };
}

async function destroy(id) {
  const path = `/compute/instances/${id}`;
  if (LATEST) {
    const body = expect(await send("GET", path, await authHeaders("GET", path)), 200);
    // Nowhere else: not under `order`.
    const instance = get(body, "instance", body);
    padded(at(instance, "id"));
  }
  expect(await send("DELETE", path, await authHeaders("DELETE", path)), 200);
}

await run({ plans, regions, createKey, listKeys, revokeKey, provision, list, details, extend, password, destroy });
