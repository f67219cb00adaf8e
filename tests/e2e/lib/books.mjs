// The books, checked from the outside: tokens held, the balance of each pool, and the sum of all accounts' shares.

import { ASSETS } from './amounts.mjs';
import { palletAccount } from './margin.mjs';

/**
 * Everything that does not add up in the state of a block, in sentences. An empty list is right.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {object} at the state of a block
 */
export async function wrongInBooks(api, at) {
	const [sums, pallet] = [await sumShares(at), palletAccount(api)];
	const wrong = [];
	for (const asset of ASSETS) {
		const record = await at.query.margin.assets(asset.id);
		if (record.isNone) continue;
		const pool = read(record.unwrap().pool);
		const tokens = await at.query.assets.account(asset.id, pallet);
		const held = tokens.isSome ? tokens.unwrap().balance.toBigInt() : 0n;
		const { deposits, debts } = sums.get(asset.id) ?? { deposits: 0n, debts: 0n };
		const check = (right, sentence) => right || wrong.push(`${asset.symbol}: ${sentence}`);
		check(held >= pool.liquidity, `the pallet holds ${held} tokens, less than the pool's liquidity ${pool.liquidity}`);
		const [left, right] = [pool.liquidity + pool.debt + pool.deficit, pool.deposits + pool.reserves];
		check(left === right, `liquidity + debt + deficit is ${left}, deposits + reserves ${right}`);
		check(deposits === pool.depositShares, `accounts hold ${deposits} deposit shares, the pool says ${pool.depositShares}`);
		check(debts === pool.debtShares, `accounts owe ${debts} debt shares, the pool says ${pool.debtShares}`);
	}
	return wrong;
}

function read(pool) {
	const fields = ['liquidity', 'deposits', 'debt', 'reserves', 'deficit', 'depositShares', 'debtShares'];
	return Object.fromEntries(fields.map(field => [field, pool[field].toBigInt()]));
}

async function sumShares(at) {
	const [traders, ...own] = await Promise.all([
		at.query.margin.accounts.entries(),
		at.query.margin.house(),
		at.query.margin.fund(),
		at.query.margin.escrow(),
	]);
	const sums = new Map();
	for (const account of [...traders.map(([, account]) => account.unwrap()), ...own]) {
		for (const { asset, balance } of account.holdings) {
			const sum = sums.get(asset.toNumber()) ?? { deposits: 0n, debts: 0n };
			if (balance.isDeposit) sum.deposits += balance.asDeposit.toBigInt();
			else sum.debts += balance.asDebt.toBigInt();
			sums.set(asset.toNumber(), sum);
		}
	}
	return sums;
}
