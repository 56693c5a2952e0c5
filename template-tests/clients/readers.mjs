// SPDX-License-Identifier: Apache-2.0
// How two other clients read what they get, re-created: yappr, an agent that rents its own server, and fission, which pays in
// another way than we sell and manages with an API key.
//
//   API_KEY  of fission

import { expect, run, send } from "./client.mjs";

const { API_KEY } = process.env;
const PROVIDERS = ["vultr", "digitalocean"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Under the first of its names, or all there is. */
const listed = (body, ...names) => names.map((name) => body[name]).find(Array.isArray) ?? body;

/** Plans that can be had somewhere, in regions there are; the image that is asked for by its name. */
async function yapprCatalogue() {
  const get = async (path) => expect(await send("GET", path, {}), 200);
  const regions = listed(await get("/compute/regions"), "regions")
    .map((region) => (region.id ?? region.slug ?? region.code ?? region.name).toLowerCase());
  const plans = listed(await get("/compute/plans"), "plans")
    .filter((plan) => PROVIDERS.includes(plan.provider) && plan.our_hourly > 0 && plan.our_daily > 0)
    .map((plan) => ({ id: plan.id, regions: plan.locations.map((id) => id.toLowerCase()).filter((id) => regions.includes(id)) }))
    .filter((plan) => plan.regions.length > 0);
  // Breaks where there is only `os_options`, which is what is documented.
  const images = listed(await get("/compute/os"), "os", "data").filter((os) => /ubuntu/i.test(os.name));
  return { plans, images: images.map((os) => os.id) };
}

/** Of all four classes; no more digits than a token has. */
async function fissionPlans() {
  const classes = await Promise.all(["vps", "vhp", "vdc", "vcg"].map(async (type) =>
    succeeded(await send("GET", `/compute/plans?type=${type}`, {})).plans));
  const ids = classes.flat()
    .filter((plan) => PROVIDERS.includes(plan.provider) && plan.disk_count === 1)
    .map((plan) => {
      if (!/^\d+(\.\d{1,6})?$/.test(String(plan.our_hourly)) || !Number.isInteger(plan.vcpu_count)) {
        throw new Error(`no price: ${JSON.stringify(plan)}`);
      }
      return plan.id;
    });
  return { ids, distinct: new Set(ids).size };
}

/** An answer with an error in it is none, whatever its status. */
function succeeded(response) {
  const body = expect(response, 200, 201);
  if ("error" in body || "detail" in body) {
    throw new Error(`failed: ${response.text}`);
  }
  return body;
}

async function keyed(method, path) {
  if (!/^x402c_[A-Za-z0-9_-]+$/.test(API_KEY)) {
    throw new Error("not an API key");
  }
  return succeeded(await send(method, path, { "X-API-Key": API_KEY }));
}

async function fissionWatch(id) {
  const body = await keyed("GET", `/compute/instances/${id}`);
  const order = body.order ?? body.instance;
  if (!UUID.test(order.id)) {
    throw new Error("not an id");
  }
  return {
    ready: order.status === "active" && order.vultr_server_status === "ok" && order.ip_address !== "0.0.0.0",
    plan: order.vultr_plan ?? order.plan ?? order.provider_plan_id,
    size: [order.vultr_vcpu_count, order.vultr_ram, order.vultr_disk].map((part) => part.toFixed(0)),
    resizing: Boolean(order.metadata?.resize_pending),
  };
}

async function fissionDestroy(id) {
  const body = await keyed("DELETE", `/compute/instances/${id}`);
  if (body.success !== true) {
    throw new Error("not destroyed");
  }
  const { status } = (await keyed("GET", `/compute/instances/${id}`)).order;
  return { status };
}

await run({ yapprCatalogue, fissionPlans, fissionWatch, fissionDestroy });
