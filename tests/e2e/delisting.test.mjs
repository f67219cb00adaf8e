// An asset that is delisted can be left at once, and nobody is thrown out before the notice is over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice, sudo } from './lib/accounts.mjs';
import { ALL, DOT, USDC, units } from './lib/amounts.mjs';
import { accountOf, balanceIn, pricesOf } from './lib/margin.mjs';
import { worst } from './lib/orders.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

let trader;
const on = stageFor({ keeper: false }, async stage => {
	({ who: trader } = await stage.trader({ asset: DOT, leverage: 3 }));
	await sudo(stage.api, stage.api.tx.margin.delistAsset(DOT.id));
});

test('the record says until when one may leave by oneself', async () => {
	const { api } = on.stage;
	const { status } = (await api.query.margin.assets(DOT.id)).unwrap();
	const now = (await api.query.timestamp.now()).toNumber();
	assert.ok(status.asDelisting.toNumber() > now);
});

test('nothing more of it is bought or borrowed', async () => {
	const { api } = on.stage;
	const buy = api.tx.margin.swap(0, USDC.id, DOT.id, units(USDC, 100), 1n);
	assert.equal((await refusal(send(api, trader, buy)))?.name, 'margin.AssetReduceOnly');
	const borrow = api.tx.margin.borrow(0, DOT.id, units(DOT, 100_000));
	assert.equal((await refusal(send(api, trader, borrow)))?.name, 'margin.AssetReduceOnly');
});

test('nobody is moved out of it before the notice is over, and it stays while somebody is in it', async () => {
	const { api } = on.stage;
	const evict = api.tx.margin.evict(trader.address, 0, DOT.id);
	assert.equal((await refusal(send(api, alice, evict)))?.name, 'margin.NoticeNotOver');
	await assert.rejects(sudo(api, api.tx.margin.removeAsset(DOT.id, alice.address)), /AssetInUse|NoticeNotOver/);
});

test('a position in it is closed as ever', async () => {
	const { api } = on.stage;
	const { live } = (await pricesOf(api)).DOT;
	const { events } = await send(api, trader, api.tx.margin.close(0, DOT.id, USDC.id, 'All', worst(live, false)));
	event(events, 'margin', 'PositionClosed');
	assert.equal(balanceIn(await accountOf(api, trader), DOT), undefined);
	await send(api, trader, api.tx.margin.withdraw(0, USDC.id, ALL));
});
