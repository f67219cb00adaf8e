// An unsigned liquidation is free, so the pool takes it only when it will succeed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { u8aConcat, u8aToHex } from '@polkadot/util';
import { fresh } from './lib/accounts.mjs';
import { BTC } from './lib/amounts.mjs';
import { accountOf, unsignedLiquidation } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';
import { sendUnsigned } from './lib/tx.mjs';

let trader, round;
const on = stageFor({ keeper: false }, async stage => {
	const { api } = stage;
	await stage.chainDoor(false);
	({ who: trader } = await stage.trader({ leverage: 8 }));
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

test('a call that names a block of another chain, or one too old, is refused', async () => {
	const { stage, stage: { api } } = on;
	const ancient = /ancient/i;
	const number = (await api.rpc.chain.getHeader()).number.toNumber();
	const elsewhere = `0x${'11'.repeat(32)}`;
	await stage.poolRefuses(api.tx.margin.liquidateUnsigned(trader.address, 0, round, number, elsewhere), ancient);
	await stage.poolRefuses(api.tx.margin.liquidateUnsigned(trader.address, 0, round, 0, api.genesisHash), ancient);
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
