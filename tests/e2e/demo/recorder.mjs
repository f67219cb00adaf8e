// Writes down every block: prices, margins, each trader's account, the steps that were taken, what the house has on offer
// and who takes it, the fund, and what was lost.

import { assetOf } from '../lib/amounts.mjs';
import { accountOf, auctionsOf, fundOf, liquidation, poolsOf, pricesOf, storedOf } from '../lib/margin.mjs';
import { worthOnOffer } from './bidder.mjs';

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
		this.covered = [];
		this.rounds = [];
		this.sales = [];
		this.inKind = [];
	}

	/**
	 * Records a block. Blocks must come in order, none left out.
	 *
	 * @returns what was recorded: `number`, `time` (unix seconds of the candles), `prices`, `accounts` by address
	 *   (`view`, `raw`, `touched`: the margin events that name the account), `margins` by symbol (maintenance: `inForce`,
	 *   `required`, and how far it may go, `told` by an event), `steps`, `auctions` by symbol, `onOffer` (what they offer, in
	 *   dollars), `fund`, `sales` of the house
	 */
	async record({ number, hash, at }) {
		const [{ time }, prices, pools, events, stored, auctions, fund] = await Promise.all([
			this.source.truth(),
			pricesOf(at),
			poolsOf(at),
			at.query.system.events(),
			at.query.margin.accounts.entries(),
			auctionsOf(at),
			fundOf(at),
		]);
		const raw = new Map(stored.map(([key, account]) => [key.args[0].toString(), storedOf(account.unwrap())]));
		const of = pallet => events.filter(({ event }) => event.section === pallet).map(({ event }) => event);
		const happened = of('margin');
		const accounts = new Map();
		await Promise.all(
			[...this.traders.keys()].map(async address => {
				const view = raw.has(address) ? await accountOf(at, address) : undefined;
				const touched = happened.filter(({ data }) => data.owner?.eq(address)).map(({ method }) => method);
				accounts.set(address, { view, raw: raw.get(address), touched });
			}),
		);
		const onOffer = worthOnOffer(auctions);
		const margins = this.#margins(pools, happened);
		const block = { number, hash, time, prices, margins, accounts, steps: [], auctions, onOffer, fund, sales: [] };
		happened.forEach(event => this.#note(block, event));
		of('auctions').forEach(event => this.#noteAuction(block, event));
		this.blocks.push(block);
		return block;
	}

	/** The maintenance margins after a block. What was told before the record began is where they were going then. */
	#margins(pools, events) {
		const before = this.blocks.at(-1)?.margins;
		const margins = Object.entries(pools).map(([symbol, { margin, path }]) => {
			const inForce = margin.maintenance;
			const told = before ? before[symbol].told : (path?.to ?? inForce);
			return [symbol, { inForce, required: path?.required ?? inForce, told }];
		});
		const of = Object.fromEntries(margins);
		for (const { method, data } of events) {
			if (method === 'MarginRising' || method === 'MarginFalling') of[assetOf(data.asset).symbol].told = data.to.toBigInt();
		}
		return of;
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
		} else if (method === 'DeficitCovered') {
			this.covered.push({ block, asset: assetOf(data.asset), amount: data.amount.toBigInt() });
		}
	}

	#noteAuction(block, { method, data }) {
		if (method === 'RoundBegan') {
			this.rounds.push({ block, asset: assetOf(data.asset), step: data.step.toNumber(), cause: data.cause.type });
		} else if (method === 'Taken' || method === 'SoldToMarket') {
			const [asset, amount, price] = [assetOf(data.asset), data.amount.toBigInt(), data.price.toBigInt()];
			const buyer = method === 'Taken' ? 'Taker' : 'Market';
			const value = (amount * price) / 10n ** BigInt(asset.decimals);
			// It was made at the prices latched in the block before.
			const { live } = (this.blocks.at(-1) ?? block).prices[asset.symbol];
			const sale = { block, buyer, asset, amount, price, live, value };
			block.sales.push(sale);
			this.sales.push(sale);
		} else if (method === 'HandedOut') {
			this.inKind.push({ block, asset: assetOf(data.asset), amount: data.amount.toBigInt() });
		}
	}
}
