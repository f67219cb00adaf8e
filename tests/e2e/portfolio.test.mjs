// An account in portfolio mode: a hedge needs less margin, the mode changes only where both allow it, and a liquidation
// takes the same part of every leg.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { ASSETS, BTC, ETH, USDC, fixed, toNumber, units } from './lib/amounts.mjs';
import { accountOf, balanceIn, pricesOf } from './lib/margin.mjs';
import { openMore, openWith } from './lib/orders.mjs';
import { put, typeOf } from './lib/records.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

/** Times the equity on each side of a hedge that a portfolio account may open, and a cross account may not. */
const LEVERAGE = 6;
/** Dollars that a trader brings. */
const EQUITY = 10_000;
/** A correlation of 0.9 between any two assets, moved by 0.2 both ways, in millionths. */
const BAND = { low: 700_000, high: 1_000_000 };

const on = stageFor({ keeper: false }, async ({ api }) => {
	// It takes ten days of prices until correlations are known.
	const { correlations } = api.query.margin;
	const pairs = (ASSETS.length * (ASSETS.length - 1)) / 2;
	const known = { assets: ASSETS.map(({ id }) => id), bands: Array.from({ length: pairs }, () => BAND) };
	await put(api, correlations, undefined, api.createType(typeOf(api, correlations), known));
});

/** A fresh trader, long BTC and short ETH by so many times the equity each. */
async function hedged(leverage, mode) {
	const { api } = on.stage;
	const who = await funded(api, [USDC, units(USDC, EQUITY)]);
	if (mode) await send(api, who, api.tx.margin.openAccount(0, mode));
	const live = await pricesOf(api);
	await send(api, who, openWith(api, EQUITY, { asset: BTC, side: 'long', leverage }, live.BTC.live));
	await send(api, who, openMore(api, EQUITY, { asset: ETH, side: 'short', leverage }, live.ETH.live));
	return who;
}

const setMode = (who, mode, sub = 0) => send(on.stage.api, who, on.stage.api.tx.margin.setMode(sub, mode));

/** What an account requires at maintenance, in dollars. */
const required = ({ equity, maintenance }) => toNumber(equity - maintenance);

test('a hedge requires half as much in portfolio mode, and as much as before when it is cross again', async () => {
	const { api } = on.stage;
	const who = await hedged(3);
	const cross = await accountOf(api, who);
	const { events } = await setMode(who, 'Portfolio');
	assert.ok(event(events, 'margin', 'ModeChanged').mode.isPortfolio);
	const portfolio = await accountOf(api, who);
	assert.equal(portfolio.mode, 'Portfolio');
	const share = required(portfolio) / required(cross);
	assert.ok(share > 0.49 && share < 0.6, `it requires ${share} of what it did`);
	assert.ok(portfolio.initial <= portfolio.target && portfolio.target <= portfolio.maintenance);
	assert.ok(portfolio.initial > cross.initial);
	await setMode(who, 'Cross');
	const again = await accountOf(api, who);
	assert.ok(Math.abs(required(again) / required(cross) - 1) < 0.001);
});

test('without a hedge the mode makes no difference', async () => {
	const { stage, stage: { api } } = on;
	const { who } = await stage.trader({ leverage: 3 });
	const cross = await accountOf(api, who);
	await setMode(who, 'Portfolio');
	const share = required(await accountOf(api, who)) / required(cross);
	assert.ok(share > 0.95 && share < 1.01, `it requires ${share} of what it did`);
});

test('the mode changes only where the account is above its initial margin in both', async () => {
	const { api } = on.stage;
	const who = await hedged(LEVERAGE, 'Portfolio');
	assert.equal((await refusal(setMode(who, 'Cross')))?.name, 'margin.NotEnoughCollateral');
	assert.equal((await accountOf(api, who)).mode, 'Portfolio');
	assert.equal((await refusal(setMode(who, 'Portfolio')))?.name, 'margin.NothingChanges');
	const isolated = { Isolated: { collateral: USDC.id, debt: BTC.id } };
	await send(api, who, api.tx.margin.openAccount(1, isolated));
	assert.equal((await refusal(setMode(who, 'Portfolio', 1)))?.name, 'margin.ModeFixed');
	assert.equal((await refusal(setMode(who, isolated)))?.name, 'margin.ModeFixed');
	assert.equal((await refusal(setMode(who, 'Portfolio', 2)))?.name, 'margin.UnknownAccount');
});

test('a liquidation takes the same part of every leg, whoever makes it', async () => {
	const { stage, stage: { api } } = on;
	await stage.chainDoor(false);
	const who = await hedged(LEVERAGE, 'Portfolio');
	const price = await stage.liquidationPrice(who, BTC);
	assert.ok(price < toNumber((await pricesOf(api)).BTC.live), 'the long is the larger risk');
	await stage.walk('BTC', (price * 0.998).toFixed(6));
	const before = await accountOf(api, who);
	assert.ok(before.maintenance < 0n, 'it is below maintenance at its liquidation price');

	const rescuer = await funded(api, [USDC, units(USDC, 200_000)]);
	await send(api, rescuer, api.tx.margin.deposit(0, USDC.id, units(USDC, 200_000)));
	const bite = api.tx.margin.liquidate(who.address, 0, 0, fixed(1_000));
	assert.equal((await refusal(send(api, rescuer, bite)))?.name, 'margin.WholeStepOnly');

	const awaited = stage.liquidated(who);
	await stage.chainDoor(true);
	const step = await awaited;
	assert.equal(step.door, 'Chain');
	const after = await accountOf(step.block.at, who);
	const left = asset => Number(balanceIn(after, asset).amount) / Number(balanceIn(before, asset).amount);
	const [btc, eth, usdc] = [BTC, ETH, USDC].map(left);
	assert.ok(eth < 0.99 && eth > 0.01, `${eth} of the debt is left`);
	assert.ok(Math.abs(btc - usdc) < 0.001, `${btc} of the one deposit and ${usdc} of the other are left`);
	assert.ok(Math.abs(btc - eth) < 0.1, `${btc} of the long and ${eth} of the short are left`);
	assert.ok(after.maintenance >= 0n && toNumber(after.target) < 100, 'back to the target, and not far beyond');
});
