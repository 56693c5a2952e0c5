// SPDX-License-Identifier: Apache-2.0
// Lives in the time of the local run, which tests move ahead. Loaded before a client, so that the client need not know.
//
//   CLOCK_OFFSET_MILLIS  how far that time is ahead

const offset = Number(process.env.CLOCK_OFFSET_MILLIS ?? 0);
const now = Date.now;

Date.now = () => now() + offset;
