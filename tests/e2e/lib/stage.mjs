// The stage of a test: a price source, a node that feeds from it, and prices that may be acted upon.

import { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { ASSETS, BTC, USDC, units } from './amounts.mjs';
import { funded } from './accounts.mjs';
import { eventsOf, until } from './blocks.mjs';
import { wrongInBooks } from './books.mjs';
import { accountOf, allUsable, liquidation, near, pricesOf, setChainDoor, storedOf } from './margin.mjs';
import { Node } from './node.mjs';
import { openWith } from './orders.mjs';
import { beforePrices, setPace } from './pace.mjs';
import { PriceSource } from './price-source.mjs';
import { event, send } from './tx.mjs';

/** The largest part of itself that a price may move in one step without leaving the chain's band. */
const STEP = 0.06;

/** What every test file works on. */
export class Stage {
	/** Starts source and node and waits for the first usable prices. With `pace` margins move faster: see `setPace`. */
	static async start({ keeper = true, metrics = false, pace } = {}) {
		// The crash replay begins at the prices that the development chain's markets begin at.
		const source = await PriceSource.start({ replay: 'crash' });
		try {
			const start = () => Node.start({ sources: source.venues, keeper, metrics });
			const node = await (pace ? beforePrices(source, () => startWith(pace, start)) : start());
			const stage = new Stage(source, node);
			await stage.usable();
			return stage;
		} catch (error) {
			await source.stop();
			throw error;
		}
	}

	constructor(source, node) {
		this.source = source;
		this.node = node;
		this.api = node.api;
		this.followers = [];
	}

	/**
	 * A second node, which authors nothing: it follows the first one, and passes on what it hears. Waits until it has
	 * caught up.
	 *
	 * @param {object} options of `Node.follow`
	 */
	async join(options) {
		const follower = await Node.follow(this.node, options);
		this.followers.push(follower);
		const head = (await this.api.rpc.chain.getHeader()).number.toNumber();
		await until(follower.api, `block ${head} at the second node`, ({ number }) => number >= head, head + 40);
		return follower;
	}

	/** Checks the books a last time, and ends everything. */
	async end() {
		try {
			assert.deepEqual(await wrongInBooks(this.api, this.api), [], 'the books do not balance');
		} finally {
			await Promise.all(this.followers.map(follower => follower.stop()));
			await this.node.stop();
			await this.source.stop();
		}
	}

	/** Waits until every price may be acted upon. */
	async usable() {
		return until(this.api, 'usable prices of all assets', async ({ at }) => allUsable(await pricesOf(at)));
	}

	/** Waits until the chain's price of an asset is close to so many dollars, and usable. */
	async latched(symbol, dollars) {
		return until(this.api, `${symbol} at ${dollars}`, async block => {
			const { live, verdict } = (await pricesOf(block.at))[symbol];
			return verdict === 'Usable' && near(live, dollars) && block;
		});
	}

	/** Walks a price to so many dollars, in steps that stay inside the chain's band. Returns the first block there. */
	async walk(symbol, dollars) {
		let now = Number((await pricesOf(this.api))[symbol].live) / 1e18;
		while (Math.abs(dollars / now - 1) > STEP) {
			now *= dollars > now ? 1 + STEP : 1 - STEP;
			await this.source.set({ [symbol]: now.toFixed(6) });
			await this.latched(symbol, now.toFixed(6));
		}
		await this.source.set({ [symbol]: `${dollars}` });
		return this.latched(symbol, `${dollars}`);
	}

	/** Opens or closes the chain's own door to liquidations. */
	async chainDoor(open) {
		await setChainDoor(this.api, open);
	}

	/**
	 * A fresh trader with so many dollars of equity, long (or short) so many times that in an asset.
	 *
	 * @returns {Promise<{who: object, bought: bigint, borrowed: bigint}>}
	 */
	async trader({ asset = BTC, equity = 10_000, leverage = 5, short = false } = {}) {
		const who = await funded(this.api, [USDC, units(USDC, equity)]);
		const { live } = (await pricesOf(this.api))[asset.symbol];
		const position = { asset, side: short ? 'short' : 'long', leverage };
		const { events } = await send(this.api, who, openWith(this.api, equity, position, live));
		const { amountOut, borrowed } = event(events, 'margin', 'Swapped');
		return { who, bought: amountOut.toBigInt(), borrowed: borrowed.toBigInt() };
	}

	/** The price, in dollars, at which an account falls below maintenance. */
	async liquidationPrice(who, asset) {
		const { balances } = await accountOf(this.api, who);
		const price = balances.find(balance => balance.asset === asset).liquidationPrice;
		return Number(price) / 1e18;
	}

	/** The pool refuses an unsigned call, with a message that matches, and keeps nothing of it. */
	async poolRefuses(call, message) {
		await assert.rejects(this.node.ask('author_submitExtrinsic', call.toHex()), message);
		const pending = await this.api.rpc.author.pendingExtrinsics();
		assert.ok(pending.every(({ isSigned }) => isSigned), 'it waits in the pool all the same');
	}

	/** Tokens in a wallet. */
	async wallet(who, asset) {
		const account = await this.api.query.assets.account(asset.id, who.address);
		return account.isSome ? account.unwrap().balance.toBigInt() : 0n;
	}

	/** Everything that is stored of a trader, to be compared: margin accounts and wallets. */
	async belongings(who) {
		const accounts = await this.api.query.margin.accounts.entries(who.address);
		const wallets = await Promise.all(ASSETS.map(asset => this.wallet(who, asset)));
		return [...accounts.map(([key, account]) => key.toHex() + storedOf(account.unwrap())).sort(), ...wallets.map(String)];
	}

	/** Native tokens of a wallet that are held, such as for open margin accounts. */
	async held(who) {
		return (await this.api.query.system.account(who.address)).data.reserved.toBigInt();
	}

	/** Waits for the next step on a trader's account. Returns it with its block and the extrinsic that caused it. */
	async liquidated(who, ceiling = 10) {
		return until(this.api, `a liquidation of ${who.address}`, async block => {
			const steps = await eventsOf(block.at, 'margin', 'Liquidated');
			const step = steps.find(({ data }) => data.owner.eq(who.address));
			return step && { ...liquidation(step.data), block, extrinsic: step.extrinsic };
		}, ceiling);
	}
}

/** Starts a node, on which margins move faster before the first price has come in. */
async function startWith(pace, start) {
	const node = await start();
	await setPace(node.api, pace);
	return node;
}

/**
 * A stage for a test file: started before its tests and ended after them. Read it inside tests only.
 *
 * @param {object} options of `Stage.start`
 * @param {(stage: Stage) => Promise<void>} prepare what is to be on it when the tests begin
 */
export function stageFor(options, prepare) {
	const holder = {};
	before(async () => {
		holder.stage = await Stage.start(options);
		await prepare?.(holder.stage);
	});
	after(async () => {
		await holder.stage?.end();
	});
	return holder;
}
