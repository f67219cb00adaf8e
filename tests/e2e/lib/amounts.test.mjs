// Amounts keep every digit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, ETH, USDC, dollars, fixed, toNumber, units } from './amounts.mjs';

test('whole units become smallest units, exactly', () => {
	assert.equal(units(USDC, 8_000), 8_000_000_000n);
	assert.equal(units(BTC, '0.00000001'), 1n);
	assert.equal(units(ETH, '1.000000000000000001'), 10n ** 18n + 1n);
	assert.equal(fixed('7911.25'), 7911_250000000000000000n);
});

test('what is below the smallest unit is cut off', () => {
	assert.equal(units(USDC, '0.0000019'), 1n);
});

test('negative values keep their sign', () => {
	assert.equal(fixed('-0.5'), -(10n ** 18n) / 2n);
	assert.equal(toNumber(fixed('-0.5')), -0.5);
});

test('text that is no decimal is refused', () => {
	for (const text of ['', '1e3', 'one', '1,5', '.5']) assert.throws(() => fixed(text), /not a decimal/);
});

test('dollars are printed with cents', () => {
	assert.equal(dollars(fixed('-1234.567')), '-1,234.57');
});
