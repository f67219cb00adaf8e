// An unsigned liquidation is free, so the pool takes it only when it will succeed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { u8aConcat, u8aToHex } from '@polkadot/util';
import { fresh } from './lib/accounts.mjs';
import { BTC, ETH } from './lib/amounts.mjs';
import { eventsOf } from './lib/blocks.mjs';
import { accountOf, bucketOf, unsignedLiquidation, unsignedPage } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { sendUnsigned } from './lib/tx.mjs';

let trader, bystander, round;
const on = stageFor({ keeper: false }, async stage => {
	const { api } = stage;
	await stage.chainDoor(false);
	({ who: trader } = await stage.trader({ leverage: 8 }));
	({ who: bystander } = await stage.trader({ asset: ETH, leverage: 2 }));
	({ round } = await accountOf(api, trader));
});

async function refused(who, sub, round, why) {
	const { stage, stage: { api } } = on;
	await stage.poolRefuses(await unsignedLiquidation(api, who.address, sub, round), why);
}

test('the call for a healthy account is refused', async () => {
	await refused(trader, 0, round, /Custom error: 2\b/);
});

test('the call for an account that nobody has is refused', async () => {
	await refused(fresh(), 0, 0, /Custom error: 1\b/);
	await refused(trader, 5, round, /Custom error: 1\b/);
});

test('a page of healthy accounts is refused, and one that is empty, too long, or not there', async () => {
	const { stage, stage: { api } } = on;
	const bucket = await bucketOf(api, trader);
	const refusedPage = async (of, count, after, why) => stage.poolRefuses(await unsignedPage(api, of, count, after), why);
	await refusedPage(bucket, 1, null, /Custom error: 6\b/);
	await refusedPage(bucket, 128, null, /Custom error: 6\b/);
	await refusedPage(bucket, 1, [trader.address, 0], /Custom error: 6\b/);
	await refusedPage(bucket, 1, [fresh().address, 7], /Custom error: 6\b/);
	await refusedPage(`0x${'ff'.repeat(13)}`, 1, null, /Custom error: 6\b/);
	await refusedPage(bucket, 0, null, /Custom error: 7\b/);
	await refusedPage(bucket, 129, null, /Custom error: 7\b/);
	await refusedPage(bucket, 2 ** 32 - 1, null, /Custom error: 7\b/);
});

test('a call that names a block of another chain, or one too old, is refused', async () => {
	const { stage, stage: { api } } = on;
	const ancient = /ancient/i;
	const number = (await api.rpc.chain.getHeader()).number.toNumber();
	const elsewhere = `0x${'11'.repeat(32)}`;
	await stage.poolRefuses(api.tx.margin.liquidateUnsigned(trader.address, 0, round, number, elsewhere), ancient);
	await stage.poolRefuses(api.tx.margin.liquidateUnsigned(trader.address, 0, round, 0, api.genesisHash), ancient);
	const page = [await bucketOf(api, trader), null];
	await stage.poolRefuses(api.tx.margin.liquidatePage(page, 1, number, elsewhere), ancient);
	await stage.poolRefuses(api.tx.margin.liquidatePage(page, 1, 0, api.genesisHash), ancient);
});

test('the call for an account below maintenance is taken from anybody, once, in its round', async () => {
	const { stage, stage: { api } } = on;
	const price = await stage.liquidationPrice(trader, BTC);
	await stage.walk('BTC', (price * 0.99).toFixed(2));
	assert.ok((await accountOf(api, trader)).maintenance < 0n);

	await refused(trader, 0, round + 1, /future/i);
	await refused(trader, 0, round - 1, /outdated|stale/i);
	const call = await unsignedLiquidation(api, trader.address, 0, round);
	const { events } = await sendUnsigned(api, call);
	assert.ok(events.some(({ section, method }) => section === 'margin' && method === 'Liquidated'));
	assert.ok((await validity(call)).asErr.asInvalid.isStale, 'the same call would be taken again');
	const again = await unsignedLiquidation(api, trader.address, 0, round);
	assert.ok((await validity(again)).asErr.asInvalid.isStale, 'the same round would be taken again');
});

test('a page with an account below maintenance is taken from anybody, once, and the healthy on it are passed by', async () => {
	const { stage, stage: { api } } = on;
	const price = await stage.liquidationPrice(trader, BTC);
	await stage.walk('BTC', (price * 0.99).toFixed(2));
	assert.ok((await accountOf(api, trader)).maintenance < 0n);
	const stood = await stage.belongings(bystander);

	const call = await unsignedPage(api, await bucketOf(api, trader), 128);
	const doubled = await unsignedPage(api, await bucketOf(api, trader), 127);
	const submit = page => stage.node.ask('author_submitExtrinsic', page.toHex());
	const awaited = stage.liquidated(trader);
	await submit(call);
	// The pool has the page already, or a block has.
	await assert.rejects(submit(call), /already imported|Custom error: 6\b/i);
	await assert.rejects(submit(doubled), /priority is too low|Custom error: 6\b/i);

	const { block } = await awaited;
	const steps = await eventsOf(block.at, 'margin', 'Liquidated');
	assert.deepEqual(steps.map(({ data }) => [data.owner.toString(), data.door.type]), [[trader.address, 'Keeper']]);
	assert.deepEqual(await stage.belongings(bystander), stood);
	assert.equal((await validity(call)).asErr.asInvalid.asCustom.toNumber(), 6, 'the same page would be taken again');
});

/**
 * What the runtime says of a transaction that comes from outside. The pool still knows the bytes of one that is in a
 * block, and would only tell of that block.
 */
async function validity(call) {
	const { api } = on.stage;
	const hash = await api.rpc.chain.getBlockHash();
	const external = Uint8Array.of(2);
	const question = u8aToHex(u8aConcat(external, call.toU8a(), hash));
	const answer = await api.rpc.state.call('TaggedTransactionQueue_validate_transaction', question);
	return api.registry.createType('TransactionValidity', answer.toU8a(true));
}
