// The put that the protocol has written: what it costs on an account and on the book, under normal and under fat tails.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, USDC, assetOf, toNumber } from './lib/amounts.mjs';
import { accountOf, balanceIn } from './lib/margin.mjs';
import { stageFor } from './lib/stage.mjs';

let careful, bold;
const on = stageFor({ keeper: false }, async stage => {
	({ who: careful } = await stage.trader({ leverage: 3 }));
	({ who: bold } = await stage.trader({ leverage: 8 }));
});

const lossOf = ({ gaussian, fatTailed }) => ({ gaussian: toNumber(gaussian.toBigInt()), fatTailed: toNumber(fatTailed.toBigInt()) });

/** The put on an account, and the account, after the same block. */
async function putOf(who) {
	const { api } = on.stage;
	const at = await api.at(await api.rpc.chain.getBlockHash());
	const put = (await at.call.marginApi.accountPut(who.address, 0)).unwrap();
	return { put, loss: lossOf(put.expectedLoss), account: await accountOf(at, who) };
}

test('an account has its delta in each asset, which together are its equity', async () => {
	const { put, account } = await putOf(bold);
	const delta = asset => toNumber(put.assets.find(({ asset: id }) => assetOf(id) === asset).delta.toBigInt());
	const value = asset => toNumber(balanceIn(account, asset).value);
	assert.ok(Math.abs(delta(BTC) / value(BTC) - 1) < 1e-6, 'what it holds');
	assert.ok(Math.abs(delta(USDC) / -value(USDC) - 1) < 1e-6, 'what it owes');
	assert.ok(Math.abs(toNumber(put.equity.toBigInt()) - delta(BTC) - delta(USDC)) < 0.01);
});

test('more leverage costs the protocol more, and fat tails more than normal ones', async () => {
	const [low, high] = [await putOf(careful), await putOf(bold)];
	assert.ok(high.loss.fatTailed > low.loss.fatTailed, `${high.loss.fatTailed} and ${low.loss.fatTailed} dollars an hour`);
	for (const { loss } of [low, high]) assert.ok(loss.fatTailed > 0 && loss.fatTailed >= loss.gaussian);
	assert.ok(high.loss.fatTailed < toNumber(high.account.equity), 'it is a small part of the equity');
});

test('the pages of the book add up to its accounts', async () => {
	const { api } = on.stage;
	const at = await api.at(await api.rpc.chain.getBlockHash());
	const whole = await at.call.marginApi.bookPut(null, 2_000);
	assert.equal(whole.accounts.toNumber(), 2);
	assert.ok(whole.next.isNone && whole.unweighed.isZero());
	const first = await at.call.marginApi.bookPut(null, 1);
	const second = await at.call.marginApi.bookPut(first.next.unwrap(), 1);
	assert.deepEqual([first.accounts.toNumber(), second.accounts.toNumber(), second.next.isNone], [1, 1, true]);
	const sum = [first, second].reduce((sum, { expectedLoss }) => sum + lossOf(expectedLoss).fatTailed, 0);
	assert.ok(Math.abs(sum / lossOf(whole.expectedLoss).fatTailed - 1) < 1e-6);
});

test('at the margins in force the whole book has a price, a fee, and hours for which the fund would pay', async () => {
	const { api } = on.stage;
	const at = await api.at(await api.rpc.chain.getBlockHash());
	const put = (await at.call.marginApi.writtenPut()).unwrap();
	const whole = lossOf(put.expectedLoss);
	assert.ok(whole.fatTailed >= whole.gaussian && whole.fatTailed > 0);
	const parts = put.assets.map(({ expectedLoss }) => lossOf(expectedLoss).fatTailed);
	assert.ok(Math.abs(parts.reduce((sum, part) => sum + part) / whole.fatTailed - 1) < 1e-6, 'the parts are the whole');
	const debts = toNumber(put.debts.toBigInt());
	assert.ok(debts > 80_000, `${debts} dollars are owed`);
	const hourly = (toNumber(put.fee.unwrap().toBigInt()) * debts) / 8_766;
	assert.ok(hourly > whole.fatTailed && hourly < 2 * whole.fatTailed, `the fee brings in ${hourly} dollars an hour`);
	assert.ok(toNumber(put.reserves.toBigInt()) > 0, "the fund has a share of the borrowers' interest");
	const hours = Math.floor(toNumber(put.fund.toBigInt()) / whole.fatTailed);
	assert.ok(Math.abs(Number(put.adequacyHours.toBigInt()) - hours) <= 1, `for ${put.adequacyHours} hours, not ${hours}`);
	const now = await accountOf(at, bold);
	assert.ok(now.maintenance > 0n, 'the book stands above its margins, so that this is more than it costs now');
	const book = await at.call.marginApi.bookPut(null, 2_000);
	assert.ok(whole.fatTailed > lossOf(book.expectedLoss).fatTailed);
});
