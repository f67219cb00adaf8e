// The traders: fresh accounts that arrive over polkadot.js, open their positions, and close what is left of them.

import { fresh, fund } from '../lib/accounts.mjs';
import { USDC, units } from '../lib/amounts.mjs';
import { pass } from '../lib/blocks.mjs';
import { accountOf, pricesOf } from '../lib/margin.mjs';
import { leaveWith, openMore, openWith } from '../lib/orders.mjs';
import { Refused, send } from '../lib/tx.mjs';

/** Times that a trader tries before giving up: a price may just be held back. */
const ATTEMPTS = 15;

/** Gives every trader a key, and wallets out of Alice's. */
export async function equip(api, traders) {
	for (const trader of traders) trader.who = fresh(trader.name);
	await fund(api, traders.map(({ who, equity }) => ({ who, assets: [[USDC, units(USDC, equity)]] })));
}

/** Opens a trader's positions, one after the other. The first call brings the collateral for them all. */
export async function open(api, trader) {
	const { who, equity, positions } = trader;
	for (const [i, position] of positions.entries()) {
		await insist(api, trader, 'open', async () => {
			const { live } = (await pricesOf(api))[position.asset.symbol];
			const order = i === 0 ? openWith : openMore;
			await send(api, who, order(api, equity, position, live));
		});
	}
	trader.opened = true;
}

/** Closes what a trader has left, all in one transaction, and takes it home. `home` is what arrived there. */
export async function leave(api, trader) {
	const { who } = trader;
	await insist(api, trader, 'leave', async () => {
		const account = await accountOf(api, who);
		const calls = leaveWith(api, account, await pricesOf(api));
		const { events } = await send(api, who, api.tx.utility.batchAll(calls));
		const withdrawn = events.filter(({ section, method }) => section === 'margin' && method === 'Withdrawn');
		trader.home = withdrawn.reduce((sum, { data }) => sum + data.amount.toBigInt(), 0n);
	});
}

/** The market moves meanwhile: what the chain refuses now it may take a block later. */
async function insist(api, trader, what, act) {
	for (let attempt = 1; ; attempt++) {
		try {
			return await act();
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			if (attempt === ATTEMPTS) throw new Error(`${trader.name} could not ${what}: ${error.message}`);
			trader.refusals = [...(trader.refusals ?? []), error.error];
			await pass(api, 1);
		}
	}
}
