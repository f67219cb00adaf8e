// One venue prints a wild price. The others do not, and nothing happens.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC } from './lib/amounts.mjs';
import { blocks, eventsOf, until } from './lib/blocks.mjs';
import { near, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';

const on = stageFor({ keeper: true });
/** Blocks that the wick stays. */
const BLOCKS = 6;

/** What the operators report of bitcoin, in dollars. */
async function reported(at) {
	const values = await at.query.oracle.rawValues.entries();
	return values
		.filter(([key, value]) => key.args[1].toNumber() === BTC.id && value.isSome)
		.map(([, value]) => Number(value.unwrap().value.toBigInt()) / 1e18);
}

for (const factor of ['0.5', '1.5']) {
	test(`a wick of one venue to ${factor} of the price liquidates nobody`, async () => {
		const { stage, stage: { api, source } } = on;
		const { who } = await stage.trader({ leverage: 8, short: factor > 1 });
		const before = await stage.belongings(who);
		const { live } = (await pricesOf(api)).BTC;
		const wicked = (Number(live) / 1e18) * factor;
		await source.venue(1, { wick: { BTC: factor } });
		await until(api, 'a report of the wick', async ({ at }) =>
			(await reported(at)).some(price => Math.abs(price / wicked - 1) < 0.01),
		);
		let left = BLOCKS;
		for await (const { at } of blocks(api)) {
			const price = (await pricesOf(at)).BTC;
			assert.equal(price.verdict, 'Usable', 'the wick held the price back');
			assert.ok(near(price.live, live), `the price moved from ${live} to ${price.live}`);
			assert.deepEqual(await eventsOf(at, 'margin', 'Liquidated'), []);
			if (--left === 0) break;
		}
		assert.deepEqual(await stage.belongings(who), before);
		await source.venue(1, { wick: { BTC: null } });
	});
}
