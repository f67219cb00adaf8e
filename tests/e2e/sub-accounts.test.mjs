// Several accounts of one owner: each weighed on its own, cross or isolated, opened and closed at will.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { ALL, BTC, ETH, USDC, units } from './lib/amounts.mjs';
import { accountOf, balanceIn, pricesOf } from './lib/margin.mjs';
import { openWith } from './lib/orders.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

/** An isolated account of its own: bitcoin held, dollars owed. */
const ISOLATED = 7;

let trader, deposit;
const on = stageFor({ keeper: false }, async ({ api }) => {
	trader = await funded(api, [USDC, units(USDC, 30_000)], [ETH, units(ETH, 10)]);
	deposit = api.consts.margin.accountDeposit.toBigInt();
});

test('the first deposit opens a cross account, for which native tokens are held', async () => {
	const { stage, stage: { api } } = on;
	assert.equal(await stage.held(trader), 0n);
	const { events } = await send(api, trader, api.tx.margin.deposit(0, USDC.id, units(USDC, 10_000)));
	const opened = event(events, 'margin', 'AccountOpened');
	assert.ok(opened.mode.isCross);
	assert.equal(opened.deposit.toBigInt(), deposit);
	assert.equal(await stage.held(trader), deposit);
});

test('an isolated account takes its two assets and no other', async () => {
	const { stage, stage: { api } } = on;
	const mode = { Isolated: { collateral: BTC.id, debt: USDC.id } };
	await send(api, trader, api.tx.margin.openAccount(ISOLATED, mode));
	assert.equal(await stage.held(trader), 2n * deposit);
	const { live } = (await pricesOf(api)).BTC;
	await send(api, trader, openWith(api, 5_000, { asset: BTC, side: 'long', leverage: 8 }, live, ISOLATED));
	assert.equal((await accountOf(api, trader, ISOLATED)).mode, 'Isolated');
	for (const call of [
		api.tx.margin.deposit(ISOLATED, ETH.id, units(ETH, 1)),
		api.tx.margin.swap(ISOLATED, USDC.id, ETH.id, units(USDC, 100), 1n),
		api.tx.margin.borrow(ISOLATED, ETH.id, units(ETH, '0.1')),
	]) {
		assert.equal((await refusal(send(api, trader, call)))?.name, 'margin.NotInIsolatedAccount');
	}
});

test('a transfer between own accounts is a withdrawal from the one that gives', async () => {
	const { api } = on.stage;
	await send(api, trader, api.tx.margin.transfer(0, ISOLATED, USDC.id, units(USDC, 1_000)));
	const owed = balanceIn(await accountOf(api, trader, ISOLATED), USDC);
	assert.equal(owed.side, 'Debt');
	const taken = api.tx.margin.transfer(ISOLATED, 0, BTC.id, balanceIn(await accountOf(api, trader, ISOLATED), BTC).amount);
	const refused = await refusal(send(api, trader, taken));
	assert.equal(refused?.name, 'margin.NotEnoughCollateral');
});

test('the loss of an isolated account stays inside', async () => {
	const { stage, stage: { api } } = on;
	const before = balanceIn(await accountOf(api, trader, 0), USDC).amount;
	const price = balanceIn(await accountOf(api, trader, ISOLATED), BTC).liquidationPrice;
	const awaited = stage.liquidated(trader, 40);
	await stage.walk('BTC', ((Number(price) / 1e18) * 0.99).toFixed(2));
	assert.equal((await awaited).sub, ISOLATED);
	const after = await accountOf(api, trader, 0);
	assert.ok(balanceIn(after, USDC).amount >= before);
	assert.equal(after.balances.length, 1);
});

test('an account is closed when it is empty, and its tokens are free again', async () => {
	const { stage, stage: { api } } = on;
	const refused = await refusal(send(api, trader, api.tx.margin.closeAccount(0)));
	assert.equal(refused?.name, 'margin.AccountNotEmpty');
	await send(api, trader, api.tx.margin.withdraw(0, USDC.id, ALL));
	assert.deepEqual((await accountOf(api, trader, 0)).balances, [], 'an empty account stays open');
	const { events } = await send(api, trader, api.tx.margin.closeAccount(0));
	event(events, 'margin', 'AccountClosed');
	assert.equal(await accountOf(api, trader, 0), undefined);
	assert.equal(await stage.held(trader), deposit);
});

test('dust goes to the insurance fund when its account is closed', async () => {
	const { api } = on.stage;
	await send(api, trader, api.tx.margin.deposit(3, USDC.id, units(USDC, 10)));
	const { amount } = balanceIn(await accountOf(api, trader, 3), USDC);
	await send(api, trader, api.tx.margin.withdraw(3, USDC.id, amount - 5n));
	const { events } = await send(api, trader, api.tx.margin.closeAccount(3));
	const [[asset, dust]] = event(events, 'margin', 'DustSwept').dust;
	assert.equal(asset.toNumber(), USDC.id);
	assert.ok(dust.toBigInt() > 0n && dust.toBigInt() <= 5n, `${dust} was swept away`);
});
