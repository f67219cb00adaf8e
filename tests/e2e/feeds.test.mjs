// Who may report prices, and what.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { u8aCmp } from '@polkadot/util';
import { alice, funded, wellKnown } from './lib/accounts.mjs';
import { BTC, fixed } from './lib/amounts.mjs';
import { pass } from './lib/blocks.mjs';
import { allUsable, near, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

const on = stageFor();

/** The development operators in the order in which the feeder hands them their sources. */
const operators = ['Feeder1', 'Feeder2', 'Feeder3'].map(wellKnown).sort((a, b) => u8aCmp(a.publicKey, b.publicKey));

function feed(api, price) {
	return api.tx.oracle.feedValues([[BTC.id, fixed(price)]]);
}

test("a stranger's feed is refused by name and changes no price", async () => {
	const { api } = on.stage;
	const before = (await pricesOf(api)).BTC.live;
	const stranger = await funded(api);
	for (const who of [stranger, alice]) {
		const refused = await refusal(send(api, who, feed(api, '1')));
		assert.equal(refused?.name, 'oracle.NoPermission');
	}
	assert.equal((await pricesOf(api)).BTC.live, before);
	assert.equal((await pricesOf(api)).BTC.verdict, 'Usable');
});

test('a zero from one operator does not count as a price', async () => {
	const { api, source } = on.stage;
	const { live } = (await pricesOf(api)).BTC;
	// Its own worker must be quiet, or it would use the same nonce.
	await source.venue(0, { silent: true });
	await pass(api, 3);
	const { events } = await send(api, operators[0], feed(api, '0'));
	event(events, 'oracle', 'NewFeedData');
	const { at } = await pass(api, 3);
	const prices = await pricesOf(at);
	assert.ok(allUsable(prices));
	assert.ok(near(prices.BTC.live, live), `the price went from ${live} to ${prices.BTC.live}`);
	await source.venue(0, { silent: false });
});

test('a zero at all venues leaves the last price, which no operator reports again', async () => {
	const { api, source } = on.stage;
	const before = (await pricesOf(api)).BTC;
	await source.set({ BTC: '0' });
	const { at } = await pass(api, 5);
	const { live, updatedAt } = (await pricesOf(at)).BTC;
	assert.equal(live, before.live);
	const eth = (await pricesOf(at)).ETH;
	assert.ok(eth.updatedAt > updatedAt, 'the other symbols are still reported');
	await source.set({ BTC: null });
	await on.stage.usable();
});
