// The traders: fresh accounts that arrive over polkadot.js, deposit and open their positions.

import { fresh, fund } from '../lib/accounts.mjs';
import { USDC, units } from '../lib/amounts.mjs';
import { pass } from '../lib/blocks.mjs';
import { pricesOf } from '../lib/margin.mjs';
import { Refused, send } from '../lib/tx.mjs';

/** Times that a trader tries to open before giving up: a price may just be held back. */
const ATTEMPTS = 15;
/** How far from the chain's price a trader accepts to trade, in a hundred. */
const SLIPPAGE = 4n;

/** Gives every trader a key, and wallets out of Alice's. */
export async function equip(api, traders) {
	for (const trader of traders) trader.who = fresh(trader.name);
	await fund(api, traders.map(({ who, equity }) => ({ who, assets: [[USDC, units(USDC, equity)]] })));
}

/** Deposits and opens a trader's positions, one after the other. */
export async function open(api, trader) {
	const { who, equity, positions } = trader;
	await send(api, who, api.tx.margin.deposit(0, USDC.id, units(USDC, equity)));
	for (const position of positions) {
		await insist(api, trader, async () => {
			const { live } = (await pricesOf(api))[position.asset.symbol];
			await send(api, who, api.tx.margin.swap(0, ...order(position, equity, live)));
		});
	}
	trader.opened = true;
}

/** The arguments of the swap: sold, bought, how much, and for how much at least. */
function order({ asset, side, leverage }, equity, live) {
	const dollars = units(USDC, equity * leverage);
	const amount = (dollars * 10n ** BigInt(asset.decimals + 12)) / live;
	const least = value => (value * (100n - SLIPPAGE)) / 100n;
	return side === 'long'
		? [USDC.id, asset.id, dollars, least(amount)]
		: [asset.id, USDC.id, amount, least(dollars)];
}

/** The market moves while one arrives: what the chain refuses now it may take a block later. */
async function insist(api, trader, act) {
	for (let attempt = 1; ; attempt++) {
		try {
			return await act();
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			if (attempt === ATTEMPTS) throw new Error(`${trader.name} could not open: ${error.message}`);
			trader.refusals = [...(trader.refusals ?? []), error.error];
			await pass(api, 1);
		}
	}
}
