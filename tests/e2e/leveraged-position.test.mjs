// From a deposit to a leveraged position and back, and what the runtime API says of it on the way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { BTC, ETH, USDC, fixed, toNumber, units } from './lib/amounts.mjs';
import { pass } from './lib/blocks.mjs';
import { accountOf, balanceIn, healthOf, marginsOf, poolsOf, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

const on = stageFor();
let trader;

/** Health by the formula of the design, with some prices replaced, in dollars. */
async function health(api, account, level, replaced = {}) {
	const [margins, prices] = [await marginsOf(api), await pricesOf(api)];
	return healthOf(account, level, margins, symbol => replaced[symbol] ?? toNumber(prices[symbol].live));
}

function close(actual, expected, message) {
	assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${message}: ${actual} is not ${expected}`);
}

test('a deposit moves tokens from the wallet into the margin account', async () => {
	const { stage, stage: { api } } = on;
	trader = await funded(api, [USDC, units(USDC, 10_000)]);
	const { events } = await send(api, trader, api.tx.margin.deposit(0, USDC.id, units(USDC, 8_000)));
	assert.equal(event(events, 'margin', 'Deposited').amount.toBigInt(), units(USDC, 8_000));
	assert.equal(await stage.wallet(trader, USDC), units(USDC, 2_000));
	const account = await accountOf(api, trader);
	const { side, amount } = balanceIn(account, USDC);
	assert.equal(side, 'Deposit');
	// Shares round down: a unit may be missing, never more.
	assert.ok(units(USDC, 8_000) - amount <= 1n, `${amount} units are credited`);
	assert.equal(balanceIn(account, USDC).liquidationPrice, undefined, 'nothing is owed, nothing can be liquidated');
});

test('a swap borrows what the account lacks and opens a leveraged position', async () => {
	const { api } = on.stage;
	const { events } = await send(api, trader, api.tx.margin.swap(0, USDC.id, BTC.id, units(USDC, 40_000), 1n));
	const { amountOut, borrowed } = event(events, 'margin', 'Swapped');
	const missing = units(USDC, 32_000);
	assert.ok(borrowed.toBigInt() >= missing && borrowed.toBigInt() <= missing + 1n, `${borrowed} was borrowed`);
	const account = await accountOf(api, trader);
	assert.equal(balanceIn(account, BTC).side, 'Deposit');
	assert.ok(amountOut.toBigInt() - balanceIn(account, BTC).amount <= 1n);
	assert.equal(balanceIn(account, USDC).side, 'Debt');
	// 40,000 dollars of bitcoin on 8,000, less what the market took.
	const leverage = toNumber(account.leverage);
	assert.ok(leverage > 4.9 && leverage < 5.3, `leverage is ${leverage}`);
	assert.ok(account.initial >= 0n && account.initial <= account.target && account.target <= account.maintenance);
});

test('health and equity from the runtime API are what the formula gives', async () => {
	const { api } = on.stage;
	// Nothing moves while the price stands, except interest: all answers come from one block.
	const at = await api.at(await api.rpc.chain.getBlockHash());
	const account = await accountOf(at, trader);
	for (const level of ['initial', 'target', 'maintenance']) {
		close(toNumber(account[level]), await health(at, account, level), `${level} health`);
	}
	const [btc, usdc] = [balanceIn(account, BTC), balanceIn(account, USDC)];
	close(toNumber(account.equity), toNumber(btc.value) - toNumber(usdc.value), 'equity');
});

test('at its liquidation price an account is at its maintenance margin', async () => {
	const { api } = on.stage;
	const at = await api.at(await api.rpc.chain.getBlockHash());
	const account = await accountOf(at, trader);
	const price = toNumber(balanceIn(account, BTC).liquidationPrice);
	const live = toNumber((await pricesOf(at)).BTC.live);
	assert.ok(price < live && price > 0.7 * live, `a long at ${live} is liquidated at ${price}`);
	const there = await health(at, account, 'maintenance', { BTC: price });
	assert.ok(Math.abs(there) < 1e-6 * toNumber(balanceIn(account, USDC).value), `health is ${there} there`);
});

test('a short is liquidated above the price', async () => {
	const { stage, stage: { api } } = on;
	const { who } = await stage.trader({ asset: ETH, leverage: 3, short: true });
	const account = await accountOf(api, who);
	assert.equal(balanceIn(account, ETH).side, 'Debt');
	assert.equal(balanceIn(account, USDC).side, 'Deposit');
	const { live } = (await pricesOf(api)).ETH;
	assert.ok(balanceIn(account, ETH).liquidationPrice > live);
});

test('a withdrawal that leaves too little collateral is refused by name and changes nothing', async () => {
	const { stage, stage: { api } } = on;
	const before = await stage.belongings(trader);
	const amount = balanceIn(await accountOf(api, trader), BTC).amount / 2n;
	const refused = await refusal(send(api, trader, api.tx.margin.withdraw(0, BTC.id, amount)));
	assert.equal(refused?.name, 'margin.NotEnoughCollateral');
	assert.match(refused.docs, /Add collateral/);
	assert.deepEqual(await stage.belongings(trader), before);
});

test('borrowing costs interest', async () => {
	const { api } = on.stage;
	const { borrowRate, supplyRate, utilisation } = (await poolsOf(api)).USDC;
	assert.ok(utilisation > 0n && borrowRate > 0n);
	assert.ok(supplyRate < borrowRate, 'suppliers earn no more than borrowers pay');
	const owed = async () => balanceIn(await accountOf(api, trader), USDC).amount;
	const before = await owed();
	await pass(api, 2);
	assert.ok((await owed()) > before, 'two blocks cost nothing');
});

test('selling back, repaying and withdrawing close the position', async () => {
	const { stage, stage: { api } } = on;
	const { amount } = balanceIn(await accountOf(api, trader), BTC);
	const limit = (amount * fixed('7700')) / 10n ** 20n;
	await send(api, trader, api.tx.margin.swap(0, BTC.id, USDC.id, amount, limit));
	const account = await accountOf(api, trader);
	assert.equal(balanceIn(account, BTC), undefined);
	const { side, amount: left } = balanceIn(account, USDC);
	assert.equal(side, 'Deposit');
	await send(api, trader, api.tx.margin.withdraw(0, USDC.id, left));
	assert.ok((await stage.wallet(trader, USDC)) >= units(USDC, 2_000) + left);
});
