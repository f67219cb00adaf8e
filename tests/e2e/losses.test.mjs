// An account whose equity is gone leaves a loss: the insurance fund bears what it can, the rest is a deficit of the pool
// that lent. Anybody may pay it, and governance may write it off once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice, funded, sudo, wellKnown } from './lib/accounts.mjs';
import { ALL, BTC, USDC, units } from './lib/amounts.mjs';
import { eventsOf, until } from './lib/blocks.mjs';
import { Maker } from './lib/maker.mjs';
import { accountOf, fundOf, paymentsOf, poolsOf, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

/** What is left of the price after the fall: less than an account of this leverage can bear. */
const [LEFT, LEVERAGE] = [0.8, 8];

let booked;
const on = stageFor({ keeper: false }, async stage => {
	const { api, source } = stage;
	const { who } = await stage.trader({ leverage: LEVERAGE, equity: 20_000 });
	const fallen = (Number((await pricesOf(api)).BTC.live) / 1e18) * LEFT;
	// The AMM is at the new price before the chain adopts it: nobody pays more for what is seized.
	await new Maker(api, source).move(BTC, fallen);
	const awaited = stage.liquidated(who, 60);
	const lost = until(api, 'the loss to be booked', async ({ at }) => {
		const losses = await eventsOf(at, 'margin', 'LossBooked');
		const deficits = await eventsOf(at, 'margin', 'DeficitBooked');
		return losses.length > 0 && { losses, deficits, prices: await pricesOf(at) };
	}, 120);
	await source.set({ BTC: fallen.toFixed(2) });
	assert.ok((await awaited).equityAfter <= 0n, 'there was equity left');
	booked = await lost;
	// A sale below the live price loses a little more.
	await until(api, 'the house to have sold all', async ({ at }) => (await paymentsOf(at)).length === 0, 80);
});

const deficit = async () => (await poolsOf(on.stage.api)).USDC.deficit;

test('a loss is borne by the fund first, and the rest is a deficit of the pool that lent', async () => {
	const { api } = on.stage;
	const [{ data: { loss, byFund } }] = booked.losses;
	const [{ data: { asset, amount } }] = booked.deficits;
	assert.equal(asset.toNumber(), USDC.id);
	const rest = loss.toBigInt() - byFund.toBigInt();
	const worth = (amount.toBigInt() * booked.prices.USDC.live) / 10n ** 6n;
	assert.ok(worth > 0n && worth - rest < 10n ** 16n && rest - worth < 10n ** 16n, `${worth} booked of ${rest}`);
	const fund = await fundOf(api);
	assert.ok(fund.deficits > 0n, 'the runtime API tells of it');
	assert.ok((await deficit()) > 0n);
});

test('while a pool has a deficit, little of it may leave', async () => {
	const { api } = on.stage;
	const whale = wellKnown('Supplier');
	const { deposits } = (await poolsOf(api)).USDC;
	const call = api.tx.margin.withdraw(0, USDC.id, deposits / 50n);
	assert.equal((await refusal(send(api, whale, call)))?.name, 'margin.DeficitOutflowReached');
	await send(api, whale, api.tx.margin.withdraw(0, USDC.id, deposits / 1_000n));
});

test('anybody pays some of a deficit out of the wallet', async () => {
	const { stage, stage: { api } } = on;
	const donor = await funded(api, [USDC, units(USDC, 100)]);
	const pay = (amount, asset = USDC) => send(api, donor, api.tx.margin.payDeficit(asset.id, amount));
	assert.equal((await refusal(pay(0n)))?.name, 'margin.AmountZero');
	assert.equal((await refusal(pay(1_000n, BTC)))?.name, 'margin.NoDeficit');
	const before = { deficit: await deficit(), wallet: await stage.wallet(donor, USDC) };
	const { events } = await pay(units(USDC, 60));
	const paid = event(events, 'margin', 'DeficitPaid');
	assert.deepEqual([paid.by.toString(), paid.amount.toBigInt()], [donor.address, units(USDC, 60)]);
	assert.ok((await deficit()) <= before.deficit - units(USDC, 60));
	assert.equal(await stage.wallet(donor, USDC), before.wallet - units(USDC, 60));
	assert.match((await refusal(pay(ALL)))?.name, /FundsUnavailable/);
});

test('governance alone writes a deficit off, once, and all suppliers bear the same share', async () => {
	const { api } = on.stage;
	const writeOff = api.tx.margin.writeOff(USDC.id);
	for (const who of [alice, wellKnown('Bob')]) assert.equal((await refusal(send(api, who, writeOff)))?.name, 'BadOrigin');
	const supplier = wellKnown('Supplier');
	const claim = async () => (await accountOf(api, supplier)).balances.find(({ asset }) => asset === USDC).amount;
	const before = { claim: await claim(), deposits: (await poolsOf(api)).USDC.deposits };
	await sudo(api, writeOff);
	assert.equal(await deficit(), 0n);
	const after = { claim: await claim(), deposits: (await poolsOf(api)).USDC.deposits };
	const share = ({ claim, deposits }) => Number(claim) / Number(deposits);
	assert.ok(after.claim < before.claim, `a claim of ${before.claim} is ${after.claim} now`);
	assert.ok(Math.abs(share(after) / share(before) - 1) < 1e-6, 'it bore another share than the others');
	await assert.rejects(sudo(api, writeOff), /NoDeficit/);
	assert.equal((await fundOf(api)).deficits, 0n);
});
