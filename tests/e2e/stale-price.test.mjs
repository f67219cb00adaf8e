// No operator reports any more. The price grows too old: nothing is opened or liquidated on it, repaying works.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fund } from './lib/accounts.mjs';
import { BTC, USDC, units } from './lib/amounts.mjs';
import { eventsOf, pass, until } from './lib/blocks.mjs';
import { accountOf, balanceIn, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { PoolRefused, refusal, send, sendUnsigned } from './lib/tx.mjs';

const on = stageFor({ keeper: true });
let trader, debtor;

async function silence(silent) {
	for (const venue of on.stage.source.venues.keys()) await on.stage.source.venue(venue, { silent });
}

before(async () => {
	const { stage, stage: { api, source } } = on;
	({ who: trader } = await stage.trader({ leverage: 2 }));
	({ who: debtor } = await stage.trader({ leverage: 8 }));
	await fund(api, [{ who: trader, assets: [[USDC, units(USDC, 1_000)]] }]);
	// The doors stay closed until the price is stale, so that only staleness can hold the liquidation back.
	await stage.chainDoor(false);
	await stage.source.set({ USDC: '1' });
	await source.set({ BTC: `${(await stage.liquidationPrice(debtor, BTC)) + 15}` });
	await stage.latched('BTC', (await source.truth()).prices.BTC);
	await silence(true);
	await until(api, 'a stale price', async ({ at }) => (await pricesOf(at)).BTC.verdict === 'Stale', 40);
});

test('a position cannot be opened on a stale price', async () => {
	const { stage, stage: { api } } = on;
	const before = await stage.belongings(trader);
	const swap = await refusal(send(api, trader, api.tx.margin.swap(0, USDC.id, BTC.id, units(USDC, 1_000), 1n)));
	assert.equal(swap?.name, 'margin.PriceUnusable');
	assert.match(swap.docs, /[Rr]epaying/);
	const borrow = await refusal(send(api, trader, api.tx.margin.borrow(0, BTC.id, units(BTC, '0.01'))));
	assert.equal(borrow?.name, 'margin.PriceUnusable');
	assert.deepEqual(await stage.belongings(trader), before);
});

test('repaying and adding collateral work on a stale price', async () => {
	const { api } = on.stage;
	const owed = balanceIn(await accountOf(api, trader), USDC).amount;
	await send(api, trader, api.tx.margin.repay(0, USDC.id, units(USDC, 400)));
	const after = balanceIn(await accountOf(api, trader), USDC).amount;
	assert.ok(after < owed - units(USDC, 399), `${owed} was owed and ${after} is`);
	await send(api, trader, api.tx.margin.deposit(0, USDC.id, units(USDC, 100)));
	assert.equal((await pricesOf(api)).BTC.verdict, 'Stale');
});

test('nothing is liquidated on a stale price, by either door or by anybody', async () => {
	const { stage, stage: { api } } = on;
	await stage.chainDoor(true);
	const { round } = await accountOf(api, debtor);
	await assert.rejects(sendUnsigned(api, api.tx.margin.liquidateUnsigned(debtor.address, 0, round)), PoolRefused);
	const before = await stage.belongings(debtor);
	await pass(api, 3);
	assert.deepEqual(await stage.belongings(debtor), before);
});

test('when prices come back, they count after they were confirmed, and the account below is liquidated', async () => {
	const { stage, stage: { api, source } } = on;
	const price = (await stage.liquidationPrice(debtor, BTC)) * 0.99;
	await source.set({ BTC: price.toFixed(2) });
	const awaited = stage.liquidated(debtor, 40);
	await silence(false);
	const { block } = await awaited;
	const adopted = await eventsOf(await api.at(block.parent), 'prices', 'Adopted');
	assert.ok(adopted.some(({ data }) => data.key.toNumber() === BTC.id), 'the price was not adopted in the block before');
	await stage.usable();
});
