// No keeper runs anywhere, and the chain liquidates by itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOT, ETH } from './lib/amounts.mjs';
import { accountOf } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';

const on = stageFor({ keeper: false });

test('the chain liquidates in the block after the price, with no extrinsic for it', async () => {
	const { stage, stage: { api } } = on;
	const { who } = await stage.trader({ asset: ETH, leverage: 6 });
	const price = await stage.liquidationPrice(who, ETH);
	const awaited = stage.liquidated(who, 40);
	await stage.walk('ETH', (price * 0.995).toFixed(2));
	const { door, block } = await awaited;
	assert.equal(door, 'Chain');

	const parent = await accountOf(await api.at(block.parent), who);
	assert.ok(parent.maintenance < 0n, 'it was not below maintenance at the prices latched before');
	const { parentHash } = await api.rpc.chain.getHeader(block.parent);
	const grandparent = await accountOf(await api.at(parentHash), who);
	assert.ok(grandparent.maintenance >= 0n, 'it waited for more than the block after');

	const { block: body } = await api.rpc.chain.getBlock(block.hash);
	assert.ok(body.extrinsics.every(({ method }) => !method.method.startsWith('liquidate')));
	assert.ok((await accountOf(block.at, who)).maintenance >= 0n);
});

test('a short is liquidated when the price rises', async () => {
	const { stage } = on;
	const { who } = await stage.trader({ asset: DOT, leverage: 5, short: true });
	const price = await stage.liquidationPrice(who, DOT);
	const awaited = stage.liquidated(who, 40);
	await stage.walk('DOT', (price * 1.005).toFixed(6));
	const { door, repaid } = await awaited;
	assert.equal(door, 'Chain');
	assert.deepEqual(repaid.map(({ asset }) => asset), [DOT]);
});
