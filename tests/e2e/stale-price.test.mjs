// No operator reports any more. The price grows too old: nothing is opened or liquidated on it, repaying works.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fund, funded } from './lib/accounts.mjs';
import { BTC, USDC, units } from './lib/amounts.mjs';
import { eventsOf, pass, until } from './lib/blocks.mjs';
import { accountOf, balanceIn, pricesOf, unsignedLiquidation } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { refusal, send } from './lib/tx.mjs';

async function silence({ source }, silent) {
	await source.control({ venues: Object.fromEntries(source.venues.map((_, venue) => [venue, { silent }])) });
}

let trader, debtor;
const on = stageFor({ keeper: false }, async stage => {
	const { api } = stage;
	({ who: trader } = await stage.trader({ leverage: 2 }));
	({ who: debtor } = await stage.trader({ leverage: 8 }));
	await fund(api, [{ who: trader, assets: [[USDC, units(USDC, 1_000)]] }]);
	// Both doors stay closed until the price is stale, so that only staleness can hold a liquidation back then.
	await stage.chainDoor(false);
	await stage.walk('BTC', ((await stage.liquidationPrice(debtor, BTC)) * 0.99).toFixed(2));
	assert.ok((await accountOf(api, debtor)).maintenance < 0n);
	await silence(stage, true);
	await until(api, 'a stale price', async ({ at }) => (await pricesOf(at)).BTC.verdict === 'Stale');
});

test('a position cannot be opened on a stale price', async () => {
	const { stage, stage: { api } } = on;
	const before = await stage.belongings(trader);
	const swap = await refusal(send(api, trader, api.tx.margin.swap(0, USDC.id, BTC.id, units(USDC, 1_000), 1n)));
	assert.equal(swap?.name, 'margin.PriceUnusable');
	assert.match(swap.docs, /[Rr]epaying/);
	const borrow = await refusal(send(api, trader, api.tx.margin.borrow(0, USDC.id, units(USDC, 100))));
	assert.equal(borrow?.name, 'margin.PriceUnusable');
	assert.deepEqual(await stage.belongings(trader), before);
});

test('repaying and adding collateral work on a stale price', async () => {
	const { api } = on.stage;
	const owed = async () => balanceIn(await accountOf(api, trader), USDC).amount;
	const before = await owed();
	await send(api, trader, api.tx.margin.repay(0, USDC.id, units(USDC, 400)));
	const after = await owed();
	assert.ok(after < before - units(USDC, 399), `${before} was owed and ${after} is`);
	await send(api, trader, api.tx.margin.deposit(0, USDC.id, units(USDC, 100)));
	assert.ok((await owed()) < after - units(USDC, 99), 'a deposit pays the debt of its asset first');
	assert.equal((await pricesOf(api)).BTC.verdict, 'Stale');
});

test('who owes nothing withdraws on a stale price', async () => {
	const { stage, stage: { api } } = on;
	const supplier = await funded(api, [BTC, units(BTC, 1)]);
	await send(api, supplier, api.tx.margin.deposit(0, BTC.id, units(BTC, 1)));
	const { amount } = balanceIn(await accountOf(api, supplier), BTC);
	await send(api, supplier, api.tx.margin.withdraw(0, BTC.id, amount));
	assert.equal(await stage.wallet(supplier, BTC), amount);
	assert.equal((await pricesOf(api)).BTC.verdict, 'Stale');
});

test('nothing is liquidated on a stale price, by either door', async () => {
	const { stage, stage: { api } } = on;
	await stage.chainDoor(true);
	const { round } = await accountOf(api, debtor);
	const before = await stage.belongings(debtor);
	await stage.poolRefuses(await unsignedLiquidation(api, debtor.address, 0, round), /Custom error: [23]\b/);
	await pass(api, 3);
	assert.deepEqual(await stage.belongings(debtor), before);
	assert.equal((await pricesOf(api)).BTC.verdict, 'Stale');
});

test('prices that come back are confirmed first, and then the account is liquidated at once', async () => {
	const { stage, stage: { api } } = on;
	const awaited = stage.liquidated(debtor, 40);
	await silence(stage, false);
	const { block } = await awaited;
	const adopted = await eventsOf(await api.at(block.parent), 'prices', 'Adopted');
	assert.ok(adopted.some(({ data }) => data.key.toNumber() === BTC.id), 'it was not adopted in the block before');
	await stage.usable();
});
