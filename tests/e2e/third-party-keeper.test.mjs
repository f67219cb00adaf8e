// Anybody may liquidate an account below maintenance into an account of his own, at a discount. Both of the chain's doors
// are closed here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { BTC, USDC, fixed, toNumber, units } from './lib/amounts.mjs';
import { accountOf, atRisk, balanceIn, liquidation } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

let trader, liquidator;
const on = stageFor({ keeper: false }, async stage => {
	const { api } = stage;
	await stage.chainDoor(false);
	({ who: trader } = await stage.trader({ leverage: 8 }));
	liquidator = await funded(api, [USDC, units(USDC, 100_000)]);
	await send(api, liquidator, api.tx.margin.deposit(0, USDC.id, units(USDC, 100_000)));
});

const liquidate = (who, most, sub = 0) => {
	const { api } = on.stage;
	return send(api, who, api.tx.margin.liquidate(trader.address, sub, 0, fixed(most)));
};

test('a healthy account is not to be had', async () => {
	assert.equal((await refusal(liquidate(liquidator, 1_000)))?.name, 'margin.NotLiquidatable');
	assert.equal((await refusal(liquidate(liquidator, 1_000, 3)))?.name, 'margin.UnknownAccount');
});

test('a slice of an account below maintenance goes to the liquidator, at a discount', async () => {
	const { stage, stage: { api } } = on;
	await stage.walk('BTC', ((await stage.liquidationPrice(trader, BTC)) * 0.995).toFixed(2));
	assert.ok((await atRisk(api)).some(({ owner }) => owner === trader.address), 'it is on the list');
	const before = { trader: await accountOf(api, trader), liquidator: await accountOf(api, liquidator) };

	const { events } = await liquidate(liquidator, 1_000_000);
	const data = event(events, 'margin', 'Liquidated');
	const [to, into] = data.door.asTrader;
	assert.deepEqual([to.toString(), into.toNumber()], [liquidator.address, 0]);
	const { repaid, taken } = liquidation(data);
	assert.deepEqual([repaid.map(({ asset }) => asset), taken.map(({ asset }) => asset)], [[USDC], [BTC]]);

	const after = { trader: await accountOf(api, trader), liquidator: await accountOf(api, liquidator) };
	assert.ok(after.trader.maintenance > 0n, 'it is still below maintenance');
	assert.equal(after.trader.round, before.trader.round + 1);
	const gain = toNumber(after.liquidator.equity - before.liquidator.equity);
	const loss = toNumber(before.trader.equity - after.trader.equity);
	assert.ok(gain > 1, `the liquidator gained ${gain} dollars`);
	assert.ok(loss >= gain - 0.01 && loss < toNumber(before.trader.equity), `it cost the trader ${loss} dollars`);
	const got = balanceIn(after.liquidator, BTC);
	assert.ok(got.side === 'Deposit' && taken[0].amount - got.amount <= 1n);
});

test("nobody liquidates an account of one's own", async () => {
	const { api } = on.stage;
	await send(api, trader, api.tx.margin.openAccount(1, 'Cross'));
	const call = api.tx.margin.liquidate(trader.address, 0, 1, fixed(1_000));
	assert.equal((await refusal(send(api, trader, call)))?.name, 'margin.OwnAccount');
});

test('a liquidator must stay above the initial margin himself', async () => {
	const { stage, stage: { api } } = on;
	const poor = await funded(api, [USDC, units(USDC, 20)]);
	await send(api, poor, api.tx.margin.deposit(0, USDC.id, units(USDC, 20)));
	await stage.walk('BTC', ((await stage.liquidationPrice(trader, BTC)) * 0.995).toFixed(2));
	assert.equal((await refusal(liquidate(poor, 1_000_000)))?.name, 'margin.NotEnoughCollateral');
	await liquidate(liquidator, 1_000_000);
});
