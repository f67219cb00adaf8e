// A true fall beyond the band is held back for a bounded time, and then it counts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, ETH, USDC, toNumber, units } from './lib/amounts.mjs';
import { blocks, eventsOf } from './lib/blocks.mjs';
import { accountOf, liquidation, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { refusal, send } from './lib/tx.mjs';

const on = stageFor({ keeper: true });

test('a fall of a fifth at all venues is delayed, never ignored', async () => {
	const { stage, stage: { api, source } } = on;
	// Deep enough below to be liquidated, not so deep that the equity is gone.
	const { who } = await stage.trader({ asset: BTC, leverage: 5 });
	const { live: first } = (await pricesOf(api)).BTC;
	const guard = (await api.query.prices.guards(BTC.id)).unwrap();
	const price = (toNumber(first) * 0.82).toFixed(2);
	await source.set({ BTC: price });

	let heldSince, adoptedAt, times = new Map();
	for await (const { number, at } of blocks(api)) {
		times.set(number, (await at.query.timestamp.now()).toNumber());
		const { live, candidate, verdict } = (await pricesOf(at)).BTC;
		const steps = await eventsOf(at, 'margin', 'Liquidated');
		if (verdict === 'HeldBack') {
			heldSince ??= number;
			assert.equal(live, first, 'the old price stays in force');
			assert.ok(toNumber(candidate) < 0.83 * toNumber(first), 'the new one can be seen');
			assert.deepEqual(steps, [], 'nothing is liquidated on a price that is held back');
		} else if (live !== first) {
			adoptedAt ??= number;
		}
		if (steps.length > 0) {
			const step = liquidation(steps[0].data);
			assert.equal(step.owner, who.address);
			assert.ok(heldSince, 'the fall was not held back');
			assert.ok(number - adoptedAt <= 2, `adopted in block ${adoptedAt}, liquidated in ${number}`);
			break;
		}
		assert.ok(times.size < 60, 'the fall was ignored');
	}
	const delay = times.get(adoptedAt) - times.get(heldSince);
	const bound = guard.holdMs.toNumber() + 4_000;
	assert.ok(delay <= bound, `held back for ${delay} ms, at most ${bound} was allowed`);
	assert.equal(toNumber((await pricesOf(api)).BTC.live), Number(price));
	assert.ok((await accountOf(api, who)).maintenance >= 0n);
});

test('while a price is held back, nothing is opened on it', async () => {
	const { stage, stage: { api, source } } = on;
	const { who } = await stage.trader({ asset: ETH, leverage: 2 });
	await source.set({ ETH: '150' });
	for await (const { at } of blocks(api)) {
		if ((await pricesOf(at)).ETH.verdict === 'HeldBack') break;
	}
	const refused = await refusal(send(api, who, api.tx.margin.swap(0, USDC.id, ETH.id, units(USDC, 1_000), 1n)));
	assert.equal(refused?.name, 'margin.PriceUnusable');
	await stage.latched('ETH', '150');
});
