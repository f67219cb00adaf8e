// The node, started as a development chain, and a polkadot.js connection to it.

import { ApiPromise, WsProvider } from '@polkadot/api';
import { Child } from './child.mjs';
import { NODE } from './places.mjs';

/** A running development node. */
export class Node {
	/**
	 * @param {object} options
	 * @param {string[]} options.sources addresses of the operators' price sources, one each
	 * @param {boolean} options.keeper whether its offchain worker sends liquidations
	 * @param {boolean} options.metrics whether it tells its metrics over HTTP
	 * @param {string[]} options.args more arguments
	 */
	static async start({ sources = [], keeper = true, metrics = false, args = [] } = {}) {
		const flags = ['--dev'];
		sources.forEach(source => flags.push('--price-source', source));
		return Node.#run([...flags, ...args], keeper, metrics);
	}

	/** Starts a node on the chain of another, which it follows. It authors nothing, and its offchain workers run. */
	static async follow(node, { keeper = true, metrics = false } = {}) {
		const addresses = await node.ask('system_localListenAddresses');
		const local = addresses.map(address => address.match(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/\w+/)).find(match => match);
		const flags = ['--chain', 'dev', '--bootnodes', local[0], '--offchain-worker', 'always'];
		return Node.#run(flags, keeper, metrics);
	}

	static async #run(args, keeper, metrics) {
		const flags = ['--tmp', '--rpc-port', '0', '--port', '0', '--no-telemetry'];
		if (!keeper) flags.push('--no-keeper');
		flags.push(...(metrics ? ['--prometheus-port', '0'] : ['--no-prometheus']));
		const ready = /Running JSON-RPC server: addr=127\.0\.0\.1:(\d+)/;
		const { child, match } = await Child.start('margin-node', NODE, [...args, ...flags], ready, 120);
		const url = `ws://127.0.0.1:${match[1]}`;
		const provider = new WsProvider(url, 500);
		try {
			const exporter = metrics && (await child.said(/Prometheus exporter started at (\S+)/));
			const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
			return new Node(child, url, provider, api, exporter && `http://${exporter[1]}/metrics`);
		} catch (error) {
			await child.stop();
			throw error;
		}
	}

	constructor(child, url, provider, api, exporter) {
		this.child = child;
		this.url = url;
		this.provider = provider;
		this.api = api;
		this.exporter = exporter;
	}

	/**
	 * What the node tells over HTTP of a part of it, such as `margin_keeper`: numbers by what their names say behind that.
	 */
	async metrics(part) {
		const text = await (await fetch(this.exporter)).text();
		const lines = [...text.matchAll(new RegExp(`^${part}_(\\w+)(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
		return Object.fromEntries(lines.map(([, name, value]) => [name, Number(value)]));
	}

	/** Asks the node directly: what it answers is not decoded, and what it refuses is not logged. */
	async ask(method, ...params) {
		return this.provider.send(method, params);
	}

	async stop() {
		await this.api.disconnect();
		await this.child.stop();
	}
}
