// What can be stopped is stopped, and repaying and adding collateral go on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded, sudo } from './lib/accounts.mjs';
import { BTC, ETH, USDC, units } from './lib/amounts.mjs';
import { stageFor } from './lib/stage.mjs';
import { refusal, send } from './lib/tx.mjs';

let debtor;
const on = stageFor({ keeper: false }, async ({ api }) => {
	debtor = await funded(api, [USDC, units(USDC, 20_000)]);
	await send(api, debtor, api.tx.margin.deposit(0, USDC.id, units(USDC, 10_000)));
	await send(api, debtor, api.tx.margin.borrow(0, BTC.id, units(BTC, '0.2')));
});

/** The names of the errors that the debtor's calls are refused by, undefined for those that are not. */
async function refusals(calls) {
	const { api } = on.stage;
	const names = [];
	for (const call of calls(api.tx.margin)) names.push((await refusal(send(api, debtor, call)))?.name);
	return names;
}

const risky = tx => [
	tx.swap(0, BTC.id, USDC.id, units(BTC, '0.1'), 1n),
	tx.borrow(0, BTC.id, units(BTC, '0.1')),
	tx.withdraw(0, USDC.id, units(USDC, 10)),
];
const safe = tx => [tx.repay(0, BTC.id, units(BTC, '0.01')), tx.deposit(0, USDC.id, units(USDC, 10))];

test('pausing trades of an asset stops its swaps and nothing else', async () => {
	const { api } = on.stage;
	const pauses = { supply: false, withdraw: false, borrow: false, trade: true };
	await sudo(api, api.tx.margin.setPauses(BTC.id, pauses));
	assert.deepEqual(await refusals(risky), ['margin.ActionPaused', undefined, undefined]);
	assert.deepEqual(await refusals(safe), [undefined, undefined]);
	assert.deepEqual(await refusals(tx => [tx.swap(0, USDC.id, ETH.id, units(USDC, 100), 1n)]), [undefined]);
});

test('pausing everything of every asset stops neither repaying nor adding collateral', async () => {
	const { api } = on.stage;
	const pauses = { supply: true, withdraw: true, borrow: true, trade: true };
	for (const asset of [BTC, USDC]) await sudo(api, api.tx.margin.setPauses(asset.id, pauses));
	assert.deepEqual(await refusals(risky), risky(api.tx.margin).map(() => 'margin.ActionPaused'));
	assert.deepEqual(await refusals(safe), [undefined, undefined]);
	const none = { supply: false, withdraw: false, borrow: false, trade: false };
	for (const asset of [BTC, USDC]) await sudo(api, api.tx.margin.setPauses(asset.id, none));
	assert.deepEqual(await refusals(risky), [undefined, undefined, undefined]);
});

test('safe mode lets through what lowers risk, and prices', async () => {
	const { stage, stage: { api, source } } = on;
	await sudo(api, api.tx.safeMode.forceEnter());
	assert.deepEqual(await refusals(risky), risky(api.tx.margin).map(() => 'system.CallFiltered'));
	assert.deepEqual(await refusals(safe), [undefined, undefined]);
	await source.set({ BTC: '7900' });
	await stage.latched('BTC', '7900');
	await sudo(api, api.tx.safeMode.forceExit());
	assert.deepEqual(await refusals(tx => [tx.withdraw(0, USDC.id, units(USDC, 10))]), [undefined]);
});

test('a single call can be paused by its name, never one that lowers risk', async () => {
	const { api } = on.stage;
	await sudo(api, api.tx.txPause.pause(['Margin', 'swap']));
	const [swap, borrow] = await refusals(risky);
	assert.deepEqual([swap, borrow], ['system.CallFiltered', undefined]);
	await assert.rejects(sudo(api, api.tx.txPause.pause(['Margin', 'repay'])), /Unpausable/);
	await sudo(api, api.tx.txPause.unpause(['Margin', 'swap']));
	assert.deepEqual((await refusals(risky))[0], undefined);
});

test('a frozen asset can be repaid and added, and nothing else', async () => {
	const { api } = on.stage;
	await sudo(api, api.tx.margin.setStatus(BTC.id, 'Frozen'));
	const [swap, borrow] = await refusals(risky);
	assert.deepEqual([swap, borrow], ['margin.AssetFrozen', 'margin.AssetFrozen']);
	assert.deepEqual(await refusals(safe), [undefined, undefined]);
});
