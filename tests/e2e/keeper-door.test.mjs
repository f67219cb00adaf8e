// A price falls, and the keeper's offchain worker sends an unsigned liquidation of a page of the trigger index. The chain's
// own door is closed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, USDC } from './lib/amounts.mjs';
import { accountOf, atRisk, bucketOf, storedOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';

const on = stageFor({ keeper: true });
let step, trader, bystander, stood;

test('an account that falls below maintenance is liquidated within two blocks', async () => {
	const { stage, stage: { api } } = on;
	await stage.chainDoor(false);
	({ who: trader } = await stage.trader({ leverage: 8 }));
	({ who: bystander } = await stage.trader({ leverage: 2 }));
	stood = storedOf((await api.query.margin.accounts(bystander.address, 0)).unwrap());
	const price = await stage.liquidationPrice(trader, BTC);
	const awaited = stage.liquidated(trader, 40);
	await stage.walk('BTC', (price * 0.995).toFixed(2));
	step = await awaited;
	assert.equal(step.door, 'Keeper');
	const eligible = await firstBelow(step.block);
	assert.ok(step.block.number - eligible <= 2, `below since block ${eligible}, liquidated in ${step.block.number}`);
});

test('the liquidation is an unsigned extrinsic in the block', async () => {
	const { api } = on.stage;
	const { block } = await api.rpc.chain.getBlock(step.block.hash);
	const extrinsic = block.extrinsics[step.extrinsic];
	assert.equal(extrinsic.isSigned, false);
	assert.equal(`${extrinsic.method.section}.${extrinsic.method.method}`, 'margin.liquidatePage');
	const { page: [bucket, after], count, at, hash } = Object.fromEntries(extrinsic.method.argsEntries);
	const named = await api.rpc.chain.getBlockHash(at.toNumber());
	assert.equal(hash.toHex(), named.toHex(), 'the finding names no block of this chain');
	assert.ok(step.block.number - at.toNumber() <= 2);
	assert.equal(bucket.toHex(), await bucketOf(await api.at(named), trader), 'the page is not where the trader was filed');
	assert.ok(after.isNone, 'the page does not begin with the first account of the bucket');
	assert.equal(count.toNumber(), 1, 'the page is longer than what was found');
});

test('the slice brings the account back to its target and no further than a bite', async () => {
	const { at } = step.block;
	const account = await accountOf(at, trader);
	assert.ok(account.maintenance > 0n, 'the account is still below maintenance');
	assert.equal(account.round, step.round + 1);
	assert.deepEqual([step.repaid.map(m => m.asset), step.taken.map(m => m.asset)], [[USDC], [BTC]]);
	assert.ok(step.equityAfter > 0n && step.equityAfter < step.equityBefore);
	assert.ok(step.penalty > 0n && step.penalty < step.equityBefore / 2n, `the penalty is ${step.penalty}`);
	const target = Number(account.target) / 1e18;
	assert.ok(target > -1 && target < 1_000, `target health is ${target} dollars after the step`);
});

test('a healthy account is left alone', async () => {
	const { api } = on.stage;
	const now = storedOf((await api.query.margin.accounts(bystander.address, 0)).unwrap());
	assert.equal(now, stood);
});

test('every block can be decoded, and encodes to the same bytes', async () => {
	const { node, node: { api } } = on.stage;
	const head = (await api.rpc.chain.getHeader()).number.toNumber();
	for (let number = 0; number <= head; number++) {
		const hash = (await api.rpc.chain.getBlockHash(number)).toHex();
		const raw = await node.ask('chain_getBlock', hash);
		for (const bytes of raw.block.extrinsics) {
			assert.equal(api.registry.createType('Extrinsic', bytes).toHex(), bytes, `an extrinsic of block ${number}`);
		}
		const key = api.query.system.events.key();
		const bytes = await node.ask('state_getStorage', key, hash);
		if (bytes) {
			const events = await (await api.at(hash)).query.system.events();
			assert.equal(events.toHex(), bytes, `the events of block ${number}`);
		}
	}
	assert.ok(head > 10);
});

/** Number of the first of the last blocks after which the trader was below maintenance without a break. */
async function firstBelow(block) {
	const { api } = on.stage;
	let number = block.number;
	for (;;) {
		const at = await api.at(await api.rpc.chain.getBlockHash(number - 1));
		if (!(await atRisk(at)).some(({ owner }) => owner === trader.address)) return number;
		number -= 1;
	}
}
