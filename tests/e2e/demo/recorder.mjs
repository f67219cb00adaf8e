// Writes down every block: prices, each trader's account, the steps that were taken, and what was lost.

import { assetOf } from '../lib/amounts.mjs';
import { accountOf, liquidation, pricesOf } from '../lib/margin.mjs';

/** What became of the accounts, block by block. */
export class Recorder {
	/**
	 * @param {Array<object>} traders with their keys in `who`
	 * @param {import('../lib/price-source.mjs').PriceSource} source
	 */
	constructor(traders, source) {
		this.source = source;
		this.traders = new Map(traders.map(trader => [trader.who.address, trader]));
		this.blocks = [];
		this.steps = [];
		this.losses = [];
		this.deficits = [];
		this.sales = [];
	}

	/**
	 * Records a block. Blocks must come in order, none left out.
	 *
	 * @returns what was recorded: `number`, `time` (unix seconds of the candles), `prices`, `accounts` by address
	 *   (`view`, `raw`, `touched`: the margin events that name the account), `steps`
	 */
	async record({ number, hash, at }) {
		const [{ time }, prices, events, stored] = await Promise.all([
			this.source.truth(),
			pricesOf(at),
			at.query.system.events(),
			at.query.margin.accounts.entries(),
		]);
		const raw = new Map(stored.map(([key, account]) => [key.args[0].toString(), account.toHex()]));
		const happened = events.filter(({ event }) => event.section === 'margin').map(({ event }) => event);
		const accounts = new Map();
		await Promise.all(
			[...this.traders.keys()].map(async address => {
				const view = raw.has(address) ? await accountOf(at, address) : undefined;
				const touched = happened.filter(({ data }) => data.owner?.eq(address)).map(({ method }) => method);
				accounts.set(address, { view, raw: raw.get(address), touched });
			}),
		);
		const block = { number, hash, time, prices, accounts, steps: [] };
		happened.forEach(event => this.#note(block, event));
		this.blocks.push(block);
		return block;
	}

	#note(block, { method, data }) {
		if (method === 'Liquidated') {
			const step = { ...liquidation(data), block };
			step.trader = this.traders.get(step.owner);
			block.steps.push(step);
			this.steps.push(step);
		} else if (method === 'LossBooked') {
			this.losses.push({ block, loss: data.loss.toBigInt(), byFund: data.byFund.toBigInt() });
		} else if (method === 'DeficitBooked') {
			this.deficits.push({ block, asset: assetOf(data.asset), amount: data.amount.toBigInt() });
		} else if (method === 'HouseSold') {
			this.sales.push({ block, sold: assetOf(data.sold), amount: data.amountIn.toBigInt() });
		}
	}
}
