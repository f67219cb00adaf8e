// A leveraged position in one call, and its unwinding in one call: long and short, in part and in full.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { ALL, BTC, DOT, ETH, USDC, fixed, toNumber, units } from './lib/amounts.mjs';
import { accountOf, balanceIn, pricesOf } from './lib/margin.mjs';
import { openWith, worst } from './lib/orders.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

const on = stageFor({ keeper: false });
const live = async asset => (await pricesOf(on.stage.api))[asset.symbol].live;

/** A fresh trader, with what `open` did for him. */
async function opened(equity, position) {
	const { api } = on.stage;
	const who = await funded(api, [USDC, units(USDC, equity)]);
	const { events } = await send(api, who, openWith(api, equity, position, await live(position.asset)));
	return { who, events };
}

for (const [side, asset, leverage] of [['long', BTC, 5], ['short', ETH, 4], ['long', DOT, 2]]) {
	test(`one call opens a ${side} of ${leverage} times the collateral in ${asset.symbol}`, async () => {
		const { stage, stage: { api } } = on;
		const { who, events } = await opened(10_000, { asset, side, leverage });
		const { amount, quoted, direction } = event(events, 'margin', 'PositionOpened');
		assert.equal(direction.type.toLowerCase(), side);
		const account = await accountOf(api, who);
		const balance = balanceIn(account, asset);
		assert.equal(balance.side, side === 'long' ? 'Deposit' : 'Debt');
		// The exposure is what was asked for at the live price; what the market took is the equity's.
		const exposure = toNumber(balance.value);
		assert.ok(Math.abs(exposure / (leverage * 10_000) - 1) < 1e-3, `${exposure} dollars`);
		assert.ok(toNumber(quoted.toBigInt(), USDC.decimals) > 0.96 * exposure && amount.toBigInt() > 0n);
		assert.ok(toNumber(account.equity) > 9_000 && toNumber(account.equity) < 10_000);
		assert.equal(await stage.wallet(who, USDC), 0n, 'the collateral came from the wallet');
	});
}

test('a price beyond the limit is refused, and nothing is deposited', async () => {
	const { stage, stage: { api } } = on;
	const who = await funded(api, [USDC, units(USDC, 10_000)]);
	const now = await live(BTC);
	for (const [direction, limit] of [['Long', (now * 9n) / 10n], ['Short', (now * 11n) / 10n]]) {
		const collateral = [USDC.id, units(USDC, 10_000)];
		const order = [direction, BTC.id, USDC.id, { Leverage: fixed(3) }, limit, ALL];
		const refused = await refusal(send(api, who, api.tx.margin.open(0, collateral, ...order)));
		assert.equal(refused?.name, 'margin.PriceBeyondLimit');
	}
	assert.equal(await accountOf(api, who), undefined);
	assert.equal(await stage.wallet(who, USDC), units(USDC, 10_000));
});

test('more debt than was allowed is refused', async () => {
	const { api } = on.stage;
	const who = await funded(api, [USDC, units(USDC, 10_000)]);
	const collateral = [USDC.id, units(USDC, 10_000)];
	const order = ['Long', BTC.id, USDC.id, { Leverage: fixed(3) }, worst(await live(BTC), true), units(USDC, 15_000)];
	const refused = await refusal(send(api, who, api.tx.margin.open(0, collateral, ...order)));
	assert.equal(refused?.name, 'margin.BorrowBeyondLimit');
});

test('a position can be against any asset, over the hub', async () => {
	const { api } = on.stage;
	const who = await funded(api, [ETH, units(ETH, 50)]);
	const [btc, eth] = [await live(BTC), await live(ETH)];
	const limit = worst((btc * 10n ** 18n) / eth, true);
	const order = ['Long', BTC.id, ETH.id, { Leverage: fixed(2) }, limit, units(ETH, 60)];
	await send(api, who, api.tx.margin.open(0, [ETH.id, units(ETH, 50)], ...order));
	const account = await accountOf(api, who);
	assert.equal(balanceIn(account, BTC).side, 'Deposit');
	assert.equal(balanceIn(account, ETH).side, 'Debt');
	assert.ok(toNumber(account.leverage) > 1.9 && toNumber(account.leverage) < 2.2);
});

for (const side of ['long', 'short']) {
	test(`a ${side} is closed in part, then in full`, async () => {
		const { stage, stage: { api } } = on;
		const { who } = await opened(10_000, { asset: BTC, side, leverage: 4 });
		const { amount } = balanceIn(await accountOf(api, who), BTC);
		const limit = worst(await live(BTC), side === 'short');
		const close = part => send(api, who, api.tx.margin.close(0, BTC.id, USDC.id, part, limit));
		await close({ Amount: amount / 2n });
		const half = balanceIn(await accountOf(api, who), BTC);
		assert.ok(half.amount >= amount / 2n - 2n && half.amount <= amount / 2n + 1_000n, `${half.amount} of ${amount} is left`);
		const { events } = await close('All');
		event(events, 'margin', 'PositionClosed');
		const account = await accountOf(api, who);
		assert.deepEqual(account.balances.map(({ asset, side }) => [asset, side]), [[USDC, 'Deposit']]);
		await send(api, who, api.tx.margin.withdraw(0, USDC.id, ALL));
		// There and back costs the fee of the market twice, on four times the equity, and its impact.
		const home = toNumber(await stage.wallet(who, USDC), USDC.decimals);
		assert.ok(home > 9_200 && home < 10_000, `${home} USDC came home`);
	});
}
