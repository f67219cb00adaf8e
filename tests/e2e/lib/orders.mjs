// Orders against USDC, as traders think of them: a side, a leverage, and some slippage.

import { ALL, USDC, fixed, units } from './amounts.mjs';

/** How far from the chain's price a trader accepts to trade, in a hundred. */
const SLIPPAGE = 4n;

const above = value => (value * (100n + SLIPPAGE)) / 100n;
const below = value => (value * (100n - SLIPPAGE)) / 100n;

/** The worst price that is accepted at a live one: above it to buy, below it to sell. */
export function worst(live, buys) {
	return buys ? above(live) : below(live);
}

/**
 * The call that brings so many dollars of USDC into an account and opens a position of `leverage` times that.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {number} equity dollars
 * @param {{asset: object, side: 'long'|'short', leverage: number}} position
 * @param {bigint} live the asset's price, 18 decimals
 */
export function openWith(api, equity, { asset, side, leverage }, live, sub = 0) {
	const brought = units(USDC, equity);
	const { amount, dollars } = exposure(equity, asset, leverage, live);
	const most = side === 'long' ? above(dollars) - brought : above(amount);
	const size = { Leverage: fixed(leverage) };
	return open(api, sub, [USDC.id, brought], side, asset, size, live, most > 0n ? most : 0n);
}

/** The same, with what the account has already: the position is so many times `equity` all the same. */
export function openMore(api, equity, { asset, side, leverage }, live, sub = 0) {
	const { amount, dollars } = exposure(equity, asset, leverage, live);
	return open(api, sub, null, side, asset, { Amount: amount }, live, side === 'long' ? above(dollars) : amount);
}

function exposure(equity, asset, leverage, live) {
	const dollars = units(USDC, equity * leverage);
	return { dollars, amount: (dollars * 10n ** BigInt(asset.decimals + 12)) / live };
}

function open(api, sub, collateral, side, asset, size, live, most) {
	const [direction, limit] = side === 'long' ? ['Long', worst(live, true)] : ['Short', worst(live, false)];
	return api.tx.margin.open(sub, collateral, direction, asset.id, USDC.id, size, limit, most);
}

/** Less than a cent cannot be traded or held in a wallet: it is swept away when the account is closed. */
const DUST = 10n ** 16n;

/**
 * The calls that empty an account: close every position, those that are held before those that are owed, take all USDC
 * home, and close the account.
 *
 * @param {object} account from `accountOf`
 * @param {object} prices from `pricesOf`
 */
export function leaveWith(api, account, prices, sub = 0) {
	const held = account.balances.filter(({ value, side }) => side === 'Debt' || value >= DUST);
	const positions = held.filter(({ asset }) => asset !== USDC);
	const inTurn = ['Deposit', 'Debt'].flatMap(side => positions.filter(position => position.side === side));
	const closes = inTurn.map(({ asset, side }) => {
		const limit = worst(prices[asset.symbol].live, side === 'Debt');
		return api.tx.margin.close(sub, asset.id, USDC.id, 'All', limit);
	});
	const withdraw = held.length > 0 ? [api.tx.margin.withdraw(sub, USDC.id, ALL)] : [];
	return [...closes, ...withdraw, api.tx.margin.closeAccount(sub)];
}
