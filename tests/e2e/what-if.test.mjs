// What the runtime API says would happen is what happens, and its limits are the limits.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { BTC, ETH, USDC, fixed, toNumber, units } from './lib/amounts.mjs';
import { accountOf, balanceIn, pricesOf, viewed } from './lib/margin.mjs';
import { worst } from './lib/orders.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, nameOf, refusal, send } from './lib/tx.mjs';

const on = stageFor({ keeper: false });

/** The account after a plan: its breakdown, or the error and the action that it belongs to. */
async function preview(who, actions, sub = 0) {
	const { api } = on.stage;
	const answer = await api.call.marginApi.preview(who.address, sub, actions);
	if (answer.isOk) return viewed(answer.asOk);
	return { action: answer.asErr.action.toNumber(), error: nameOf(api, answer.asErr.error).name };
}

function close(actual, expected, what, tolerance = 1e-6) {
	assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${actual} is not ${expected}`);
}

test('a plan ends as its calls do', async () => {
	const { api } = on.stage;
	const who = await funded(api, [USDC, units(USDC, 12_000)], [ETH, units(ETH, 5)]);
	const { live } = (await pricesOf(api)).BTC;
	const collateral = [USDC.id, units(USDC, 10_000)];
	const [size, limit, maxBorrow] = [{ Leverage: fixed(4) }, worst(live, true), units(USDC, 40_000)];
	const planned = await preview(who, [
		{ Open: { collateral, direction: 'Long', asset: BTC.id, against: USDC.id, size, limit, maxBorrow } },
		{ Deposit: { asset: ETH.id, amount: units(ETH, 5) } },
		{ Close: { asset: BTC.id, against: USDC.id, part: { Amount: units(BTC, 1) }, limit: worst(live, false) } },
		{ Repay: { asset: USDC.id, amount: units(USDC, 2_000) } },
	]);
	assert.equal(await accountOf(api, who), undefined, 'the plan was carried out');

	const { margin, utility } = api.tx;
	await send(api, who, utility.batchAll([
		margin.open(0, collateral, 'Long', BTC.id, USDC.id, size, limit, maxBorrow),
		margin.deposit(0, ETH.id, units(ETH, 5)),
		margin.close(0, BTC.id, USDC.id, { Amount: units(BTC, 1) }, worst(live, false)),
		margin.repay(0, USDC.id, units(USDC, 2_000)),
	]));
	const account = await accountOf(api, who);
	const sides = ({ balances }) => balances.map(({ asset, side }) => [asset, side]);
	assert.deepEqual(sides(account), sides(planned));
	for (const { asset, amount } of account.balances) {
		close(Number(balanceIn(planned, asset).amount), Number(amount), asset.symbol);
	}
	for (const figure of ['initial', 'target', 'maintenance', 'equity', 'leverage']) {
		// Margins go on moving from block to block.
		close(toNumber(planned[figure]), toNumber(account[figure]), figure, 1e-4);
	}
});

test('a plan that would be refused names the action and the error', async () => {
	const { api } = on.stage;
	const who = await funded(api, [USDC, units(USDC, 1_000)]);
	const refused = await preview(who, [
		{ Deposit: { asset: USDC.id, amount: units(USDC, 1_000) } },
		{ Borrow: { asset: ETH.id, amount: units(ETH, 100) } },
	]);
	assert.deepEqual(refused, { action: 1, error: 'margin.NotEnoughCollateral' });
});

test('the most that can be withdrawn can be, and not a unit more', async () => {
	const { stage, stage: { api } } = on;
	const who = await funded(api, [BTC, units(BTC, 1)]);
	await send(api, who, api.tx.margin.deposit(0, BTC.id, units(BTC, 1)));
	// So little that a satoshi is worth more than the interest of some blocks.
	await send(api, who, api.tx.margin.borrow(0, USDC.id, units(USDC, 50)));
	const most = (await api.call.marginApi.maxWithdraw(who.address, 0, BTC.id)).toBigInt();
	assert.ok(most > units(BTC, '0.9') && most < units(BTC, 1), `${most} can be withdrawn`);
	const withdraw = amount => send(api, who, api.tx.margin.withdraw(0, BTC.id, amount));
	const refused = await refusal(withdraw(most + 1n));
	assert.match(refused?.name ?? 'nothing', /^margin\.NotEnough(Collateral|EquityLeft)$/);
	await withdraw(most);
	assert.equal(await stage.wallet(who, BTC), most);
});

test('the most that can be borrowed can be, and not a unit more', async () => {
	const { stage, stage: { api } } = on;
	const who = await funded(api, [USDC, units(USDC, 10_000)]);
	await send(api, who, api.tx.margin.deposit(0, USDC.id, units(USDC, 10_000)));
	const most = (await api.call.marginApi.maxBorrow(who.address, 0, BTC.id)).toBigInt();
	assert.ok(most > units(BTC, 1), `${most} can be borrowed`);
	const borrow = amount => send(api, who, api.tx.margin.borrow(0, BTC.id, amount));
	const refused = await refusal(borrow(most + 1n));
	assert.match(refused?.name ?? 'nothing', /^margin\.NotEnough(Collateral|EquityLeft)$/);
	await borrow(most);
	assert.equal(await stage.wallet(who, BTC), most);
});

test('the most that can be sold for another asset can be, and not much more', async () => {
	const { api } = on.stage;
	const who = await funded(api, [USDC, units(USDC, 10_000)]);
	await send(api, who, api.tx.margin.deposit(0, USDC.id, units(USDC, 10_000)));
	const [sold, bought] = await api.call.marginApi.maxBuy(who.address, 0, USDC.id, ETH.id);
	const most = sold.toBigInt();
	assert.ok(most > units(USDC, 50_000), `${most} can be sold`);
	const swap = amount => send(api, who, api.tx.margin.swap(0, USDC.id, ETH.id, amount, 1n));
	assert.equal((await refusal(swap(most + units(USDC, 1))))?.name, 'margin.NotEnoughCollateral');
	const { events } = await swap(most);
	assert.equal(event(events, 'margin', 'Swapped').amountOut.toBigInt(), bought.toBigInt());
	assert.ok(toNumber((await accountOf(api, who)).initial) < 0.01, 'there was room for more');
});
