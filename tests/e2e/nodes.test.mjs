// Two nodes: what one node's keeper finds, the other passes on and includes; what both find is liquidated once; and each
// tells what its keeper does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, ETH } from './lib/amounts.mjs';
import { eventsOf, pass, until } from './lib/blocks.mjs';
import { accountOf, liquidation } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';

/** The part of a node's metrics that its keeper's are. */
const KEEPER = 'margin_keeper';

const on = stageFor({ keeper: false, metrics: true }, stage => stage.chainDoor(false));

/** A trader who is long in an asset falls below maintenance. Answers with the trader and the steps on the account in the next blocks. */
async function fall(asset) {
	const { stage, stage: { api } } = on;
	const { who } = await stage.trader({ asset, leverage: 8 });
	const price = await stage.liquidationPrice(who, asset);
	const steps = [];
	let left = 4;
	const seen = until(api, `a liquidation of ${who.address}`, async ({ number, at }) => {
		const found = await eventsOf(at, 'margin', 'Liquidated');
		const own = found.filter(({ data }) => data.owner.eq(who.address));
		steps.push(...own.map(({ data, extrinsic }) => ({ ...liquidation(data), number, extrinsic })));
		return steps.length > 0 && left-- === 0;
	}, 60);
	await stage.walk(asset.symbol, (price * 0.995).toFixed(2));
	await seen;
	return { who, steps };
}

test('the only node has no keeper: nothing is found, and it says so', async () => {
	const { node, api } = on.stage;
	await pass(api, 3);
	const told = await node.metrics(KEEPER);
	const names = ['found', 'found_total', 'last_block', 'pass_milliseconds', 'passes_total', 'scanned', 'submitted', 'submitted_total'];
	assert.deepEqual(Object.keys(told).sort(), names);
	assert.ok(Object.values(told).every(value => value === 0), `it told ${JSON.stringify(told)}`);
});

test('what the keeper of another node finds is passed on and included', async () => {
	const { stage } = on;
	const finder = await stage.join({ keeper: true, metrics: true });
	const { who, steps } = await fall(BTC);
	assert.deepEqual(steps.map(({ door }) => door), ['Keeper']);
	assert.ok((await accountOf(stage.api, who)).maintenance >= 0n);

	const told = await finder.metrics(KEEPER);
	assert.ok(told.found_total >= 1 && told.submitted_total >= 1, `the finder told ${JSON.stringify(told)}`);
	assert.ok(told.passes_total > 3 && told.last_block > 3 && told.last_block >= steps[0].number - 2);
	assert.ok(told.pass_milliseconds < 2_000, `a pass took ${told.pass_milliseconds} ms`);
	assert.equal((await stage.node.metrics(KEEPER)).passes_total, 0, 'the first node keeps no keeper');
});

test("the report of the keeper's last pass is in the node's offchain storage", async () => {
	const [finder] = on.stage.followers;
	const key = `0x${Buffer.from('margin-keeper::report').toString('hex')}`;
	const bytes = Buffer.from((await finder.ask('offchain_localStorageGet', 'PERSISTENT', key)).slice(2), 'hex');
	const [block, passes] = [bytes.readUInt32LE(0), bytes.readBigUInt64LE(20)];
	const head = (await finder.api.rpc.chain.getHeader()).number.toNumber();
	assert.ok(block <= head && block >= head - 2, `the last pass was after block ${block}, and the head is ${head}`);
	assert.ok(passes > 3n);
});

test('what two keepers find is liquidated once', async () => {
	const { stage } = on;
	await stage.join({ keeper: true, metrics: true });
	const { steps } = await fall(ETH);
	assert.deepEqual(steps.map(({ door }) => door), ['Keeper']);
	for (const follower of stage.followers) {
		const told = await follower.metrics(KEEPER);
		assert.ok(told.found_total >= 1, `a keeper told ${JSON.stringify(told)}`);
	}
});
