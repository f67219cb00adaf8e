// The judge of the demonstration finds what must not be.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, USDC } from '../lib/amounts.mjs';
import { judge } from './judge.mjs';

const WHO = 'trader';
const DEBT = 1_000_000n * 10n ** 18n;
const millionths = parts => BigInt(parts) * 10n ** 12n;

/**
 * A record of one account from block 10 on. Each entry is its maintenance health after the block, with what happened
 * in it: `step` a liquidation, `held` a price that is held back, `touched` an event that names the account; and the margin
 * of BTC in millionths, with how far it will rise as `told`.
 */
function record(...blocks) {
	let raw = 0;
	return {
		traders: new Map([[WHO, { name: 'Ada' }]]),
		blocks: blocks.map(({ health, step, held, changed, touched = [], margin = 30_000, told = margin }, i) => {
			if (step || changed || touched.length > 0) raw += 1;
			const balances = [{ asset: BTC, side: 'Deposit', value: DEBT }, { asset: USDC, side: 'Debt', value: DEBT }];
			const view = health === undefined ? undefined : { maintenance: health * 10n ** 18n, balances };
			return {
				number: 10 + i,
				prices: { BTC: { verdict: held ? 'HeldBack' : 'Usable' }, USDC: { verdict: 'Usable' } },
				margins: { BTC: { inForce: millionths(margin), told: millionths(told) }, USDC: { inForce: 0n, told: 0n } },
				accounts: new Map([[WHO, { view, raw: `${raw}`, touched: step ? ['Liquidated'] : touched }]]),
				steps: step ? [{ owner: WHO }] : [],
			};
		}),
	};
}

const healthy = { health: 5n };
const below = { health: -5n };
const wrongs = (...blocks) => judge(record(...blocks)).wrong;
const waits = (...blocks) => [...judge(record(...blocks)).waits.values()];

test('a step in the block after the crossing has waited one block', () => {
	assert.deepEqual(wrongs(healthy, below, { ...healthy, step: true }), []);
	assert.deepEqual(waits(healthy, below, { ...healthy, step: true }), [1]);
});

test('a step two blocks after the crossing is in time', () => {
	assert.deepEqual(wrongs(healthy, below, below, { ...healthy, step: true }), []);
	assert.deepEqual(waits(healthy, below, below, { ...healthy, step: true }), [2]);
});

test('a step three blocks after the crossing is late', () => {
	const found = wrongs(healthy, below, below, below, { ...healthy, step: true });
	assert.match(found.join(), /Ada was eligible after block 11 and not liquidated by block 13/);
});

test('an account that is never liquidated is noticed', () => {
	assert.match(wrongs(healthy, below, below, below).join(), /not liquidated by block 13/);
});

test('who recovers by the price need not be liquidated', () => {
	assert.deepEqual(wrongs(healthy, below, below, healthy, healthy), []);
});

test('a price that is held back excuses the wait', () => {
	const held = { ...below, held: true };
	assert.deepEqual(wrongs(healthy, below, held, held, held, below, { ...healthy, step: true }), []);
});

test('what is still below after a step begins to wait anew', () => {
	const again = { ...below, step: true };
	assert.deepEqual(waits(healthy, below, again, { ...healthy, step: true }), [1, 1]);
	assert.deepEqual(wrongs(healthy, below, again, again, { ...healthy, step: true }), []);
});

test('a step on a healthy account is noticed', () => {
	assert.match(wrongs(healthy, { ...healthy, step: true }).join(), /liquidated in block 11 while healthy/);
});

test('the interest of one block may be what takes an account below', () => {
	const hair = { health: 0n };
	assert.deepEqual(wrongs(healthy, hair, { ...healthy, step: true }), []);
});

test('who falls below by a rise of the margin in the block of the step is rightly liquidated', () => {
	// A thousandth of a million dollars is required more.
	const near = { health: 999n, told: 31_000 };
	const rising = { ...healthy, step: true, margin: 31_000 };
	assert.deepEqual(wrongs(near, rising), []);
	assert.match(wrongs({ ...near, health: 1_100n }, rising).join(), /liquidated in block 11 while healthy/);
});

test('a margin that rises further than was told is noticed', () => {
	assert.deepEqual(wrongs({ ...healthy, told: 31_000 }, { ...healthy, margin: 31_000 }), []);
	const found = wrongs({ ...healthy, told: 31_000 }, { ...healthy, margin: 31_001 });
	assert.match(found.join(), /margin of BTC rose in block 11 and no event before it has told/);
});

test('a change that no event explains is noticed', () => {
	assert.match(wrongs(healthy, { ...healthy, changed: true }).join(), /changed in block 11 and no event says why/);
	assert.deepEqual(wrongs(healthy, { ...healthy, touched: ['Repaid'] }), []);
});

test('an account that was emptied is not looked for', () => {
	assert.deepEqual(wrongs(healthy, below, { step: true }, {}, {}, {}), []);
});
