// What the market maker bids at the auctions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL, BTC, ETH, USDC, fixed, units } from '../lib/amounts.mjs';
import { bidFor, worthOnOffer } from './bidder.mjs';

const lot = (price, onOffer = 6) => ({ asset: BTC, onOffer: units(BTC, onOffer), price, live: fixed(5_000) });
const usdc = { asset: USDC, most: units(USDC, 20_000), price: fixed(1) };
const ether = { asset: ETH, most: units(ETH, 500), price: fixed(150) };

test('a lot that is too dear in the next block too, or without a price, is left', () => {
	assert.equal(bidFor(lot(fixed(5_033)), [usdc]), undefined);
	assert.equal(bidFor(lot(undefined), [usdc]), undefined);
});

test('a third of a lot that is about to be cheap enough is bid for, for no more than the limit', () => {
	const bid = bidFor(lot(fixed(5_032)), [usdc]);
	assert.deepEqual(bid, { asset: BTC, amount: units(BTC, 2), max: fixed('4997.5'), payWith: USDC });
});

test('a small lot is taken whole', () => {
	assert.equal(bidFor(lot(fixed(4_980), '0.15'), [usdc]).amount, ALL);
});

test('it is paid with that of which the house owes most in dollars', () => {
	assert.equal(bidFor(lot(fixed(4_980)), [usdc, ether]).payWith, ETH);
	assert.equal(bidFor(lot(fixed(4_980)), [usdc, { ...ether, price: undefined }]).payWith, USDC);
	assert.equal(bidFor(lot(fixed(4_980)), []), undefined);
});

test('what is on offer is worth what it is worth', () => {
	assert.equal(worthOnOffer({ BTC: lot(undefined) }), 30_000);
	assert.equal(worthOnOffer({}), 0);
});
