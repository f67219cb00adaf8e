// A proxy of the type Trade: trades in another's margin account, and takes nothing out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { funded } from './lib/accounts.mjs';
import { BTC, USDC, units } from './lib/amounts.mjs';
import { accountOf, balanceIn, pricesOf } from './lib/margin.mjs';
import { openMore, worst } from './lib/orders.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, nameOf, send } from './lib/tx.mjs';

let owner, bot;
const on = stageFor({ keeper: false }, async ({ api }) => {
	[owner, bot] = [await funded(api, [USDC, units(USDC, 10_000)]), await funded(api)];
	const { margin, proxy, utility } = api.tx;
	const calls = [margin.deposit(0, USDC.id, units(USDC, 9_000)), proxy.addProxy(bot.address, 'Trade', 0)];
	await send(api, owner, utility.batchAll(calls));
});

/** What became of a call that the bot made for the owner: the name of its error, if it was refused. */
async function asOwner(call) {
	const { api } = on.stage;
	const { events } = await send(api, bot, api.tx.proxy.proxy(owner.address, null, call));
	const { result } = event(events, 'proxy', 'ProxyExecuted');
	return result.isErr ? nameOf(api, result.asErr).name : undefined;
}

test('it opens a position, repays and closes', async () => {
	const { api } = on.stage;
	const { live } = (await pricesOf(api)).BTC;
	assert.equal(await asOwner(openMore(api, 9_000, { asset: BTC, side: 'long', leverage: 3 }, live)), undefined);
	assert.equal(balanceIn(await accountOf(api, owner), BTC).side, 'Deposit');
	assert.equal(await asOwner(api.tx.margin.repay(0, USDC.id, units(USDC, 500))), undefined);
	assert.equal(await asOwner(api.tx.margin.close(0, BTC.id, USDC.id, 'All', worst(live, false))), undefined);
	assert.equal(balanceIn(await accountOf(api, owner), BTC), undefined);
});

test('it takes nothing out, not even in a batch', async () => {
	const { stage, stage: { api } } = on;
	const before = await stage.belongings(owner);
	const { assets, balances, margin, utility } = api.tx;
	const calls = [
		margin.withdraw(0, USDC.id, units(USDC, 1)),
		margin.borrow(0, USDC.id, units(USDC, 1)),
		assets.transfer(USDC.id, bot.address, units(USDC, 1)),
		balances.transferKeepAlive(bot.address, units(USDC, 1)),
	];
	for (const call of [...calls, ...calls.map(call => utility.batchAll([call]))]) {
		assert.equal(await asOwner(call), 'system.CallFiltered', `${call.method.section}.${call.method.method}`);
	}
	assert.deepEqual(await stage.belongings(owner), before);
});
