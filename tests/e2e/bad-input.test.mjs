// What cannot be done is refused by a named error whose doc text says what to do, and changes nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice, funded, sudo } from './lib/accounts.mjs';
import { BTC, DOT, ETH, USDC, fixed, units } from './lib/amounts.mjs';
import { rewrite } from './lib/records.mjs';
import { stageFor } from './lib/stage.mjs';
import { refusal, send } from './lib/tx.mjs';

const UNLISTED = 77;
let trader;
const on = stageFor({}, async ({ api }) => {
	trader = await funded(api, [USDC, units(USDC, 20_000)], [BTC, units(BTC, 2)]);
	await send(api, trader, api.tx.margin.deposit(0, USDC.id, units(USDC, 10_000)));
});

/**
 * Each of the calls is refused by this error, with a doc text, and the trader has afterwards what they had before. They
 * go into one block.
 */
async function refuses(name, ...calls) {
	const { stage, stage: { api } } = on;
	const before = await stage.belongings(trader);
	const nonce = (await api.rpc.system.accountNextIndex(trader.address)).toNumber();
	const answers = await Promise.all(
		calls.map((call, i) => refusal(send(api, trader, call(api.tx.margin), { nonce: nonce + i }))),
	);
	for (const refused of answers) {
		assert.equal(refused?.name, `margin.${name}`);
		assert.ok(refused.docs.length > 20, `${name} does not say what to do`);
	}
	assert.deepEqual(await stage.belongings(trader), before, `${name} changed something`);
}

/** While it runs, an asset has other parameters; afterwards its own again. Nobody owes anything on this stage. */
async function withConfig(asset, changes, run) {
	const undo = await rewrite(on.stage.api, asset, () => changes);
	try {
		await run();
	} finally {
		await undo();
	}
}

test('an asset that is not listed', async () => {
	await refuses(
		'UnknownAsset',
		tx => tx.deposit(0, UNLISTED, 1_000_000n),
		tx => tx.borrow(0, UNLISTED, 1_000_000n),
		tx => tx.swap(0, USDC.id, UNLISTED, units(USDC, 100), 1n),
	);
});

test('an amount of zero', async () => {
	await refuses(
		'AmountZero',
		tx => tx.deposit(0, USDC.id, 0n),
		tx => tx.withdraw(0, USDC.id, 0n),
		tx => tx.borrow(0, USDC.id, 0n),
		tx => tx.repay(0, USDC.id, 0n),
		tx => tx.swap(0, USDC.id, BTC.id, 0n, 1n),
	);
});

test('an amount that is too small', async () => {
	await refuses(
		'AmountTooSmall',
		tx => tx.deposit(0, USDC.id, 1n),
		tx => tx.borrow(0, BTC.id, 1n),
		tx => tx.swap(0, USDC.id, BTC.id, 1n, 1n),
	);
});

test('a deposit above the cap of its pool', async () => {
	await withConfig(BTC, { depositCap: units(BTC, 1) }, () =>
		refuses('DepositCapReached', tx => tx.deposit(0, BTC.id, units(BTC, 1))),
	);
});

test('a loan above the cap of its pool', async () => {
	await withConfig(BTC, { borrowCap: units(BTC, '0.01') }, () =>
		refuses('BorrowCapReached', tx => tx.borrow(0, BTC.id, units(BTC, '0.1'))),
	);
});

test('a loan from a pool that is too dry', async () => {
	await withConfig(BTC, { unborrowable: fixed('0.999999999') }, () =>
		refuses('PoolTooDry', tx => tx.borrow(0, BTC.id, units(BTC, '0.1'))),
	);
});

test('a market that pays less than the limit', async () => {
	await refuses('LimitNotMet', tx => tx.swap(0, USDC.id, BTC.id, units(USDC, 8_000), units(BTC, 5)));
});

test('not enough collateral', async () => {
	await refuses(
		'NotEnoughCollateral',
		tx => tx.borrow(0, ETH.id, units(ETH, 500)),
		tx => tx.swap(0, DOT.id, USDC.id, units(DOT, 250_000), 1n),
	);
});

test('more than is deposited', async () => {
	await refuses(
		'NotEnoughDeposited',
		tx => tx.withdraw(0, USDC.id, units(USDC, 10_001)),
		tx => tx.withdraw(0, BTC.id, units(BTC, 1)),
	);
});

test('repaying what is not owed', async () => {
	await refuses('NoDebt', tx => tx.repay(0, ETH.id, units(ETH, 1)));
});

test('an account that is not there', async () => {
	await refuses(
		'UnknownAccount',
		tx => tx.withdraw(7, USDC.id, units(USDC, 1)),
		tx => tx.swap(7, USDC.id, BTC.id, units(USDC, 100), 1n),
	);
});

test('an asset for itself', async () => {
	await refuses('SameAsset', tx => tx.swap(0, USDC.id, USDC.id, units(USDC, 100), 1n));
});

test('a short cut through leverage without collateral', async () => {
	await refuses(
		'LeverageNeedsCollateral',
		tx => tx.open(0, null, 'Long', BTC.id, USDC.id, { Leverage: fixed(3) }, fixed(9_000), units(USDC, 100_000)),
	);
});

test('closing what is not there', async () => {
	await refuses('NoPosition', tx => tx.close(0, BTC.id, USDC.id, 'All', 0n));
});

test('opening an account twice', async () => {
	await refuses('AccountExists', tx => tx.openAccount(0, 'Cross'));
});

test('closing an account that holds something', async () => {
	await refuses('AccountNotEmpty', tx => tx.closeAccount(0));
});

test('a transfer to the account that it comes from', async () => {
	await refuses('SameAccount', tx => tx.transfer(0, 0, USDC.id, units(USDC, 1)));
});

test("liquidating one's own account", async () => {
	await refuses('OwnAccount', tx => tx.liquidate(trader.address, 1, 0, fixed(1_000)));
});

test('a parameter out of its range, from root itself', async () => {
	const { api } = on.stage;
	const before = (await api.query.margin.assets(BTC.id)).unwrap();
	const bad = { ...Object.fromEntries(before.config.entries()), minAmount: 0n };
	await assert.rejects(sudo(api, api.tx.margin.updateAsset(BTC.id, bad)), /MinAmountOutOfRange/);
	assert.equal((await api.query.margin.assets(BTC.id)).unwrap().config.toHex(), before.config.toHex());
});

test('governance by somebody else', async () => {
	const { api } = on.stage;
	const { config } = (await api.query.margin.assets(BTC.id)).unwrap();
	const pauses = { supply: true, withdraw: true, borrow: true, trade: true };
	const limit = { most: units(BTC, 1), period: 60_000 };
	const calls = [
		api.tx.margin.updateAsset(BTC.id, config),
		api.tx.margin.listAsset(UNLISTED, config),
		api.tx.margin.setStatus(BTC.id, 'Frozen'),
		api.tx.margin.setPauses(BTC.id, pauses),
		api.tx.margin.setOutflowLimit(BTC.id, limit),
		api.tx.margin.cancelChange(BTC.id),
		api.tx.margin.delistAsset(BTC.id),
		api.tx.margin.removeAsset(BTC.id, trader.address),
	];
	// Alice holds the key of root, which is not to be root.
	for (const who of [trader, alice]) {
		const nonce = (await api.rpc.system.accountNextIndex(who.address)).toNumber();
		const answers = await Promise.all(calls.map((call, i) => refusal(send(api, who, call, { nonce: nonce + i }))));
		assert.deepEqual(answers.map(answer => answer?.name), calls.map(() => 'BadOrigin'));
	}
});
