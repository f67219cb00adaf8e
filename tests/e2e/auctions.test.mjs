// What the house took over is sold by a falling clock: a trader takes part of it, and the AMM the rest.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded, sudo } from './lib/accounts.mjs';
import { ALL, BTC, DOT, ETH, USDC, fixed, units } from './lib/amounts.mjs';
import { eventsOf, until } from './lib/blocks.mjs';
import { Maker } from './lib/maker.mjs';
import { accountOf, auctionsOf, balanceIn, paymentsOf, pricesOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

let buyer, poor, maker, seized;
const on = stageFor({ keeper: false }, async stage => {
	const { api } = stage;
	const { who } = await stage.trader({ leverage: 8, equity: 25_000 });
	buyer = await funded(api, [USDC, units(USDC, 200_000)]);
	await send(api, buyer, api.tx.margin.deposit(0, USDC.id, units(USDC, 200_000)));
	poor = await funded(api, [USDC, units(USDC, 50)]);
	await send(api, poor, api.tx.margin.deposit(0, USDC.id, units(USDC, 50)));
	const price = (await stage.liquidationPrice(who, BTC)) * 0.985;
	// The AMM pays far less than what the auction asks for, so that it stays away.
	maker = new Maker(api, stage.source);
	await maker.move(BTC, price * 0.9);
	const awaited = stage.liquidated(who, 60);
	await stage.walk('BTC', price.toFixed(2));
	seized = await awaited;
});

/** A call to take so much BTC, at any price and for USDC where nothing else is said. */
function take(amount, { asset = BTC, max = fixed(1_000_000), payWith = USDC } = {}) {
	return on.stage.api.tx.auctions.take(asset.id, amount, max, payWith.id, 0);
}

/** The auction of BTC after the best block. */
const auction = async () => (await auctionsOf(on.stage.api)).BTC;

test('what was seized is on offer at a price between a premium over the live price and the floor', async () => {
	const { api } = on.stage;
	const [{ amount }] = seized.taken;
	const { onOffer, price, floor, live, round, step } = await auction();
	assert.ok(amount - onOffer <= 1n, `${onOffer} of ${amount} are on offer`);
	assert.deepEqual([live, step, round > 0], [(await pricesOf(api)).BTC.live, 0, true]);
	assert.ok(price >= floor && price <= (live * 1_005n) / 1_000n + 1n, `the clock's price is ${price}`);
	assert.ok(floor >= (live * 974n) / 1_000n && floor < live, `the floor is ${floor}`);
	const payments = await paymentsOf(api);
	assert.deepEqual(payments.map(({ asset }) => asset), [USDC]);
	assert.ok(payments[0].most > 0n);
});

test('a take that cannot be is refused by a named error, and changes nothing', async () => {
	const { stage, stage: { api } } = on;
	const { onOffer, live } = await auction();
	const refuses = async (name, call, who = buyer) => {
		const before = await stage.belongings(who);
		const refused = await refusal(send(api, who, call));
		assert.equal(refused?.name, name);
		assert.ok(refused.docs.length > 20, `${name} does not say what to do`);
		assert.deepEqual(await stage.belongings(who), before, `${name} changed something`);
	};
	await refuses('auctions.NothingOnOffer', take(units(DOT, 100), { asset: DOT }));
	await refuses('auctions.AboveOffer', take(onOffer + 1n));
	await refuses('auctions.PriceAboveMax', take(onOffer, { max: live / 2n }));
	await refuses('auctions.AmountZero', take(0n));
	await refuses('auctions.NotOwed', take(onOffer, { payWith: ETH }));
	await refuses('auctions.TooSmall', take(units(BTC, '0.001')));
	await refuses('margin.NotEnoughDeposited', take(units(BTC, 1)), poor);
	await refuses('auctions.MarketPaysLess', api.tx.auctions.sellToMarket(BTC.id));
	await refuses('auctions.NothingOnOffer', api.tx.auctions.sellToMarket(ETH.id));
});

test('a paused auction sells nothing, and who may not pause it cannot', async () => {
	const { api } = on.stage;
	const level = to => api.tx.auctions.setLevel(BTC.id, to);
	assert.equal((await refusal(send(api, buyer, level('NoTake'))))?.name, 'BadOrigin');
	await sudo(api, level('NoTake'));
	assert.equal((await auction()).price, undefined);
	assert.equal((await refusal(send(api, buyer, take(units(BTC, 1)))))?.name, 'auctions.Paused');
	await sudo(api, level('None'));
	await until(api, 'the auction to go on', async ({ at }) => (await auctionsOf(at)).BTC.price !== undefined, 5);
});

test('a trader takes a part below the live price by waiting, and pays no more than he said', async () => {
	const { api } = on.stage;
	const { live } = await auction();
	const max = (live * 995n) / 1_000n;
	await until(api, 'the clock to come down', async ({ at }) => (await auctionsOf(at)).BTC.price <= max, 60);
	const before = { lot: (await auction()).onOffer, account: await accountOf(api, buyer) };
	const amount = before.lot / 3n;
	const { events } = await send(api, buyer, take(amount, { max }));

	const taken = event(events, 'auctions', 'Taken');
	const [price, payment] = [taken.price.toBigInt(), taken.payment.toBigInt()];
	assert.ok(price <= max, `paid ${price}, the most was ${max}`);
	assert.equal(taken.amount.toBigInt(), amount);
	const usdc = (await pricesOf(api)).USDC.live;
	const fair = (amount * price) / usdc / 100n; // 8 decimals of BTC, 6 of USDC
	assert.ok(payment >= fair && payment <= fair + 2n, `paid ${payment} USDC for what costs ${fair}`);
	const account = await accountOf(api, buyer);
	const got = balanceIn(account, BTC);
	assert.ok(got.side === 'Deposit' && amount - got.amount <= 1n);
	const spent = balanceIn(before.account, USDC).amount - balanceIn(account, USDC).amount;
	assert.ok(spent - payment <= 2n && payment - spent <= 2n, `${spent} USDC are gone, the payment was ${payment}`);
	assert.ok((await auction()).onOffer <= before.lot - amount);
});

test("the AMM takes the rest when it pays the clock's price, a bounded part of its depth in a block", async () => {
	const { api } = on.stage;
	const { live, onOffer } = await auction();
	const [depth] = (await api.call.assetConversionApi.getReserves(BTC.id, USDC.id)).unwrap();
	const sold = [];
	const ended = until(api, 'the end of the auction', async block => {
		const sales = await eventsOf(block.at, 'auctions', 'SoldToMarket');
		sold.push(...sales.map(({ data }) => ({ data, block })));
		assert.ok(sales.length <= 1, 'the AMM bought twice in a block');
		return (await eventsOf(block.at, 'auctions', 'Closed')).some(({ data }) => data.asset.eq(BTC.id));
	}, 60);
	await maker.move(BTC, Number(live) / 1e18);
	await ended;

	const all = sold.reduce((sum, { data }) => sum + data.amount.toBigInt(), 0n);
	// When the house owes nothing any more it sells nothing: what is left is the fund's.
	assert.ok(all > 0n && all <= onOffer, `${all} of ${onOffer} were sold`);
	for (const { data, block } of sold) {
		const { extrinsics } = (await api.rpc.chain.getBlock(block.hash)).block;
		assert.ok(extrinsics.every(({ method }) => method.section !== 'auctions'), 'the chain itself sells, in a hook');
		assert.ok(data.amount.toBigInt() * 200n <= depth.toBigInt(), 'it sold more than half a percent of the depth at once');
		assert.ok(data.price.toBigInt() <= (live * 1_006n) / 1_000n);
	}
	assert.equal(await auction(), undefined);
	assert.equal((await refusal(send(api, buyer, take(ALL))))?.name, 'auctions.NothingOnOffer');
	await until(api, 'a house that owes nothing', async ({ at }) => (await paymentsOf(at)).length === 0, 20);
});
