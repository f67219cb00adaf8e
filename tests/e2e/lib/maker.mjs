// The market maker: trades the AMM's pools to the price outside.

import { wellKnown } from './accounts.mjs';
import { BTC, DOT, ETH, USDC } from './amounts.mjs';
import { send } from './tx.mjs';

/** Distance from the outside price below which a trade is not worth its fee. */
const TOLERANCE = 0.0005;
/** What the AMM keeps of what is sold to it. */
const FEE = 0.003;

/** Trades as `//Maker`, who holds plenty of everything on the development chain. */
export class Maker {
	#who = wellKnown('Maker');

	/** @param {import('@polkadot/api').ApiPromise} api @param {import('./price-source.mjs').PriceSource} source */
	constructor(api, source) {
		this.api = api;
		this.source = source;
		this.trades = 0;
	}

	/**
	 * Sends the trades that the state after a block calls for, in every pool. Waits for none: the next block shows what came
	 * of them.
	 */
	async trade({ at }) {
		const address = this.#who.address;
		const next = (await this.api.rpc.system.accountNextIndex(address)).toNumber();
		const { nonce } = await at.query.system.account(address);
		// Trades of the block before are still on their way: more would overshoot.
		if (next > nonce.toNumber()) return;
		const { prices } = await this.source.truth();
		const orders = await Promise.all([BTC, ETH, DOT].map(asset => this.#order(at, asset, Number(prices[asset.symbol]))));
		const due = orders.filter(order => order);
		await Promise.all(due.map((order, i) => this.#send(order, next + i)));
		this.trades += due.length;
	}

	/** Trades the pool of one asset to so many dollars, and waits until that is done. */
	async move(asset, dollars) {
		const order = await this.#order(this.api, asset, dollars);
		if (order) await send(this.api, this.#who, this.#swap(order));
	}

	async #order(at, asset, price) {
		const [ofAsset, ofStable] = (await at.call.assetConversionApi.getReserves(asset.id, USDC.id)).unwrap();
		return order(asset, price, Number(ofAsset.toBigInt()), Number(ofStable.toBigInt()));
	}

	async #send(order, nonce) {
		await this.#swap(order).signAndSend(this.#who, { nonce });
	}

	#swap({ path, amount }) {
		return this.api.tx.assetConversion.swapExactTokensForTokens(path, amount, 1n, this.#who.address, true);
	}
}

/**
 * What to sell so that a constant product of reserves `x` (asset) and `y` (USDC), in smallest units, stands at
 * `price` dollars afterwards; undefined when it does already.
 */
export function order(asset, price, x, y) {
	const wanted = (price * 10 ** USDC.decimals) / 10 ** asset.decimals;
	const distance = wanted / (y / x) - 1;
	if (Math.abs(distance) < TOLERANCE) return undefined;
	const [reserve, target, path] =
		distance > 0
			? [y, Math.sqrt(x * y * wanted), [USDC.id, asset.id]]
			: [x, Math.sqrt((x * y) / wanted), [asset.id, USDC.id]];
	return { path, amount: BigInt(Math.floor((target - reserve) / (1 - FEE / 2))) };
}
