// The market maker's arithmetic.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, USDC } from './amounts.mjs';
import { order } from './maker.mjs';

/** Reserves of 2,500 BTC at 8,000 dollars, in smallest units. */
const X = 2_500 * 10 ** BTC.decimals;
const Y = 2_500 * 8_000 * 10 ** USDC.decimals;

/** The pool's price in dollars after an order, with the AMM's fee of 0.3 %. */
function priceAfter({ path, amount }) {
	const [into, outOf] = path[0] === BTC.id ? [X, Y] : [Y, X];
	const paid = Number(amount) * 0.997;
	const [more, less] = [into + Number(amount), outOf - (outOf * paid) / (into + paid)];
	const [x, y] = path[0] === BTC.id ? [more, less] : [less, more];
	return y / 10 ** USDC.decimals / (x / 10 ** BTC.decimals);
}

test('a price above the pool is reached by buying, one below by selling', () => {
	assert.deepEqual(order(BTC, 8_800, X, Y).path, [USDC.id, BTC.id]);
	assert.deepEqual(order(BTC, 7_200, X, Y).path, [BTC.id, USDC.id]);
});

test('after the trade the pool stands at the price, to a few hundredths of a percent', () => {
	for (const price of [4_000, 7_000, 7_920, 8_080, 9_000, 12_000]) {
		const reached = priceAfter(order(BTC, price, X, Y));
		assert.ok(Math.abs(reached / price - 1) < 0.001, `${reached} in place of ${price}`);
	}
});

test('a pool that stands at the price is left alone', () => {
	assert.equal(order(BTC, 8_002, X, Y), undefined);
});
