// One venue answers badly. The operators of the others go on, and the price with them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC } from './lib/amounts.mjs';
import { until } from './lib/blocks.mjs';
import { allUsable, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';

const on = stageFor();

/** Times of the operators' last reports of bitcoin, in milliseconds, the oldest first. */
async function reportTimes(at) {
	const values = await at.query.oracle.rawValues.entries();
	return values
		.filter(([key, value]) => key.args[1].toNumber() === BTC.id && value.isSome)
		.map(([, value]) => value.unwrap().timestamp.toNumber())
		.sort((a, b) => a - b);
}

const FAULTS = {
	'a malformed answer': { misbehave: 'malformed' },
	'an answer that does not come': { misbehave: 'slow' },
	'an answer of many megabytes': { misbehave: 'huge' },
	'a silent venue': { silent: true },
};

let price = 7_894;
for (const [name, fault] of Object.entries(FAULTS)) {
	test(`${name} stops one operator and no other`, async () => {
		const { stage, stage: { api, source } } = on;
		await source.venue(1, fault);
		const since = (await api.query.timestamp.now()).toNumber();
		price -= 20;
		await source.set({ BTC: `${price}` });
		// Two operators report anew, again and again, and the chain follows them; the third falls behind.
		await until(api, `two operators' reports beside ${name}`, async ({ at }) => {
			const [oldest, ...others] = await reportTimes(at);
			const now = (await at.query.timestamp.now()).toNumber();
			return now - since > 12_000 && others.every(time => now - time < 10_000) && now - oldest >= 10_000;
		});
		await stage.latched('BTC', `${price}`);
		assert.ok(allUsable(await pricesOf(api)));
		await source.venue(1, { misbehave: null, silent: false });
		await until(api, 'reports of all operators again', async ({ at }) => {
			const now = (await at.query.timestamp.now()).toNumber();
			return (await reportTimes(at)).every(time => now - time < 8_000);
		});
	});
}
