// A market maker at the auctions: takes a part of what is on offer in the block in which it becomes cheap enough.

import { wellKnown } from '../lib/accounts.mjs';
import { ALL, ASSETS, BTC, DOT, ETH, USDC, toNumber, units } from '../lib/amounts.mjs';
import { auctionsOf, paymentsOf } from '../lib/margin.mjs';
import { sendAll } from '../lib/tx.mjs';

/** How far below the live price a lot must be, in ten-thousandths. */
const DISCOUNT = 5n;
/** How far the clock falls in a block of these rounds and a little more, in ten-thousandths. */
const FALL = 70n;
/** The part of a lot that is taken at a time. */
const PART = 3n;
/** What is worth less, in dollars, is taken whole. */
const SMALL = 1_000;
/** What is brought to pay with. */
const PURSE = [[USDC, 1_000_000], [BTC, 100], [ETH, 4_000], [DOT, 200_000]];

/** Bids as `//Ferdie`, who holds plenty of everything on the development chain. */
export class Bidder {
	#who = wellKnown('Ferdie');

	/** @param {import('@polkadot/api').ApiPromise} api */
	constructor(api) {
		this.api = api;
	}

	/** Brings in what is to be paid with. */
	async equip() {
		const { deposit } = this.api.tx.margin;
		await sendAll(this.api, this.#who, PURSE.map(([asset, whole]) => deposit(0, asset.id, units(asset, whole))));
	}

	/** Bids for what will be cheap enough in the block after this one. Waits for nothing: the next block shows what came of it. */
	async bid({ at }) {
		const [auctions, payments] = await Promise.all([auctionsOf(at), paymentsOf(at)]);
		const bids = Object.values(auctions).map(auction => bidFor(auction, payments)).filter(bid => bid);
		const next = (await this.api.rpc.system.accountNextIndex(this.#who.address)).toNumber();
		await Promise.all(bids.map(({ asset, amount, max, payWith }, i) =>
			this.api.tx.auctions.take(asset.id, amount, max, payWith.id, 0).signAndSend(this.#who, { nonce: next + i }),
		));
	}
}

/**
 * What to bid for a lot: undefined while it is too dear for the next block too, or nothing that the house owes can be paid
 * with. The bid names the most that it pays, and is refused if the clock is above that.
 *
 * @param {object} auction one of `auctionsOf`
 * @param {Array<object>} payments from `paymentsOf`
 */
export function bidFor({ asset, onOffer, price, live }, payments) {
	const max = (live * (10_000n - DISCOUNT)) / 10_000n;
	if (price === undefined || price > (max * (10_000n + FALL)) / 10_000n) return undefined;
	const worth = ({ asset, most, price }) => toNumber(most, asset.decimals) * toNumber(price);
	const takenFor = payments.filter(payment => payment.price !== undefined && payment.asset !== asset);
	const [best] = takenFor.toSorted((a, b) => worth(b) - worth(a));
	if (best === undefined) return undefined;
	const small = toNumber(onOffer, asset.decimals) * toNumber(live) < SMALL;
	return { asset, amount: small ? ALL : onOffer / PART, max, payWith: best.asset };
}

/** What is on offer all together, in dollars, at the live prices. */
export function worthOnOffer(auctions) {
	return ASSETS.map(({ symbol }) => auctions[symbol])
		.filter(auction => auction)
		.reduce((sum, { asset, onOffer, live }) => sum + toNumber(onOffer, asset.decimals) * toNumber(live), 0);
}
